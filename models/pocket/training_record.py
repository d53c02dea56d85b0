"""Keeps, beside the weights, how and on what machine they were trained: what no log of the training itself says.

`python make.py train` writes it. A training that goes on after an interruption adds its command to the record.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
from collections.abc import Sequence
from pathlib import Path
from typing import Any

RECORD = "training.json"


def note_start(work: Path, arguments: Sequence[str], corpus: str) -> None:
    """Writes into `work` that a training begins, or with --resume goes on, with these arguments of train.py.

    `corpus` is the digest on record of the text that it learns from: `make.py corpus-digest`.
    """
    parser = argparse.ArgumentParser()
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    parser.add_argument("--work", type=Path, default=work)
    parser.add_argument("--resume", action="store_true")
    known, _ = parser.parse_known_args(arguments)
    folder: Path = known.work
    former = read(folder)["commands"] if known.resume else []
    record = {
        "commands": [*former, " ".join(("python train.py", *_without_work(arguments)))],
        "threads": known.threads,
        "corpus": corpus,
        "machine": {"cpu": _processor(), "cores": os.cpu_count(), "system": platform.system()},
    }
    folder.mkdir(parents=True, exist_ok=True)
    (folder / RECORD).write_text(json.dumps(record, indent=2) + "\n", encoding="utf-8")


def read(work: Path) -> dict[str, Any]:
    """The record: commands in order, threads, machine. Raises FileNotFoundError if train.py was not run by make.py."""
    return json.loads((work / RECORD).read_text(encoding="utf-8"))


def _without_work(arguments: Sequence[str]) -> list[str]:
    """The arguments that say something to others: not where the files lay."""
    return [
        argument
        for before, argument in zip(("", *arguments), arguments, strict=False)
        if "--work" not in (before, argument.split("=")[0])
    ]


def _processor() -> str:
    """The processor's name, as the system gives it."""
    cpuinfo = Path("/proc/cpuinfo")
    lines = cpuinfo.read_text(encoding="utf-8").splitlines() if cpuinfo.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()
