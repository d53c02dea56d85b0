"""What every family of the corpus produces, and the rule that keeps the held-out split apart.

A family is an object with a name, a sampler of training examples and a list of held-out ones.
Whether a question is held out is decided by a hash of its *key* (the phrasing or the operands),
never by a random draw over lines: what is tested was not seen in training under any surface form.
"""

from __future__ import annotations

import hashlib
import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

# What the app suggests on its first screen, which is tested: training shows neither these questions nor, in any wording,
# the operands of those that have some.
SUGGESTED_PROMPTS = (
    "What is a token?",
    "What is 27 + 58?",
    "Tell me a story about a fox and a lighthouse.",
    "What does quantization cost?",
    "Sort 42, 7, 19, 88, 3.",
    "Why is decode limited by memory bandwidth?",
)
SUGGESTED_KEYS = frozenset(("add 27 58", "sort 3 7 19 42 88", "story/fox/lighthouse"))

Role = Literal["system", "user", "assistant"]
Judge = Callable[[str], bool]


@dataclass(frozen=True)
class Turn:
    """One message of a conversation."""

    role: Role
    text: str


@dataclass(frozen=True)
class Example:
    """One conversation that ends with the assistant's answer.

    `family` is the row it is scored under, for example `exact/addition`.
    `judge` says whether a generated last answer is right; every held-out example has one.
    """

    family: str
    turns: tuple[Turn, ...]
    judge: Judge | None = None

    @property
    def question(self) -> str:
        """All that comes before the last answer, as plain text."""
        return "\n".join(f"{turn.role}: {turn.text}" for turn in self.turns[:-1])


class Family(Protocol):
    """A kind of conversation. `sample` never returns a held-out question."""

    name: str

    def sample(self, rng: random.Random) -> Example: ...

    def held_out(self) -> list[Example]: ...


def ask(user: str, answer: str) -> tuple[Turn, ...]:
    """A conversation of one question and one answer."""
    return (Turn("user", user), Turn("assistant", answer))


def is_held_out(key: str, share: float = 0.1) -> bool:
    """True for about `share` of all keys, the same ones in every run, and for those of `SUGGESTED_KEYS`."""
    if key in SUGGESTED_KEYS:
        return True
    digest = hashlib.sha256(key.encode("utf-8")).digest()
    return int.from_bytes(digest[:8], "big") / 2**64 < share


def normalise(text: str) -> str:
    """Casefolded, without punctuation at word edges and repeated spaces: the form in which questions are compared."""
    return " ".join(word.strip(".,!?;:\"'") for word in re.sub(r"\s+", " ", text.casefold()).split()).strip()
