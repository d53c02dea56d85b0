"""Refuses an export that does not compute what the trained model computes.

Every file answers fixed token sequences, in one prefill and again token by token with the cache. Its logits are
held against the PyTorch model with the very weights that the file stands for (a tight bound: only rounding may
differ), and its predictions against the trained float32 weights (a loose bound: the damage of the precision).
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import gguf
import numpy as np
import onnx
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from corpus.example import ask
from export import gguf_file
from export.onnx_files import State
from export.precisions import GgufPrecision, OnnxPrecision
from export.session import Session
from model import IM_END, Config, Pocket
from tokenizer import encode_chat

# Largest difference of a logit from PyTorch's with the same weights. The half-precision bound grows with
# the logits, whose own spacing in float16 is up to a thousandth of them.
SINGLE_TOLERANCE = 1e-3
HALF_TOLERANCE, HALF_RELATIVE = 5e-2, 5e-3
# Largest mean divergence from the float32 model, in nats per token, by the bits of a weight.
DIVERGENCE = {16: 1e-3, 8: 5e-3, 4: 0.3, 2: 2.0}
# Largest error of a tensor read back from a GGUF file, as a share of its root mean square.
TENSOR_ERROR = {"F32": 1e-6, "F16": 1e-3, "Q8_0": 1e-2, "Q4_0": 0.15, "Q2_K": 0.5}
GGUF_BITS = {"F16": 16, "Q8_0": 8, "Q4_0": 4, "Q2_K": 2}

QUESTIONS = (
    "What is a token?",
    "What is 17 plus 25?",
    "Sort these numbers: 7, 3, 9, 1.",
    "Tell me a story about a fox.",
)
RANDOM_SEED, RANDOM_LENGTH, STEPS = 3, 160, 12


class ExportMismatch(ValueError):
    """A file does not compute what it should; the message says where and by how much."""


@dataclass(frozen=True)
class Observed:
    """What a check saw: the largest difference from PyTorch's logits (None for GGUF) and the mean
    divergence from the float32 model in nats per token."""

    difference: float | None
    divergence: float


def sequences(config: Config, tokenizer: Tokenizer) -> list[list[int]]:
    """The fixed token sequences: questions in the chat format and one long random one."""
    rng = np.random.default_rng(RANDOM_SEED)
    random = rng.integers(IM_END + 1, config.vocab, min(RANDOM_LENGTH, config.context)).tolist()
    return [*(encode_chat(tokenizer, ask(question, "")[:1], prompt=True) for question in QUESTIONS), random]


def network(config: Config, state: State) -> Pocket:
    """The PyTorch model with these weights."""
    model = Pocket(config)
    model.load_state_dict({name: torch.from_numpy(value) for name, value in state.items()})
    return model.eval()


def logits_of(model: Pocket, ids: list[int]) -> NDArray[np.float32]:
    """PyTorch's logits [length, vocab]."""
    with torch.inference_mode():
        return model(torch.tensor([ids]))[0].numpy()


def mean_divergence(reference: NDArray[np.float32], other: NDArray[np.float32]) -> float:
    """Mean Kullback–Leibler divergence of `other` from `reference`, both logits [n, vocab], in nats."""
    p, q = (torch.log_softmax(torch.from_numpy(logits).double(), dim=-1) for logits in (reference, other))
    return float((p.exp() * (p - q)).sum(dim=-1).mean())


