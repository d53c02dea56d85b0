"""Judges accept every form of the right value and refuse wrong ones."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from corpus.exact.judges import (
    any_of,
    says_checked_sum,
    says_comparison,
    says_letters,
    says_list,
    says_number,
    says_relation,
    says_verdict,
    says_words,
)


@pytest.mark.parametrize(
    ("judge", "right", "wrong"),
    [
        (
            says_number(85, after="="),
            ["27 + 58 = 85.", "27+58=85", "85"],
            ["27 + 58 = 86.", "27 + 58", "85 + 1 = 86", "185"],
        ),
        (
            says_number(-31, after="="),
            ["27 - 58 = -31.", "-31", "27 - 58 = \u221231"],
            ["27 - 58 = 31.", "31"],
        ),
        (
            says_number(3, after=":"),
            ["Looking for r in r (1), r (2), o, r (3): 3 times.", "3"],
            ["r: 2 times.", "three"],
        ),
        (
            says_words("Rome"),
            ["The capital of Italy is Rome.", "rome"],
            ["The capital of Italy is Romeo.", "Rome is big"],
        ),
        (
            says_words("the Netherlands", after=" of "),
            ["Amsterdam is the capital of Netherlands."],
            ["Amsterdam"],
        ),
        (
            says_letters("nomel"),
            ["l-e-m-o-n backwards is n-o-m-e-l.", "nomel", "x is N-o-m-e-l"],
            ["l-e-m-o-n", "n-o-m-e"],
        ),
        (
            says_list(["3", "12", "40"]),
            ["3, 12, 40.", "3,12,40", "3 12 40"],
            ["12, 3, 40.", "3, 12", "3, 12, 40, 41", "31240"],
        ),
        (
            any_of((says_words("lose"), says_words("hide"))),
            ["The opposite of find is lose.", "hide"],
            ["The opposite of find is seek.", "lose or hide"],
        ),
        (
            says_verdict(True, says_checked_sum(7, "+", 5, 12)),
            ["7 + 5 = 12, and 12 is equal, so yes.", "7 + 5 = 12, so yes", "5 + 7 = 12, and 12 is equal, so yes."],
            ["7 + 5 = 12, and 12 is equal, so no.", "7 + 5 = 12.", "yesterday", "Yes.", ", so yes."],
        ),
        (
            says_verdict(False, says_checked_sum(12, "-", 5, 3)),
            ["12 - 5 = 7, and 3 is smaller, so no."],
            [
                "12 - 5 = 99, and 3 is smaller, so no.",
                "12 - 5 = 7, and 3 is larger, so no.",
                "12 - 5 = 7, and 4 is smaller, so no.",
                "5 - 12 = 7, and 3 is smaller, so no.",
                "12 + 5 = 7, and 3 is smaller, so no.",
                "No.",
            ],
        ),
        (
            says_verdict(True, says_relation(54, 45)),
            ["54 is larger than 45, so yes.", "45 is smaller than 54, so yes."],
            ["45 is larger than 54, so yes.", "54 is larger than 44, so yes.", "54 is larger than 45, so no.", "Yes."],
        ),
        (
            says_comparison(54, "larger", 45),
            ["54 is larger than 45.", "54"],
            ["45 is smaller than 54.", "54 is smaller than 45."],
        ),
    ],
)
def test_judges(judge: Callable[[str], bool], right: list[str], wrong: list[str]) -> None:
    assert all(map(judge, right)) and not any(map(judge, wrong))
