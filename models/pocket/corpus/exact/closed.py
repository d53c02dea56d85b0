"""Questions about closed sets of facts: the fact is learned, and what is held out is a wording of it.

A relation maps each operand to one value ("hot" to "cold", "Italy" to "Rome").
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from corpus.example import Judge
from corpus.exact.judges import any_of, says_verdict
from corpus.exact.problem import Problem

# Stands between the fact and what was claimed, in the answer to a yes/no question.
CLAIM = ", and you said "


@dataclass(frozen=True)
class Relation:
    """One kind of fact, how it is asked for and how it is stated.

    `ask` and `ask_next` hold "{operand}"; `statement` holds "{operand}" and "{value}".
    `check` and `check_next` hold "{operand}" and "{claim}", for a yes/no question.
    `wrong_claims` gives plausible wrong values for an operand, `right_claims` a value shorter than the stated one.
    `also_right` gives other values that the judge of an open question accepts.
    """

    name: str
    facts: Mapping[str, str]
    ask: tuple[str, ...]
    ask_next: tuple[str, ...]
    statement: str
    judge: Callable[[str], Judge]
    check: tuple[str, ...] = ()
    check_next: tuple[str, ...] = ()
    wrong_claims: Callable[[str], Sequence[str]] | None = None
    right_claims: Mapping[str, str] = field(default_factory=dict)
    also_right: Callable[[str], Sequence[str]] = lambda operand: ()
    share: float = 0.1

    def state(self, operand: str) -> str:
        """The fact as a sentence without its final dot."""
        return self.statement.format(operand=operand, value=self.facts[operand])

    def question(
        self,
        operand: str,
        templates: tuple[str, ...] | None = None,
        follow_up: Callable[[random.Random], Problem] | None = None,
    ) -> Problem:
        """Asks for the value of `operand`."""
        return Problem(
            f"{self.name} {operand}",
            templates or self.ask,
            {"operand": operand},
            f"{self.state(operand)}.",
            self._says(operand),
            follow_up=follow_up or self._next_question,
            by_phrasing=True,
            share=self.share,
        )

    def draw_question(self, rng: random.Random) -> Problem:
        """Asks for the value of any operand."""
        return self.question(rng.choice(self._operands()))

    def draw_check(self, rng: random.Random, templates: tuple[str, ...] | None = None) -> Problem:
        """Asks whether a claimed value is the right one, which it is half the time."""
        if self.wrong_claims is None:
            raise ValueError(f"{self.name} has no wrong claims to check")
        operand = rng.choice(self._operands())
        right = rng.random() < 0.5
        if right:
            claim = self.right_claims.get(operand, self.facts[operand])
        else:
            claim = rng.choice(self.wrong_claims(operand))
        return Problem(
            f"check {self.name} {operand}",
            templates or self.check,
            {"operand": operand, "claim": claim},
            f"{self.state(operand)}{CLAIM}{claim}, so {'yes' if right else 'no'}.",
            says_verdict(right, self._says_before_the_claim(operand)),
            follow_up=partial(self.draw_check, templates=self.check_next),
            by_phrasing=True,
            share=self.share,
        )

    def _says(self, operand: str) -> Judge:
        return any_of(self.judge(value) for value in (self.facts[operand], *self.also_right(operand)))

    def _says_before_the_claim(self, operand: str) -> Judge:
        """The judge of the fact in a checked claim: what stands before ", and you said ..."."""
        says = self._says(operand)

        def judge(text: str) -> bool:
            fact, found, _ = text.partition(CLAIM)
            return bool(found) and says(fact)

        return judge

    def _next_question(self, rng: random.Random) -> Problem:
        return self.question(rng.choice(self._operands()), self.ask_next)

    def _operands(self) -> tuple[str, ...]:
        return tuple(self.facts)


def any_other_value(facts: Mapping[str, str]) -> Callable[[str], Sequence[str]]:
    """Wrong claims drawn from the values of the other operands."""
    values = tuple(facts.values())
    return lambda operand: [value for value in values if value != facts[operand]]
