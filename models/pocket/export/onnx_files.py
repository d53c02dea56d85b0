"""One ONNX file per precision, and the weights that each of them really holds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from export.onnx_graph import Weights, build
from export.precisions import OnnxPrecision
from export.quantize import QuantizedMatrix, quantize
from model import Config

State = Mapping[str, NDArray[np.float32]]
EMBEDDING = "model.embed_tokens.weight"


def weights_at(state: State, precision: OnnxPrecision) -> Weights:
    """The trained float32 weights, brought to a precision."""
    activations = activation_type(precision)

    def at(name: str, matrix: NDArray[np.float32]) -> NDArray[np.floating] | QuantizedMatrix:
        bits = precision.embedding_bits if name == EMBEDDING else precision.bits
        return matrix.astype(activations) if bits is None else quantize(matrix, bits, activations)

    return Weights(
        matrices={name: at(name, value) for name, value in state.items() if value.ndim == 2},
        vectors={name: value.astype(activations) for name, value in state.items() if value.ndim == 1},
    )


def activation_type(precision: OnnxPrecision) -> type[np.floating]:
    """The type that activations, scales and the key-value cache have."""
    return np.float16 if precision.half else np.float32


def dequantized(weights: Weights) -> dict[str, NDArray[np.float32]]:
    """A float32 state dict with exactly the values that the file's weights stand for."""
    matrices = {
        name: matrix.dequantize() if isinstance(matrix, QuantizedMatrix) else matrix.astype(np.float32)
        for name, matrix in weights.matrices.items()
    }
    return matrices | {name: vector.astype(np.float32) for name, vector in weights.vectors.items()}


def write(config: Config, weights: Weights, precision: OnnxPrecision, path: Path) -> None:
    """Writes the file at `path`, with its weights inside."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(build(config, weights, activation_type(precision)).SerializeToString(deterministic=True))
