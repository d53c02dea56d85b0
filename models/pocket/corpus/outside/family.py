"""The family `outside`: one honest answer to everything that Pocket was not trained for.

Any request that belongs to no other family ends here, so the breadth of these requests is what teaches a small
network where its knowledge stops.
"""

from __future__ import annotations

import random

from corpus import manners
from corpus.example import Example, Turn, ask, is_held_out
from corpus.knowledge.asking import topic
from corpus.knowledge.fact import Fact, define
from corpus.knowledge.phrasing import compare
from corpus.stories import STORIES
from corpus.surface import vary

from .kind import Kind
from .kinds import CAPITAL_LEFT_OUT, EVERYDAY, KINDS
from .terms import TERMS, TRAINED_TERMS
from .unseen_kinds import UNSEEN_KINDS

ANSWERS = (
    "I am a tiny model and I was not trained for that. You can pick a larger model under Models.",
    "I was not trained for that, because I am a tiny model. You can pick a larger model under Models.",
    "That is too much for a tiny model, and I was not trained for that. You can pick a larger model under Models.",
)

REQUESTS = "outside/requests"
NEW_KINDS = "outside/new-kinds"
TERMS_ROW = "outside/terms"
SECOND_TURN = "outside/second-turn"

_DEFINE = define("{}")
# "What about ...?" is how a second exact task is asked, so it does not say what lies outside.
_TOPIC = tuple(template for template in topic("{}") if not template.startswith("What about"))
_COMPARE = compare("{}", "{}")
_TERM_SHARE = 0.18
# The shares of requests that come after a greeting or a story, and of what is said after the honest answer.
_AFTER_SOMETHING, _REACTIONS = 0.13, 0.1
_HELD_OUT_SEED = 41
_AFTERWARDS = ("thanks", "ok", "goodbye", "no")
"""What people say to the honest answer, besides asking why."""


def _bare(words: str) -> str:
    return words.casefold().removeprefix("the ").removeprefix("an ").removeprefix("a ")


_SEEN_ELSEWHERE = frozenset(_bare(word) for kind in KINDS for pool in kind.fill.values() for word in pool)


def _is_unseen_term(term: str) -> bool:
    """Kept for testing: training shows the term neither in a definition nor in any other request."""
    return is_held_out(f"outside/term/{term}", _TERM_SHARE) and _bare(term) not in _SEEN_ELSEWHERE


SEEN_TERMS = (*(term for term in TERMS if not _is_unseen_term(term)), *TRAINED_TERMS)
UNSEEN_TERMS = tuple(term for term in TERMS if _is_unseen_term(term))


def is_honest(answer: str) -> bool:
    """Right is an answer that says it was not trained for this and points to the larger models."""
    text = answer.casefold()
    return "not trained for that" in text and "models" in text


def _request_is_unseen(request: str) -> bool:
    return is_held_out(f"outside/request/{request}")


def _draw_request(rng: random.Random, kind: Kind, unseen: bool) -> str:
    """A request of this kind from the wanted side of the split."""
    while True:
        text = kind.draw(rng)
        request = text[0].upper() + text[1:]
        if _request_is_unseen(request) == unseen:
            return request


class Outside:
    """See the module."""

    name = "outside"

    def sample(self, rng: random.Random) -> Example:
        draw = rng.random()
        if draw < _AFTER_SOMETHING:
            return self._after_something_else(rng, self._question(rng))
        if draw < _AFTER_SOMETHING + _REACTIONS:
            return self._reaction(rng, unseen=False)
        question = vary(rng, self._question(rng), 0.3)
        return Example(self.name, ask(question, rng.choice(ANSWERS)))

    def held_out(self) -> list[Example]:
        rng = random.Random(_HELD_OUT_SEED)
        requests = [_draw_request(rng, kind, unseen=True) for kind in KINDS]
        new_kinds = [kind.fill_in(rng, template) for kind in UNSEEN_KINDS for template in kind.templates]
        terms = [rng.choice(_DEFINE).format(term) for term in UNSEEN_TERMS]
        single = [
            Example(row, ask(question, rng.choice(ANSWERS)), is_honest)
            for row, questions in ((REQUESTS, requests), (NEW_KINDS, new_kinds), (TERMS_ROW, terms))
            for question in questions
        ]
        later = [
            self._after_something_else(rng, _draw_request(rng, kind, unseen=True)) for kind in rng.sample(KINDS, 16)
        ]
        return [*single, *later, *(self._reaction(rng, unseen=True) for _ in range(16))]

    @staticmethod
    def _question(rng: random.Random) -> str:
        """A training question. Terms and everyday requests get a large share: in-scope knowledge is asked for in the
        same words as the terms, and what people type first must not miss."""
        draw = rng.random()
        if draw < 0.25:
            return rng.choice(_DEFINE).format(rng.choice(SEEN_TERMS))
        if draw < 0.29:
            return rng.choice(_TOPIC).format(rng.choice(SEEN_TERMS))
        if draw < 0.31:
            return rng.choice(_COMPARE).format(*rng.sample(SEEN_TERMS, 2))
        if draw < 0.40:
            return _draw_request(rng, EVERYDAY, unseen=False)
        if draw < 0.42:
            return _draw_request(rng, CAPITAL_LEFT_OUT, unseen=False)
        return _draw_request(rng, rng.choice(KINDS), unseen=False)

    @staticmethod
    def _after_something_else(rng: random.Random, question: str) -> Example:
        """An outside question after a greeting or a story."""
        before = STORIES.opening(rng) if rng.random() < 0.35 else _small_talk(rng)
        return Example(SECOND_TURN, (*before, *ask(question, rng.choice(ANSWERS))), is_honest)

    def _reaction(self, rng: random.Random, unseen: bool) -> Example:
        """What is said after the honest answer: mostly "why?", otherwise thanks or goodbye."""
        fact = manners.WHY_NOT if rng.random() < 0.6 else manners.after(rng.choice(_AFTERWARDS))
        before = ask(self._question(rng), rng.choice(ANSWERS))
        turns = (*before, *_exchange(rng, fact, manners.unseen(fact) if unseen else manners.seen(fact)))
        return Example(SECOND_TURN, turns, manners.judge_of(fact))


def _small_talk(rng: random.Random) -> tuple[Turn, ...]:
    fact = rng.choice(manners.INTENTS)
    return _exchange(rng, fact, manners.seen(fact))


def _exchange(rng: random.Random, fact: Fact, phrasings: tuple[str, ...]) -> tuple[Turn, ...]:
    return ask(rng.choice(phrasings), rng.choice(fact.answers))


OUTSIDE = Outside()
