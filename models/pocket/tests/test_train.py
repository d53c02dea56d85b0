"""A run that was interrupted goes on as if it had not been, and ends when its budget says."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
import torch

import tokenizer as tok
import train
import training_record
from export.run import read_weights
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


CORPUS = {"sha256": "1" * 64, "sources": "a" * 64}


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work folder with a tokenizer from a small sample of the corpus."""
    monkeypatch.setattr(train, "fingerprint", lambda: CORPUS)
    monkeypatch.setattr(train, "PROBE_PER_FAMILY", 0)
    tok.save(tok.train(tok.corpus_sample(count=1_000)), tmp_path / "tokenizer")
    training_record.note_tokenizer(tmp_path / "tokenizer", CORPUS, 1_000)
    return tmp_path


def run(monkeypatch: pytest.MonkeyPatch, work: Path, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["train.py", *arguments, "--eager", "--threads", "1", "--work", str(work)])
    train.main()


def test_a_training_and_its_going_on_are_on_record(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(monkeypatch, work, "--tokens", "1")
    first = training_record.read(work)
    assert first["weights"] == training_record.weights_digest(read_weights(work))
    assert (first["corpus"], first["tokenizer"]["conversations"]) == (CORPUS, 1_000)
    run(monkeypatch, work, "--tokens", str(2 * TOKENS_PER_STEP), "--resume")
    second = training_record.read(work)
    assert second["weights"] == training_record.weights_digest(read_weights(work)) != first["weights"]
    assert [part["command"] for part in second["parts"]] == [
        "python train.py --tokens 1 --eager --threads 1",
        f"python train.py --tokens {2 * TOKENS_PER_STEP} --resume --eager --threads 1",
    ]
    monkeypatch.setattr(train, "fingerprint", lambda: CORPUS | {"sha256": "2" * 64})
    with pytest.raises(SystemExit, match=r"The tokenizer in .* learned from a corpus of the digest 111111111111"):
        run(monkeypatch, work, "--resume")
    assert training_record.read(work) == second
