"""Answers and scores with real llama.cpp, through the npm package node-llama-cpp.

`python make.py llama-cpp` installs it into the work folder. It is optional: without it, GGUF files
are scored by PyTorch with the weights that they hold, and the results say so.
"""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

PACKAGE = "node-llama-cpp"
VERSION = "3.22.1"
# Where it lies in the work folder.
FOLDER = "llama-cpp"
SCRIPT = Path(__file__).with_suffix(".mjs")
# A probability that underflows to zero would turn the divergence into infinity.
SMALLEST = 1e-30


class LlamaCppEngine:
    """A GGUF file in llama.cpp on the CPU."""

    def __init__(self, installed: Path, model: Path, vocab: int) -> None:
        """`installed` is the folder that `install` filled."""
        self.name = f"llama.cpp by {PACKAGE} {VERSION}"
        self._installed, self._model, self._vocab = installed, model, vocab

    def answers(self, prompts: Sequence[list[int]], limits: Sequence[int]) -> list[list[int]]:
        return json.loads(self._run({"task": "answer", "sequences": list(prompts), "limits": list(limits)}))

    def log_probabilities(self, sequences: Sequence[list[int]], scored: Sequence[int]) -> NDArray[np.float32]:
        raw = self._run({"task": "score", "sequences": list(sequences), "scored": list(scored), "vocab": self._vocab})
        probabilities = np.frombuffer(raw, dtype="<f4").reshape(-1, self._vocab)
        return np.log(np.maximum(probabilities, SMALLEST))

    def _run(self, request: dict[str, Any]) -> bytes:
        with tempfile.TemporaryDirectory() as folder:
            question, answer = Path(folder) / "request.json", Path(folder) / "answer"
            question.write_text(json.dumps(request))
            command = ["node", SCRIPT, _entry(self._installed), self._model, question, answer]
            subprocess.run([str(part) for part in command], check=True)
            return answer.read_bytes()


def _entry(installed: Path) -> Path:
    return installed / "node_modules" / PACKAGE / "dist/index.js"


def is_installed(folder: Path) -> bool:
    """Whether `folder` has the package."""
    return _entry(folder).exists()


def install(folder: Path) -> None:
    """Installs the package, which brings llama.cpp ready built. Raises subprocess.CalledProcessError."""
    folder.mkdir(parents=True, exist_ok=True)
    command = ["npm", "install", "--prefix", str(folder), "--no-audit", "--no-fund", "--ignore-scripts"]
    subprocess.run([*command, f"{PACKAGE}@{VERSION}"], check=True)
