"""Draws the loss and the accuracy on held-out questions over a training run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt

# Steps that are averaged for a smooth line.
WINDOW = 25
# Two runs over the same curve give the same bytes.
matplotlib.rcParams.update({"svg.hashsalt": "pocket", "font.size": 10})


def draw(curve: Path, picture: Path) -> None:
    """Reads the log of train.py and writes an SVG."""
    entries = [json.loads(line) for line in curve.read_text(encoding="utf-8").splitlines()]
    losses = [entry for entry in entries if "loss" in entry]
    probes = [entry for entry in entries if "accuracy" in entry]
    figure, left = plt.subplots(figsize=(8, 4), layout="constrained")
    left.plot(_millions(losses), _smooth([entry["loss"] for entry in losses]), color="#0b62a4", label="training loss")
    left.set(xlabel="tokens of training with padding, millions", ylabel="loss, nats per weighted token", yscale="log")
    left.grid(alpha=0.3, which="both")
    handles = left.get_legend_handles_labels()
    if probes:
        right = left.twinx()
        means = [100 * sum(entry["accuracy"].values()) / len(entry["accuracy"]) for entry in probes]
        right.plot(_millions(probes), means, "o--", color="#b3480f", label="held-out questions answered right")
        right.set(ylabel="right, % (mean over families)", ylim=(0, 100))
        more = right.get_legend_handles_labels()
        handles = tuple(first + second for first, second in zip(handles, more, strict=True))
    left.legend(*handles, loc="center right")
    figure.savefig(picture, format="svg", metadata={"Date": None})
    plt.close(figure)


def _millions(entries: list[dict[str, Any]]) -> list[float]:
    return [entry["tokens"] / 1e6 for entry in entries]


def _smooth(values: list[float]) -> list[float]:
    """The mean of each value and up to `WINDOW - 1` before it."""
    return [sum(part) / len(part) for part in (values[max(0, i + 1 - WINDOW) : i + 1] for i in range(len(values)))]
