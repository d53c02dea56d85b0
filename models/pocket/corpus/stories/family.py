"""The family `story`: requests, stories and what people ask after one."""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import dataclass, replace

from corpus.example import Example, Judge, Turn, ask, normalise
from corpus.surface import vary

from . import requests
from .cast import HELPERS, NAMES, SUBJECTS, THINGS, article
from .grammar import Plan, arcs_for, helpers_for, read, tell, traits_for
from .places import PLACES
from .wishes import (
    NAMES_FOR, TEMPLATES, WALKERS, Wish, choose_plan, draw_wish, kept_apart, pairs_kept_apart, seen_plan, word_request,
)  # fmt: skip

TELLING = "story/telling"
FOLLOW_UP = "story/follow-up"

# An answer about a story, in words: the longest in training has nine. A story has 55 or more.
SHORT_WORDS = 12
_PLACE_NOUNS = tuple(place.noun for place in PLACES)
_HELD_OUT_SEED = 20_240


def story_judge(*wanted: str) -> Judge:
    """Right is a story that the grammar can tell, without a broken sentence, and that contains all wanted words."""

    def judge(answer: str) -> bool:
        words = f" {normalise(answer)} "
        return read(answer.strip()) is not None and all(f" {word.casefold()} " in words for word in wanted)

    return judge


def another_story_judge(former: str, *wanted: str) -> Judge:
    """As `story_judge`, for a story that is not the former one: neither its text nor its plan in other words."""
    told, is_story = read(former), story_judge(*wanted)
    return lambda answer: is_story(answer) and read(answer.strip()) != told


def short_judge(word: str, others: Iterable[str]) -> Judge:
    """Right is a short answer that has the word and none of the others that could stand in its place."""

    def judge(answer: str) -> bool:
        words = f" {normalise(answer)} "
        rest = words.replace(f" {word.casefold()} ", " ")
        return (
            rest != words
            and len(words.split()) <= SHORT_WORDS
            and not any(f" {other.casefold()} " in rest for other in others if other != word)
        )

    return judge


@dataclass(frozen=True)
class _Told:
    """A request and the story that answered it."""

    wish: Wish
    plan: Plan
    turns: tuple[Turn, ...]


def _tell_for(rng: random.Random, request: str, wish: Wish, plan: Plan) -> _Told:
    about_place = wish.place is not None
    return _Told(wish, plan, ask(request, tell(rng, plan, about_place)))


