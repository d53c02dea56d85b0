"""Bars are judged over all questions of a group."""

from __future__ import annotations

import pytest

from scoring import bars

ENOUGH = {"exact/a": {"right": 90, "asked": 100}, "exact/b": {"right": 100, "asked": 100}}


def test_a_group_is_judged_over_all_its_questions() -> None:
    assert bars.group_totals(ENOUGH)["exact"] == {"right": 190, "asked": 200, "bar": 0.95, "met": True}
    missed = ENOUGH | {"exact/a": {"right": 89, "asked": 100}}
    assert bars.group_totals(missed)["exact"]["met"] is False


def test_a_group_without_a_bar_is_counted_and_not_judged() -> None:
    totals = bars.group_totals({"story/telling": {"right": 1, "asked": 2}})
    assert totals["story"] == {"right": 1, "asked": 2, "bar": None, "met": None}


def test_a_family_of_no_group_is_refused() -> None:
    with pytest.raises(ValueError, match="poems/short belongs to no group"):
        bars.group_totals({"poems/short": {"right": 1, "asked": 1}})


@pytest.mark.parametrize(("right", "met"), [(900, True), (896, True), (904, True), (894, False), (906, False)])
def test_eight_bits_may_differ_by_half_a_point(right: int, met: bool) -> None:
    rows = {"fp32": {"right": 900, "asked": 1000}, "q8": {"right": right, "asked": 1000}}
    assert bars.eight_bit_change(rows, "fp32")["met"] is met


def test_every_story_of_the_card_has_to_be_unbroken() -> None:
    stories = [{"unbroken": True}] * 20
    assert bars.unbroken_stories(stories) == {"unbroken": 20, "told": 20, "bar": 1.0, "met": True}
    assert bars.unbroken_stories([*stories[1:], {"unbroken": False}])["met"] is False
