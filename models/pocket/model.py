"""Pocket's network: a plain Llama in PyTorch, small enough to read in one sitting.

The names in the state dict are those of Hugging Face's `LlamaForCausalLM`, so that a checkpoint is
exported by renaming nothing. Rotary embeddings use the rotate-half convention (the first half of a
head is paired with the second), which is what Hugging Face and GGUF's NeoX kind expect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import torch
import torch.nn.functional as F
from torch import Tensor, nn

ENDOFTEXT, IM_START, IM_END = 0, 1, 2


@dataclass(frozen=True)
class Config:
    """The shape of the network. Sizes are in elements, `context` in tokens."""

    vocab: int = 2048
    hidden: int = 256
    layers: int = 5
    heads: int = 8
    kv_heads: int = 4
    head: int = 32
    ffn: int = 512
    context: int = 1024
    rope_theta: float = 10000.0
    norm_eps: float = 1e-5
    init_std: float = 0.02

    def to_hf_dict(self) -> dict[str, Any]:
        """The `config.json` with which Hugging Face libraries load the same network."""
        return {
            "architectures": ["LlamaForCausalLM"],
            "model_type": "llama",
            "vocab_size": self.vocab,
            "hidden_size": self.hidden,
            "intermediate_size": self.ffn,
            "num_hidden_layers": self.layers,
            "num_attention_heads": self.heads,
            "num_key_value_heads": self.kv_heads,
            "head_dim": self.head,
            "hidden_act": "silu",
            "max_position_embeddings": self.context,
            "rope_theta": self.rope_theta,
            "rms_norm_eps": self.norm_eps,
            "initializer_range": self.init_std,
            "tie_word_embeddings": True,
            "attention_bias": False,
            "attention_dropout": 0.0,
            "mlp_bias": False,
            "use_cache": True,
            "bos_token_id": IM_START,
            "eos_token_id": IM_END,
            "pad_token_id": ENDOFTEXT,
        }


class Cache:
    """Keys and values of past positions, one pair of tensors [batch, kv heads, slots, head] per layer."""

    def __init__(self, config: Config, batch: int, slots: int) -> None:
        shape = (batch, config.kv_heads, slots, config.head)
        self.pairs = [(torch.zeros(shape), torch.zeros(shape)) for _ in range(config.layers)]
        self.used = 0

    def append(self, layer: int, key: Tensor, value: Tensor) -> tuple[Tensor, Tensor]:
        """Stores the new positions of one layer and returns all of its positions so far."""
        end = self.used + key.shape[2]
        keys, values = self.pairs[layer]
        keys[:, :, self.used : end] = key
        values[:, :, self.used : end] = value
        return keys[:, :, :end], values[:, :, :end]

    def keep(self, rows: Tensor) -> None:
        """Drops every sequence of the batch whose index is not in `rows`."""
        self.pairs = [(keys[rows], values[rows]) for keys, values in self.pairs]


def rotate(x: Tensor, cos: Tensor, sin: Tensor) -> Tensor:
    """Applies rotary positions to [batch, heads, length, head]."""
    first, second = x.chunk(2, dim=-1)
    return torch.cat((first * cos - second * sin, second * cos + first * sin), dim=-1)


class Attention(nn.Module):
    """Grouped-query causal attention."""

    def __init__(self, config: Config, layer: int) -> None:
        super().__init__()
        self.config, self.layer = config, layer
        self.q_proj = nn.Linear(config.hidden, config.heads * config.head, bias=False)
        self.k_proj = nn.Linear(config.hidden, config.kv_heads * config.head, bias=False)
        self.v_proj = nn.Linear(config.hidden, config.kv_heads * config.head, bias=False)
        self.o_proj = nn.Linear(config.heads * config.head, config.hidden, bias=False)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, cache: Cache | None) -> Tensor:
        batch, length, _ = x.shape
        query = rotate(self.q_proj(x).view(batch, length, -1, self.config.head).transpose(1, 2), cos, sin)
        key = rotate(self.k_proj(x).view(batch, length, -1, self.config.head).transpose(1, 2), cos, sin)
        value = self.v_proj(x).view(batch, length, -1, self.config.head).transpose(1, 2)
        if cache is not None:
            key, value = cache.append(self.layer, key, value)
        groups = self.config.heads // self.config.kv_heads
        key, value = key.repeat_interleave(groups, dim=1), value.repeat_interleave(groups, dim=1)
        # Written out: on a CPU, in bfloat16 and for short rows, this is three times as fast as the fused kernel.
        scores = query @ key.transpose(2, 3) * self.config.head**-0.5 + bias
        mixed = scores.softmax(dim=-1) @ value
        return self.o_proj(mixed.transpose(1, 2).reshape(batch, length, -1))


class FeedForward(nn.Module):
    """The gated SwiGLU block."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.gate_proj = nn.Linear(config.hidden, config.ffn, bias=False)
        self.up_proj = nn.Linear(config.hidden, config.ffn, bias=False)
        self.down_proj = nn.Linear(config.ffn, config.hidden, bias=False)

    def forward(self, x: Tensor) -> Tensor:
        return self.down_proj(F.silu(self.gate_proj(x)) * self.up_proj(x))


class Layer(nn.Module):
    """One transformer block, normalised before each half."""

    def __init__(self, config: Config, layer: int) -> None:
        super().__init__()
        self.self_attn = Attention(config, layer)
        self.mlp = FeedForward(config)
        self.input_layernorm = nn.RMSNorm(config.hidden, eps=config.norm_eps)
        self.post_attention_layernorm = nn.RMSNorm(config.hidden, eps=config.norm_eps)

    def forward(self, x: Tensor, cos: Tensor, sin: Tensor, bias: Tensor, cache: Cache | None) -> Tensor:
        x = x + self.self_attn(self.input_layernorm(x), cos, sin, bias, cache)
        return x + self.mlp(self.post_attention_layernorm(x))