class Stories:
    """See the module."""

    name = "story"

    def sample(self, rng: random.Random) -> Example:
        told = self._training_story(rng)
        if rng.random() < 0.62:
            return Example(TELLING, told.turns)
        while True:
            follow_up = self._follow_up(rng, told, unseen=False)
            if follow_up is not None:
                return follow_up

    def opening(self, rng: random.Random) -> tuple[Turn, ...]:
        """A training request and its story, for conversations that go on elsewhere."""
        return self._training_story(rng).turns

    def held_out(self) -> list[Example]:
        rng = random.Random(_HELD_OUT_SEED)
        return [*self._unseen_phrasings(rng), *self._unseen_pairs(rng), *self._unseen_follow_ups(rng)]

    def _training_story(self, rng: random.Random) -> _Told:
        while True:
            wish = draw_wish(rng)
            plan = seen_plan(rng, wish)
            if plan is not None:
                request = word_request(rng.choice(TEMPLATES[wish.kind]), wish)
                return _tell_for(rng, vary(rng, request, 0.25), wish, plan)

    def _judged(self, rng: random.Random, template: str, wish: Wish) -> Example:
        told = _tell_for(rng, word_request(template, wish), wish, choose_plan(rng, wish))
        return Example(TELLING, told.turns, story_judge(*wish.wanted()))

    def _unseen_phrasings(self, rng: random.Random) -> list[Example]:
        """Requests worded in a way that training never shows, for pairs that it may show."""
        examples = []
        for template in requests.UNSEEN["any"]:
            examples.append(self._judged(rng, template, Wish("any")))
        for template in requests.UNSEEN["about"]:
            examples.append(self._judged(rng, template, Wish("about", place=rng.choice(PLACES))))
            examples.append(self._judged(rng, template, Wish("about", thing=rng.choice(THINGS))))
            for subject in rng.sample(SUBJECTS, 3):
                examples.append(self._judged(rng, template, Wish("about", subject)))
        return examples

    def _unseen_pairs(self, rng: random.Random) -> list[Example]:
        """Protagonists with a place, a thing or a name that training never puts together."""
        examples = []
        for kind in ("place", "and-place", "thing", "named"):
            for template in (*TEMPLATES[kind][:8], *requests.UNSEEN[kind]):
                examples.append(self._judged(rng, template, self._wish_kept_apart(rng, kind)))
        return examples

    def _wish_kept_apart(self, rng: random.Random, kind: str) -> Wish:
        while True:
            wish = draw_wish(rng)
            if wish.kind == kind and wish.subject is not None:
                other = wish.place.noun if wish.place else wish.thing or wish.name
                if other is not None and kept_apart(wish.subject, other):
                    return wish

    def _unseen_follow_ups(self, rng: random.Random) -> list[Example]:
        examples: list[Example] = []
        while len(examples) < 50:
            follow_up = self._follow_up(rng, self._training_story(rng), unseen=True)
            if follow_up is not None:
                examples.append(follow_up)
        return examples

    def _follow_up(self, rng: random.Random, told: _Told, unseen: bool) -> Example | None:
        """A second question about a story, or None where this story has no answer to it."""
        draw = rng.random()
        if draw < 0.42:
            return self._another(rng, told, requests.ANOTHER_UNSEEN if unseen else requests.ANOTHER)
        if draw < 0.64:
            return self._changed(rng, told, requests.CHANGE_UNSEEN if unseen else requests.CHANGE)
        plan = told.plan
        if draw < 0.79:
            templates, word, others = requests.CALLED_UNSEEN if unseen else requests.CALLED, plan.name, tuple(NAMES)
            answer = f"The {plan.subject.noun} was called {plan.name}."
        elif draw < 0.9:
            templates, word, others = requests.LIVED_UNSEEN if unseen else requests.LIVED, plan.place.noun, _PLACE_NOUNS
            answer = f"{plan.name} lived {plan.place.where}."
        elif plan.helper is not None:
            templates, word, others = requests.HELPED_UNSEEN if unseen else requests.HELPED, plan.helper, HELPERS
            answer = f"{plan.name} met {article(plan.helper)}."
        else:
            return None
        question = rng.choice(templates).format(s=plan.subject.noun, N=plan.name)
        return self._second_turn(told, question, answer, short_judge(word, others))

    def _another(self, rng: random.Random, told: _Told, templates: tuple[str, ...]) -> Example | None:
        """The next story keeps what was asked for and changes the rest."""
        wish = replace(told.wish, kind="about") if told.wish.subject else told.wish
        plan = seen_plan(rng, wish)
        if plan is None or plan.arc is told.plan.arc:
            return None
        text = tell(rng, plan, wish.place is not None)
        judge = another_story_judge(told.turns[-1].text, *wish.wanted())
        return self._second_turn(told, rng.choice(templates), text, judge)

    def _changed(self, rng: random.Random, told: _Told, templates: tuple[str, ...]) -> Example | None:
        """The same plot at the same place, told of somebody else."""
        old = told.plan
        subject = rng.choice(WALKERS)
        kept = replace(told.wish, kind="about", subject=subject, name=None, trait=None)
        if subject == old.subject or old.arc not in arcs_for(subject, old.place, old.arc.has_thing):
            return None
        plan = replace(
            old, subject=subject, name=rng.choice(NAMES_FOR[subject]), trait=rng.choice(traits_for(subject)),
            helper=rng.choice(helpers_for(subject)) if old.helper else None,
        )  # fmt: skip
        if plan.name == old.name or pairs_kept_apart(plan):
            return None
        question = rng.choice(templates).format(x=article(subject.noun))
        text = tell(rng, plan, told.wish.place is not None)
        return self._second_turn(told, question, text, story_judge(*kept.wanted()))

    @staticmethod
    def _second_turn(told: _Told, question: str, answer: str, judge: Judge) -> Example:
        return Example(FOLLOW_UP, (*told.turns, *ask(question, answer)), judge)


STORIES = Stories()
