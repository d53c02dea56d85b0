"""The whole corpus: every family in its proportion, as one endless and reproducible stream of conversations."""

from __future__ import annotations

import hashlib
import json
import random
from bisect import bisect
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate, islice
from pathlib import Path
from typing import Any

from corpus.example import SUGGESTED_PROMPTS, Example, Family, Turn, normalise
from corpus.exact import EXACT
from corpus.knowledge import FACTS
from corpus.knowledge.family import Knowledge
from corpus.manners import MANNERS
from corpus.outside import OUTSIDE
from corpus.stories import STORIES

Conversation = tuple[Turn, ...]

# How much of the text (by characters) each group gets.
GROUPS: tuple[tuple[float, tuple[Family, ...]], ...] = (
    (0.21, (Knowledge(FACTS),)),
    (0.41, EXACT),
    (0.15, (STORIES,)),
    (0.07, (MANNERS,)),
    (0.16, (OUTSIDE,)),
)
# Within a group every family counts 1, except the tasks that take a small network longest to learn and
# those that it learns at once.
EMPHASIS = {
    "exact/addition": 2.5,
    "exact/subtraction": 2.5,
    "exact/word-reversal": 3.0,
    "exact/letter-count": 3.0,
    "exact/word-length": 2.5,
    "exact/sorting": 4.0,
    "exact/sort-words": 2.0,
    "exact/list-reversal": 1.5,
    "exact/arithmetic-check": 3.0,
    "exact/capital-check": 2.5,
    "exact/calendar-check": 2.0,
    "exact/word-check": 2.0,
    "exact/days": 0.6,
    "exact/months": 0.6,
}
# The share of conversations in which several questions on different matters follow one another, and how many do.
MERGED_SHARE = 0.15
MERGED_COUNTS = (2, 2, 2, 2, 3, 3, 3, 4, 6, 8, 14)
# The share of conversations that begin with one of these system prompts.
SYSTEM_SHARE = 0.1
SYSTEM_PROMPTS = (
    "You are a helpful assistant.",
    "You are a helpful assistant.",
    "You are Pocket, a tiny language model.",
    "You are Pocket, a helpful assistant in a browser tab.",
    "You are a friendly assistant. Answer in plain words.",
    "Answer briefly.",
    "Be kind and clear.",
)
LENGTH_SAMPLE = 200
# The conversations by which a corpus is known, beside its programs.
DIGEST_SEED, DIGEST_CONVERSATIONS = 1, 20_000
MAX_REDRAWS = 50


class HeldOutLeak(ValueError):
    """A family samples, for training, hardly anything but questions that are held out for the tests."""


