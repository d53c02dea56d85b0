"""The runtimes that answer and score: ONNX Runtime, llama.cpp, and PyTorch with the weights of a file."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import onnxruntime
import torch
from numpy.typing import NDArray

from export.session import Session
from model import IM_END, Config, Pocket, generate

BATCH = 48


class Engine(Protocol):
    """`name` says what computed the numbers."""

    name: str

    def answers(self, prompts: Sequence[list[int]], limits: Sequence[int]) -> list[list[int]]:
        """Greedy continuations of at most `limits[i]` ids, each without its prompt and the closing <|im_end|>."""
        ...

    def log_probabilities(self, sequences: Sequence[list[int]], scored: Sequence[int]) -> NDArray[np.float32]:
        """Natural logarithms [positions, vocab]: the predictions of the last `scored[i]` ids of `sequences[i]`,
        one sequence after another."""
        ...


class OnnxEngine:
    """ONNX Runtime on the CPU. Sequences of equal length share a batch, so that nothing is padded."""

    def __init__(self, config: Config, path: Path) -> None:
        self.name = f"ONNX Runtime {onnxruntime.__version__}"
        self._context = config.context
        self._session = Session(config, path)

    def answers(self, prompts: Sequence[list[int]], limits: Sequence[int]) -> list[list[int]]:
        answers: list[list[int]] = [[] for _ in prompts]
        for chosen in equal_lengths(prompts):
            alive = np.array(chosen)
            ids = np.array([prompts[i] for i in chosen], dtype=np.int64)
            left = np.minimum([limits[i] for i in chosen], self._context - ids.shape[1])
            cache = self._session.empty_cache(len(chosen))
            for step in range(left.max()):
                logits, cache = self._session.run(ids, cache)
                best = logits[:, -1].argmax(axis=-1)
                going = (best != IM_END) & (step < left)
                if not going.all():
                    alive, best, left = alive[going], best[going], left[going]
                    cache = {name: value[going] for name, value in cache.items()}
                if len(alive) == 0:
                    break
                for i, token in zip(alive.tolist(), best.tolist(), strict=True):
                    answers[i].append(token)
                ids = best[:, None]
        return answers

    def log_probabilities(self, sequences: Sequence[list[int]], scored: Sequence[int]) -> NDArray[np.float32]:
        def logits(ids: NDArray[np.int64]) -> NDArray[np.float32]:
            return self._session.run(ids, self._session.empty_cache(len(ids)))[0]

        return _in_batches(sequences, scored, logits)


class PytorchEngine:
    """PyTorch with given weights: what a file holds, without the rounding of any runtime."""

    def __init__(self, model: Pocket) -> None:
        self.name = f"PyTorch {torch.__version__} with the weights of the file"
        self._model = model

    def answers(self, prompts: Sequence[list[int]], limits: Sequence[int]) -> list[list[int]]:
        answers = generate(self._model, list(prompts), max_new=max(limits))
        return [answer[:limit] for answer, limit in zip(answers, limits, strict=True)]

    def log_probabilities(self, sequences: Sequence[list[int]], scored: Sequence[int]) -> NDArray[np.float32]:
        def logits(ids: NDArray[np.int64]) -> NDArray[np.float32]:
            with torch.inference_mode():
                return self._model(torch.from_numpy(ids)).numpy()

        return _in_batches(sequences, scored, logits)


def equal_lengths(sequences: Sequence[list[int]]) -> Iterator[list[int]]:
    """Indices of sequences of one length, at most `BATCH` at a time."""
    by_length: defaultdict[int, list[int]] = defaultdict(list)
    for i, ids in enumerate(sequences):
        by_length[len(ids)].append(i)
    for length in sorted(by_length):
        indices = by_length[length]
        for start in range(0, len(indices), BATCH):
            yield indices[start : start + BATCH]


def _in_batches(
    sequences: Sequence[list[int]],
    scored: Sequence[int],
    logits: Callable[[NDArray[np.int64]], NDArray[np.float32]],
) -> NDArray[np.float32]:
    parts: list[NDArray[np.float32]] = [np.empty(0, dtype=np.float32)] * len(sequences)
    for chosen in equal_lengths(sequences):
        batch = logits(np.array([sequences[i] for i in chosen], dtype=np.int64))
        for i, row in zip(chosen, batch, strict=True):
            # The logits at a position predict the id after it.
            parts[i] = torch.log_softmax(torch.from_numpy(row[-1 - scored[i] : -1]), dim=-1).numpy()
    return np.concatenate(parts)
