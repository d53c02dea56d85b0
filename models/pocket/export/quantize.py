"""Block quantization of weight matrices, as ONNX Runtime's `MatMulNBits` stores it.

A matrix [rows, columns] is cut along its rows into blocks of `BLOCKS[bits]` weights. A block keeps one scale d and
one code of 2, 4 or 8 bits per weight; the weight that a code stands for is (code - 2^(bits-1)) * d.
No zero points are stored: d may be negative, which lets the longer half of the code range lie on
either side of zero, where the block's largest weight needs it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import DTypeLike, NDArray

# Weights per block. With 8 bits the scales would be the larger cost, and the codes are fine enough for twice as many.
BLOCKS = {2: 32, 4: 32, 8: 64}

# Shrinking the range of a block costs a little at its largest weight and gains at all others.
# The fewer the codes, the more there is to gain, so the search goes lower.
SHRINK = {2: np.linspace(0.40, 1.05, 27), 4: np.linspace(0.75, 1.05, 16), 8: np.linspace(0.97, 1.01, 5)}


@dataclass(frozen=True)
class QuantizedMatrix:
    """A block-quantized matrix.

    `packed`: uint8 [rows, blocks, block * bits / 8], the first weight of a byte in its lowest bits.
    `scales`: float32 or float16 [rows, blocks].
    """

    bits: int
    packed: NDArray[np.uint8]
    scales: NDArray[np.floating]

    @property
    def block(self) -> int:
        """Weights per block."""
        return self.packed.shape[2] * 8 // self.bits

    @property
    def shape(self) -> tuple[int, int]:
        """Rows and columns of the matrix that this stands for."""
        rows, blocks, _ = self.packed.shape
        return rows, blocks * self.block

    def dequantize(self) -> NDArray[np.float32]:
        """The float32 matrix [rows, columns] that a runtime computes with."""
        per_byte = 8 // self.bits
        shifts = np.arange(per_byte, dtype=np.uint8) * self.bits
        codes = (self.packed[..., None] >> shifts) & np.uint8(2**self.bits - 1)
        levels = codes.reshape(*self.scales.shape, self.block).astype(np.float32) - 2 ** (self.bits - 1)
        return (levels * self.scales[..., None].astype(np.float32)).reshape(self.shape)


def quantize(weights: NDArray[np.float32], bits: int, scale_type: DTypeLike = np.float32) -> QuantizedMatrix:
    """Quantizes a matrix [rows, columns] so that each block has the smallest squared error the search finds.

    `scale_type` is the type in which the scales are stored; the codes are chosen for the rounded scales.
    Raises ValueError if the columns are not a multiple of the block or `bits` is not 2, 4 or 8.
    """
    if bits not in SHRINK:
        raise ValueError(f"{bits} bits are not supported, only {sorted(SHRINK)}")
    rows, columns = weights.shape
    block = BLOCKS[bits]
    if columns % block:
        raise ValueError(f"{columns} columns are not a multiple of the block of {block}")
    blocks = weights.reshape(-1, block).astype(np.float32)
    scales = _best_scales(blocks, bits, np.dtype(scale_type))
    codes = (_levels(blocks, scales, bits) + 2 ** (bits - 1)).astype(np.uint8)
    return QuantizedMatrix(
        bits=bits,
        packed=_pack(codes, bits).reshape(rows, columns // block, -1),
        scales=scales.reshape(rows, columns // block).astype(scale_type),
    )


def _best_scales(blocks: NDArray[np.float32], bits: int, scale_type: np.dtype) -> NDArray[np.float32]:
    """One scale per block, as float32 that the scale type holds exactly."""
    largest = np.take_along_axis(blocks, np.abs(blocks).argmax(axis=1, keepdims=True), axis=1)[:, 0]
    best = np.zeros_like(largest)
    best_error = np.full_like(largest, np.inf)
    # The code range is one longer on the negative side, so d = -largest / 2^(bits-1) reaches the largest weight;
    # the other sign gives it the shorter side and the rest of the block the longer one.
    for full_range in (-largest / 2 ** (bits - 1), largest / (2 ** (bits - 1) - 1)):
        for shrink in SHRINK[bits]:
            first = full_range * shrink
            for candidate in (first, _least_squares(blocks, _levels(blocks, first, bits), first)):
                rounded = candidate.astype(scale_type).astype(np.float32)
                error = ((_levels(blocks, rounded, bits) * rounded[:, None] - blocks) ** 2).sum(axis=1)
                better = error < best_error
                best[better], best_error[better] = rounded[better], error[better]
    return best


def _levels(blocks: NDArray[np.float32], scales: NDArray[np.float32], bits: int) -> NDArray[np.float32]:
    """The nearest level of each weight, an integer from -2^(bits-1) to 2^(bits-1) - 1."""
    inverse = np.divide(1.0, scales, out=np.zeros_like(scales), where=scales != 0)
    return np.clip(np.rint(blocks * inverse[:, None]), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1)


def _least_squares(
    blocks: NDArray[np.float32], levels: NDArray[np.float32], fallback: NDArray[np.float32]
) -> NDArray[np.float32]:
    """The scales that fit given levels best; `fallback` where every level is zero."""
    weight = (levels * levels).sum(axis=1)
    return np.divide((blocks * levels).sum(axis=1), weight, out=fallback.copy(), where=weight > 0)


def _pack(codes: NDArray[np.uint8], bits: int) -> NDArray[np.uint8]:
    """Packs codes [n, block] into bytes [n, block * bits / 8], the first code in the lowest bits."""
    per_byte = 8 // bits
    shifts = np.arange(per_byte, dtype=np.uint8) * bits
    return np.bitwise_or.reduce(codes.reshape(len(codes), -1, per_byte) << shifts, axis=-1)
