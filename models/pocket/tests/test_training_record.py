"""The record of a training says what was run, and what belongs to another corpus or to other weights is refused."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import training_record
from training_record import AnotherCorpus

ONE = {"sha256": "1" * 64, "sources": "a" * 64}
TOKENIZER = {"corpus": ONE, "conversations": 10}


def begin(work: Path, *arguments: str, corpus: dict[str, str] = ONE, threads: int = 1) -> None:
    resumed = "--resume" in arguments
    training_record.note_start(work, arguments, corpus, TOKENIZER, threads=threads, resumed=resumed)


def test_a_resumed_training_adds_its_part_and_keeps_the_former(tmp_path: Path) -> None:
    begin(tmp_path, "--tokens", "1e6")
    begin(tmp_path, "--minutes", "5", "--threads", "3", f"--work={tmp_path}", threads=3)
    begin(tmp_path, "--minutes", "5", "--resume", "--work", str(tmp_path), threads=2)
    record = training_record.read(tmp_path)
    assert [part["command"] for part in record["parts"]] == [
        "python train.py --minutes 5 --threads 3",
        "python train.py --minutes 5 --resume",
    ]
    assert [part["threads"] for part in record["parts"]] == [3, 2]
    assert all(part["machine"]["cpu"] and part["machine"]["cores"] >= 1 for part in record["parts"])
    assert record["corpus"] == ONE and record["tokenizer"] == TOKENIZER and "weights" not in record


@pytest.mark.parametrize("changed", ["sha256", "sources"])
def test_a_training_does_not_go_on_with_another_corpus(tmp_path: Path, changed: str) -> None:
    begin(tmp_path)
    before = (tmp_path / training_record.RECORD).read_text()
    with pytest.raises(AnotherCorpus, match="begun with a corpus of the digest 111111111111 .*train anew"):
        begin(tmp_path, "--resume", corpus=ONE | {changed: "2" * 64})
    assert (tmp_path / training_record.RECORD).read_text() == before


def test_resuming_what_has_no_record_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        begin(tmp_path, "--resume")


def test_a_tokenizer_of_another_corpus_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AnotherCorpus, match="a corpus that is not on record"):
        training_record.read_tokenizer(tmp_path, ONE)
    training_record.note_tokenizer(tmp_path, ONE, 10)
    assert training_record.read_tokenizer(tmp_path, ONE) == TOKENIZER
    with pytest.raises(AnotherCorpus, match=r"111111111111 .*make.py tokenizer"):
        training_record.read_tokenizer(tmp_path, ONE | {"sources": "b" * 64})


def test_the_end_names_the_weights_and_a_new_beginning_forgets_them(tmp_path: Path) -> None:
    weights = {"b": np.ones((2, 3), np.float32), "a": np.zeros(4, np.float32)}
    begin(tmp_path)
    training_record.note_end(tmp_path, weights)
    assert training_record.read(tmp_path)["weights"] == training_record.weights_digest(weights)
    begin(tmp_path)
    assert "weights" not in training_record.read(tmp_path)


def test_weights_are_told_apart_by_name_shape_and_value() -> None:
    weights = {"b": np.arange(6, dtype=np.float32).reshape(2, 3), "a": np.zeros(4, np.float32)}
    others = (
        weights | {"b": weights["b"].reshape(3, 2)},
        weights | {"b": weights["b"] + np.float32(1e-6)},
        {"c": weights["b"], "a": weights["a"]},
    )
    digests = {training_record.weights_digest(each) for each in (weights, *others)}
    assert len(digests) == 4
    assert training_record.weights_digest(dict(reversed(weights.items()))) == training_record.weights_digest(weights)