class Trunk(nn.Module):
    """Everything below the output projection."""

    def __init__(self, config: Config) -> None:
        super().__init__()
        self.embed_tokens = nn.Embedding(config.vocab, config.hidden)
        self.layers = nn.ModuleList(Layer(config, i) for i in range(config.layers))
        self.norm = nn.RMSNorm(config.hidden, eps=config.norm_eps)


class Pocket(nn.Module):
    """The whole network. The output projection is the embedding matrix itself."""

    def __init__(self, config: Config = Config()) -> None:
        super().__init__()
        self.config = config
        self.model = Trunk(config)
        # In single precision throughout, as the runtimes that serve the model compute it.
        frequency = 1.0 / config.rope_theta ** (torch.arange(0, config.head, 2).float() / config.head)
        angle = torch.outer(torch.arange(config.context).float(), frequency)
        self.register_buffer("cos", angle.cos(), persistent=False)
        self.register_buffer("sin", angle.sin(), persistent=False)
        # Residual branches start smaller, so that the sum over the depth has the scale of one branch.
        for name, weight in self.named_parameters():
            if weight.ndim == 2:
                branch_end = name.endswith(("o_proj.weight", "down_proj.weight"))
                nn.init.normal_(weight, std=config.init_std / ((2 * config.layers) ** 0.5 if branch_end else 1.0))

    def forward(
        self, ids: Tensor, positions: Tensor | None = None, allowed: Tensor | None = None, cache: Cache | None = None
    ) -> Tensor:
        """Logits [batch, length, vocab] of the token after each of `ids` [batch, length].

        `positions` [batch, length] default to 0, 1, 2 …. `allowed` is a boolean mask, broadcastable to
        [batch, heads, length, past + length], true where a query may look; without it attention is causal,
        which with a `cache` is only right while that is empty.
        """
        if positions is None:
            positions = torch.arange(ids.shape[1], device=ids.device).expand_as(ids)
        if allowed is None:
            allowed = torch.ones(ids.shape[1], ids.shape[1], dtype=torch.bool, device=ids.device).tril()
        cos, sin = self.cos[positions].unsqueeze(1), self.sin[positions].unsqueeze(1)
        x = self.model.embed_tokens(ids)
        compute = torch.get_autocast_dtype("cpu") if torch.is_autocast_enabled("cpu") else x.dtype
        cos, sin = cos.to(compute), sin.to(compute)
        bias = torch.zeros(allowed.shape, dtype=compute).masked_fill(~allowed, torch.finfo(compute).min)
        for layer in self.model.layers:
            x = layer(x, cos, sin, bias, cache)
        if cache is not None:
            cache.used += ids.shape[1]
        return F.linear(self.model.norm(x), self.model.embed_tokens.weight)


def same_segment(segments: Tensor) -> Tensor:
    """The mask [batch, 1, length, length] that keeps attention causal and inside each run of equal `segments`."""
    length = segments.shape[1]
    causal = torch.ones(length, length, dtype=torch.bool, device=segments.device).tril()
    return ((segments[:, :, None] == segments[:, None, :]) & causal).unsqueeze(1)


@torch.inference_mode()
def generate(model: Pocket, prompts: list[list[int]], max_new: int = 192, batch: int = 64) -> list[list[int]]:
    """Greedy continuations of `prompts`, each without its prompt and without the closing <|im_end|>.

    Prompts of similar length are decoded together. A prompt must leave room for at least one token in the context.
    """
    order = sorted(range(len(prompts)), key=lambda i: len(prompts[i]))
    answers: list[list[int]] = [[] for _ in prompts]
    for start in range(0, len(order), batch):
        chosen = order[start : start + batch]
        for i, answer in zip(chosen, _decode(model, [prompts[i] for i in chosen], max_new), strict=True):
            answers[i] = answer
    return answers


def _decode(model: Pocket, prompts: list[list[int]], max_new: int) -> list[list[int]]:
    """Decodes one batch. Prompts are padded on the left, and a finished sequence leaves the batch."""
    longest = max(len(prompt) for prompt in prompts)
    if longest >= model.config.context:
        raise ValueError(f"a prompt of {longest} tokens leaves no room in a context of {model.config.context}")
    max_new = min(max_new, model.config.context - longest)
    ids = torch.tensor([[ENDOFTEXT] * (longest - len(prompt)) + prompt for prompt in prompts])
    padding = torch.tensor([longest - len(prompt) for prompt in prompts])
    alive = torch.arange(len(prompts))
    answers: list[list[int]] = [[] for _ in prompts]
    cache = Cache(model.config, len(prompts), longest + max_new)
    for _ in range(max_new):
        start, length = cache.used, ids.shape[1]
        query, key = torch.arange(start, start + length), torch.arange(start + length)
        # A padding position may see itself: a query that sees nothing would turn into NaN.
        allowed = (key[None, :] <= query[:, None]) & (
            (key[None, None, :] >= padding[:, None, None]) | (key[None, :] == query[:, None])
        )
        positions = (query[None, :] - padding[:, None]).clamp(min=0)
        logits = model(ids, positions, allowed.unsqueeze(1), cache)[:, -1]
        best = logits.argmax(dim=-1)
        going = best != IM_END
        if not going.all():
            rows = going.nonzero().squeeze(1)
            alive, padding, best = alive[rows], padding[rows], best[rows]
            cache.keep(rows)
        if len(alive) == 0:
            break
        for i, token in zip(alive.tolist(), best.tolist(), strict=True):
            answers[i].append(token)
        ids = best.unsqueeze(1)
    return answers
