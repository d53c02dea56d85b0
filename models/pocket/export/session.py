"""Runs an exported ONNX file as a browser does: a prefill, then one step per token with the cache."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from model import Config

Cache = dict[str, NDArray[np.floating]]


class Session:
    """An ONNX file of Pocket, loaded on the CPU."""

    def __init__(self, config: Config, path: Path, threads: int = 0) -> None:
        """`threads` 0 leaves the number to ONNX Runtime."""
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        # Waiting threads sleep: on a machine that also does other work, spinning ones take the time they wait for.
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        self.config = config
        self._session = onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
        self._outputs = [output.name for output in self._session.get_outputs()]
        past = next(value for value in self._session.get_inputs() if value.name.startswith("past_key_values."))
        self._cache_type = np.float16 if past.type == "tensor(float16)" else np.float32

    @property
    def signature(self) -> dict[str, tuple[str, tuple[str | int, ...]]]:
        """Type and shape of every input and output, by name."""
        values = [*self._session.get_inputs(), *self._session.get_outputs()]
        return {value.name: (value.type, tuple(value.shape)) for value in values}

    def empty_cache(self, batch: int) -> Cache:
        """The cache before the first token."""
        shape = (batch, self.config.kv_heads, 0, self.config.head)
        return {
            f"past_key_values.{i}.{part}": np.zeros(shape, self._cache_type)
            for i in range(self.config.layers)
            for part in ("key", "value")
        }

    def run(self, ids: NDArray[np.int64], cache: Cache) -> tuple[NDArray[np.float32], Cache]:
        """Logits [batch, length, vocab] after each of `ids` [batch, length], and the cache that includes them."""
        batch, length = ids.shape
        past = cache["past_key_values.0.key"].shape[2]
        mask = np.ones((batch, past + length), dtype=np.int64)
        results = self._session.run(None, {"input_ids": ids, "attention_mask": mask, **cache})
        named = dict(zip(self._outputs, results, strict=True))
        logits = named.pop("logits")
        return logits, {name.replace("present.", "past_key_values."): value for name, value in named.items()}
