"""Manners and the honest answer: enough of both, nothing tested that was trained, judges that tell right from wrong."""

from __future__ import annotations

import random
import re

import pytest

from corpus import manners
from corpus.example import Example, Family, normalise
from corpus.exact.capitals import CAPITALS
from corpus.knowledge import FACTS
from corpus.manners import INTENTS, MANNERS, WHY_NOT, judge_of
from corpus.outside import OUTSIDE, family
from corpus.outside.family import ANSWERS, SEEN_TERMS, UNSEEN_TERMS, is_honest
from corpus.outside.kinds import KINDS
from corpus.outside.pools import LEFT_OUT, REGION
from corpus.outside.terms import TERMS
from corpus.outside.unseen_kinds import UNSEEN_KINDS

SAMPLES = 20_000
ALL_INTENTS = (*INTENTS, WHY_NOT)


def draw(source: Family, seed: int, count: int) -> list[Example]:
    rng = random.Random(seed)
    return [source.sample(rng) for _ in range(count)]


def test_there_are_enough_intents_and_phrasings() -> None:
    assert len(INTENTS) >= 25
    assert len({fact.id for fact in ALL_INTENTS}) == len(ALL_INTENTS)
    for fact in ALL_INTENTS:
        assert len(fact.ask) >= 14 + manners.UNSEEN_PHRASINGS, fact.id
        assert 2 <= len(fact.answers) <= 3
        assert all(answer.isascii() and len(answer.split()) <= 45 for answer in fact.answers)


def test_no_answer_says_yes_or_no() -> None:
    """A yes or a no is right for some phrasings of an intent and wrong for others."""
    always_no = {"chatgpt", "apology"}  # every phrasing of the one asks for a no, the other says "no problem"
    for fact in ALL_INTENTS:
        opened = [answer for answer in fact.answers if normalise(answer).split()[0] in ("yes", "no")]
        assert fact.id in always_no or opened == [], fact.id


def test_what_is_kept_for_testing_is_no_twin_of_training() -> None:
    """A phrasing that differs only by a name, a greeting or a filler says nothing on whether the model generalises."""
    fillers = {"pocket", "please", "very", "really", "so", "a", "the", "hi", "hey", "hello", "today", "now", "ok", "oh"}

    def bare(text: str) -> tuple[str, ...]:
        return tuple(sorted(set(normalise(text).split()) - fillers))

    for fact in ALL_INTENTS:
        shown = {bare(text) for text in manners.seen(fact)}
        assert [text for text in manners.unseen(fact) if bare(text) in shown] == [], fact.id


def test_no_phrasing_belongs_to_two_intents() -> None:
    phrasings = [normalise(text) for fact in ALL_INTENTS for text in fact.ask]
    assert len(phrasings) == len(set(phrasings))


def test_no_phrasing_belongs_to_a_fact() -> None:
    facts = {normalise(text) for fact in FACTS for text in fact.ask}
    assert not facts & {normalise(text) for fact in ALL_INTENTS for text in fact.ask}


def test_each_judge_accepts_its_own_answers_only() -> None:
    for fact in ALL_INTENTS:
        for other in ALL_INTENTS:
            assert all(judge_of(fact)(answer) == (fact is other) for answer in other.answers), (fact.id, other.id)
        assert not any(judge_of(fact)(answer) for answer in ANSWERS)


@pytest.mark.parametrize("source", [MANNERS, OUTSIDE])
def test_sampling_is_deterministic(source: Family) -> None:
    assert [example.turns for example in draw(source, 6, 500)] == [example.turns for example in draw(source, 6, 500)]
    assert [example.turns for example in source.held_out()] == [example.turns for example in source.held_out()]


@pytest.mark.parametrize("source", [MANNERS, OUTSIDE])
def test_training_never_shows_a_held_out_question(source: Family) -> None:
    asked = {
        normalise(turn.text) for example in draw(source, 11, SAMPLES) for turn in example.turns if turn.role == "user"
    }
    for example in source.held_out():
        assert normalise(example.turns[-2].text) not in asked


@pytest.mark.parametrize("source", [MANNERS, OUTSIDE])
def test_held_out_judges_accept_the_right_answer_only(source: Family) -> None:
    for example in source.held_out():
        assert example.judge is not None
        assert example.judge(example.turns[-1].text)
        assert not example.judge("The answer is 12.")


def test_the_held_out_sets_have_the_promised_size() -> None:
    assert len(MANNERS.held_out()) == manners.UNSEEN_PHRASINGS * len(INTENTS)
    assert 180 <= len(OUTSIDE.held_out()) <= 280


def test_outside_is_wide() -> None:
    assert len({kind.id for kind in KINDS}) == len(KINDS) >= 60
    assert all(len(kind.templates) >= 6 for kind in KINDS)
    assert len(UNSEEN_KINDS) >= 12
    assert not {kind.id for kind in KINDS} & {kind.id for kind in UNSEEN_KINDS}
    assert len(TERMS) >= 300
    assert len(UNSEEN_TERMS) >= 60
    assert not set(SEEN_TERMS) & set(UNSEEN_TERMS)


def test_unseen_terms_are_in_no_training_question() -> None:
    asked = " | ".join(example.question.casefold() for example in draw(OUTSIDE, 12, SAMPLES))
    names = [term for term in UNSEEN_TERMS if len(term) > 6]
    assert names
    for term in names:
        for template in ("what is {}?", "explain {}.", "tell me about {}."):
            assert template.format(term.casefold()) not in asked


def test_outside_asks_nothing_that_is_known() -> None:
    known = {normalise(text) for fact in FACTS for text in fact.ask}
    known |= {normalise(text) for fact in ALL_INTENTS for text in fact.ask}
    for example in draw(OUTSIDE, 13, SAMPLES):
        if is_honest(example.turns[-1].text):
            assert normalise(example.turns[-2].text) not in known


def test_no_capital_outside_is_a_known_one() -> None:
    countries = {name.casefold() for name in CAPITALS}
    assert not countries & {name.casefold() for name in (*REGION, *LEFT_OUT)}


def test_a_country_without_a_listed_capital_is_asked_for_and_answered_honestly() -> None:
    countries = {normalise(country) for country in LEFT_OUT}
    asked = set()
    for example in draw(OUTSIDE, 15, SAMPLES):
        found = re.search(r"capital (?:city )?of (.+)", normalise(example.turns[0].text))
        if found is not None and found[1] in countries:
            asked.add(found[1])
            assert is_honest(example.turns[1].text)
    assert len(asked) >= 0.8 * len(countries)
    assert {"south africa", "bolivia", "singapore", "israel"} <= countries


def test_new_kinds_use_words_of_their_own() -> None:
    """A kind for testing shares no sentence with training: its templates differ in more than what fills them."""
    trained = {normalise(template) for kind in KINDS for template in kind.templates}
    for kind in UNSEEN_KINDS:
        assert len(kind.templates) >= 2, kind.id
        assert not trained & {normalise(template) for template in kind.templates}, kind.id


def test_the_honest_answer_is_always_given_to_a_single_question() -> None:
    for example in draw(OUTSIDE, 14, 5_000):
        if len(example.turns) == 2:
            assert example.turns[1].text in ANSWERS
            assert is_honest(example.turns[1].text)
        if example.family == family.SECOND_TURN:
            assert len(example.turns) == 4
            assert example.judge is not None and example.judge(example.turns[-1].text)


def test_the_honesty_judge_refuses_half_an_answer() -> None:
    assert not is_honest("I am a tiny model and I was not trained for that.")
    assert not is_honest("You can pick a larger model under Models.")
    assert not is_honest("Photosynthesis turns light into sugar.")
