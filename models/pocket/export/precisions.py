"""The files that are exported, one entry each: the only place that lists them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Bits = Literal[2, 4, 8]
GgufType = Literal["F16", "Q8_0", "Q4_0", "Q2_K"]


@dataclass(frozen=True)
class OnnxPrecision:
    """An ONNX file. `bits` None means plain weights of the activations' type.

    `half` computes in float16, which needs the `shader-f16` feature on WebGPU.
    `embedding_bits` is the width of the one table that embeds tokens and predicts them.
    """

    name: str
    path: str
    half: bool
    bits: Bits | None
    embedding_bits: Bits | None


@dataclass(frozen=True)
class GgufPrecision:
    """A GGUF file. `matrices` and `embedding` are types of ggml; vectors are always F32."""

    name: str
    path: str
    matrices: GgufType
    embedding: GgufType


# The names before the paths are those of Transformers.js' `dtype`; it derives the file name from them.
ONNX = (
    OnnxPrecision("fp32", "onnx/model.onnx", half=False, bits=None, embedding_bits=None),
    OnnxPrecision("fp16", "onnx/model_fp16.onnx", half=True, bits=None, embedding_bits=None),
    OnnxPrecision("q8", "onnx/model_quantized.onnx", half=False, bits=8, embedding_bits=8),
    OnnxPrecision("q4", "onnx/model_q4.onnx", half=False, bits=4, embedding_bits=4),
    OnnxPrecision("q4f16", "onnx/model_q4f16.onnx", half=True, bits=4, embedding_bits=4),
    # A table of 2 bits would confuse neighbouring tokens; it is a seventh of the weights, so it keeps 4.
    OnnxPrecision("q2", "onnx/model_q2.onnx", half=False, bits=2, embedding_bits=4),
)

GGUF = (
    GgufPrecision("gguf-f16", "gguf/pocket-f16.gguf", matrices="F16", embedding="F16"),
    GgufPrecision("gguf-q8_0", "gguf/pocket-q8_0.gguf", matrices="Q8_0", embedding="Q8_0"),
    GgufPrecision("gguf-q4_0", "gguf/pocket-q4_0.gguf", matrices="Q4_0", embedding="Q4_0"),
    GgufPrecision("gguf-q2_k", "gguf/pocket-q2_k.gguf", matrices="Q2_K", embedding="Q4_0"),
)

# All files together stay small enough to live in a repository.
LIMIT_BYTES = 45_000_000
