"""Question templates for instructions ("how do I ...") and for loose topics ("tell me about ...").

As with `fact.define`, many facts share the templates, so a phrasing held out for one fact is familiar from others.
"""

from __future__ import annotations

_HOW_TO = (
    "How do I {}?",
    "How can I {}?",
    "Tell me how to {}.",
    "Show me how to {}.",
    "Can you tell me how to {}?",
    "What do I have to do to {}?",
    "What is the way to {}?",
    "Is there a way to {}?",
    "I want to {}. How?",
    "Can I {}?",
    "Is it possible to {}?",
    "I would like to {}.",
)

_TOPIC = (
    "What about {}?",
    "What can you tell me about {}?",
    "What should I know about {}?",
    "Can you say something about {}?",
    "I have a question about {}.",
    "I want to know more about {}.",
    "Tell me something about {}.",
    "Tell me more about {}.",
    "Please tell me about {}.",
    "Give me a short answer about {}.",
    "What do you know about {}?",
    "Could you inform me about {}?",
)


def how_to(*actions: str) -> tuple[str, ...]:
    """Phrasings that ask how to do something, given as a bare verb phrase ("stop an answer")."""
    return tuple(template.format(action) for action in actions for template in _HOW_TO)


def topic(*subjects: str) -> tuple[str, ...]:
    """Phrasings that ask about a matter without a definite question word ("the size of Pocket")."""
    return tuple(template.format(subject) for subject in subjects for template in _TOPIC)
