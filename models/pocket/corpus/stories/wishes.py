"""What a request for a story asks for, and the choice of all that it leaves open."""

from __future__ import annotations

import random
from dataclasses import dataclass

from corpus.example import is_held_out

from . import requests
from .cast import NAMES, SUBJECTS, THINGS, Subject, article
from .grammar import Plan, arcs_for, helpers_for, suits_name, suits_place, suits_thing, things_for, traits_for
from .places import PLACES, Place

WALKERS = tuple(subject for subject in SUBJECTS if suits_thing(subject))
NAMES_FOR = {subject: tuple(name for name in NAMES if suits_name(subject, name)) for subject in SUBJECTS}
PLACES_FOR = {subject: tuple(place for place in PLACES if suits_place(subject, place)) for subject in SUBJECTS}


@dataclass(frozen=True)
class Wish:
    """What a request asks for. What it leaves open, the story chooses."""

    kind: str
    subject: Subject | None = None
    place: Place | None = None
    thing: str | None = None
    name: str | None = None
    trait: str | None = None

    def wanted(self) -> tuple[str, ...]:
        """The words that the story must contain."""
        subject = self.subject.noun if self.subject else None
        place = self.place.noun if self.place else None
        return tuple(word for word in (subject, place, self.thing, self.name) if word)


def kept_apart(subject: Subject, other: str) -> bool:
    """Pairs of a protagonist and a place, thing or name that training never shows together."""
    return is_held_out(f"story/{subject.noun}/{other}")


def pairs_kept_apart(plan: Plan) -> bool:
    others = (plan.place.noun, plan.name, plan.thing)
    return any(other is not None and kept_apart(plan.subject, other) for other in others)


def draw_wish(rng: random.Random) -> Wish:
    """What someone asks for, before any check against the held-out pairs."""
    draw = rng.random()
    if draw < 0.05:
        return Wish("any")
    if draw < 0.15:
        return Wish("about", place=rng.choice(PLACES))
    if draw < 0.34:
        return Wish("about", thing=rng.choice(THINGS))
    if draw < 0.54:
        return _draw_subject_wish(rng)
    if draw < 0.71:
        subject = rng.choice(SUBJECTS)
        return Wish("place" if draw < 0.63 else "and-place", subject, place=rng.choice(PLACES_FOR[subject]))
    if draw < 0.88:
        return Wish("thing", rng.choice(WALKERS), thing=rng.choice(THINGS))
    subject = rng.choice(SUBJECTS)
    return Wish("named", subject, name=rng.choice(NAMES_FOR[subject]))


def _draw_subject_wish(rng: random.Random) -> Wish:
    subject = rng.choice(SUBJECTS)
    return Wish("about", subject, trait=rng.choice(traits_for(subject)) if rng.random() < 0.15 else None)


def choose_plan(rng: random.Random, wish: Wish) -> Plan:
    """Chooses all that the wish leaves open."""
    place = wish.place or rng.choice(PLACES_FOR[wish.subject] if wish.subject else PLACES)
    subject = wish.subject
    if subject is None:
        subject = rng.choice(WALKERS if wish.thing else SUBJECTS)
        while not suits_place(subject, place):
            subject = rng.choice(SUBJECTS)
    with_thing = wish.thing is not None or (suits_thing(subject) and rng.random() < 0.2)
    arcs = arcs_for(subject, place, with_thing)
    arc = rng.choice([arc for arc in arcs if wish.thing not in arc.not_with] if wish.thing else arcs)
    return Plan(
        subject,
        wish.name or rng.choice(NAMES_FOR[subject]),
        place,
        wish.trait or rng.choice(traits_for(subject)),
        arc,
        rng.choice(helpers_for(subject)) if arc.has_helper else None,
        (wish.thing or rng.choice(things_for(arc))) if with_thing else None,
    )


def seen_plan(rng: random.Random, wish: Wish) -> Plan | None:
    """A plan without any held-out pair; None where the wish itself asks for one."""
    for _ in range(40):
        plan = choose_plan(rng, wish)
        if not pairs_kept_apart(plan):
            return plan
    return None


TEMPLATES = {
    "any": requests.ANY, "about": requests.ABOUT, "place": requests.IN_PLACE, "and-place": requests.AND_PLACE,
    "thing": requests.WITH_THING, "named": requests.NAMED,
}  # fmt: skip


def word_request(template: str, wish: Wish) -> str:
    slots: dict[str, str] = {}
    if wish.subject:
        kind = f"{wish.trait} {wish.subject.noun}" if wish.trait else wish.subject.noun
        slots |= {"x": article(kind), "s": wish.subject.noun}
    elif wish.place:
        slots["x"] = wish.place.any_one
    elif wish.thing:
        slots["x"] = article(wish.thing)
    if wish.place:
        slots |= {"where": wish.place.where, "t": wish.place.any_one}
    elif wish.thing:
        slots["t"] = article(wish.thing)
    return template.format(**slots, n=wish.name)
