"""Packs conversations into rows of fixed length for training.

In a row the conversations follow one another, each closed by <|endoftext|>. Attention stays inside each and
positions restart at 0 for each, so that a conversation is computed as it is when served alone.
The rows of one optimizer step depend on the seed and the step's number only: training resumes at any step.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.assemble import Conversation, conversations
from model import ENDOFTEXT
from tokenizer import encode_turns

# Weight in the loss of what the assistant says, and of everything else.
ANSWER_WEIGHT, OTHER_WEIGHT = 1.0, 0.1
# Weight of the one word in a checked claim that says whether it holds. All the rest of such an answer can be copied
# or looked up, so that in an unweighted loss the comparison, which is the point of it, hardly counts.
VERDICT_WEIGHT = 6.0
VERDICTS = (", so yes.", ", so no.")
# (rows, row length in tokens) of the batches of a step. Most conversations are short, and attention over a
# long row costs more, so that only conversations that need a long row get one.
SHORT_BATCHES = ((14, 256),) * 4
LONG_BATCHES = ((2, 1024),)
TOKENS_PER_STEP = sum(rows * length for rows, length in SHORT_BATCHES + LONG_BATCHES)
# After this many conversations in a row that fit nowhere, the batches count as full.
MISSES = 8


@dataclass(frozen=True)
class Batch:
    """Rows of equal length. Every array is [rows, length].

    `weights[r, t]` is the weight in the loss of predicting `targets[r, t]` after `ids[r, : t + 1]`.
    """

    ids: NDArray[np.int64]
    targets: NDArray[np.int64]
    positions: NDArray[np.int64]
    segments: NDArray[np.int64]
    weights: NDArray[np.float32]


def encode_for_training(tokenizer: Tokenizer, turns: Conversation) -> tuple[list[int], list[float]]:
    """The ids of a conversation with its closing <|endoftext|>, and the weight of each id as a target."""
    header = 1 + len(tokenizer.encode("assistant\n").ids)
    ids: list[int] = []
    weights: list[float] = []
    for turn, encoded in zip(turns, encode_turns(tokenizer, turns), strict=True):
        ids += encoded
        if turn.role == "assistant":
            # The answer with its <|im_end|>; the line break after that is written by the template, not the model.
            weights += [OTHER_WEIGHT] * header + [ANSWER_WEIGHT] * (len(encoded) - header - 1) + [OTHER_WEIGHT]
            if turn.text.endswith(VERDICTS):
                weights[-4] = VERDICT_WEIGHT  # before the dot, <|im_end|> and the line break
        else:
            weights += [OTHER_WEIGHT] * len(encoded)
    return [*ids, ENDOFTEXT], [*weights, OTHER_WEIGHT]


class _Rows:
    """Empty rows that are filled first-fit."""

    def __init__(self, count: int, length: int) -> None:
        # One slot more than the row: targets are the ids shifted by one.
        self.ids = np.full((count, length + 1), ENDOFTEXT, dtype=np.int64)
        self.weights = np.zeros((count, length + 1), dtype=np.float32)
        self.positions = np.zeros((count, length + 1), dtype=np.int64)
        self.segments = np.full((count, length + 1), -1, dtype=np.int64)
        self.used = [0] * count
        self.length = length
        self.misses = 0

    @property
    def full(self) -> bool:
        return self.misses >= MISSES

    def place(self, ids: list[int], weights: list[float]) -> None:
        """Puts a conversation into the first row with room for it, or counts a miss."""
        size = len(ids)
        for row, start in enumerate(self.used):
            end = start + size
            if end <= self.length + 1:
                self.ids[row, start:end] = ids
                self.weights[row, start:end] = weights
                self.weights[row, start] = 0.0
                self.positions[row, start:end] = np.arange(size)
                self.segments[row, start:end] = start
                self.used[row] = end
                self.misses = 0
                return
        self.misses += 1

    def batch(self, rows: slice) -> Batch:
        return Batch(
            ids=self.ids[rows, :-1],
            targets=self.ids[rows, 1:],
            positions=self.positions[rows, :-1],
            segments=self.segments[rows, :-1],
            weights=self.weights[rows, 1:],
        )


def step_batches(tokenizer: Tokenizer, seed: int, step: int) -> list[Batch]:
    """The batches of optimizer step number `step`."""
    groups = [
        (batches, _Rows(sum(rows for rows, _ in batches), batches[0][1])) for batches in (SHORT_BATCHES, LONG_BATCHES)
    ]
    short, long = (rows for _, rows in groups)
    stream = conversations(f"{seed}/{step}")
    while not (short.full and long.full):
        ids, weights = encode_for_training(tokenizer, next(stream))
        # Long conversations are rare: what space they leave in long rows goes to short ones.
        (long if len(ids) > short.length or short.full else short).place(ids, weights)
    return [batch for batches, rows in groups for batch in _split(rows, [count for count, _ in batches])]


def _split(rows: _Rows, counts: list[int]) -> Iterator[Batch]:
    start = 0
    for count in counts:
        yield rows.batch(slice(start, start + count))
        start += count
