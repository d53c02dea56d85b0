"""The one command runs the stages in their order, each with its own arguments, and stops at the first that fails."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

import make
import tokenizer as tok
import training_record


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was run, in place of running it."""
    commands: list[str] = []

    def run(command: list[str], **settings: Any) -> None:
        assert command[0] == sys.executable and settings == {"cwd": make.POCKET, "check": True}
        commands.append(" ".join(command[1:]))

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.setattr(make, "corpus_digest", lambda: commands.append("digest"))
    return commands


def run_make(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> None:
    monkeypatch.setattr(sys, "argv", ["make.py", *arguments])
    make.main()


TOKENIZER = f"tokenizer.py --out {make.WORK / 'tokenizer'}"


def test_everything_is_every_stage_in_order(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run_make(monkeypatch, "all")
    assert ran == ["digest", TOKENIZER, "digest", "train.py", "-m export.run", "evaluate.py"]


def test_without_a_compiler_only_the_training_is_told_so(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run_make(monkeypatch, "all", "--eager")
    assert ran == ["digest", TOKENIZER, "digest", "train.py --eager", "-m export.run", "evaluate.py"]


def test_a_stage_alone_gets_the_further_arguments(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run_make(monkeypatch, "train", "--minutes", "40", "--threads", "1")
    assert ran == ["digest", "train.py --minutes 40 --threads 1"]


@pytest.mark.parametrize("arguments", ["export evaluate --minutes 3", "all train", "all --minutes 3"])
def test_arguments_that_belong_to_no_single_stage_are_refused(
    arguments: str, ran: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(SystemExit):
        run_make(monkeypatch, *arguments.split())
    assert ran == []


def test_nothing_runs_after_a_stage_that_failed(ran: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    run = subprocess.run

    def failing(command: list[str], **settings: Any) -> None:
        run(command, **settings)
        if "export.run" in command:
            raise subprocess.CalledProcessError(3, command)

    monkeypatch.setattr(subprocess, "run", failing)
    with pytest.raises(SystemExit, match="stage export failed with code 3"):
        run_make(monkeypatch, "export", "evaluate")
    assert ran == ["-m export.run"]


def test_a_stage_that_is_run_says_what_it_was_made_of(tmp_path: Path) -> None:
    """The tokenizer, as the only stage that takes seconds: in a process of its own, on the corpus on record."""
    command = [sys.executable, "make.py", "tokenizer", "--out", str(tmp_path), "--conversations", "300"]
    subprocess.run(command, cwd=make.POCKET, check=True)
    corpus = json.loads(make.DIGEST_FILE.read_text(encoding="utf-8"))
    assert training_record.read_tokenizer(tmp_path, corpus) == {"corpus": corpus, "conversations": 300}
    assert tok.load(tmp_path).get_vocab_size() == tok.VOCAB
