"""Small exact tasks: arithmetic, comparison, lists, letters, word pairs, the calendar and capitals.

A program checks every answer, so these families show what a lower precision costs in wrong answers.
"""

from __future__ import annotations

from corpus.example import Family
from corpus.exact import arithmetic, calendar, capitals, comparison, letters, lists, words

EXACT: tuple[Family, ...] = (
    *arithmetic.FAMILIES,
    *comparison.FAMILIES,
    *lists.FAMILIES,
    *letters.FAMILIES,
    *words.FAMILIES,
    *calendar.FAMILIES,
    *capitals.FAMILIES,
)
