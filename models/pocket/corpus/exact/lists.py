"""Sorting, reversing and counting short lists of numbers, letters or words."""

from __future__ import annotations

import random
import string
from collections.abc import Sequence
from functools import partial

from corpus.exact.judges import says_list, says_number
from corpus.exact.problem import ExactFamily, Problem
from corpus.exact.vocabulary import WORDS

SORT = {
    "ascending": (
        "Sort {items}.",
        "Sort these numbers: {items}.",
        "Sort from smallest to largest: {items}.",
        "Put these numbers in order: {items}.",
        "Sort in ascending order: {items}.",
        "Order the numbers {items} from low to high.",
        "Arrange {items} from lowest to highest.",
        "List {items} with the smallest first.",
        "Can you sort {items}?",
        "Sort the list {items} from small to large.",
        "Put {items} in ascending order.",
        "What is {items} in order, smallest first?",
    ),
    "descending": (
        "Sort {items} from largest to smallest.",
        "Sort these numbers, largest first: {items}.",
        "Sort from largest to smallest: {items}.",
        "Put these numbers in descending order: {items}.",
        "Sort in descending order: {items}.",
        "Order the numbers {items} from high to low.",
        "Arrange {items} from highest to lowest.",
        "List {items} with the largest first.",
        "Can you sort {items} in descending order?",
        "Sort the list {items} from large to small.",
        "Put {items} in descending order.",
        "What is {items} in order, largest first?",
    ),
}
SORT_OTHER_WAY = {
    "ascending": ("Now smallest first.", "And in ascending order?", "Now from smallest to largest."),
    "descending": ("Now largest first.", "And in descending order?", "Now from largest to smallest."),
}
SORT_WORDS = {
    "ascending": (
        "Sort {items}.",
        "Sort {items} alphabetically.",
        "Sort these words: {items}.",
        "Sort from A to Z: {items}.",
        "Put these words in alphabetical order: {items}.",
        "Sort in alphabetical order: {items}.",
        "Order the words {items} from A to Z.",
        "Arrange {items} in alphabetical order.",
        "List {items} from A to Z.",
        "Can you sort {items} alphabetically?",
        "Sort the list {items} from A to Z.",
        "Put {items} in alphabetical order.",
        "What is {items} in alphabetical order?",
    ),
    "descending": (
        "Sort {items} from Z to A.",
        "Sort these words from Z to A: {items}.",
        "Sort from Z to A: {items}.",
        "Put these words in order from Z to A: {items}.",
        "Order the words {items} from Z to A.",
        "Arrange {items} from Z to A.",
        "List {items} from Z to A.",
        "Can you sort {items} from Z to A?",
        "Sort the list {items} from Z to A.",
        "Put {items} in order from Z to A.",
        "What is {items} in order, from Z to A?",
    ),
}
SORT_WORDS_OTHER_WAY = {
    "ascending": ("Now from A to Z.", "And from A to Z?", "And in alphabetical order?"),
    "descending": ("Now from Z to A.", "And from Z to A?", "Now the other way, from Z to A."),
}
REVERSE = (
    "Reverse {items}.",
    "Reverse this list: {items}.",
    "Reverse the list {items}.",
    "Write {items} in reverse order.",
    "Turn this list around: {items}.",
    "Write this list backwards: {items}.",
    "Say these from last to first: {items}.",
    "Put these in reverse order: {items}.",
    "What is {items} in reverse order?",
    "Can you reverse the list {items}?",
    "Flip the order of {items}.",
    "Give me {items} from last to first.",
)
REVERSE_BACK = ("Now reverse it back.", "Reverse that again.", "And back again?")
COUNT = (
    "How many items are in this list: {items}?",
    "Count the items: {items}.",
    "How many {things} are in the list {items}?",
    "Count these {things}: {items}.",
    "How long is this list: {items}?",
    "How many {things} are here: {items}?",
    "How many {things} do you see: {items}?",
    "What is the number of items in {items}?",
    "Tell me how many {things} this is: {items}.",
    "How many items does the list {items} have?",
    "Count the {things} in {items}.",
)
LIST_NEXT = ("And {items}?", "What about {items}?", "Now {items}.")

# Short lists more often than long ones: each item added makes sorting harder, and people seldom type five.
LENGTHS = (3, 3, 3, 4, 4, 5)

# Words are sorted by their first letters, so no two begin alike; short ones are one or two tokens.
SHORT_WORDS = tuple(word for word in WORDS if len(word) <= 7)
SORTED_WORDS = 3


# In this share of lists numbers of one digit are as frequent as those of two: drawn evenly from 0 to 99 they are so
# rare that a small network sorts them by their first digit.
MIXED_DIGITS = 0.4


