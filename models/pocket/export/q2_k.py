"""The Q2_K block quantization of GGUF, 2.625 bits per weight.

A super-block holds 256 weights of a row in 84 bytes: 16 bytes with a 4-bit scale (low half) and a 4-bit minimum
(high half) for each group of 16 weights, 64 bytes of 2-bit codes, and two float16, d and dmin. A weight is
d * scale * code - dmin * minimum. Codes are laid out in two halves of 128 weights; byte i of a half holds the
weights i, i + 32, i + 64 and i + 96 of it, the first in its lowest bits.

`gguf` reads this type but does not write it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SUPER_BLOCK = 256
GROUP = 16
BYTES = 84
LARGEST_CODE = 3
LARGEST_NIBBLE = 15


def quantize_q2_k(weights: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Quantizes a matrix [rows, columns] to bytes [rows, columns / 256 * 84].

    Raises ValueError if the columns are not a multiple of 256.
    """
    rows, columns = weights.shape
    if columns % SUPER_BLOCK:
        raise ValueError(f"{columns} columns are not a multiple of the Q2_K super-block of {SUPER_BLOCK}")
    groups = weights.reshape(-1, SUPER_BLOCK // GROUP, GROUP).astype(np.float32)
    step, minimum = _fit_groups(groups)
    d, scale = _to_nibbles(step)
    dmin, offset = _to_nibbles(minimum)
    codes = _codes(groups, d[:, None] * scale, dmin[:, None] * offset).astype(np.uint8)
    halves = codes.reshape(-1, 2, 4, 32)
    packed = halves[:, :, 0] | halves[:, :, 1] << 2 | halves[:, :, 2] << 4 | halves[:, :, 3] << 6
    blocks = np.concatenate(
        [
            scale.astype(np.uint8) | offset.astype(np.uint8) << 4,
            packed.reshape(-1, SUPER_BLOCK // 4),
            d.astype(np.float16)[:, None].view(np.uint8),
            dmin.astype(np.float16)[:, None].view(np.uint8),
        ],
        axis=1,
    )
    return blocks.reshape(rows, columns // SUPER_BLOCK * BYTES)


def _fit_groups(groups: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Step and (negated) minimum of every group with the smallest squared error the search finds.

    The format cannot store a minimum above zero, hence the clipping.
    """
    low, high = np.minimum(groups.min(axis=-1), 0), groups.max(axis=-1)
    best_step, best_minimum = (high - low) / LARGEST_CODE, -low
    best_error = _squared_error(groups, best_step, best_minimum)
    for keep_low in np.linspace(0.4, 1.0, 13):
        for keep_high in np.linspace(0.4, 1.0, 13):
            minimum = -low * keep_low
            step = np.maximum(high * keep_high + minimum, 0) / LARGEST_CODE
            for _ in range(2):
                error = _squared_error(groups, step, minimum)
                better = error < best_error
                best_step = np.where(better, step, best_step)
                best_minimum = np.where(better, minimum, best_minimum)
                best_error = np.where(better, error, best_error)
                step, minimum = _least_squares(groups, _codes(groups, step, minimum), step, minimum)
    return best_step, best_minimum


def _codes(groups: NDArray[np.float32], step: NDArray[np.float32], minimum: NDArray[np.float32]) -> NDArray[np.float32]:
    inverse = np.divide(1.0, step, out=np.zeros_like(step), where=step != 0)
    return np.clip(np.rint((groups + minimum[..., None]) * inverse[..., None]), 0, LARGEST_CODE)


def _squared_error(
    groups: NDArray[np.float32], step: NDArray[np.float32], minimum: NDArray[np.float32]
) -> NDArray[np.float32]:
    codes = _codes(groups, step, minimum)
    return ((codes * step[..., None] - minimum[..., None] - groups) ** 2).sum(axis=-1)


def _least_squares(
    groups: NDArray[np.float32],
    codes: NDArray[np.float32],
    step: NDArray[np.float32],
    minimum: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """The straight line through (code, weight) of each group; unchanged where all codes are equal."""
    mean_code, mean_weight = codes.mean(axis=-1), groups.mean(axis=-1)
    spread = ((codes - mean_code[..., None]) ** 2).sum(axis=-1)
    together = ((codes - mean_code[..., None]) * (groups - mean_weight[..., None])).sum(axis=-1)
    slope = np.maximum(np.divide(together, spread, out=step.copy(), where=spread > 0), 0)
    return slope, np.where(spread > 0, np.maximum(slope * mean_code - mean_weight, 0), minimum)


def _to_nibbles(values: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Splits non-negative values [n, 16] into a float16-exact unit [n] and integers 0 … 15 [n, 16]."""
    unit = (values.max(axis=1) / LARGEST_NIBBLE).astype(np.float16).astype(np.float32)
    inverse = np.divide(1.0, unit, out=np.zeros_like(unit), where=unit != 0)
    return unit, np.clip(np.rint(values * inverse[:, None]), 0, LARGEST_NIBBLE)
