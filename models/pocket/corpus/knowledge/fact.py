"""A fact and the many ways to ask for it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Fact:
    """One thing that Pocket knows.

    `ask`: at least twelve different phrasings of the question (two of them are held out).
    `answers`: at least two wordings of the same answer, each one or two plain sentences.
    `must`: lower-case fragments; an answer that contains every one of them states the right fact.
    Both `answers` contain all of `must`, and no other fact's answer does.
    `follow`: follow-up questions that make sense right after the answer, each with its own answer.
    """

    id: str
    ask: tuple[str, ...]
    answers: tuple[str, ...]
    must: tuple[str, ...]
    follow: tuple[tuple[str, str], ...] = ()


def define(*names: str) -> tuple[str, ...]:
    """Phrasings that ask what a thing is, for a name used with its article ("a token", "TTFT", "the KV cache")."""
    templates = (
        "What is {}?",
        "What's {}?",
        "Explain {}.",
        "Define {}.",
        "Can you explain what {} is?",
        "What does {} mean?",
        "Tell me about {}.",
        "I keep reading about {}. What is it?",
        "In simple words, what is {}?",
        "How would you define {}?",
        "Could you tell me what {} is?",
        "What do people mean by {}?",
        "Give me a short definition of {}.",
        "I am new here. What is {}?",
    )
    return tuple(template.format(name) for name in names for template in templates)
