"""Judges of generated answers: strict about the value, indifferent to case, spacing and the final dot.

An answer may state the steps that lead to its result. Only the result is judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from corpus.example import Judge

_INTEGER = re.compile(r"-?\d+")
_VERDICT = re.compile(r"\b(yes|no)\b")
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


def says_verdict(expected: bool) -> Judge:
    """Wants the last "yes" or "no" of the answer to be the right one."""
    wanted = "yes" if expected else "no"
    return lambda text: _VERDICT.findall(_plain(text))[-1:] == [wanted]


def says_comparison(first: int, relation: str, second: int) -> Judge:
    """Wants `first`, alone or in the sentence "first is larger (or smaller) than second"."""

    def judge(text: str) -> bool:
        match = _COMPARISON.fullmatch(_plain(text))
        if match is None or int(match[1]) != first:
            return False
        return match[2] is None or (match[2] == relation and int(match[3]) == second)

    return judge