class Mixture:
    """Draws examples from weighted groups of families and refuses every held-out question and suggested prompt."""

    def __init__(self, groups: Sequence[tuple[float, Sequence[Family]]]) -> None:
        self.families = [family for _, families in groups for family in families]
        held_out = [example for family in self.families for example in family.held_out()]
        tested = [_asked(example) for example in held_out] + [(Turn("user", prompt),) for prompt in SUGGESTED_PROMPTS]
        self._forbidden = frozenset(_form(turns) for turns in tested)
        chances = []
        for share, families in groups:
            total = sum(EMPHASIS.get(family.name, 1.0) for family in families)
            for family in families:
                wanted = share * EMPHASIS.get(family.name, 1.0) / total
                chances.append(wanted / self._mean_length(family))
        self._cumulative = list(accumulate(chances))

    @staticmethod
    def _mean_length(family: Family) -> float:
        """Characters in an average conversation of `family`."""
        rng = random.Random(f"length of {family.name}")
        samples = [family.sample(rng) for _ in range(LENGTH_SAMPLE)]
        return sum(len(turn.text) for example in samples for turn in example.turns) / LENGTH_SAMPLE

    def draw(self, rng: random.Random) -> Example:
        """One example of a family picked by weight, without any held-out question.

        An example is drawn again when its questions up to any turn, or any one turn alone, differ from a held-out
        question in case, spaces and punctuation only: families meet by chance (one's opener with another's words).
        Raises HeldOutLeak when a family has nothing else to offer.
        """
        family = self.families[bisect(self._cumulative, rng.random() * self._cumulative[-1])]
        for _ in range(MAX_REDRAWS):
            example = family.sample(rng)
            if not self._leaks(example):
                return example
        raise HeldOutLeak(f"{family.name} samples held-out questions only, such as\n{example.question}")

    def _leaks(self, example: Example) -> bool:
        asked = _asked(example)
        return any(
            turn.role == "user"
            and (_form(asked[: i + 1]) in self._forbidden or (i > 0 and _form((turn,)) in self._forbidden))
            for i, turn in enumerate(asked)
        )

    def conversations(self, seed: int | str) -> Iterator[Conversation]:
        """The endless stream of conversations that `seed` stands for."""
        rng = random.Random(seed)
        while True:
            turns = self._merged(rng) if rng.random() < MERGED_SHARE else self.draw(rng).turns
            if turns[0].role != "system" and rng.random() < SYSTEM_SHARE:
                turns = (Turn("system", rng.choice(SYSTEM_PROMPTS)), *turns)
            yield turns

    def _merged(self, rng: random.Random) -> Conversation:
        """Unrelated questions, one after another, each with its answer: how a person tries out a model."""
        wanted = rng.choice(MERGED_COUNTS)
        turns: Conversation = ()
        while len(turns) < 2 * wanted:
            example = self.draw(rng)
            if [turn.role for turn in example.turns] == ["user", "assistant"]:
                turns += example.turns
        return turns


def _asked(example: Example) -> Conversation:
    """All that comes before the last answer, without the system prompt."""
    return tuple(turn for turn in example.turns[:-1] if turn.role != "system")


def _form(turns: Conversation) -> str:
    """The form in which two questions are the same."""
    return normalise("\n".join(f"{turn.role}: {turn.text}" for turn in turns))


@cache
def full_mixture() -> Mixture:
    """The mixture of all families."""
    return Mixture(GROUPS)


def conversations(seed: int | str) -> Iterator[Conversation]:
    """The endless stream of training conversations that `seed` stands for."""
    return full_mixture().conversations(seed)


def held_out(family: str | None = None) -> list[Example]:
    """All held-out examples, or those whose family is `family` or lies below it ("exact" has "exact/addition")."""
    examples = [example for member in full_mixture().families for example in member.held_out()]
    if family is None:
        return examples
    return [example for example in examples if f"{example.family}/".startswith(f"{family}/")]


def fingerprint() -> dict[str, Any]:
    """What this corpus is known by: its programs, byte for byte, and the beginning of what they write.

    The beginning alone says little of facts with dozens of wordings, of which it shows ten; the programs alone do not
    say that they still write the same text with another Python.
    """
    return {
        "seed": DIGEST_SEED,
        "conversations": DIGEST_CONVERSATIONS,
        "sha256": digest(DIGEST_SEED, DIGEST_CONVERSATIONS),
        "sources": sources_digest(Path(__file__).parent),
    }


def sources_digest(folder: Path) -> str:
    """SHA-256, in hexadecimal, of the names and contents of all Python files in `folder`, whatever their line ends."""
    sha = hashlib.sha256()
    for path in sorted(folder.rglob("*.py"), key=lambda path: path.relative_to(folder).as_posix()):
        text = path.read_text(encoding="utf-8")
        sha.update(f"{path.relative_to(folder).as_posix()}\0{len(text)}\0{text}".encode())
    return sha.hexdigest()


def digest(seed: int | str, count: int) -> str:
    """SHA-256, in hexadecimal, of the first `count` conversations of a stream."""
    sha = hashlib.sha256()
    for turns in islice(conversations(seed), count):
        line = json.dumps([[turn.role, turn.text] for turn in turns], ensure_ascii=False)
        sha.update(line.encode("utf-8") + b"\n")
    return sha.hexdigest()
