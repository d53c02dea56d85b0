"""Which of two numbers from 0 to 99 is larger or smaller, asked openly and as a yes/no question."""

from __future__ import annotations

import random
from functools import partial

from corpus.exact.judges import says_comparison, says_relation, says_verdict
from corpus.exact.problem import ExactFamily, Problem

WHICH = {
    "larger": (
        "Which is larger, {a} or {b}?",
        "Which is bigger, {a} or {b}?",
        "Which number is greater, {a} or {b}?",
        "What is larger: {a} or {b}?",
        "Is {a} or {b} larger?",
        "Which of {a} and {b} is larger?",
        "Pick the larger number: {a} or {b}.",
        "Tell me the larger of {a} and {b}.",
        "Which one is more, {a} or {b}?",
        "Compare {a} and {b}. Which is larger?",
    ),
    "smaller": (
        "Which is smaller, {a} or {b}?",
        "Which number is smaller, {a} or {b}?",
        "Which number is lower, {a} or {b}?",
        "What is smaller: {a} or {b}?",
        "Is {a} or {b} smaller?",
        "Which of {a} and {b} is smaller?",
        "Pick the smaller number: {a} or {b}.",
        "Tell me the smaller of {a} and {b}.",
        "Which one is less, {a} or {b}?",
        "Compare {a} and {b}. Which is smaller?",
    ),
}
WHICH_OTHER = {
    "larger": ("And which is larger?", "And the larger one?", "Which one is larger?"),
    "smaller": ("And which is smaller?", "And the smaller one?", "Which one is smaller?"),
}
WHICH_NEXT = ("And {a} or {b}?", "And of {a} and {b}?", "What about {a} or {b}?")

CHECK = {
    "larger": (
        "Is {a} larger than {b}?",
        "Is {a} bigger than {b}?",
        "Is {a} greater than {b}?",
        "Is {a} more than {b}?",
        "Is {a} > {b}?",
        "{a} > {b}?",
        "Is it true that {a} is larger than {b}?",
        "Is the number {a} larger than {b}?",
        "Would you say {a} is larger than {b}?",
    ),
    "smaller": (
        "Is {a} smaller than {b}?",
        "Is {a} lower than {b}?",
        "Is {a} less than {b}?",
        "Is {a} < {b}?",
        "{a} < {b}?",
        "Is it true that {a} is smaller than {b}?",
        "Is the number {a} smaller than {b}?",
        "Would you say {a} is smaller than {b}?",
    ),
}
CHECK_NEXT = {
    "larger": ("And is {a} larger than {b}?", "And is {a} > {b}?", "What about {a}, is it larger than {b}?"),
    "smaller": ("And is {a} smaller than {b}?", "And is {a} < {b}?", "What about {a}, is it smaller than {b}?"),
}
OPPOSITE = {"larger": "smaller", "smaller": "larger"}


def _two_numbers(rng: random.Random) -> tuple[int, int]:
    """Two different numbers; close ones, which are the hard cases, more often than by chance."""
    a = rng.randint(0, 99)
    kind = rng.random()
    if kind < 0.25:
        b = a // 10 * 10 + rng.randint(0, 9)
    elif kind < 0.4:
        b = a % 10 * 10 + a // 10
    else:
        b = rng.randint(0, 99)
    return (a, b) if a != b else _two_numbers(rng)


def _key(a: int, b: int) -> str:
    return f"compare {min(a, b)} {max(a, b)}"


def _which(a: int, b: int, relation: str, templates: tuple[str, ...]) -> Problem:
    first, second = sorted((a, b), reverse=relation == "larger")
    return Problem(
        _key(a, b),
        templates,
        {"a": str(a), "b": str(b)},
        f"{first} is {relation} than {second}.",
        says_comparison(first, relation, second),
        follow_up=partial(_after_which, a, b, relation),
    )


def _after_which(a: int, b: int, relation: str, rng: random.Random) -> Problem:
    if rng.random() < 0.5:
        other = OPPOSITE[relation]
        return _which(a, b, other, WHICH_OTHER[other])
    return _which(*_two_numbers(rng), relation, WHICH_NEXT)


def _draw_which(rng: random.Random) -> Problem:
    relation = rng.choice(("larger", "smaller"))
    return _which(*_two_numbers(rng), relation, WHICH[relation])


def _check(rng: random.Random, wordings: dict[str, tuple[str, ...]] = CHECK) -> Problem:
    a, b = _two_numbers(rng)
    asked = rng.choice(("larger", "smaller"))
    actual = "larger" if a > b else "smaller"
    return Problem(
        _key(a, b),
        wordings[asked],
        {"a": str(a), "b": str(b)},
        f"{a} is {actual} than {b}, so {'yes' if asked == actual else 'no'}.",
        says_verdict(asked == actual, says_relation(a, b)),
        follow_up=partial(_check, wordings=CHECK_NEXT),
    )


FAMILIES = (
    ExactFamily("exact/comparison", _draw_which),
    ExactFamily("exact/comparison-check", _check),
)
