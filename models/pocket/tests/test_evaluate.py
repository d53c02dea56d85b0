"""What the evaluation asks, how it counts, and what it refuses to score."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from tokenizers import Tokenizer

import evaluate
import probe
import tokenizer as tok
import training_record
from corpus.assemble import held_out
from corpus.example import Example, ask
from corpus.suggested import SUGGESTED
from evaluate import NotTheseWeights, training_summary
from export.run import DESTINATION, MANIFEST, POCKET
from model import IM_END, Config, Pocket

CORPUS = {"sha256": "1" * 64, "sources": "a" * 64}


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return tok.load(DESTINATION)


class Reciter:
    """An engine that answers each prompt from a list."""

    name = "a list"

    def __init__(self, tokenizer: Tokenizer, answers: dict[str, str]) -> None:
        self._tokenizer, self._answers = tokenizer, answers

    def answers(self, prompts: Sequence[list[int]], limits: Sequence[int]) -> list[list[int]]:
        asked = [self._tokenizer.decode(ids).split("user\n")[-1].removesuffix("\nassistant\n") for ids in prompts]
        texts = [self._tokenizer.encode(self._answers[question]).ids for question in asked]
        return [ids[:limit] for ids, limit in zip(texts, limits, strict=True)]

    def log_probabilities(self, sequences: Sequence[list[int]], scored: Sequence[int]) -> NDArray[np.float32]:
        raise NotImplementedError


def right(verdict: str) -> Example:
    return Example("exact/one", ask(f"Say {verdict}.", verdict), lambda answer: answer == verdict)


def test_questions_end_where_the_answer_begins_and_the_answer_with_its_end_is_scored(tokenizer: Tokenizer) -> None:
    examples = [example for example in held_out() if example.family in ("exact/sorting", "knowledge/follow-up")]
    questions = evaluate.prepare(tokenizer, examples)
    assert questions.scored_sequences and len(questions.prompts) == len(examples)
    at = 0
    for example, prompt, limit, whole, count in zip(
        examples, questions.prompts, questions.limits, questions.scored_sequences, questions.scored, strict=True
    ):
        answer = tokenizer.encode(example.turns[-1].text).ids
        assert whole == prompt + answer + [IM_END] and count == len(answer) + 1
        assert limit > len(answer) + 1
        assert questions.targets[at : at + count].tolist() == [*answer, IM_END]
        at += count
    assert at == len(questions.targets)


def test_of_many_questions_every_nth_is_scored_token_by_token(
    tokenizer: Tokenizer, monkeypatch: pytest.MonkeyPatch
) -> None:
    examples = held_out("exact")
    everything = evaluate.prepare(tokenizer, examples)
    monkeypatch.setattr(evaluate, "SCORED_POSITIONS", len(everything.targets) // 10)
    tenth = evaluate.prepare(tokenizer, examples)
    assert tenth.prompts == everything.prompts
    assert tenth.scored_sequences == everything.scored_sequences[::10]
    assert tenth.scored == everything.scored[::10]


def test_right_answers_are_counted_by_family() -> None:
    examples = [right("yes"), right("no"), Example("exact/two", ask("Why?", "So."), lambda answer: False)]
    counted = {"exact/one": {"right": 1, "asked": 2}, "exact/two": {"right": 0, "asked": 1}}
    assert evaluate.accuracy(examples, ["yes", "yes", "So."]) == counted
    assert probe.accuracy(examples, ["yes", "yes", "So."]) == {"exact/one": 0.5, "exact/two": 0.0}
    for count in (evaluate.accuracy, probe.accuracy):
        with pytest.raises(ValueError, match="exact/none has no judge"):
            count([Example("exact/none", ask("Why?", "So."))], ["So."])


def test_all_knowledge_is_asked_and_up_to_seventy_of_the_rest() -> None:
    asked = [example.family for example in evaluate.questions_to_ask(None)]
    there = [example.family for example in held_out()]
    assert {family: asked.count(family) for family in set(there)} == {
        family: there.count(family) if family in evaluate.WHOLE else min(evaluate.PER_FAMILY, there.count(family))
        for family in set(there)
    }


def test_stories_are_judged_and_read_back(tokenizer: Tokenizer) -> None:
    examples = [example for example in held_out() if example.family == evaluate.STORY_FAMILY]
    written = {example.turns[-2].text: example.turns[-1].text for example in examples}
    told = evaluate.tell_stories(Reciter(tokenizer, written), tokenizer)
    assert len(told) == evaluate.STORIES == sum(story["accepted"] and story["unbroken"] for story in told)
    last = told[-1]["prompt"]
    spoilt = evaluate.tell_stories(Reciter(tokenizer, written | {last: written[last].replace(".", ",", 1)}), tokenizer)
    assert (spoilt[-1]["accepted"], spoilt[-1]["unbroken"]) == (False, False)
    other = {question: written[last] for question in written}
    foreign = evaluate.tell_stories(Reciter(tokenizer, other), tokenizer)
    assert all(story["unbroken"] for story in foreign) and not all(story["accepted"] for story in foreign)


def test_suggestions_are_answered_in_full_and_judged(tokenizer: Tokenizer) -> None:
    answers = dict.fromkeys(SUGGESTED, "I do not know.") | {"What is 27 + 58?": "27 + 58 = 85."}
    answered = evaluate.answer_suggestions(Reciter(tokenizer, answers), tokenizer)
    assert [row["prompt"] for row in answered] == list(SUGGESTED)
    assert [row["prompt"] for row in answered if row["right"]] == ["What is 27 + 58?"]
    assert set(SUGGESTED) <= set(evaluate.RECORDED_PROMPTS) and len(set(evaluate.RECORDED_PROMPTS)) == len(
        evaluate.RECORDED_PROMPTS
    )


@pytest.fixture
def work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A work folder after a training of two steps, and beside it the files that were made of its weights."""
    monkeypatch.setattr(evaluate, "fingerprint", lambda: CORPUS)
    folder = tmp_path / "work"
    weights = {"a": np.ones((2, 2), np.float32)}
    training_record.note_start(folder, ["--tokens", "2"], CORPUS, {}, threads=1, resumed=False)
    save_file(weights, folder / "model.safetensors")
    training_record.note_end(folder, weights)
    torch.save({"seed": 4}, folder / "checkpoint.pt")
    log = [{"step": step, "tokens": 10 * step, "seconds": 5.0 * step, "loss": 3.0 - step} for step in (1, 2)]
    (folder / "curve.jsonl").write_text("".join(json.dumps(line) + "\n" for line in log))
    (tmp_path / MANIFEST).write_text(json.dumps({"weights": training_record.weights_digest(weights)}))
    return folder


