"""Builds Pocket as an ONNX graph of the fused operators that ONNX Runtime has for language models.

Inputs: `input_ids` and `attention_mask` (int64) and `past_key_values.N.key` / `.value`
[batch_size, kv heads, past_sequence_length, head]. Outputs: `logits` (always float32) and
`present.N.key` / `.value`. The dimension names are part of the contract: Transformers.js shapes an
empty cache by them. Attention takes the mask as a count of valid positions, so padding of a batch
belongs on the right.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from export.quantize import QuantizedMatrix
from model import Config

OPSET = 21
IR_VERSION = 10
MICROSOFT = "com.microsoft"

Matrix = NDArray[np.floating] | QuantizedMatrix


@dataclass(frozen=True)
class Weights:
    """All that a file holds: matrices [out, in] and norm vectors under their names in the state dict."""

    matrices: dict[str, Matrix]
    vectors: dict[str, NDArray[np.floating]]


@dataclass
class Graph:
    """Nodes and initializers in the making. Every method returns the name of its (first) result."""

    nodes: list[NodeProto] = field(default_factory=list)
    initializers: list[TensorProto] = field(default_factory=list)

    def constant(self, name: str, value: NDArray) -> str:
        self.initializers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def op(
        self, kind: str, inputs: list[str], name: str, *, more: tuple[str, ...] = (), domain: str = "", **attributes
    ) -> str:
        """Adds a node called `name` that computes `name`, and `more` outputs after it."""
        self.nodes.append(helper.make_node(kind, inputs, [name, *more], name=name, domain=domain, **attributes))
        return name


def build(config: Config, weights: Weights, activations: type[np.floating]) -> ModelProto:
    """The model with these weights, computing in `activations` (np.float32 or np.float16)."""
    graph = Graph()
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(activations))
    table = weights.matrices["model.embed_tokens.weight"]
    valid, total = _lengths(graph)
    cos, sin = _rotary_tables(graph, config, activations)

    residual = _embed(graph, table)
    # An RMSNorm is fused with the addition before it, so each block hands over a branch that is still to be added.
    normed = graph.op(
        "SimplifiedLayerNormalization",
        [residual, _gain(graph, weights, "model.layers.0.input_layernorm.weight")],
        "layer.0.attention_norm",
        axis=-1,
        epsilon=config.norm_eps,
        stash_type=1,
    )
    for i in range(config.layers):
        prefix = f"model.layers.{i}"
        attended = _attention(graph, config, weights, i, normed, (valid, total, cos, sin))
        normed, residual = _add_and_norm(
            graph, config, weights, attended, residual, f"{prefix}.post_attention_layernorm.weight", f"layer.{i}.ffn"
        )
        branch = _feed_forward(graph, weights, i, normed)
        last = i == config.layers - 1
        gain = "model.norm.weight" if last else f"model.layers.{i + 1}.input_layernorm.weight"
        place = "final" if last else f"layer.{i + 1}.attention"
        normed, residual = _add_and_norm(graph, config, weights, branch, residual, gain, place)
    _head(graph, table, normed, activations)
    return _model(graph, config, kind)


def _lengths(graph: Graph) -> tuple[str, str]:
    """int32: index of the last valid position of each row [batch], and the padded length (a scalar)."""
    axis = graph.constant("axis_1", np.array([1], dtype=np.int64))
    one = graph.constant("one", np.array(1, dtype=np.int64))
    count = graph.op("ReduceSum", ["attention_mask", axis], "lengths.count", keepdims=0)
    last = graph.op("Sub", [count, one], "lengths.last")
    valid = graph.op("Cast", [last], "lengths.last_int32", to=TensorProto.INT32)
    shape = graph.op("Shape", ["attention_mask"], "lengths.shape")
    total = graph.op("Gather", [shape, one], "lengths.total", axis=0)
    return valid, graph.op("Cast", [total], "lengths.total_int32", to=TensorProto.INT32)


def _rotary_tables(graph: Graph, config: Config, activations: type[np.floating]) -> tuple[str, str]:
    """Cosine and sine [context, head / 2]. They depend on constants only, so a runtime computes them
    once, when it loads the file; the file carries the frequencies."""
    positions = graph.constant("rotary.positions", np.arange(config.context, dtype=np.float32)[:, None])
    exponents = np.arange(0, config.head, 2, dtype=np.float32) / np.float32(config.head)
    frequencies = graph.constant("rotary.frequencies", np.float32(1.0) / np.float32(config.rope_theta) ** exponents)
    angle = graph.op("Mul", [positions, frequencies], "rotary.angle")
    kind = helper.np_dtype_to_tensor_dtype(np.dtype(activations))
    cos, sin = (
        graph.op("Cast", [graph.op(function, [angle], f"rotary.{function}")], f"rotary.{function}_table", to=kind)
        for function in ("Cos", "Sin")
    )
    return cos, sin


def _gain(graph: Graph, weights: Weights, name: str) -> str:
    return graph.constant(name, weights.vectors[name])


def _linear(graph: Graph, matrix: Matrix, source: str, name: str, *, shared: str | None = None) -> str:
    """source · matrixᵀ. `shared` names initializers that are already in the graph."""
    if isinstance(matrix, QuantizedMatrix):
        rows, columns = matrix.shape
        packed, scales = _quantized_constants(graph, matrix, name) if shared is None else _quantized_names(shared)
        return graph.op(
            "MatMulNBits",
            [source, packed, scales],
            name,
            domain=MICROSOFT,
            K=columns,
            N=rows,
            bits=matrix.bits,
            block_size=matrix.block,
        )
    if shared is None:
        return graph.op("MatMul", [source, graph.constant(f"{name}.weight", matrix.T)], name)
    return graph.op("MatMul", [source, graph.op("Transpose", [shared], f"{name}.weight", perm=[1, 0])], name)


def _quantized_names(name: str) -> tuple[str, str]:
    return f"{name}.packed", f"{name}.scales"


def _quantized_constants(graph: Graph, matrix: QuantizedMatrix, name: str) -> tuple[str, str]:
    packed, scales = _quantized_names(name)
    return graph.constant(packed, matrix.packed), graph.constant(scales, matrix.scales)


def _embed(graph: Graph, table: Matrix) -> str:
    """Looks the tokens up in the table that the output head multiplies with; it is stored once.

    A quantized row is unpacked by plain operators: `GatherBlockQuantized` would do it in one, but the
    WebAssembly build that Transformers.js loads has no CPU kernel for it.
    """
    if not isinstance(table, QuantizedMatrix):
        return graph.op("Gather", [graph.constant("embedding", table), "input_ids"], "embedded", axis=0)
    packed, scales = _quantized_constants(graph, table, "embedding")
    codes = graph.op("Gather", [packed, "input_ids"], "embedding.rows", axis=0)  # [batch, length, blocks, bytes]
    if table.bits == 4:
        low = graph.op(
            "BitwiseAnd", [codes, graph.constant("embedding.mask", np.array(15, dtype=np.uint8))], "embedding.low"
        )
        high = graph.op(
            "BitShift",
            [codes, graph.constant("embedding.shift", np.array(4, dtype=np.uint8))],
            "embedding.high",
            direction="RIGHT",
        )
        last_axis = graph.constant("embedding.last_axis", np.array([-1], dtype=np.int64))
        halves = [graph.op("Unsqueeze", [half, last_axis], f"{half}.column") for half in (low, high)]
        pairs = graph.op("Concat", halves, "embedding.pairs", axis=-1)
        shape = graph.constant("embedding.block_shape", np.array([0, 0, 0, table.block], dtype=np.int64))
        codes = graph.op("Reshape", [pairs, shape], "embedding.codes")
    elif table.bits != 8:
        raise ValueError(f"an embedding table of {table.bits} bits is not supported, only 4 and 8")
    middle = graph.constant("embedding.middle", np.array(2 ** (table.bits - 1), dtype=table.scales.dtype))
    kind = helper.np_dtype_to_tensor_dtype(table.scales.dtype)
    levels = graph.op("Sub", [graph.op("Cast", [codes], "embedding.float", to=kind), middle], "embedding.levels")
    scale = graph.op("Gather", [scales, "input_ids"], "embedding.row_scales", axis=0)
    scale_axis = graph.constant("embedding.scale_axis", np.array([-1], dtype=np.int64))
    scale = graph.op("Unsqueeze", [scale, scale_axis], "embedding.block_scales")
    blocks = graph.op("Mul", [levels, scale], "embedding.blocks")
    row_shape = graph.constant("embedding.row_shape", np.array([0, 0, table.shape[1]], dtype=np.int64))
    return graph.op("Reshape", [blocks, row_shape], "embedded")


def _attention(
    graph: Graph, config: Config, weights: Weights, i: int, source: str, shared: tuple[str, str, str, str]
) -> str:
    valid, total, cos, sin = shared
    matrices = weights.matrices
    name, prefix = f"layer.{i}.attention", f"model.layers.{i}.self_attn"
    query, key, value = (
        _linear(graph, matrices[f"{prefix}.{part}_proj.weight"], source, f"{name}.{part}") for part in "qkv"
    )
    mixed = graph.op(
        "GroupQueryAttention",
        [query, key, value, f"past_key_values.{i}.key", f"past_key_values.{i}.value", valid, total, cos, sin],
        f"{name}.mixed",
        more=(f"present.{i}.key", f"present.{i}.value"),
        domain=MICROSOFT,
        num_heads=config.heads,
        kv_num_heads=config.kv_heads,
        do_rotary=1,
        rotary_interleaved=0,
        scale=config.head**-0.5,
    )
    return _linear(graph, matrices[f"{prefix}.o_proj.weight"], mixed, f"{name}.o")


def _feed_forward(graph: Graph, weights: Weights, i: int, source: str) -> str:
    name, prefix = f"layer.{i}.ffn", f"model.layers.{i}.mlp"
    gate = _linear(graph, weights.matrices[f"{prefix}.gate_proj.weight"], source, f"{name}.gate")
    up = _linear(graph, weights.matrices[f"{prefix}.up_proj.weight"], source, f"{name}.up")
    silu = graph.op("Mul", [gate, graph.op("Sigmoid", [gate], f"{name}.sigmoid")], f"{name}.silu")
    product = graph.op("Mul", [silu, up], f"{name}.product")
    return _linear(graph, weights.matrices[f"{prefix}.down_proj.weight"], product, f"{name}.down")


def _add_and_norm(
    graph: Graph, config: Config, weights: Weights, branch: str, residual: str, gain: str, place: str
) -> tuple[str, str]:
    """The normalised sum and the sum itself."""
    total = f"{place}_residual"
    normed = graph.op(
        "SkipSimplifiedLayerNormalization",
        [branch, residual, _gain(graph, weights, gain)],
        f"{place}_norm",
        more=("", "", total),
        domain=MICROSOFT,
        epsilon=config.norm_eps,
    )
    return normed, total


def _head(graph: Graph, table: Matrix, source: str, activations: type[np.floating]) -> None:
    single = activations is np.float32
    logits = _linear(graph, table, source, "logits" if single else "logits.half", shared="embedding")
    if not single:
        graph.op("Cast", [logits], "logits", to=TensorProto.FLOAT)


def _model(graph: Graph, config: Config, kind: int) -> ModelProto:
    def cache(prefix: str, length: str) -> list:
        shape = ["batch_size", config.kv_heads, length, config.head]
        return [
            helper.make_tensor_value_info(f"{prefix}.{i}.{part}", kind, shape)
            for i in range(config.layers)
            for part in ("key", "value")
        ]

    inputs = [
        helper.make_tensor_value_info("input_ids", TensorProto.INT64, ["batch_size", "sequence_length"]),
        helper.make_tensor_value_info("attention_mask", TensorProto.INT64, ["batch_size", "total_sequence_length"]),
        *cache("past_key_values", "past_sequence_length"),
    ]
    outputs = [
        helper.make_tensor_value_info("logits", TensorProto.FLOAT, ["batch_size", "sequence_length", config.vocab]),
        *cache("present", "total_sequence_length"),
    ]
    return helper.make_model(
        helper.make_graph(graph.nodes, "pocket", inputs, outputs, graph.initializers),
        producer_name="opentab-pocket",
        ir_version=IR_VERSION,
        opset_imports=[helper.make_opsetid("", OPSET), helper.make_opsetid(MICROSOFT, 1)],
    )
