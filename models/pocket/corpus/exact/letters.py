"""Tasks on the letters of a word.

A token hides its letters, so each answer writes them out first; what follows only has to look back at them.
Counts are kept while the letters are written, since the last number is easier to look up than a sum.
"""

from __future__ import annotations

import random
import string
from collections import defaultdict
from collections.abc import Callable
from functools import partial

from corpus.exact.judges import says_letters, says_number
from corpus.exact.problem import Draw, ExactFamily, Problem
from corpus.exact.vocabulary import WORDS, made_up, word_or_made_up

Pick = Callable[[random.Random], str]
PickWithLetter = Callable[[random.Random], tuple[str, str]]

SPELL = (
    "Spell {word}.",
    "Spell the word {word}.",
    "How do you spell {word}?",
    "How is {word} spelled?",
    "Can you spell {word}?",
    "Write {word} letter by letter.",
    "What are the letters of {word}?",
    "List the letters in {word}.",
    "Spell out {word}.",
    "How do I spell {word}?",
    "Which letters are in {word}?",
    'Which letters make up "{word}"?',
)
REVERSE = (
    "Reverse the word {word}.",
    "Spell {word} backwards.",
    "Write {word} backwards.",
    "What is {word} backwards?",
    "What is {word} spelled backwards?",
    "Reverse {word}.",
    "Can you reverse {word}?",
    "How do you spell {word} backwards?",
    "Turn the word {word} around.",
    "Write the letters of {word} in reverse.",
    "Give me {word} in reverse.",
    'Reverse the word "{word}".',
)
COUNT = (
    "How many times does the letter {letter} appear in {word}?",
    "How many times does {letter} appear in {word}?",
    "How many {letter}'s are in {word}?",
    "How many {letter}'s are there in the word {word}?",
    "Count the letter {letter} in {word}.",
    "How often does the letter {letter} occur in {word}?",
    "How many times is {letter} in the word {word}?",
    "Count how often {letter} appears in {word}.",
    "In the word {word}, how many times do you see {letter}?",
    "How many of the letters in {word} are {letter}?",
    'How many times does the letter {letter} appear in "{word}"?',
)
LENGTH = (
    "How many letters are in {word}?",
    "How many letters are in the word {word}?",
    "How many letters does {word} have?",
    "How long is the word {word}?",
    "Count the letters in {word}.",
    "Count the letters of the word {word}.",
    "What is the number of letters in {word}?",
    "Tell me how many letters {word} has.",
    "How many letters do I need to write {word}?",
    'How many letters are in "{word}"?',
)
WORD_NEXT = ("And {word}?", "And the word {word}?", "What about {word}?", "Now {word}.")
LETTER_NEXT = ("And the letter {letter}?", "And {letter}?", "What about the letter {letter}?")
COUNT_NEXT = ("And the letter {letter} in {word}?", "And {letter} in {word}?", "Now count {letter} in {word}.")


def _real_word(rng: random.Random) -> str:
    return rng.choice(WORDS)


def _spell(rng: random.Random, templates: tuple[str, ...] = SPELL) -> Problem:
    # Held out by phrasing only: the letters of every listed word have to be learned somewhere.
    word = word_or_made_up(rng)
    return Problem(
        f"spell {word}",
        templates,
        {"word": word},
        f"{'-'.join(word)}.",
        says_letters(word, after=":"),
        follow_up=partial(_spell, templates=WORD_NEXT),
        by_phrasing=True,
    )


def _reverse(rng: random.Random, pick: Pick = word_or_made_up, templates: tuple[str, ...] = REVERSE) -> Problem:
    word = pick(rng)
    backwards = word[::-1]
    return Problem(
        f"reverse {min(word, backwards)}",
        templates,
        {"word": word},
        f"{'-'.join(word)} backwards is {'-'.join(backwards)}.",
        says_letters(backwards),
        follow_up=partial(_reverse, pick=pick, templates=WORD_NEXT),
    )


def _length(rng: random.Random, pick: Pick = word_or_made_up, templates: tuple[str, ...] = LENGTH) -> Problem:
    word = pick(rng)
    counted = ", ".join(f"{letter} ({position})" for position, letter in enumerate(word, 1))
    return Problem(
        f"length {word}",
        templates,
        {"word": word},
        f"{counted}: {len(word)} letters.",
        says_number(len(word), after=":"),
        follow_up=partial(_length, pick=pick, templates=WORD_NEXT),
    )


def _words_by_count() -> dict[int, list[tuple[str, str]]]:
    """The listed words with one of their letters, under the number of times that it occurs."""
    pairs = defaultdict(list)
    for word in WORDS:
        for letter in dict.fromkeys(word):
            pairs[word.count(letter)].append((word, letter))
    return pairs


WORDS_BY_COUNT = _words_by_count()


def _absent(rng: random.Random, word: str) -> str:
    return rng.choice([letter for letter in string.ascii_lowercase if letter not in word])


def _real_word_and_letter(rng: random.Random) -> tuple[str, str]:
    """Most letters of most words occur once, so the count is drawn first."""
    (count,) = rng.choices((0, 1, 2, 3), (15, 35, 38, 12))
    if count:
        return rng.choice(WORDS_BY_COUNT[count])
    word = rng.choice(WORDS)
    return word, _absent(rng, word)


def _word_and_letter(rng: random.Random) -> tuple[str, str]:
    if rng.random() < 0.6:
        return _real_word_and_letter(rng)
    word = made_up(rng)
    return word, _absent(rng, word) if rng.random() < 0.15 else rng.choice(word)


def _count(word: str, letter: str, pick: PickWithLetter, templates: tuple[str, ...]) -> Problem:
    count = word.count(letter)
    seen = 0
    written = []
    for character in word:
        seen += character == letter
        written.append(f"{character} ({seen})" if character == letter else character)
    return Problem(
        f"count letter {letter} in {word}",
        templates,
        {"word": word, "letter": letter},
        f"Looking for {letter} in {', '.join(written)}: {count} {'time' if count == 1 else 'times'}.",
        says_number(count, after=":"),
        follow_up=partial(_after_count, word, letter, pick),
    )


def _after_count(word: str, previous: str, pick: PickWithLetter, rng: random.Random) -> Problem:
    letter = rng.choice(word)
    if letter != previous and rng.random() < 0.6:
        return _count(word, letter, pick, LETTER_NEXT)
    return _count(*pick(rng), pick, COUNT_NEXT)


def _draw_count(pick: PickWithLetter) -> Draw:
    return lambda rng: _count(*pick(rng), pick, COUNT)


FAMILIES = (
    ExactFamily("exact/spelling", _spell),
    ExactFamily("exact/word-reversal", _reverse, draw_held_out=partial(_reverse, pick=_real_word)),
    ExactFamily("exact/letter-count", _draw_count(_word_and_letter), draw_held_out=_draw_count(_real_word_and_letter)),
    ExactFamily("exact/word-length", _length, draw_held_out=partial(_length, pick=_real_word)),
)
