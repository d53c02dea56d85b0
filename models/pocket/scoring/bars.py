"""The bars that Pocket has to clear before it ships: shares of right answers of whole groups of families."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

# Group of families and the least share of right answers at full precision, pooled over all its questions.
# Groups without a bar are in the results all the same.
BARS: dict[str, float | None] = {"exact": 0.95, "knowledge": 0.95, "outside": 0.95, "manners": None, "story": None}
# The share of the stories in the card that may not have a broken sentence.
STORY_BAR = 1.0
# At 8 bits the share of all right answers may differ from that at full precision by so much.
EIGHT_BIT, EIGHT_BIT_BAR = "q8", 0.005


def group_totals(families: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, Any]]:
    """Right and asked over all families of a group, with the bar and whether it is met (None without a bar).

    Raises ValueError for a family of no group.
    """
    totals: dict[str, dict[str, Any]] = {group: {"right": 0, "asked": 0} for group in BARS}
    for family, counts in families.items():
        group = family.split("/")[0]
        if group not in totals:
            raise ValueError(f"{family} belongs to no group of {', '.join(BARS)}")
        for key in ("right", "asked"):
            totals[group][key] += counts[key]
    for group, total in totals.items():
        bar = BARS[group]
        total |= {"bar": bar, "met": None if bar is None else total["right"] >= bar * total["asked"]}
    return totals


def unbroken_stories(stories: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """How many of the stories that the card shows have no broken sentence, with the bar and whether it is met."""
    unbroken = sum(story["unbroken"] for story in stories)
    return {"unbroken": unbroken, "told": len(stories), "bar": STORY_BAR, "met": unbroken >= STORY_BAR * len(stories)}


def eight_bit_change(rows: Mapping[str, Mapping[str, Any]], reference: str) -> dict[str, Any]:
    """The share of right answers at 8 bits minus that of the reference, with the bar and whether it is met."""
    eight, full = (rows[name]["right"] / rows[name]["asked"] for name in (EIGHT_BIT, reference))
    return {"change": eight - full, "bar": EIGHT_BIT_BAR, "met": abs(eight - full) <= EIGHT_BIT_BAR}
