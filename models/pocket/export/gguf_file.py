"""Writes and reads GGUF files of Pocket for llama.cpp and its relatives.

llama.cpp's "llama" architecture rotates neighbouring pairs of a head where the checkpoint rotates halves,
so the rows of the query and key projections change places on the way in, and back on the way out.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from numpy.typing import NDArray

from export.precisions import GgufPrecision, GgufType
from export.q2_k import quantize_q2_k
from model import Config

State = Mapping[str, NDArray[np.float32]]

EMBEDDING = "model.embed_tokens.weight"
FILE_TYPES = {
    "F16": gguf.LlamaFileType.MOSTLY_F16,
    "Q8_0": gguf.LlamaFileType.MOSTLY_Q8_0,
    "Q4_0": gguf.LlamaFileType.MOSTLY_Q4_0,
    "Q2_K": gguf.LlamaFileType.MOSTLY_Q2_K,
}
LAYER_NAMES = {
    "input_layernorm": "attn_norm",
    "self_attn.q_proj": "attn_q",
    "self_attn.k_proj": "attn_k",
    "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output",
    "post_attention_layernorm": "ffn_norm",
    "mlp.gate_proj": "ffn_gate",
    "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}


def tensor_names(config: Config) -> dict[str, str]:
    """The GGUF name of every tensor in the state dict."""
    layers = {
        f"model.layers.{i}.{ours}.weight": f"blk.{i}.{theirs}.weight"
        for i in range(config.layers)
        for ours, theirs in LAYER_NAMES.items()
    }
    return {EMBEDDING: "token_embd.weight", "model.norm.weight": "output_norm.weight", **layers}


def write(config: Config, state: State, precision: GgufPrecision, tokenizer: Path, path: Path) -> None:
    """Writes the file at `path`. `tokenizer` is the folder with tokenizer.json and tokenizer_config.json."""
    path.parent.mkdir(parents=True, exist_ok=True)
    writer = gguf.GGUFWriter(str(path), "llama")
    _describe(writer, config, precision)
    _add_tokenizer(writer, config, tokenizer)
    for name, target in tensor_names(config).items():
        kind = precision.embedding if name == EMBEDDING else precision.matrices
        tensor = _rows_for_llama_cpp(config, name, state[name])
        if tensor.ndim == 1:
            writer.add_tensor(target, tensor.astype(np.float32))
        else:
            writer.add_tensor(target, _encode(tensor, kind), raw_dtype=gguf.GGMLQuantizationType[kind])
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def read(config: Config, path: Path) -> dict[str, NDArray[np.float32]]:
    """The float32 state dict that the file's weights stand for.

    Raises KeyError if a tensor is missing.
    """
    tensors = {tensor.name: tensor for tensor in gguf.GGUFReader(str(path)).tensors}
    state = {}
    for name, source in tensor_names(config).items():
        tensor = tensors[source]
        values = gguf.quants.dequantize(tensor.data, tensor.tensor_type).astype(np.float32)
        state[name] = _rows_for_checkpoint(config, name, values)
    return state


def _describe(writer: gguf.GGUFWriter, config: Config, precision: GgufPrecision) -> None:
    writer.add_name("Pocket")
    writer.add_author("The OpenTab authors")
    writer.add_organization("OpenTab")
    writer.add_description(
        "A language model of three and a half million parameters, trained from scratch on text that a program writes."
    )
    writer.add_license("apache-2.0")
    writer.add_license_name("Apache License 2.0")
    writer.add_languages(["en"])
    writer.add_size_label(f"{_parameters(config) / 1e6:.1f}M")
    writer.add_file_type(FILE_TYPES[precision.matrices])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_context_length(config.context)
    writer.add_embedding_length(config.hidden)
    writer.add_block_count(config.layers)
    writer.add_feed_forward_length(config.ffn)
    writer.add_head_count(config.heads)
    writer.add_head_count_kv(config.kv_heads)
    writer.add_key_length(config.head)
    writer.add_value_length(config.head)
    writer.add_rope_dimension_count(config.head)
    writer.add_rope_freq_base(config.rope_theta)
    writer.add_layer_norm_rms_eps(config.norm_eps)
    writer.add_vocab_size(config.vocab)


def _parameters(config: Config) -> int:
    attention = 2 * config.hidden * config.head * (config.heads + config.kv_heads)
    layer = attention + 3 * config.hidden * config.ffn + 2 * config.hidden
    return config.vocab * config.hidden + config.layers * layer + config.hidden


def _add_tokenizer(writer: gguf.GGUFWriter, config: Config, folder: Path) -> None:
    tokenizer: dict[str, Any] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    settings: dict[str, Any] = json.loads((folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    special = {token["content"]: token["id"] for token in tokenizer["added_tokens"] if token["special"]}
    by_id = {i: text for text, i in (tokenizer["model"]["vocab"] | special).items()}
    tokens = [by_id[i] for i in range(config.vocab)]
    merges = [merge if isinstance(merge, str) else " ".join(merge) for merge in tokenizer["model"]["merges"]]
    writer.add_tokenizer_model("gpt2")
    # Every digit alone, then GPT-2's word pattern.
    writer.add_tokenizer_pre("smollm")
    writer.add_token_list(tokens)
    writer.add_token_types([gguf.TokenType.CONTROL if text in special else gguf.TokenType.NORMAL for text in tokens])
    writer.add_token_merges(merges)
    writer.add_bos_token_id(special[settings["bos_token"]])
    writer.add_eos_token_id(special[settings["eos_token"]])
    writer.add_pad_token_id(special[settings["pad_token"]])
    writer.add_add_bos_token(False)
    writer.add_add_eos_token(False)
    writer.add_add_space_prefix(False)
    writer.add_chat_template(settings["chat_template"])


def _encode(matrix: NDArray[np.float32], kind: GgufType) -> NDArray[Any]:
    if kind == "Q2_K":
        return quantize_q2_k(matrix)
    return gguf.quants.quantize(np.ascontiguousarray(matrix), gguf.GGMLQuantizationType[kind])


def _heads(config: Config, name: str) -> int | None:
    """How many heads' rows change places in this tensor; None where they stay."""
    if name.endswith("q_proj.weight"):
        return config.heads
    return config.kv_heads if name.endswith("k_proj.weight") else None


def _rows_for_llama_cpp(config: Config, name: str, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    heads = _heads(config, name)
    if heads is None:
        return matrix
    halves = matrix.reshape(heads, 2, config.head // 2, -1)
    return halves.swapaxes(1, 2).reshape(matrix.shape)


def _rows_for_checkpoint(config: Config, name: str, matrix: NDArray[np.float32]) -> NDArray[np.float32]:
    heads = _heads(config, name)
    if heads is None:
        return matrix
    pairs = matrix.reshape(heads, config.head // 2, 2, -1)
    return pairs.swapaxes(1, 2).reshape(matrix.shape)
