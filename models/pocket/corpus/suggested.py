"""The judges of what the app suggests on its first screen.

The prompts are those of `src/catalog/pocket.ts`; a test compares the two.
"""

from __future__ import annotations

from corpus.example import SUGGESTED_PROMPTS, Judge
from corpus.exact.judges import says_list, says_number
from corpus.knowledge import FACTS
from corpus.knowledge.family import states
from corpus.stories.family import story_judge


def _states_fact(name: str) -> Judge:
    fact = next(fact for fact in FACTS if fact.id == name)
    return lambda answer: states(fact, answer)


_JUDGES = (
    _states_fact("token"),
    says_number(85, after="="),
    story_judge("fox", "lighthouse"),
    _states_fact("quantization-cost"),
    says_list(["3", "7", "19", "42", "88"]),
    _states_fact("bandwidth-bound"),
)

SUGGESTED: dict[str, Judge] = dict(zip(SUGGESTED_PROMPTS, _JUDGES, strict=True))
