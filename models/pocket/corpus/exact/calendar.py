"""The order of days and months, and the length of months."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from functools import partial

from corpus.exact.closed import Relation
from corpus.exact.judges import says_number, says_words
from corpus.exact.problem import ExactFamily, Problem

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = tuple(
    "January February March April May June July August September October November December".split()
)
MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
# Seven days and twelve months leave few pairs of operand and phrasing, so a larger share is held out.
SHARE = 0.2


def _shifted(names: tuple[str, ...], steps: int) -> dict[str, str]:
    return {name: names[(i + steps) % len(names)] for i, name in enumerate(names)}


def _neighbours(names: tuple[str, ...], right: dict[str, str]) -> Callable[[str], list[str]]:
    """Wrong claims from one place before to two after, which are the mistakes that people make."""

    def claims(operand: str) -> list[str]:
        at = names.index(operand)
        nearby = [names[(at + step) % len(names)] for step in (-2, -1, 1, 2)]
        return [name for name in nearby if name != right[operand]]

    return claims


def _order(unit: str, names: tuple[str, ...], word: str, step: int, extra: tuple[str, ...] = ()) -> Relation:
    """What comes one place after or before."""
    facts = _shifted(names, step)
    return Relation(
        name=f"{unit} {word}",
        facts=facts,
        ask=(
            f"What {unit} comes {word} {{operand}}?",
            f"Which {unit} comes {word} {{operand}}?",
            f"What is the {unit} {word} {{operand}}?",
            f"What comes {word} {{operand}}?",
            f"Which {unit} is right {word} {{operand}}?",
            f"Name the {unit} {word} {{operand}}.",
            f"Tell me the {unit} {word} {{operand}}.",
            f"What {unit} is it {word} {{operand}}?",
            f"Do you know what comes {word} {{operand}}?",
            f"The {unit} {word} {{operand}} is what?",
            *extra,
        ),
        ask_next=(f"And {word} {{operand}}?", f"And the {unit} {word} {{operand}}?", f"What about {word} {{operand}}?"),
        statement=f"The {unit} {word} {{operand}} is {{value}}",
        judge=says_words,
        check=(
            f"Is {{claim}} the {unit} {word} {{operand}}?",
            f"Does {{claim}} come right {word} {{operand}}?",
            f"Is the {unit} {word} {{operand}} {{claim}}?",
            f"Is it true that {{claim}} comes right {word} {{operand}}?",
            f"Does {{claim}} come directly {word} {{operand}}?",
            f"The {unit} {word} {{operand}} is {{claim}}, right?",
            f"Is {{claim}} right {word} {{operand}}?",
        ),
        check_next=(f"And is {{claim}} the {unit} {word} {{operand}}?", f"And {{claim}} right {word} {{operand}}?"),
        wrong_claims=_neighbours(names, facts),
        share=SHARE,
    )


def _two_away(word: str, steps: int, extra: tuple[str, ...]) -> Relation:
    return Relation(
        name=f"two days {word}",
        facts=_shifted(DAYS, steps),
        ask=(
            f"What day is two days {word} {{operand}}?",
            f"Which day is two days {word} {{operand}}?",
            f"What day comes two days {word} {{operand}}?",
            f"Name the day two days {word} {{operand}}.",
            f"What is two days {word} {{operand}}?",
            f"Tell me which day is two days {word} {{operand}}.",
            f"Two days {word} {{operand}} is which day?",
            f"What day is it 2 days {word} {{operand}}?",
            f"Do you know what day is two days {word} {{operand}}?",
            *extra,
        ),
        ask_next=(f"And two days {word} {{operand}}?", f"What about two days {word} {{operand}}?"),
        statement=f"Two days {word} {{operand}} is {{value}}",
        judge=says_words,
        share=SHARE,
    )


DAY_AFTER = _order(
    "day",
    DAYS,
    "after",
    1,
    ("Today is {operand}. What day is tomorrow?", "If today is {operand}, what is tomorrow?"),
)
DAY_BEFORE = _order(
    "day",
    DAYS,
    "before",
    -1,
    ("Today is {operand}. What day was yesterday?", "If today is {operand}, what was yesterday?"),
)
TWO_AFTER = _two_away(
    "after",
    2,
    ("Today is {operand}. What day is it in two days?", "Today is {operand}. What is the day after tomorrow?"),
)
TWO_BEFORE = _two_away("before", -2, ("Today is {operand}. What day was it two days ago?",))
MONTH_AFTER = _order("month", MONTHS, "after", 1)
MONTH_BEFORE = _order("month", MONTHS, "before", -1)

_LENGTHS = dict(zip(MONTHS, map(str, MONTH_LENGTHS), strict=True)) | {"February": "28 days, or 29 in a leap year"}
MONTH_LENGTH = Relation(
    name="month length",
    facts={month: length if " " in length else f"{length} days" for month, length in _LENGTHS.items()},
    ask=(
        "How many days does {operand} have?",
        "How many days are in {operand}?",
        "How many days are there in {operand}?",
        "How long is {operand}?",
        "How long is the month of {operand}?",
        "What is the number of days in {operand}?",
        "Tell me how many days {operand} has.",
        "How many days has {operand}?",
        "In days, how long is {operand}?",
        "Do you know how many days {operand} has?",
    ),
    ask_next=("And {operand}?", "And in {operand}?", "What about {operand}?"),
    statement="{operand} has {value}",
    judge=lambda value: says_number(int(value.split()[0]), after=" has "),
    check=(
        "Does {operand} have {claim}?",
        "Are there {claim} in {operand}?",
        "Is it true that {operand} has {claim}?",
        "Is {operand} {claim} long?",
        "{operand} has {claim}, right?",
    ),
    check_next=("And does {operand} have {claim}?", "And are there {claim} in {operand}?"),
    # February has two right lengths, so only a month's other length among 30 and 31 counts as wrong.
    wrong_claims=lambda month: [days for days in ("30 days", "31 days") if days != f"{_LENGTHS[month]} days"],
    right_claims={"February": "28 days"},
    share=SHARE,
)
MONTH_NUMBER = Relation(
    name="month number",
    facts={month: str(number) for number, month in enumerate(MONTHS, 1)},
    ask=(
        "Which number is {operand}?",
        "What number is {operand}?",
        "What number month is {operand}?",
        "Which month number is {operand}?",
        "What is the number of the month {operand}?",
        "Which month of the year is {operand}?",
        "In numbers, which month is {operand}?",
        "Tell me the number of {operand}.",
        "What place does {operand} have in the year?",
    ),
    ask_next=("And {operand}?", "What about {operand}?"),
    statement="{operand} is month {value} of the year",
    judge=lambda value: says_number(int(value), after=" is "),
    share=SHARE,
)
MONTH_NAMED = Relation(
    name="month named",
    facts={str(number): month for number, month in enumerate(MONTHS, 1)},
    ask=(
        "Which month is number {operand}?",
        "What is month {operand}?",
        "Which month is month {operand}?",
        "What is the name of month {operand}?",
        "Name month {operand} of the year.",
        "What month has the number {operand}?",
        "Which month has number {operand}?",
        "Tell me the name of month {operand}.",
    ),
    ask_next=("And month {operand}?", "And number {operand}?", "What about number {operand}?"),
    statement="Month {operand} is {value}",
    judge=says_words,
    share=SHARE,
)
CHECKED = (DAY_AFTER, DAY_BEFORE, MONTH_AFTER, MONTH_BEFORE, MONTH_LENGTH)


# Neighbours across the turn of a year or of a week, wherever a week begins: each comes before the other.
_TURNS = ({"December", "January"}, {"Saturday", "Sunday"}, {"Sunday", "Monday"})


def _loosely(right: Relation, opposite: Relation, word: str) -> Relation:
    """The same fact asked with a bare "after".

    Wednesday comes after Monday too, so the only wrong claim here is the neighbour on the other side.
    December comes after January in this sense, so a neighbour across a turn is not asked about.
    """
    return replace(
        right,
        facts={
            operand: value
            for operand, value in right.facts.items()
            if {operand, value} not in _TURNS and {operand, opposite.facts[operand]} not in _TURNS
        },
        check=(f"Does {{claim}} come {word} {{operand}}?", f"Is {{claim}} {word} {{operand}}?"),
        wrong_claims=lambda operand: [opposite.facts[operand]],
    )


LOOSELY_CHECKED = (
    _loosely(DAY_AFTER, DAY_BEFORE, "after"),
    _loosely(DAY_BEFORE, DAY_AFTER, "before"),
    _loosely(MONTH_AFTER, MONTH_BEFORE, "after"),
    _loosely(MONTH_BEFORE, MONTH_AFTER, "before"),
)


def _walk(relation: Relation, after: Relation, before: Relation, rng: random.Random) -> Problem:
    """A question in order, followed by one about the neighbour of its answer or about another operand."""
    operand = rng.choice(tuple(relation.facts))
    unit = after.name.split()[0]
    answer = relation.facts[operand]
    return relation.question(operand, follow_up=partial(_neighbour_or_other, relation, after, before, answer, unit))


def _neighbour_or_other(
    relation: Relation, after: Relation, before: Relation, answer: str, unit: str, rng: random.Random
) -> Problem:
    kind = rng.random()
    if kind < 0.35:
        onwards = ("And then?",) if relation in (after, TWO_AFTER) else ()
        return after.question(answer, (f"And the {unit} after that?", "And what comes after that?", *onwards))
    if kind < 0.6:
        return before.question(answer, (f"And the {unit} before that?", "And what comes before that?"))
    return relation.question(rng.choice(tuple(relation.facts)), relation.ask_next)


def _draw_day(rng: random.Random) -> Problem:
    (relation,) = rng.choices((DAY_AFTER, DAY_BEFORE, TWO_AFTER, TWO_BEFORE), (3, 3, 2, 2))
    return _walk(relation, DAY_AFTER, DAY_BEFORE, rng)


def _draw_month(rng: random.Random) -> Problem:
    relation = rng.choice((MONTH_AFTER, MONTH_BEFORE, MONTH_LENGTH, MONTH_NUMBER, MONTH_NAMED))
    if relation in (MONTH_AFTER, MONTH_BEFORE):
        return _walk(relation, MONTH_AFTER, MONTH_BEFORE, rng)
    return relation.draw_question(rng)


def _draw_check(rng: random.Random) -> Problem:
    return rng.choice(LOOSELY_CHECKED if rng.random() < 0.2 else CHECKED).draw_check(rng)


FAMILIES = (
    ExactFamily("exact/days", _draw_day),
    ExactFamily("exact/months", _draw_month),
    ExactFamily("exact/calendar-check", _draw_check),
)
