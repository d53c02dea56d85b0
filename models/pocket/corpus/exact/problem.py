"""A question with its operands, and the family that turns such questions into conversations."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from corpus.example import Example, Judge, Turn, is_held_out
from corpus.surface import vary

FOLLOW_UP_SHARE = 0.2
HELD_OUT_PER_FAMILY = 100
HELD_OUT_ATTEMPTS = 20_000


@dataclass(frozen=True, slots=True)
class Problem:
    """One task with its operands, before it is worded.

    `key` names the operands in an order-free form, so that every task about them shares one fate.
    `slots` fill the gaps of the chosen template. `follow_up` draws the question of a second turn.
    `by_phrasing`: for closed sets (the twelve months, say) a fact has to be learned, so what is held out
    is the pair of key and template; otherwise the operands themselves are held out in every wording.
    """

    key: str
    templates: tuple[str, ...]
    slots: Mapping[str, str]
    answer: str
    judge: Judge
    follow_up: Callable[[random.Random], Problem] | None = field(default=None, kw_only=True)
    by_phrasing: bool = field(default=False, kw_only=True)
    share: float = field(default=0.1, kw_only=True)

    def is_held_out(self, template: str) -> bool:
        """True if this problem must not be trained on when asked with this template."""
        return is_held_out(f"{self.key} | {template}" if self.by_phrasing else self.key, self.share)


Draw = Callable[[random.Random], Problem]


@dataclass(frozen=True)
class ExactFamily:
    """Conversations of one or two turns whose last answer a program checks.

    `draw_held_out` replaces `draw` for the held-out examples, where those are drawn from a narrower set.
    """

    name: str
    draw: Draw
    draw_held_out: Draw | None = None

    def sample(self, rng: random.Random) -> Example:
        """A training example, of which no turn is held out."""
        while True:
            asked = _pick(rng, self.draw)
            if not any(problem.is_held_out(template) for problem, template in asked):
                (problem, template), *later = asked
                turns = [Turn("user", _word(rng, template, problem.slots)), Turn("assistant", problem.answer)]
                for problem, template in later:
                    turns.append(Turn("user", _word_briefly(rng, template, problem.slots)))
                    turns.append(Turn("assistant", problem.answer))
                return Example(self.name, tuple(turns))

    def held_out(self) -> list[Example]:
        """Up to a hundred different conversations, the same in every run, whose last turn is held out."""
        rng = random.Random(self.name)
        examples: dict[str, Example] = {}
        for _ in range(HELD_OUT_ATTEMPTS):
            asked = _pick(rng, self.draw_held_out or self.draw)
            last, last_template = asked[-1]
            if last.is_held_out(last_template):
                turns = tuple(
                    turn
                    for problem, template in asked
                    for turn in (Turn("user", template.format_map(problem.slots)), Turn("assistant", problem.answer))
                )
                example = Example(self.name, turns, last.judge)
                examples.setdefault(example.question, example)
                if len(examples) == HELD_OUT_PER_FAMILY:
                    break
        return list(examples.values())


def _pick(rng: random.Random, draw: Draw) -> list[tuple[Problem, str]]:
    """A problem with its template, and now and then a follow-up with its own."""
    problem = draw(rng)
    asked = [(problem, rng.choice(problem.templates))]
    if problem.follow_up is not None and rng.random() < FOLLOW_UP_SHARE:
        later = problem.follow_up(rng)
        asked.append((later, rng.choice(later.templates)))
    return asked


def _word(rng: random.Random, template: str, slots: Mapping[str, str]) -> str:
    """The question with surface variety. The template is varied before it is filled, so operands stay intact."""
    varied = vary(rng, template)
    if _ends_in_list(template) and not _ends_in_list(varied):
        varied = template  # "plum, pear, thanks" would read as a list of three
    question = varied.format_map(slots)
    # Who types in lower case often leaves names in lower case too; the answer restores them.
    return question.lower() if varied.islower() and rng.random() < 0.5 else question


def _ends_in_list(template: str) -> bool:
    return template.rstrip("?.!").endswith("{items}")


def _word_briefly(rng: random.Random, template: str, slots: Mapping[str, str]) -> str:
    """A follow-up: greetings do not belong there, so only case and the last mark vary."""
    question = template.format_map(slots)
    return question[0].lower() + question[1:].rstrip("?.!") if rng.random() < 0.2 else question