def check_onnx(
    config: Config,
    precision: OnnxPrecision,
    path: Path,
    holds: State,
    trained: State,
    prompts: list[list[int]],
) -> Observed:
    """Checks one ONNX file that should hold the weights `holds`, made from `trained`.

    Raises ExportMismatch.
    """
    _check_operators(config, precision, path)
    session = Session(config, path)
    _check_signature(config, precision, session)
    same, reference = network(config, holds), network(config, trained)
    largest, divergences = 0.0, []
    for ids in prompts:
        expected = logits_of(same, ids)
        row = np.array([ids], dtype=np.int64)
        whole, _ = session.run(row, session.empty_cache(1))
        stepped = _step_by_step(session, row)
        bound = SINGLE_TOLERANCE
        if precision.half:
            bound = max(HALF_TOLERANCE, HALF_RELATIVE * float(np.abs(expected).max()))
        for way, actual in (("prefill", whole[0]), ("decoding", stepped)):
            if actual.shape != expected.shape:
                raise ExportMismatch(f"{precision.path}: {way} gave logits {actual.shape}, not {expected.shape}")
            difference = float(np.abs(actual - expected).max())
            if not difference <= bound:
                raise ExportMismatch(
                    f"{precision.path}: a logit of {way} is {difference:.3g} away from PyTorch with the same weights, "
                    f"more than {bound:.3g}"
                )
            largest = max(largest, difference)
        divergences.append(mean_divergence(logits_of(reference, ids), whole[0]))
    return Observed(largest, _within_divergence(precision, float(np.mean(divergences))))


def check_gguf(
    config: Config, precision: GgufPrecision, path: Path, trained: State, tokenizer: Path, prompts: list[list[int]]
) -> Observed:
    """Checks one GGUF file by reading its header and its weights back. `tokenizer` is the folder with its files.

    Raises ExportMismatch.
    """
    _check_header(config, tokenizer, path)
    state = gguf_file.read(config, path)
    for name, expected in trained.items():
        actual = state[name]
        if actual.shape != expected.shape:
            raise ExportMismatch(f"{precision.path}: {name} has the shape {actual.shape}, not {expected.shape}")
        kind = "F32" if expected.ndim == 1 else precision.matrices
        if name == gguf_file.EMBEDDING:
            kind = precision.embedding
        error = float(np.sqrt(np.mean((actual - expected) ** 2) / np.mean(expected**2)))
        if not error <= TENSOR_ERROR[kind]:
            raise ExportMismatch(
                f"{precision.path}: {name} is off by {error:.3g} of its size, more than {TENSOR_ERROR[kind]} for {kind}"
            )
    reference, same = network(config, trained), network(config, state)
    divergences = [mean_divergence(logits_of(reference, ids), logits_of(same, ids)) for ids in prompts]
    return Observed(None, _within_divergence(precision, float(np.mean(divergences))))


def _step_by_step(session: Session, row: NDArray[np.int64]) -> NDArray[np.float32]:
    """Logits [length, vocab]: a prefill of all but the last tokens, then these one at a time."""
    split = max(1, row.shape[1] - STEPS)
    logits, cache = session.run(row[:, :split], session.empty_cache(1))
    parts = [logits[0]]
    for at in range(split, row.shape[1]):
        logits, cache = session.run(row[:, at : at + 1], cache)
        parts.append(logits[0])
    return np.concatenate(parts)


def allowed_divergence(precision: OnnxPrecision | GgufPrecision) -> float:
    """Largest mean divergence from the float32 model with which a file of this precision passes, in nats per token."""
    bits = GGUF_BITS[precision.matrices] if isinstance(precision, GgufPrecision) else precision.bits or 16
    return DIVERGENCE[bits]


def _within_divergence(precision: OnnxPrecision | GgufPrecision, divergence: float) -> float:
    allowed = allowed_divergence(precision)
    if not divergence <= allowed:
        raise ExportMismatch(
            f"{precision.path}: diverges from the float32 model by {divergence:.3g} nats, more than {allowed}"
        )
    return divergence


def fused_operators(config: Config, precision: OnnxPrecision) -> dict[str, int]:
    """How many nodes of each fused operator a file has: one of plain operators would be right too, and slow."""
    # Four matrices of attention and three of the feed-forward part in a layer, and the table that predicts the tokens.
    products = 7 * config.layers + 1
    return {
        "GroupQueryAttention": config.layers,
        "SkipSimplifiedLayerNormalization": 2 * config.layers,
        "MatMulNBits": products if precision.bits is not None else 0,
        "MatMul": products if precision.bits is None else 0,
    }


