"""Opposites and plurals, asked openly and as yes/no questions."""

from __future__ import annotations

import random

from corpus.exact.closed import Relation
from corpus.exact.judges import says_words
from corpus.exact.problem import ExactFamily, Problem
from corpus.exact.word_facts import ALSO_OPPOSITE, ALSO_PLURAL, NEVER_A_FALSE_OPPOSITE, OPPOSITES, PLURALS


def _also_opposites(word: str) -> list[str]:
    return sorted(other for one, other in ALSO_OPPOSITE if one == word)


def _wrong_opposites(word: str) -> list[str]:
    """Words that are the opposite of another one, and in no sense of this one."""
    return [value for value in dict.fromkeys(OPPOSITES.values()) if (word, value) not in NEVER_A_FALSE_OPPOSITE]


OPPOSITE = Relation(
    name="opposite",
    facts=OPPOSITES,
    ask=(
        "What is the opposite of {operand}?",
        "What's the opposite of {operand}?",
        "Give me the opposite of {operand}.",
        "Name the opposite of {operand}.",
        "Which word is the opposite of {operand}?",
        "Which word means the opposite of {operand}?",
        "Tell me the opposite of {operand}.",
        "What word is opposite to {operand}?",
        "Do you know the opposite of {operand}?",
        "What is the contrary of {operand}?",
        "What is the antonym of {operand}?",
        "The opposite of {operand} is what?",
    ),
    ask_next=("And of {operand}?", "And the opposite of {operand}?", "What about {operand}?", "And {operand}?"),
    statement="The opposite of {operand} is {value}",
    judge=says_words,
    check=(
        "Is {claim} the opposite of {operand}?",
        "Is the opposite of {operand} {claim}?",
        "Does {claim} mean the opposite of {operand}?",
        "Is {claim} opposite to {operand}?",
        "Is it true that {claim} is the opposite of {operand}?",
        "Is {claim} the antonym of {operand}?",
        "Would you say {claim} is the opposite of {operand}?",
        "The opposite of {operand} is {claim}, right?",
        "Is {claim} really the opposite of {operand}?",
    ),
    check_next=("And is {claim} the opposite of {operand}?", "And {claim} of {operand}?"),
    wrong_claims=_wrong_opposites,
    also_right=_also_opposites,
)


def _wrong_plurals(noun: str) -> list[str]:
    """What the rules for regular nouns would give, where that is wrong, and the noun itself."""
    return [form for form in (f"{noun}s", f"{noun}es", noun) if form != PLURALS[noun] and form not in ALSO_PLURAL]


PLURAL = Relation(
    name="plural",
    facts=PLURALS,
    ask=(
        "What is the plural of {operand}?",
        "What's the plural of {operand}?",
        "Give me the plural of {operand}.",
        "Tell me the plural of {operand}.",
        "What is the plural form of {operand}?",
        "Which word is the plural of {operand}?",
        "How do you write the plural of {operand}?",
        "Make {operand} plural.",
        "Write {operand} in the plural.",
        "Turn {operand} into a plural.",
        "One {operand}, two what?",
        "Do you know the plural of {operand}?",
        "How do you say more than one {operand}?",
    ),
    ask_next=("And of {operand}?", "And the plural of {operand}?", "What about {operand}?", "And {operand}?"),
    statement="The plural of {operand} is {value}",
    judge=says_words,
    check=(
        "Is {claim} the plural of {operand}?",
        "Is the plural of {operand} {claim}?",
        "Is {claim} the right plural of {operand}?",
        "Is it true that the plural of {operand} is {claim}?",
        "The plural of {operand} is {claim}, right?",
        "Is {claim} the plural form of {operand}?",
        "Can I write {claim} as the plural of {operand}?",
        "Is {claim} correct as the plural of {operand}?",
    ),
    check_next=("And is {claim} the plural of {operand}?", "And {claim} for {operand}?"),
    wrong_claims=_wrong_plurals,
)


def _check(rng: random.Random) -> Problem:
    return (OPPOSITE if rng.random() < 0.5 else PLURAL).draw_check(rng)


FAMILIES = (
    ExactFamily("exact/opposites", OPPOSITE.draw_question),
    ExactFamily("exact/plurals", PLURAL.draw_question),
    ExactFamily("exact/word-check", _check),
)
