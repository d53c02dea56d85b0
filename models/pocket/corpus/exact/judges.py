"""Judges of generated answers: strict about the value, indifferent to case, spacing and the final dot.

An answer may state the steps that lead to its result. Only the result is judged, but for a yes or a no: half of those
are right by chance, so what they follow from has to be there and right as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.example import Judge

_INTEGER = re.compile(r"-?\d+")
_SUM = re.compile(r"(\d+) ?([+-]) ?(\d+) ?= ?(-?\d+)(?:, and (-?\d+) is (equal|larger|smaller))?")
_RELATION = re.compile(r"(\d+) is (larger|smaller) than (\d+)")
_COMPARISON = re.compile(r"(\d+)(?: is (larger|smaller) than (\d+))?")


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("\u2212", "-").split()).strip(" .!?\"'")


def _result(text: str, after: str) -> str:
    """What follows the last `after`, or the whole text where it does not occur."""
    return _plain(text).rpartition(after)[2].strip()


def any_of(judges: Iterable[Judge]) -> Judge:
    """Wants an answer that one of these accepts."""
    accepted = tuple(judges)
    return lambda text: any(judge(text) for judge in accepted)


def says_number(expected: int, after: str) -> Judge:
    """Wants the first integer behind the last `after` to be `expected`, or a text with that one integer."""

    def judge(text: str) -> bool:
        numbers = _INTEGER.findall(_result(text, after))
        if not numbers or (after not in _plain(text) and len(numbers) > 1):
            return False
        return int(numbers[0]) == expected

    return judge


def says_words(expected: str, after: str = " is ") -> Judge:
    """Wants the words behind the last `after` to be exactly `expected`; a leading "the" is optional."""
    wanted = _plain(expected).removeprefix("the ")
    return lambda text: _result(text, after).removeprefix("the ") == wanted


def says_letters(expected: str, after: str = " is ") -> Judge:
    """Like `says_words` for one word that may be written letter by letter."""
    return lambda text: re.sub(r"[-\s,]", "", _result(text, after)) == expected


def says_list(expected: Sequence[str]) -> Judge:
    """Wants these one-word items in this order."""
    wanted = [item.casefold() for item in expected]
    return lambda text: [item for item in re.split(r"[,\s]+", _result(text, ":")) if item] == wanted


def says_verdict(expected: bool, reason: Judge) -> Judge:
    """Wants "..., so yes" (or no) with the right word at the end, and before it what `reason` accepts."""
    wanted = "yes" if expected else "no"

    def judge(text: str) -> bool:
        before, found, verdict = _plain(text).rpartition(", so ")
        return bool(found) and verdict == wanted and reason(before)

    return judge


def says_checked_sum(a: int, sign: str, b: int, claim: int) -> Judge:
    """Wants "a + b = result", and where "and claim is larger" (smaller, equal) follows, that to be true too."""
    result = a + b if sign == "+" else a - b
    relation = "equal" if claim == result else "larger" if claim > result else "smaller"

    def judge(text: str) -> bool:
        match = _SUM.fullmatch(_plain(text))
        if match is None or match[2] != sign or int(match[4]) != result:
            return False
        operands = (int(match[1]), int(match[3]))
        if operands != (a, b) and not (sign == "+" and operands == (b, a)):
            return False
        return match[5] is None or (int(match[5]) == claim and match[6] == relation)

    return judge


def says_relation(a: int, b: int) -> Judge:
    """Wants "a is larger than b" (or smaller, whichever is true), with the two numbers in any order."""

    def judge(text: str) -> bool:
        match = _RELATION.fullmatch(_plain(text))
        if match is None:
            return False
        first, second = int(match[1]), int(match[3])
        return {first, second} == {a, b} and (first > second) == (match[2] == "larger")

    return judge


def says_comparison(first: int, relation: str, second: int) -> Judge:
    """Wants `first`, alone or in the sentence "first is larger (or smaller) than second"."""

    def judge(text: str) -> bool:
        match = _COMPARISON.fullmatch(_plain(text))
        if match is None or int(match[1]) != first:
            return False
        return match[2] is None or (match[2] == relation and int(match[3]) == second)

    return judge