def _numbers(rng: random.Random, length: int) -> list[str]:
    if rng.random() >= MIXED_DIGITS:
        return [str(number) for number in rng.sample(range(100), length)]
    numbers: list[int] = []
    while len(numbers) < length:
        number = rng.choice((rng.randrange(10), rng.randrange(10, 100)))
        if number not in numbers:
            numbers.append(number)
    return [str(number) for number in numbers]


def _items(rng: random.Random, length: int) -> tuple[str, list[str]]:
    """What the items are called, and the items."""
    kind = rng.randrange(4)
    if kind == 0:
        return "numbers", _numbers(rng, length)
    if kind == 1:
        return "letters", rng.sample(string.ascii_lowercase, length)
    return "words", rng.sample(WORDS, length)


def _typed(rng: random.Random, items: Sequence[str]) -> str:
    """The list as people type it; the answer always uses a comma and a space."""
    kind = rng.random()
    return (" " if kind < 0.08 else "," if kind < 0.12 else ", ").join(items)


def _sort(rng: random.Random, numbers: list[str], direction: str, templates: tuple[str, ...]) -> Problem:
    ordered = sorted(numbers, key=int)
    key = f"sort {' '.join(ordered)}"
    if direction == "descending":
        ordered.reverse()
    return Problem(
        key,
        templates,
        {"items": _typed(rng, numbers)},
        f"{', '.join(ordered)}.",
        says_list(ordered),
        follow_up=partial(_after_sort, numbers, direction),
    )


def _after_sort(numbers: list[str], direction: str, rng: random.Random) -> Problem:
    if rng.random() < 0.6:
        other = "descending" if direction == "ascending" else "ascending"
        return _sort(rng, numbers, other, SORT_OTHER_WAY[other])
    return _sort(rng, _numbers(rng, rng.choice(LENGTHS)), direction, LIST_NEXT)


def _draw_sort(rng: random.Random) -> Problem:
    direction = "ascending" if rng.random() < 0.6 else "descending"
    return _sort(rng, _numbers(rng, rng.choice(LENGTHS)), direction, SORT[direction])


def _distinct_initials(rng: random.Random) -> list[str]:
    """A few short words, no two of which begin with the same letter."""
    while True:
        words = rng.sample(SHORT_WORDS, SORTED_WORDS)
        if len({word[0] for word in words}) == SORTED_WORDS:
            return words


def _sort_words(rng: random.Random, words: list[str], direction: str, templates: tuple[str, ...]) -> Problem:
    ordered = sorted(words)
    key = f"sort words {' '.join(ordered)}"
    if direction == "descending":
        ordered.reverse()
    return Problem(
        key,
        templates,
        {"items": _typed(rng, words)},
        f"{', '.join(ordered)}.",
        says_list(ordered),
        follow_up=partial(_after_sort_words, words, direction),
    )


def _after_sort_words(words: list[str], direction: str, rng: random.Random) -> Problem:
    if rng.random() < 0.4:
        other = "descending" if direction == "ascending" else "ascending"
        return _sort_words(rng, words, other, SORT_WORDS_OTHER_WAY[other])
    return _sort_words(rng, _distinct_initials(rng), direction, LIST_NEXT)


def _draw_sort_words(rng: random.Random) -> Problem:
    direction = "ascending" if rng.random() < 0.7 else "descending"
    return _sort_words(rng, _distinct_initials(rng), direction, SORT_WORDS[direction])


def _reverse(items: list[str], templates: tuple[str, ...]) -> Problem:
    turned = items[::-1]
    return Problem(
        f"reverse list {' '.join(min(items, turned))}",
        templates,
        {"items": ", ".join(items)},
        f"{', '.join(turned)}.",
        says_list(turned),
        follow_up=partial(_after_reverse, turned),
    )


def _after_reverse(turned: list[str], rng: random.Random) -> Problem:
    if rng.random() < 0.4:
        return _reverse(turned, REVERSE_BACK)
    return _reverse(_items(rng, rng.choice(LENGTHS))[1], LIST_NEXT)


def _draw_reverse(rng: random.Random) -> Problem:
    return _reverse(_items(rng, rng.choice(LENGTHS))[1], REVERSE)


def _count(rng: random.Random, templates: tuple[str, ...] = COUNT) -> Problem:
    length = rng.randint(2, 7)
    things, items = _items(rng, length)
    counted = ", ".join(f"{item} ({position})" for position, item in enumerate(items, 1))
    return Problem(
        f"count items {' '.join(sorted(items))}",
        templates,
        {"items": ", ".join(items), "things": things},
        f"{counted}: {length} items.",
        says_number(length, after=":"),
        follow_up=partial(_count, templates=LIST_NEXT),
    )


FAMILIES = (
    ExactFamily("exact/sorting", _draw_sort),
    ExactFamily("exact/sort-words", _draw_sort_words),
    ExactFamily("exact/list-reversal", _draw_reverse),
    ExactFamily("exact/item-count", _count),
)
