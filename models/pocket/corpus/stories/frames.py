"""The first and the last sentences of a story. They fit every plot, and none of them is used every time."""

from __future__ import annotations

# The name comes before its pronouns: a model that has said "her" first has to find a name for it.
OPENINGS = (
    "{N} was {a_trait} {s} who lived {where}.",
    "Once there was {a_trait} {s} named {N}, who lived {where}.",
    "{Where} lived {a_trait} {s} called {N}.",
    "There was once {a_trait} {s} {where} by the name of {N}.",
    "This is the story of {N}, {a_trait} {s} who lived {where}.",
    "Long ago, {a_trait} {s} named {N} lived {where}.",
    "{A_trait} {s} named {N} had made {his} home {where}.",
    "Not so long ago, {N} lived {where}, and {he} was {a_trait} {s}.",
    "{Where} there was {a_trait} {s} whom everyone called {N}.",
    "{N} was {a_trait} {s}, and {he} lived {where}.",
)

CLOSINGS = (
    "It was the best day that {the_place} had seen in a long time.",
    "Ask anyone {where}, and they will tell you about {N} the {s}.",
    "From then on, {N} felt at home {where} in every season.",
    "That is how it happened {where}, and {N} still likes to tell it.",
    "Whenever {N} thinks of that day, {he} has to smile.",
    "And if you ever visit {the_place}, give {N} the {s} a wave.",
    "{Where} they still talk about it over tea.",
    "{N} never forgot it, and neither did anyone else {where}.",
    "The next day {N} woke up early, because every day {where} was worth it.",
    "So {N} the {s} had a warm heart all day long.",
    "That evening {the_place} was calm, and {N} was happy.",
    "{N} told {self} that tomorrow could only be a good day.",
    "That night {N} dreamed of {the_place} and laughed in {his} sleep.",
    "And {N} the {s} was glad to be exactly who {he} was.",
    "{The_place} had never felt so warm to {him}.",
    "Before bed {N} said thank you to the day, as {he} does to this hour.",
)

LATE = ("That evening", "That night", "Before bed", "The next day", "{N} told {self}", "So {N}")
"""How the closings begin that do not suit a plot which itself ends at night."""

PLACE_CLOSINGS = tuple(text for text in CLOSINGS if "here}" in text or "_place}" in text)
"""The ones that name the place, for a story that was asked to be about it."""
