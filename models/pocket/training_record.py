"""Keeps, beside the weights, how and on what machine they were trained: what no log of the training itself says.

train.py writes it when it begins and completes it when it ends. A training that goes on after an interruption adds
its part to the record.
"""

from __future__ import annotations

import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

RECORD = "training.json"
# In the folder of a tokenizer: the corpus that it learned from.
TOKENIZER_RECORD = "corpus.json"
# Tokens of a training that is not told how long to be.
DEFAULT_TOKENS = 37e6


class AnotherCorpus(ValueError):
    """What was begun with one text is not gone on with on another; the message says what differs and what to do."""


def note_start(
    work: Path,
    arguments: Sequence[str],
    corpus: Mapping[str, Any],
    tokenizer: Mapping[str, Any],
    *,
    threads: int,
    resumed: bool,
) -> None:
    """Writes into `work` that a training begins, or goes on if `resumed`, with these arguments of train.py.

    `corpus` is its fingerprint (`corpus.assemble`), `tokenizer` what `read_tokenizer` gave.
    Raises FileNotFoundError when there is nothing to go on with, AnotherCorpus when it was begun with another text.
    """
    parts: list[dict[str, Any]] = []
    if resumed:
        former = read(work)
        if former["corpus"] != dict(corpus):
            raise AnotherCorpus(
                f"The training in {work} was begun with a corpus of the digest {_short(former['corpus'])}; the program "
                f"here writes {_short(corpus)}. Go on with the program that it was begun with, or train anew."
            )
        parts = former["parts"]
    command = " ".join(("python train.py", *_without_work(arguments)))
    machine = {"cpu": _processor(), "cores": os.cpu_count(), "system": platform.system()}
    parts.append({"command": command, "threads": threads, "machine": machine})
    _write(work / RECORD, {"parts": parts, "corpus": dict(corpus), "tokenizer": dict(tokenizer)})


def note_end(work: Path, weights: Mapping[str, NDArray[np.float32]]) -> None:
    """Adds to the record of `work` which weights the training ended with."""
    _write(work / RECORD, read(work) | {"weights": weights_digest(weights)})


def read(work: Path) -> dict[str, Any]:
    """The record: `parts` (command, threads, machine of each), `corpus`, `tokenizer` and, once it ended, `weights`.

    Raises FileNotFoundError where no training was begun.
    """
    return json.loads((work / RECORD).read_text(encoding="utf-8"))


def note_tokenizer(folder: Path, corpus: Mapping[str, Any], conversations: int) -> None:
    """Writes beside a tokenizer which corpus it learned from, and how many conversations of it."""
    _write(folder / TOKENIZER_RECORD, {"corpus": dict(corpus), "conversations": conversations})


def read_tokenizer(folder: Path, corpus: Mapping[str, Any]) -> dict[str, Any]:
    """What is on record of a tokenizer. Raises AnotherCorpus where it learned from another corpus, or nobody knows."""
    path = folder / TOKENIZER_RECORD
    noted: dict[str, Any] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
    if noted.get("corpus") != dict(corpus):
        source = f"a corpus of the digest {_short(noted['corpus'])}" if noted else "a corpus that is not on record"
        raise AnotherCorpus(
            f"The tokenizer in {folder} learned from {source}; the program here writes {_short(corpus)}. Make it anew "
            "with `python make.py tokenizer`, or delete the folder."
        )
    return noted


def weights_digest(weights: Mapping[str, NDArray[np.float32]]) -> str:
    """SHA-256, in hexadecimal, of the names, shapes and values of all weights."""
    sha = hashlib.sha256()
    for name in sorted(weights):
        values = np.ascontiguousarray(weights[name], dtype="<f4")
        sha.update(f"{name}\0{values.shape}\0".encode())
        sha.update(values.tobytes())
    return sha.hexdigest()


def _write(path: Path, value: dict[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def _short(corpus: Mapping[str, Any]) -> str:
    return f"{corpus['sha256'][:12]} (programs {corpus['sources'][:12]})"


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
