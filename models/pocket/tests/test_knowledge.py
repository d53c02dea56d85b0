"""The facts are well formed and distinct, and the split between training and test questions holds."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from corpus.example import Example, normalise
from corpus.knowledge import FACTS
from corpus.knowledge.fact import Fact
from corpus.knowledge.family import (
    FOLLOW_UP,
    FOLLOW_UP_SHARE,
    HELD_OUT_PER_FACT,
    TWO_FACTS_SHARE,
    DuplicateQuestionError,
    Knowledge,
    says_as_written,
    states,
)
from corpus.knowledge.follow_ups import REWORDED
from corpus.manners import INTENTS
from corpus.outside.family import ANSWERS as HONEST_ANSWERS

SAMPLES = 20_000

SCREEN_NAMES = Path(__file__).parents[3] / "src" / "ui" / "screen-names.ts"
NAMED_SCREEN = re.compile(
    r"\b[Tt]he ([A-Z]\w*(?: \w+)?) (?:screen|lab)\b"
    r"|\b(?:[Uu]nder|[Oo]pen|[Gg]o to) (?:the )?([A-Z]\w+)(?=[.,:;](?:\s|$)| and )"
    r"|\b(Settings|Playground)\b"
)
"""Where a sentence names a screen: "the X screen", "under X", "open X", "in Settings"."""


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge(FACTS)


@pytest.fixture(scope="module")
def first_questions(knowledge: Knowledge) -> list[Example]:
    """The held-out questions that begin a conversation."""
    return [example for example in knowledge.held_out() if example.family == knowledge.name]


@pytest.fixture(scope="module")
def follow_ups(knowledge: Knowledge) -> list[Example]:
    """The held-out questions that are asked after an answer."""
    return [example for example in knowledge.held_out() if example.family == FOLLOW_UP]


def test_there_are_enough_facts() -> None:
    assert len(FACTS) >= 150


def test_ids_are_unique() -> None:
    ids = [fact.id for fact in FACTS]
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
class TestFact:
    def test_has_enough_phrasings(self, fact: Fact) -> None:
        assert len({normalise(text) for text in fact.ask}) >= 12

    def test_has_two_different_answers(self, fact: Fact) -> None:
        assert len({normalise(text) for text in fact.answers}) >= 2

    def test_every_text_is_short_plain_ascii(self, fact: Fact) -> None:
        follow_ups = [text for pair in fact.follow for text in pair]
        for text in (*fact.ask, *fact.answers, *follow_ups):
            assert text.isascii()
            assert len(text.split()) <= 45

    def test_every_answer_states_the_fact(self, fact: Fact) -> None:
        assert fact.must
        assert all(fragment == fragment.casefold() for fragment in fact.must)
        assert [answer for answer in fact.answers if not states(fact, answer)] == []

    def test_an_echo_of_the_question_does_not_state_the_fact(self, fact: Fact) -> None:
        """Two fragments at least, and one that no question has: it can only come from what was learned."""
        assert len(fact.must) >= 2
        asked = [question.casefold() for question in fact.ask]
        assert any(all(fragment not in question for question in asked) for fragment in fact.must)
        assert [question for question in fact.ask if states(fact, question)] == []

    def test_no_other_answer_states_the_fact(self, fact: Fact) -> None:
        strangers = [
            (other.id, answer)
            for other in FACTS
            if other is not fact
            for answer in other.answers
            if states(fact, answer)
        ]
        assert strangers == []


def screens() -> set[str]:
    """The screens of the app, as its own list names them."""
    listed = re.search(r"screenNames = \[(.*?)\]", SCREEN_NAMES.read_text(encoding="utf-8"), re.DOTALL)
    assert listed is not None
    names = set(re.findall(r"'([^']+)'", listed.group(1)))
    assert names
    return names


def named_screens(text: str) -> set[str]:
    """The screens that a text sends its reader to."""
    return {name.casefold() for match in NAMED_SCREEN.findall(text) for name in match if name}


def test_a_text_that_names_a_screen_is_noticed() -> None:
    assert named_screens("Open the Benchmark screen: it measures.") == {"benchmark"}
    assert named_screens("Set it in Settings, or pick a model under Models.") == {"settings", "models"}
    assert named_screens("The Quantization lab runs one model.") == {"quantization"}
    assert named_screens("A lane of the Playground runs on the GPU.") == {"playground"}


def test_every_screen_that_a_text_names_exists() -> None:
    texts = [text for fact in FACTS for text in (*fact.ask, *fact.answers)]
    texts += [text for fact in FACTS for pair in fact.follow for text in pair]
    texts += [text for fact in INTENTS for text in (*fact.ask, *fact.answers)]
    texts += HONEST_ANSWERS
    named = {text: named_screens(text) for text in texts}
    assert {text: names for text, names in named.items() if not names <= screens()} == {}
    assert set().union(*named.values()) == screens()


def test_the_fact_on_the_screens_names_each_of_them() -> None:
    numbers = ("no", "one", "two", "three", "four", "five", "six", "seven")
    fact = next(fact for fact in FACTS if fact.id == "screens")
    for answer in map(str.casefold, fact.answers):
        assert f"{numbers[len(screens())]} screens" in answer
        assert all(name in answer for name in screens())


def test_no_answer_begins_with_yes() -> None:
    """Every fact is asked for in ways that a yes does not answer."""
    assert [fact.id for fact in FACTS for answer in fact.answers if normalise(answer).split()[0] == "yes"] == []


def test_no_question_belongs_to_two_facts() -> None:
    owner: dict[str, str] = {}
    for fact in FACTS:
        for text in fact.ask:
            assert owner.setdefault(normalise(text), fact.id) == fact.id, text


def test_a_question_of_two_facts_is_refused() -> None:
    one = Fact("one", ("What is it?",), ("One.",), ("one",))
    two = Fact("two", ("what is it",), ("Two.",), ("two",))
    with pytest.raises(DuplicateQuestionError):
        Knowledge((one, two))


def test_each_fact_is_tested_by_its_own_questions(first_questions: list[Example]) -> None:
    assert len(first_questions) == HELD_OUT_PER_FACT * len(FACTS)
    for example in first_questions:
        assert example.judge is not None
        assert example.judge(example.turns[-1].text)
        assert not example.judge("I do not know.")


def test_every_question_after_an_answer_has_other_wordings() -> None:
    asked = {question for fact in FACTS for question, _ in fact.follow}
    assert asked == set(REWORDED)
    for question, others in REWORDED.items():
        assert len({normalise(wording) for wording in (question, *others)}) >= 3, question


def test_a_share_of_what_is_asked_after_an_answer_is_tested(follow_ups: list[Example]) -> None:
    answers = [answer for fact in FACTS for _, answer in fact.follow]
    answers += [answer for fact in FACTS for answer in fact.answers]
    assert 40 <= len(follow_ups) <= len([pair for fact in FACTS for pair in fact.follow]) / 2
    for example in follow_ups:
        assert len(example.turns) == 4 and example.judge is not None
        assert [answer for answer in answers if example.judge(answer)] == [example.turns[-1].text]


def test_a_wording_kept_for_testing_never_follows_its_fact(knowledge: Knowledge, follow_ups: list[Example]) -> None:
    tested = {(example.turns[-1].text, normalise(example.turns[-2].text)) for example in follow_ups}
    rng = random.Random(6)
    asked = {
        (turns[-1].text, normalise(turns[-2].text)) for turns in (knowledge.sample(rng).turns for _ in range(SAMPLES))
    }
    assert not asked & tested
    assert {answer for answer, _ in tested} <= {answer for answer, _ in asked}


def test_an_answer_as_written_may_slip_but_not_turn_around() -> None:
    judge = says_as_written("No, with 128 tokens all experts must be stored, and only a few of them are read.")
    assert judge("No, with 128 tokens all experts must be stored, and only few of them are read")
    assert not judge("Yes, with 128 tokens all experts must be stored, and only a few of them are read.")
    assert not judge("No, with 256 tokens all experts must be stored, and only a few of them are read.")
    assert not judge("No, with 128 tokens all experts are stored.")
    assert not judge("")


def test_held_out_questions_are_never_sampled(knowledge: Knowledge, first_questions: list[Example]) -> None:
    held_out = {normalise(example.turns[0].text) for example in first_questions}
    rng = random.Random(1)
    for _ in range(SAMPLES):
        for turn in knowledge.sample(rng).turns:
            assert turn.role != "user" or normalise(turn.text) not in held_out


def test_samples_mix_single_questions_follow_ups_and_pairs(knowledge: Knowledge) -> None:
    rng = random.Random(2)
    follow_up_answers = {answer for fact in FACTS for _, answer in fact.follow}
    last_turns = [
        (len(example.turns), example.turns[-1].text) for example in (knowledge.sample(rng) for _ in range(SAMPLES))
    ]
    follow_ups = sum(count == 4 and text in follow_up_answers for count, text in last_turns)
    pairs = sum(count == 4 and text not in follow_up_answers for count, text in last_turns)
    assert {count for count, _ in last_turns} == {2, 4}
    assert follow_ups / SAMPLES == pytest.approx(FOLLOW_UP_SHARE, abs=0.02)
    assert pairs / SAMPLES == pytest.approx(TWO_FACTS_SHARE, abs=0.02)


def test_every_fact_is_sampled(knowledge: Knowledge) -> None:
    rng = random.Random(3)
    seen = {turn.text for _ in range(SAMPLES) for turn in knowledge.sample(rng).turns}
    assert [fact.id for fact in FACTS if not seen.intersection(fact.answers)] == []


def test_every_template_stays_in_training_for_most_facts(first_questions: list[Example]) -> None:
    held_out = [example.turns[0].text for example in first_questions]
    for opening in ("What is ", "Explain ", "Define ", "Tell me about ", "How would you define "):
        asked = sum(text.startswith(opening) for fact in FACTS for text in fact.ask)
        tested = sum(text.startswith(opening) for text in held_out)
        assert tested < asked / 2


def test_the_same_seed_gives_the_same_conversations() -> None:
    def conversations() -> list[str]:
        rng = random.Random(4)
        knowledge = Knowledge(FACTS)
        return [str(knowledge.sample(rng).turns) for _ in range(500)]

    assert conversations() == conversations()


def test_a_held_out_question_names_its_fact_as_training_does(first_questions: list[Example]) -> None:
    """Every word of a test question, such as an abbreviation, occurs in training too."""
    held_out = {normalise(example.turns[0].text) for example in first_questions}
    trained: set[str] = set()
    for fact in FACTS:
        for form in map(normalise, fact.ask):
            if form not in held_out:
                trained.update(form.split())
    unseen = {word for form in held_out for word in form.split() if word not in trained}
    assert unseen == set()


def test_the_split_is_the_same_for_another_object(knowledge: Knowledge) -> None:
    again = Knowledge(FACTS)
    assert [example.turns for example in again.held_out()] == [example.turns for example in knowledge.held_out()]
