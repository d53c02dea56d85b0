"""Question templates for facts that are not "what is X": reasons and comparisons.

They do for `why` and `compare` what `fact.define` does for definitions: the same templates serve many facts,
so a phrasing that is held out for one fact has been seen with others.
"""

from __future__ import annotations

_WHY = (
    "Explain why {}.",
    "Can you explain why {}?",
    "Tell me why {}.",
    "How come {}?",
    "Could you tell me why {}?",
    "I do not understand why {}.",
    "What is the reason that {}?",
    "In simple words, why is it that {}?",
    "Do you know why {}?",
    "I wonder why {}.",
    "Give me the reason why {}.",
    "I keep reading that {}. Why?",
)

_COMPARE = (
    "What is the difference between {} and {}?",
    "How does {} differ from {}?",
    "How do {} and {} differ?",
    "Compare {} with {}.",
    "Explain the difference between {} and {}.",
    "Can you explain how {} differs from {}?",
    "Is {} the same as {}?",
    "Are {} and {} the same thing?",
    "Tell me the difference between {} and {}.",
    "In simple words, how is {} different from {}?",
    "I mix up {} and {}. How do they differ?",
    "What sets {} apart from {}?",
)


def why(*clauses: str) -> tuple[str, ...]:
    """Phrasings that ask for the reason of a statement, given in plain word order ("decode is slow")."""
    return tuple(template.format(clause) for clause in clauses for template in _WHY)


def compare(one: str, other: str) -> tuple[str, ...]:
    """Phrasings that ask how two things differ, in both orders."""
    return tuple(template.format(*pair) for pair in ((one, other), (other, one)) for template in _COMPARE)
