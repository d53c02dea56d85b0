"""The measures are what they are defined to be, and all engines give one model's answers."""

from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest
import torch

from export import onnx_files
from export.precisions import ONNX
from model import Config, Pocket
from scoring.engines import BATCH, OnnxEngine, PytorchEngine, equal_lengths
from scoring.quality import compare

SMALL = Config(layers=2, context=64, init_std=0.08)


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> tuple[OnnxEngine, PytorchEngine]:
    torch.manual_seed(0)
    model = Pocket(SMALL).eval()
    trained = {name: value.numpy() for name, value in model.state_dict().items()}
    path = tmp_path_factory.mktemp("onnx") / "model.onnx"
    onnx_files.write(SMALL, onnx_files.weights_at(trained, ONNX[0]), ONNX[0], path)
    return OnnxEngine(SMALL, path), PytorchEngine(model)


def test_divergence_perplexity_and_same_top_of_known_distributions() -> None:
    reference = np.log(np.array([[0.5, 0.5 - 1e-6, 1e-6], [0.8, 0.1, 0.1]], dtype=np.float32))
    other = np.log(np.array([[0.5, 0.5 - 1e-6, 1e-6], [0.1, 0.8, 0.1]], dtype=np.float32))
    quality = compare(reference, other, np.array([0, 0]))
    assert quality.divergence.mean == pytest.approx(0.7 * math.log(8) / 2, rel=1e-5)
    assert quality.divergence.n == 2
    assert quality.same_top.mean == 0.5
    assert quality.perplexity == pytest.approx(math.exp((math.log(2) + math.log(10)) / 2), rel=1e-5)
    assert quality.log_perplexity_change.mean == pytest.approx(math.log(8) / 2, rel=1e-5)
    assert quality.log_perplexity_change.error == pytest.approx(math.log(8) / 2, rel=1e-5)


def test_a_model_does_not_diverge_from_itself() -> None:
    logits = torch.randn(50, 300, generator=torch.Generator().manual_seed(0))
    same = torch.log_softmax(logits, dim=-1).numpy()
    quality = compare(same, same, np.zeros(50, dtype=np.int64))
    assert quality.divergence.mean == 0
    assert quality.same_top.mean == 1


def test_batches_hold_sequences_of_one_length_and_all_of_them() -> None:
    sequences = [[0] * (3 + i % 2) for i in range(2 * BATCH + 5)]
    batches = list(equal_lengths(sequences))
    assert sorted(i for batch in batches for i in batch) == list(range(len(sequences)))
    assert all(len({len(sequences[i]) for i in batch}) == 1 and len(batch) <= BATCH for batch in batches)


def test_engines_agree_on_answers_and_probabilities(engines: tuple[OnnxEngine, PytorchEngine]) -> None:
    random = np.random.default_rng(0)
    prompts = [random.integers(3, SMALL.vocab, length).tolist() for length in (5, 9, 5, 12, 9, 40)]
    limits = [10, 3, 8, 10, 10, 10]
    ours, theirs = (engine.answers(prompts, limits) for engine in engines)
    assert ours == theirs
    assert [len(answer) for answer in ours] == limits
    scored = [2, 4, 1, 3, 8, 5]
    ours, theirs = (engine.log_probabilities(prompts, scored) for engine in engines)
    assert ours.shape == (sum(scored), SMALL.vocab)
    np.testing.assert_allclose(ours, theirs, atol=1e-4)
