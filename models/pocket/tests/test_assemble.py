"""The stream is reproducible, keeps what is held out to itself, and is packed as it will be served."""

from __future__ import annotations

import json
import random
import re
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import pytest
import torch
from tokenizers import Tokenizer

import tokenizer as tok
from corpus.assemble import (
    HeldOutLeak, Mixture, conversations, digest, fingerprint, full_mixture, held_out, sources_digest,
)  # fmt: skip
from corpus.example import Example, Turn, ask, is_held_out, normalise
from corpus.suggested import SUGGESTED
from make import DIGEST_FILE
from model import ENDOFTEXT, IM_END
from packing import ANSWER_WEIGHT, encode_for_training, step_batches


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return tok.train(tok.corpus_sample(count=3_000))


@dataclass
class Family:
    name: str
    questions: tuple[str, ...]
    kept_apart: str

    def sample(self, rng: random.Random) -> Example:
        return Example(self.name, ask(rng.choice(self.questions), "Yes."))

    def held_out(self) -> list[Example]:
        return [Example(self.name, ask(self.kept_apart, "Yes."), lambda answer: answer == "Yes.")]


def test_a_seed_stands_for_one_stream() -> None:
    assert digest(3, 500) == digest(3, 500)
    assert digest(3, 500) != digest(4, 500)


def test_the_corpus_is_the_one_on_record() -> None:
    recorded = json.loads(DIGEST_FILE.read_text(encoding="utf-8"))
    assert fingerprint() == recorded, "run `make.py corpus-digest`"


def test_any_change_of_a_program_changes_the_digest(tmp_path: Path) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "one.py").write_text("a = 1\n")
    (tmp_path / "below/two.py").write_text("b = 2\n")
    (tmp_path / "notes.txt").write_text("no program")
    digests = [sources_digest(tmp_path)]
    (tmp_path / "below/two.py").write_text("b = 3\n")
    digests.append(sources_digest(tmp_path))
    (tmp_path / "one.py").rename(tmp_path / "three.py")
    digests.append(sources_digest(tmp_path))
    assert len(set(digests)) == 3
    (tmp_path / "notes.txt").write_text("still no program")
    (tmp_path / "three.py").write_bytes(b"a = 1\r\n")
    assert sources_digest(tmp_path) == digests[-1]


def test_the_suggestions_are_those_of_the_app_and_their_judges_tell_right_from_wrong() -> None:
    listed = (Path(__file__).parents[3] / "src/catalog/pocket.ts").read_text(encoding="utf-8")
    assert re.findall(r"\{ prompt: '([^']+)'", listed) == list(SUGGESTED)
    right = {
        "What is 27 + 58?": "27 + 58 = 85.",
        "Sort 42, 7, 19, 88, 3.": "3, 7, 19, 42, 88.",
        "What is a token?": "A token is a short piece of text, such as a word, a part of a word or a comma.",
    }
    for prompt, judge in SUGGESTED.items():
        assert {asked for asked, answer in right.items() if judge(answer)} == {prompt} & right.keys()
        assert not judge(prompt) and not judge("")
    assert not SUGGESTED["Sort 42, 7, 19, 88, 3."]("3, 7, 19, 88, 42.")
    assert not SUGGESTED["What is 27 + 58?"]("27 + 58 = 75.")


def test_a_suggested_prompt_is_never_trained_on() -> None:
    asked = {normalise(prompt) for prompt in SUGGESTED}
    assert all(is_held_out(key) for key in ("add 27 58", "sort 3 7 19 42 88", "story/fox/lighthouse"))
    for turns in islice(conversations(6), 20_000):
        assert not asked & {normalise(turn.text) for turn in turns if turn.role == "user"}
        for turn in turns:
            numbers = re.findall(r"\d+", turn.text)
            assert not {"27", "58"} <= set(numbers) or "+" not in turn.text and "plus" not in turn.text, turn.text


def test_a_held_out_question_is_drawn_again() -> None:
    mixture = Mixture([(1.0, [Family("one", ("Is it so?", "Why?"), "is it SO")])])
    asked = {turn.text for turns in islice(mixture.conversations(1), 300) for turn in turns if turn.role == "user"}
    assert asked == {"Why?"}


def test_a_family_of_nothing_else_is_refused() -> None:
    with pytest.raises(HeldOutLeak, match="Is it so"):
        next(Mixture([(1.0, [Family("one", ("Is it so?",), "is it so")])]).conversations(1))


def test_no_held_out_question_is_trained_on() -> None:
    forbidden = {normalise(example.turns[0].text) for example in held_out() if len(example.turns) == 2}
    for turns in islice(conversations(5), 20_000):
        for turn in turns:
            assert turn.role != "user" or normalise(turn.text) not in forbidden, turn.text


def test_every_family_keeps_something_apart_that_its_own_answer_passes() -> None:
    for family in full_mixture().families:
        examples = family.held_out()
        assert examples, family.name
        for example in examples:
            assert example.judge is not None and example.judge(example.turns[-1].text), example


def test_conversations_alternate_and_may_begin_with_a_system_prompt() -> None:
    lengths = set()
    for turns in islice(conversations(2), 3_000):
        roles = [turn.role for turn in turns if turn.role != "system"]
        assert roles == ["user", "assistant"] * (len(roles) // 2)
        assert all(turn.role != "system" for turn in turns[1:])
        lengths.add(len(turns))
    assert {2, 3, 4, 5, 6, 8} <= lengths


def test_the_answer_and_its_end_carry_the_loss(tokenizer: Tokenizer) -> None:
    turns = (*ask("Why?", "Because it is."), Turn("user", "And?"), Turn("assistant", "No."))
    ids, weights = encode_for_training(tokenizer, turns)
    assert ids == [*tok.encode_chat(tokenizer, turns), ENDOFTEXT]
    learned = [i for i, weight in zip(ids, weights, strict=True) if weight == ANSWER_WEIGHT]
    first, second = (tokenizer.encode(turn.text).ids for turn in turns if turn.role == "assistant")
    assert learned == [*first, IM_END, *second, IM_END]


def test_the_verdict_on_a_claim_weighs_most(tokenizer: Tokenizer) -> None:
    for verdict in ("yes", "no"):
        turns = ask("Is 2 + 2 = 5?", f"2 + 2 = 4, and 5 is larger, so {verdict}.")
        ids, weights = encode_for_training(tokenizer, turns)
        heavy = [i for i, weight in zip(ids, weights, strict=True) if weight > ANSWER_WEIGHT]
        assert tokenizer.decode(heavy).strip() == verdict


def test_rows_hold_whole_conversations_at_their_own_positions(tokenizer: Tokenizer) -> None:
    batches = step_batches(tokenizer, seed=1, step=7)
    filled = sum(int((batch.segments >= 0).sum()) for batch in batches) / sum(batch.ids.size for batch in batches)
    assert filled > 0.94
    for batch in batches:
        for ids, positions, segments in zip(batch.ids, batch.positions, batch.segments, strict=True):
            for start in sorted(set(segments[segments >= 0].tolist())):
                inside = segments == start
                assert positions[inside].tolist() == list(range(int(inside.sum())))
                assert (ids[inside] == ENDOFTEXT).sum() <= 1


def test_a_step_is_the_same_whenever_it_is_made(tokenizer: Tokenizer) -> None:
    once, again = step_batches(tokenizer, 1, 3), step_batches(tokenizer, 1, 3)
    assert all(torch.equal(torch.from_numpy(a.ids), torch.from_numpy(b.ids)) for a, b in zip(once, again, strict=True))
