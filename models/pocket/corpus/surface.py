"""Surface variety: the same question as different people type it."""

from __future__ import annotations

import random

OPENERS = ("hi, ", "hello! ", "hey, ", "please, ", "quick question: ", "ok, ", "so, ", "I wonder: ", "a question: ")
CLOSERS = (" please", " thanks", ", please", " (short answer please)", ", thank you")


def vary(rng: random.Random, text: str, noise: float = 0.35) -> str:
    """Returns `text` as someone might type it: an opener, other case, lost punctuation or one slip of the finger.

    With probability `1 - noise` the text comes back unchanged. Digits and quoted words are never touched.
    """
    if rng.random() >= noise:
        return text
    kind = rng.randrange(6)
    if kind == 0:
        return rng.choice(OPENERS) + text[0].lower() + text[1:]
    if kind == 1:
        return text.rstrip("?.!") + rng.choice(CLOSERS) + text[len(text.rstrip("?.!")) :]
    if kind == 2:
        return text.lower()
    if kind == 3:
        return text.rstrip("?.!")
    if kind == 4:
        return text.lower().rstrip("?.!")
    return _slip(rng, text)


def _slip(rng: random.Random, text: str) -> str:
    """Swaps two neighbouring letters inside one long word."""
    words = text.split(" ")
    candidates = [i for i, word in enumerate(words) if len(word) > 5 and word.isalpha() and word.islower()]
    if not candidates:
        return text
    i = rng.choice(candidates)
    word = words[i]
    at = rng.randrange(1, len(word) - 2)
    words[i] = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    return " ".join(words)
