"""Tells a story from a plan, and reads a story back: a text that cannot be read back is not one of ours."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from .arcs import PLAIN_ARCS, Arc
from .cast import (
    CREATURE_NAMES, HELPERS, NAMES, SEA_SUBJECTS, SHORE_HELPERS, SUBJECTS, SWIM, THINGS, TRAITS, WALK, Subject, article,
)  # fmt: skip
from .frames import CLOSINGS, LATE, OPENINGS, PLACE_CLOSINGS
from .places import PLACES, Place
from .thing_arcs import THING_ARCS

ARCS = PLAIN_ARCS + THING_ARCS
_PRONOUNS = {
    "he": {"he": "he", "He": "He", "him": "him", "his": "his", "His": "His", "self": "himself"},
    "she": {"he": "she", "He": "She", "him": "her", "his": "her", "His": "Her", "self": "herself"},
}
_AGED = ("grandmother", "grandfather")


@dataclass(frozen=True)
class Plan:
    """Everything that stays the same from the first sentence of a story to the last."""

    subject: Subject
    name: str
    place: Place
    trait: str
    arc: Arc
    helper: str | None = None
    thing: str | None = None

    @property
    def slots(self) -> dict[str, str]:
        slots: dict[str, str] = {}
        for slot, value in (
            ("N", self.name), ("s", self.subject.noun), ("where", self.place.where), ("trait", self.trait),
            ("helper", self.helper), ("thing", self.thing),
        ):  # fmt: skip
            if value is not None:
                slots.update(_with_forms(slot, value))
        return slots


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


@cache
def _with_forms(slot: str, value: str) -> dict[str, str]:
    """The slot and all those that follow from it: the name decides the pronouns, the noun its article."""
    if slot == "N":
        return {"N": value} | _PRONOUNS[NAMES[value]]
    if slot == "where":
        place = _PLACE_BY_WHERE[value]
        return {"where": value, "Where": _capital(value), "the_place": place.the, "The_place": _capital(place.the)}
    if slot == "s":
        return {"s": value}
    return {slot: value, f"a_{slot}": article(value), f"A_{slot}": _capital(article(value))}


_PLACE_BY_WHERE = {place.where: place for place in PLACES}
_SUBJECT_BY_NOUN = {subject.noun: subject for subject in SUBJECTS}


def suits_arc(arc: Arc, subject: Subject, place: Place) -> bool:
    """Whether this protagonist, at this place, can live through this plot."""
    return (
        arc.needs <= subject.can
        and not arc.never & subject.can
        and subject.noun not in arc.not_for
        and not (arc.green and place.bare)
    )


def suits_place(subject: Subject, place: Place) -> bool:
    """Creatures of the sea stay near water; everybody else may live anywhere."""
    return place.wet or subject not in SEA_SUBJECTS


def suits_name(subject: Subject, name: str) -> bool:
    """A girl is a "she", and people do not bear the names of pets."""
    return subject.pronoun in (None, NAMES[name]) and not (subject.person and name in CREATURE_NAMES)


def suits_thing(subject: Subject) -> bool:
    return WALK in subject.can


@cache
def arcs_for(subject: Subject, place: Place, with_thing: bool) -> tuple[Arc, ...]:
    return tuple(arc for arc in ARCS if arc.has_thing == with_thing and suits_arc(arc, subject, place))


@cache
def helpers_for(subject: Subject) -> tuple[str, ...]:
    helpers = SHORE_HELPERS if SWIM in subject.can else HELPERS
    return tuple(helper for helper in helpers if helper != subject.noun)


@cache
def traits_for(subject: Subject) -> tuple[str, ...]:
    return tuple(trait for trait in TRAITS if trait != "young" or subject.noun not in _AGED)


@cache
def things_for(arc: Arc) -> tuple[str, ...]:
    return tuple(thing for thing in THINGS if thing not in arc.not_with)


@cache
def closings_for(arc: Arc, about_place: bool) -> tuple[str, ...]:
    closings = PLACE_CLOSINGS if about_place else CLOSINGS
    return tuple(text for text in closings if not (arc.ends_at_night and text.startswith(LATE)))


def tell(rng: random.Random, plan: Plan, about_place: bool = False) -> str:
    """Words one story. A story that was asked to be about its place describes the place and returns to it."""
    slots = plan.slots
    parts = [rng.choice(OPENINGS)]
    if about_place or rng.random() < 0.35:
        parts.append(rng.choice(plan.place.scenes))
    parts.extend(rng.choice(step) for step in plan.arc.steps)
    if about_place or rng.random() < 0.6 or len(parts) == 5:
        parts.append(rng.choice(closings_for(plan.arc, about_place)))
    return " ".join(parts).format_map(slots)


def read(text: str) -> Plan | None:
    """The plan behind a story, or None where any sentence is not one that the grammar produces.

    The name, its pronouns, the kind, the place, the helper and the thing must stay the same throughout,
    and wish, trouble, turn and end must belong to one plot. Whether the plot suits its protagonist is not asked.
    """
    for at, slots in _matches(OPENINGS, text, 0, {}):
        subject = _SUBJECT_BY_NOUN[slots["s"]]
        if not suits_name(subject, slots["N"]):
            continue
        place = _PLACE_BY_WHERE[slots["where"]]
        starts = [(at, slots), *_matches(place.scenes, text, at, slots)]
        for arc in ARCS:
            found = _read_arc(arc, text, starts)
            if found is not None:
                return Plan(
                    subject, slots["N"], place, slots["trait"], arc, found.get("helper"), found.get("thing")
                )  # fmt: skip
    return None


def _read_arc(arc: Arc, text: str, states: list[tuple[int, dict[str, str]]]) -> dict[str, str] | None:
    """Follows one plot from the given positions to the end of the text."""
    for step in arc.steps:
        states = [state for at, slots in states for state in _matches(step, text, at, slots)]
    closed = [state for at, slots in states for state in _matches(CLOSINGS, text, at, slots)]
    return next((slots for at, slots in states + closed if at == len(text)), None)


def _matches(
    wordings: tuple[str, ...], text: str, at: int, slots: dict[str, str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """Every way to read one of the wordings at a position: where it ends, and the slots known by then."""
    for wording in wordings:
        match = _pattern(wording).match(text, at)
        if match is None:
            continue
        seen = match.groupdict()
        known = dict(slots)
        for slot, value in seen.items():
            known.update(_learn(slot, value) if slot not in known else {})
        if all(known.get(slot) == value for slot, value in seen.items()):
            yield match.end(), known


def _learn(slot: str, value: str) -> dict[str, str]:
    """What a slot that is read for the first time says about the others."""
    base, values = _SOURCES.get(slot, (None, {}))
    return _with_forms(base, values[value]) if base is not None else {}


def _sources() -> dict[str, tuple[str, dict[str, str]]]:
    """For each form of a slot that decides others: the slot it comes from, and form -> plain value."""
    sources: dict[str, tuple[str, dict[str, str]]] = {}
    for base, values in (
        ("N", tuple(NAMES)), ("s", tuple(_SUBJECT_BY_NOUN)), ("where", tuple(_PLACE_BY_WHERE)), ("trait", TRAITS),
        ("helper", HELPERS), ("thing", THINGS),
    ):  # fmt: skip
        for value in values:
            for form, worded in _with_forms(base, value).items():
                if form not in _PRONOUNS["he"]:
                    sources.setdefault(form, (base, {}))[1][worded] = value
    return sources


_SOURCES = _sources()


@cache
def _pattern(wording: str) -> re.Pattern[str]:
    """A wording as an expression with one named group per slot; a slot that returns must repeat itself."""
    expression, seen = "", set[str]()
    for literal, slot in re.findall(r"([^{]*)(?:\{(\w+)\})?", wording):
        expression += re.escape(literal)
        if slot in seen:
            expression += f"(?P={slot})"
        elif slot:
            seen.add(slot)
            values = _SOURCES[slot][1] if slot in _SOURCES else (_PRONOUNS["he"][slot], _PRONOUNS["she"][slot])
            expression += f"(?P<{slot}>{'|'.join(map(re.escape, sorted(values, key=len, reverse=True)))})"
    return re.compile(expression + r"(?: |$)")