def _check_operators(config: Config, precision: OnnxPrecision, path: Path) -> None:
    nodes = onnx.load(path).graph.node
    found = Counter(node.op_type for node in nodes)
    for operator, count in fused_operators(config, precision).items():
        if found[operator] != count:
            raise ExportMismatch(f"{precision.path}: {found[operator]} nodes are {operator}, not {count}")
    rotary = [
        attribute.i
        for node in nodes
        if node.op_type == "GroupQueryAttention"
        for attribute in node.attribute
        if attribute.name == "do_rotary"
    ]
    if rotary != [1] * config.layers:
        raise ExportMismatch(f"{precision.path}: not every GroupQueryAttention turns its queries and keys (do_rotary)")


def _check_signature(config: Config, precision: OnnxPrecision, session: Session) -> None:
    kind = "tensor(float16)" if precision.half else "tensor(float)"
    expected: dict[str, tuple[str, tuple[str | int, ...]]] = {
        "input_ids": ("tensor(int64)", ("batch_size", "sequence_length")),
        "attention_mask": ("tensor(int64)", ("batch_size", "total_sequence_length")),
        "logits": ("tensor(float)", ("batch_size", "sequence_length", config.vocab)),
    }
    for i in range(config.layers):
        for part in ("key", "value"):
            for prefix, length in (("past_key_values", "past_sequence_length"), ("present", "total_sequence_length")):
                expected[f"{prefix}.{i}.{part}"] = (kind, ("batch_size", config.kv_heads, length, config.head))
    actual: Mapping[str, object] = session.signature
    for name in sorted(expected.keys() | actual.keys()):
        if expected.get(name) != actual.get(name):
            raise ExportMismatch(f"{precision.path}: {name} is {actual.get(name)}, not {expected.get(name)}")


def _check_header(config: Config, tokenizer: Path, path: Path) -> None:
    fields = gguf.GGUFReader(str(path)).fields
    described = json.loads((tokenizer / "tokenizer.json").read_text(encoding="utf-8"))
    settings = json.loads((tokenizer / "tokenizer_config.json").read_text(encoding="utf-8"))
    words = Tokenizer.from_file(str(tokenizer / "tokenizer.json"))
    special = {token["id"] for token in described["added_tokens"] if token["special"]}
    merges = described["model"]["merges"]
    expected: dict[str, Any] = {
        "general.architecture": "llama",
        "llama.context_length": config.context,
        "llama.embedding_length": config.hidden,
        "llama.feed_forward_length": config.ffn,
        "llama.block_count": config.layers,
        "llama.attention.head_count": config.heads,
        "llama.attention.head_count_kv": config.kv_heads,
        "llama.attention.key_length": config.head,
        "llama.attention.value_length": config.head,
        "llama.attention.layer_norm_rms_epsilon": float(np.float32(config.norm_eps)),
        "llama.rope.dimension_count": config.head,
        "llama.rope.freq_base": float(np.float32(config.rope_theta)),
        "llama.vocab_size": config.vocab,
        "tokenizer.ggml.model": "gpt2",
        "tokenizer.ggml.pre": "smollm",
        "tokenizer.ggml.tokens": [words.id_to_token(i) for i in range(config.vocab)],
        "tokenizer.ggml.token_type": [
            int(gguf.TokenType.CONTROL if i in special else gguf.TokenType.NORMAL) for i in range(config.vocab)
        ],
        "tokenizer.ggml.merges": [merge if isinstance(merge, str) else " ".join(merge) for merge in merges],
        "tokenizer.ggml.bos_token_id": words.token_to_id(settings["bos_token"]),
        "tokenizer.ggml.eos_token_id": IM_END,
        "tokenizer.ggml.padding_token_id": words.token_to_id(settings["pad_token"]),
        "tokenizer.ggml.add_bos_token": False,
        "tokenizer.chat_template": settings["chat_template"],
    }
    for name, value in expected.items():
        actual = fields[name].contents() if name in fields else None
        if actual != value:
            raise ExportMismatch(f"{path.name}: {name} is {_shortened(actual)}, not {_shortened(value)}")


def _shortened(value: object) -> str:
    """A value for a message: of the thousands of tokens the first few."""
    text = repr(value)
    return text if len(text) <= 80 else f"{text[:77]}..."
