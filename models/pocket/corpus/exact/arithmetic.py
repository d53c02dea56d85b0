"""Sums and differences of whole numbers from 0 to 99, and yes/no questions about them."""

from __future__ import annotations

import random
from functools import partial

from corpus.exact.judges import says_checked_sum, says_number, says_verdict
from corpus.exact.problem import ExactFamily, Problem

LARGEST = 99

ADDITION = (
    "What is {a} + {b}?",
    "What is {a} plus {b}?",
    "Add {a} and {b}.",
    "Calculate {a} + {b}.",
    "How much is {a} + {b}?",
    "How much is {a} plus {b}?",
    "{a} + {b} = ?",
    "{a} + {b}",
    "{a}+{b}",
    "Compute {a} plus {b}.",
    "What is the sum of {a} and {b}?",
    "Find the sum of {a} and {b}.",
    "Can you add {a} and {b}?",
    "What do I get if I add {a} and {b}?",
    "I have {a} coins and find {b} more. How many coins do I have?",
)
ADDITION_NEXT = ("And {a} + {b}?", "What about {a} + {b}?", "And {a} plus {b}?", "Now {a} + {b}.")
ADDITION_ONTO = ("Now add {b}.", "Add {b} to that.", "And if I add {b}?")

SUBTRACTION = (
    "What is {a} - {b}?",
    "What is {a} minus {b}?",
    "Subtract {b} from {a}.",
    "Calculate {a} - {b}.",
    "How much is {a} - {b}?",
    "How much is {a} minus {b}?",
    "{a} - {b} = ?",
    "{a} - {b}",
    "{a}-{b}",
    "Compute {a} minus {b}.",
    "Take {b} away from {a}.",
    "Can you subtract {b} from {a}?",
    "What do I get if I take {b} from {a}?",
    "Work out {a} minus {b}.",
)
SUBTRACTION_NEXT = ("And {a} - {b}?", "What about {a} - {b}?", "And {a} minus {b}?", "Now {a} - {b}.")
SUBTRACTION_FROM = ("Now subtract {b}.", "Take {b} from that.", "And if I take away {b}?")

CHECK = (
    "Is {sum} equal to {c}?",
    "Is {sum} the same as {c}?",
    "Does {sum} equal {c}?",
    "Is {sum} = {c}?",
    "Is it true that {sum} = {c}?",
    "Is {c} the result of {sum}?",
    "I say {sum} = {c}. Am I right?",
    "Is {sum} really {c}?",
    "{sum} = {c}, right?",
    "Does {sum} make {c}?",
    "Check this: {sum} = {c}.",
)
CHECK_NEXT = ("And is {sum} equal to {c}?", "And {sum} = {c}?", "What about {sum} = {c}?")


def _operand(rng: random.Random) -> int:
    # Small numbers are what people try first, so they get a larger share.
    return rng.randint(0, 20 if rng.random() < 0.25 else LARGEST)


def _pair_key(operation: str, a: int, b: int) -> str:
    return f"{operation} {min(a, b)} {max(a, b)}"


def _sum(a: int, b: int, templates: tuple[str, ...]) -> Problem:
    return Problem(
        _pair_key("add", a, b),
        templates,
        {"a": str(a), "b": str(b)},
        f"{a} + {b} = {a + b}.",
        says_number(a + b, after="="),
        follow_up=partial(_after_sum, a + b),
    )


def _after_sum(total: int, rng: random.Random) -> Problem:
    if total <= LARGEST and rng.random() < 0.4:
        return _sum(total, _operand(rng), ADDITION_ONTO)
    return _sum(_operand(rng), _operand(rng), ADDITION_NEXT)


def _difference(a: int, b: int, templates: tuple[str, ...]) -> Problem:
    return Problem(
        _pair_key("subtract", a, b),
        templates,
        {"a": str(a), "b": str(b)},
        f"{a} - {b} = {a - b}.",
        says_number(a - b, after="="),
        follow_up=partial(_after_difference, a - b),
    )


def _after_difference(rest: int, rng: random.Random) -> Problem:
    if rest >= 0 and rng.random() < 0.4:
        return _difference(rest, rng.randint(0, rest), SUBTRACTION_FROM)
    return _difference(*_minuend_first(rng), SUBTRACTION_NEXT)


def _minuend_first(rng: random.Random) -> tuple[int, int]:
    """Two operands, in one case of eight in the order that makes the result negative."""
    small, large = sorted((_operand(rng), _operand(rng)))
    return (small, large) if rng.random() < 0.125 else (large, small)


def _check(rng: random.Random, templates: tuple[str, ...] = CHECK) -> Problem:
    if rng.random() < 0.6:
        a, b = _operand(rng), _operand(rng)
        key, sign, result = _pair_key("add", a, b), "+", a + b
    else:
        b, a = sorted((_operand(rng), _operand(rng)))
        key, sign, result = _pair_key("subtract", a, b), "-", a - b
    claim = result if rng.random() < 0.5 else _near_miss(rng, result)
    expression = f"{a} {sign} {b}"
    relation = "equal" if claim == result else "larger" if claim > result else "smaller"
    return Problem(
        key,
        templates,
        {"sum": expression, "c": str(claim)},
        f"{expression} = {result}, and {claim} is {relation}, so {'yes' if claim == result else 'no'}.",
        says_verdict(claim == result, says_checked_sum(a, sign, b, claim)),
        follow_up=partial(_check, templates=CHECK_NEXT),
    )


def _near_miss(rng: random.Random, result: int) -> int:
    """A wrong result of the kind that people get: off by a little, or by a ten."""
    return rng.choice([miss for step in (1, 2, 10) for miss in (result - step, result + step) if miss >= 0])


FAMILIES = (
    ExactFamily("exact/addition", lambda rng: _sum(_operand(rng), _operand(rng), ADDITION)),
    ExactFamily("exact/subtraction", lambda rng: _difference(*_minuend_first(rng), SUBTRACTION)),
    ExactFamily("exact/arithmetic-check", _check),
)