def test_a_training_is_summed_up(work: Path) -> None:
    summary = training_summary(work, work.parent)
    assert summary["parts"][0]["command"] == "python train.py --tokens 2" and summary["corpus"] == CORPUS
    assert {key: summary[key] for key in ("seed", "steps", "tokens", "seconds", "final_loss")} == {
        "seed": 4, "steps": 2, "tokens": 20, "seconds": 10.0, "final_loss": 1.5,
    }  # fmt: skip


def test_a_training_without_a_record_is_refused(work: Path) -> None:
    (work / training_record.RECORD).unlink()
    with pytest.raises(FileNotFoundError):
        training_summary(work, work.parent)


def test_a_training_that_has_not_ended_is_refused(work: Path) -> None:
    training_record.note_start(work, [], CORPUS, {}, threads=1, resumed=False)
    with pytest.raises(NotTheseWeights, match="has not ended"):
        training_summary(work, work.parent)


def test_weights_of_another_training_are_refused(work: Path) -> None:
    save_file({"a": np.zeros((2, 2), np.float32)}, work / "model.safetensors")
    with pytest.raises(NotTheseWeights, match=r"model.safetensors .* is not what the training on record ended with"):
        training_summary(work, work.parent)


@pytest.mark.parametrize("manifest", [{}, {"weights": "0" * 64}])
def test_files_of_other_weights_are_refused(work: Path, manifest: dict[str, str]) -> None:
    (work.parent / MANIFEST).write_text(json.dumps(manifest))
    with pytest.raises(NotTheseWeights, match="make.py export"):
        training_summary(work, work.parent)


def test_weights_that_learned_another_text_are_refused(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate, "fingerprint", lambda: CORPUS | {"sources": "b" * 64})
    assert training_summary(work, work.parent)
    monkeypatch.setattr(evaluate, "fingerprint", lambda: CORPUS | {"sha256": "2" * 64})
    with pytest.raises(NotTheseWeights, match="learned from another text"):
        training_summary(work, work.parent)


@pytest.mark.parametrize("out", [[], ["--out", str(POCKET)]])
def test_a_quick_look_does_not_replace_the_card(
    out: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["evaluate.py", "--per-family", "2", *out])
    monkeypatch.setattr(evaluate, "evaluate", lambda *arguments: pytest.fail("it began to score"))
    with pytest.raises(SystemExit):
        evaluate.main()
    assert "--out" in capsys.readouterr().err


def test_a_probe_asks_the_same_few_of_each_family_again() -> None:
    examples = held_out("exact")
    chosen = probe.choose(examples, 3)
    assert [example.turns for example in chosen] == [example.turns for example in probe.choose(examples, 3)]
    families = [example.family for example in chosen]
    assert {families.count(family) for family in {example.family for example in examples}} == {3}


def test_a_probe_answers_each_question_as_if_it_were_alone(tokenizer: Tokenizer) -> None:
    torch.manual_seed(0)
    model = Pocket(Config(layers=1, init_std=0.2)).eval()
    examples = probe.choose(held_out("exact"), 1)[:6]
    together = probe.answer(model, tokenizer, examples)
    for example, text in zip(examples, together, strict=True):
        (alone,) = probe.answer(model, tokenizer, [example])
        # Decoded beside longer answers it may run on for longer; up to there it is the same.
        assert text.startswith(alone) or alone.startswith(text)
        assert alone
