"""The knowledge family: questions about facts, with some phrasings of each kept out of training."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from dataclasses import dataclass

from corpus.example import SUGGESTED_PROMPTS, Example, Judge, Turn, ask, is_held_out, normalise
from corpus.knowledge.fact import Fact
from corpus.knowledge.follow_ups import REWORDED
from corpus.surface import vary

FOLLOW_UP = "knowledge/follow-up"
_SUGGESTED = frozenset(map(normalise, SUGGESTED_PROMPTS))

HELD_OUT_PER_FACT = 2
COMMON_WORD_FACTS = 10
FOLLOW_UP_SHARE = 0.3
# The share of follow-up questions of which a wording is held out, and the share of the words of an answer that a right
# one has: an answer has one wording in training, and a slip in one word of it does not make it wrong.
FOLLOW_UPS_HELD_OUT = 0.4
WORDS_KEPT = 0.8
TWO_FACTS_SHARE = 0.1


class DuplicateQuestionError(ValueError):
    """Two facts are asked for with the same words, so the question has no single right answer."""


@dataclass(frozen=True)
class _FollowUp:
    """A question that is asked after an answer, with its wordings split."""

    training: tuple[str, ...]
    held_out: str | None
    answer: str


@dataclass(frozen=True)
class _Entry:
    """A fact whose phrasings have been split."""

    fact: Fact
    training: tuple[str, ...]
    held_out: tuple[str, ...]
    follow: tuple[_FollowUp, ...]


class Knowledge:
    """Samples conversations about `facts`. The split depends only on the phrasings, not on any random state.

    Raises `DuplicateQuestionError` when two facts share a question after normalisation.
    """

    name = "knowledge"

    def __init__(self, facts: tuple[Fact, ...]) -> None:
        _refuse_shared_questions(facts)
        common = _common_words(facts)
        self._entries = tuple(_split(fact, common) for fact in facts)
        self._with_follow_up = tuple(entry for entry in self._entries if entry.follow)
        self._held_out_forms = frozenset(normalise(text) for entry in self._entries for text in entry.held_out)

    def sample(self, rng: random.Random) -> Example:
        """One conversation: a fact, a fact with a follow-up question, or two facts one after the other."""
        draw = rng.random()
        if draw < FOLLOW_UP_SHARE and self._with_follow_up:
            entry = rng.choice(self._with_follow_up)
            later = rng.choice(entry.follow)
            turns = self._turns(rng, entry) + ask(self._vary_follow_up(rng, later), later.answer)
        elif draw < FOLLOW_UP_SHARE + TWO_FACTS_SHARE and len(self._entries) > 1:
            one, other = rng.sample(self._entries, 2)
            turns = self._turns(rng, one) + self._turns(rng, other)
        else:
            turns = self._turns(rng, rng.choice(self._entries))
        return Example(self.name, turns)

    def held_out(self) -> list[Example]:
        """The held-out phrasings, each as a single turn, and the held-out wordings of what is asked after an answer.

        Right is an answer that contains all of the fact's `must`, and after another answer one that is as written.
        """
        single = [
            Example(self.name, ask(question, entry.fact.answers[0]), _judge(entry.fact))
            for entry in self._entries
            for question in entry.held_out
        ]
        return single + [
            Example(FOLLOW_UP, self._before(entry) + ask(later.held_out, later.answer), says_as_written(later.answer))
            for entry in self._entries
            for later in entry.follow
            if later.held_out is not None
        ]

    @staticmethod
    def _before(entry: _Entry) -> tuple[Turn, ...]:
        """The first question and answer of a held-out follow-up; training shows both."""
        return ask(entry.training[0], entry.fact.answers[0])

    def _turns(self, rng: random.Random, entry: _Entry) -> tuple[Turn, ...]:
        return ask(self._vary(rng, rng.choice(entry.training)), rng.choice(entry.fact.answers))

    def _vary(self, rng: random.Random, question: str) -> str:
        """A surface form of `question` that is not, by chance, a held-out question."""
        while True:
            varied = vary(rng, question)
            if varied == question or normalise(varied) not in self._held_out_forms:
                return varied


    @staticmethod
    def _vary_follow_up(rng: random.Random, later: _FollowUp) -> str:
        """A surface form of a training wording that is not, by chance, the held-out one."""
        while True:
            varied = vary(rng, rng.choice(later.training))
            if later.held_out is None or normalise(varied) != normalise(later.held_out):
                return varied


def says_as_written(expected: str) -> Judge:
    """Wants nearly all the words of `expected` and hardly any others, its first word (a yes or a no, often), and its
    numbers.
    """
    wanted = normalise(expected).split()

    def judge(answer: str) -> bool:
        said = normalise(answer).split()
        shared = (Counter(wanted) & Counter(said)).total()
        return (
            said[:1] == wanted[:1]
            and _numbers(said) == _numbers(wanted)
            and shared >= WORDS_KEPT * max(len(wanted), len(said))
        )

    return judge


def _numbers(words: list[str]) -> list[str]:
    return [word for word in words if any(character.isdigit() for character in word)]


def states(fact: Fact, answer: str) -> bool:
    """True if `answer` contains every fragment that an answer with this fact must have."""
    folded = answer.casefold()
    return all(fragment in folded for fragment in fact.must)


def _judge(fact: Fact) -> Judge:
    return lambda answer: states(fact, answer)


def _split(fact: Fact, common: frozenset[str]) -> _Entry:
    """Holds out the phrasings with the lowest hash, so that every template loses only a few of its facts.

    A phrasing whose telling words occur in no other phrasing of the fact is held out last: the test asks for a fact
    in a new way, not by a name that training never used for it.
    """
    unique = {normalise(text): text for text in reversed(fact.ask)}
    ranked = sorted(unique, key=lambda form: hashlib.sha256(form.encode("utf-8")).digest())
    uses = Counter(word for form in unique for word in set(form.split()))
    kept_out: list[str] = []
    for spare in (1, 0):
        for form in ranked:
            telling = set(form.split()) - common
            if len(kept_out) < HELD_OUT_PER_FACT and form not in kept_out and all(uses[w] > spare for w in telling):
                kept_out.append(form)
                uses.subtract(set(form.split()))
    return _Entry(
        fact,
        training=tuple(text for text in fact.ask if normalise(text) not in _SUGGESTED.union(kept_out)),
        held_out=tuple(unique[form] for form in kept_out),
        follow=tuple(_split_follow_up(fact, question, answer) for question, answer in fact.follow),
    )


def _split_follow_up(fact: Fact, question: str, answer: str) -> _FollowUp:
    """Holds out the last wording of a share of the questions that are asked after an answer."""
    wordings = (question, *REWORDED[question])
    if is_held_out(f"knowledge/follow/{fact.id}/{question}", FOLLOW_UPS_HELD_OUT):
        return _FollowUp(wordings[:-1], wordings[-1], answer)
    return _FollowUp(wordings, None, answer)


def _common_words(facts: tuple[Fact, ...]) -> frozenset[str]:
    """The words that many facts are asked with ("what", "explain", "model"), so that they tell none of them apart."""
    facts_with = Counter(word for fact in facts for word in {w for text in fact.ask for w in normalise(text).split()})
    return frozenset(word for word, count in facts_with.items() if count >= COMMON_WORD_FACTS)


def _refuse_shared_questions(facts: tuple[Fact, ...]) -> None:
    owner: dict[str, str] = {}
    for fact in facts:
        for text in fact.ask:
            first = owner.setdefault(normalise(text), fact.id)
            if first != fact.id:
                raise DuplicateQuestionError(f"{text!r} is asked by both {first!r} and {fact.id!r}")
