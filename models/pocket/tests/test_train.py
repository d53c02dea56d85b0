"""A run that was interrupted goes on as if it had not been, and ends when its budget says."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

import tokenizer as tok
from model import Pocket
from packing import TOKENS_PER_STEP, Batch, step_batches
from train import Budget, Curve, Progress, Trainer


@pytest.fixture(scope="module")
def batches() -> list[list[Batch]]:
    """Three small steps: the last batch of each real one."""
    tokenizer = tok.train(tok.corpus_sample(count=2_000))
    return [step_batches(tokenizer, 1, step)[-1:] for step in range(3)]


def weights(model: Pocket) -> torch.Tensor:
    return torch.cat([weight.detach().flatten() for weight in model.parameters()])


def test_a_resumed_run_equals_an_uninterrupted_one(tmp_path: Path, batches: list[list[Batch]]) -> None:
    path = tmp_path / "checkpoint.pt"
    trainer = Trainer(seed=5, compiled=False)
    for step in batches[:2]:
        trainer.step(step, spent=0.1)
    trainer.save(path)
    resumed = Trainer.load(path, compiled=False)
    assert resumed.progress == trainer.progress
    assert resumed.step(batches[2], spent=0.2) == trainer.step(batches[2], spent=0.2)
    assert torch.equal(weights(resumed.model), weights(trainer.model))
    assert [file.name for file in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_training_lowers_the_loss(batches: list[list[Batch]]) -> None:
    trainer = Trainer(seed=5, compiled=False)
    losses = [trainer.step(batches[0], spent=0.0) for _ in range(12)]
    assert losses[0] == pytest.approx(7.65, abs=0.3)
    assert losses[-1] < losses[0] - 1.0


def test_a_budget_ends_at_whichever_comes_first() -> None:
    progress = Progress(step=100, seconds=30.0)
    assert Budget(tokens=200.0 * TOKENS_PER_STEP, minutes=None).spent(progress) == 0.5
    assert Budget(tokens=200.0 * TOKENS_PER_STEP, minutes=0.625).spent(progress) == pytest.approx(0.8)
    assert Budget(tokens=None, minutes=0.1).spent(progress) == 1.0


def test_the_curve_forgets_what_came_after_the_checkpoint(tmp_path: Path) -> None:
    path = tmp_path / "curve.jsonl"
    curve = Curve(path, steps_kept=0)
    for step in (1, 2, 3):
        curve.write(Progress(step=step), loss=1.0)
    Curve(path, steps_kept=2).write(Progress(step=3), loss=0.5)
    assert [line.split(",")[0] for line in path.read_text("utf-8").splitlines()] == [
        '{"step": 1', '{"step": 2', '{"step": 3',
    ]  # fmt: skip
    assert '"loss": 0.5' in path.read_text("utf-8").splitlines()[-1]
