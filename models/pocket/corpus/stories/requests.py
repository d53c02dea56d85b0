"""How people ask for a story. The last entries of each kind, the `UNSEEN` ones, are kept for testing."""

from __future__ import annotations

Templates = tuple[str, ...]

ANY: Templates = (
    "Tell me a story.", "Tell me a short story.", "Write a short story.", "Can you tell me a story?",
    "I would like a story.", "Please tell me a story.", "A story, please.", "Do you know a story?",
    "Make up a story.", "Could you write me a little story?", "I want to hear a story.", "Tell a story.",
    "Write me a story.", "Give me a short story.", "Tell me a bedtime story.", "Story time!",
    "Can you make up a short story for me?", "Invent a little story.", "Read me a story.", "Write something like a fairy tale.",
    "Tell me one of your tales.", "Read us one of your fairy tales.", "My daughter wants a story.", "How about a little tale?",
    "We want to hear a story.", "The children would love a fairy tale.", "May we have a tale, please?", "Entertain me with a story.",
    "I am in the mood for a tale.", "Please write a fairy tale for my son.", "Let us hear one of your bedtime tales.",
    "Have you got a story for me?",
)  # fmt: skip
ABOUT: Templates = (
    "Tell me a story about {x}.", "Write a short story about {x}.", "Tell me a short story about {x}.",
    "Can you tell me a story about {x}?", "I would like a story about {x}.", "A story about {x}, please.",
    "Make up a story about {x}.", "Please write a little story about {x}.", "Do you know a story about {x}?",
    "Write a story about {x}.", "Could you write a story about {x}?", "Give me a story about {x}.",
    "I want to hear a story about {x}.", "Tell me a bedtime story about {x}.", "Write a tale about {x}.",
    "Tell us a story about {x}.", "Invent a story about {x}.", "Write me something short about {x}, a story.",
    "A short story with {x}, please.", "I need a little story about {x}.", "Can you make up a story with {x} in it?",
    "Story about {x}.", "Can I have a story about {x}?", "Write a children's story about {x}.",
    "Tell me one of your tales about {x}.", "Please read us one of your fairy tales about {x}.", "One of your tales about {x}, please.",
    "I want one of your short stories about {x}.", "My daughter wants a tale about {x}.", "My son would like a story about {x}.",
    "The children want to hear a story about {x}.", "How about a tale with {x}?", "What about a fairy tale about {x}?",
    "We want to hear a story about {x}.", "We would love a tale about {x}.", "Let us hear a tale about {x}.",
    "May we have a tale about {x}?", "Come up with a story about {x}.", "Imagine a little story with {x}.",
    "Entertain us with a story about {x}.", "I am in the mood for a story about {x}.", "My class needs a short story about {x}.",
    "Have you got a story about {x}?", "Please make up a fairy tale with {x}.", "A bedtime tale about {x} would be nice.",
    "Let {x} appear in a story.", "Is there a story about {x}?", "Write a fairy tale in which there is {x}.",
)  # fmt: skip
IN_PLACE: Templates = (
    "Tell me a story about {x} {where}.", "Write a short story about {x} {where}.",
    "A story with {x} {where} please.", "Can you tell me a story about {x} {where}?",
    "Make up a story about {x} who lives {where}.", "I would like a story about {x} {where}.",
    "Write a story with {x} that happens {where}.", "Please tell a little story about {x} {where}.",
    "Tell me a story about {x}. It should happen {where}.", "Write a tale of {x} {where}.",
    "Could you tell a story with {x} {where}?", "Give me a short story about {x} {where}.",
    "My daughter wants a tale about {x} {where}.", "How about a tale with {x} {where}?", "We want to hear a story about {x} {where}.",
    "Tell me one of your tales about {x} {where}.",
)  # fmt: skip
WITH_THING: Templates = (
    "Tell me a story about {x} and {t}.", "Write a short story about {x} and {t}.",
    "A story with {x} and {t}, please.", "Can you tell me a story about {x} with {t}?",
    "Make up a story about {x} and {t}.", "I would like a story about {x} and {t}.",
    "Write a story with {x} and {t} in it.", "Please tell a little story about {x} and {t}.",
    "Tell me a story in which {x} has {t}.", "Could you write a story about {x} and {t}?",
    "Give me a short story with {x} and {t}.", "Write a tale of {x} and {t}.",
    "My son would like a tale about {x} and {t}.", "How about a tale with {x} and {t}?", "We want to hear about {x} with {t}, a story.",
    "Tell me one of your tales about {x} and {t}.", "Invent a story about {x} with {t}.", "Come up with a story about {x} and {t}.",
    "Tell us a story about {x} who has {t}.", "A fairy tale about {x} with {t}, please.", "Write about {t} and {x}, a short story.",
    "A story with {t} and {x}, please.", "Let us hear a tale about {x} and {t}.", "I want a story about {x} with {t} in it.",
)  # fmt: skip
AND_PLACE: Templates = (
    "Tell me a story about {x} and {t}.", "Write a short story about {x} and {t}.", "A story about {x} and {t}, please.",
    "Can you tell me a story about {x} and {t}?", "Make up a story about {x} and {t}.", "I would like a story about {x} and {t}.",
    "Write a story with {x} and {t} in it.", "Please tell a little story about {x} and {t}.",
    "Could you write a story about {x} and {t}?", "Give me a short story with {x} and {t}.", "Write a tale of {x} and {t}.",
    "How about a tale with {x} and {t}?", "Invent a story about {x} and {t}.", "Come up with a story about {x} and {t}.",
    "A story with {t} and {x}, please.", "Tell me a story about {t} and {x}.", "Let us hear a tale about {x} and {t}.",
    "Tell us a story about {x} and {t}.",
)  # fmt: skip
"""For a being and a place, both as things that a story may be about."""
NAMED: Templates = (
    "Tell me a story about {x} named {n}.", "Write a short story about {x} named {n}.",
    "A story about {x} called {n}, please.", "Can you tell me a story about {x} named {n}?",
    "Make up a story about {x} called {n}.", "I would like a story about {x} named {n}.",
    "Write a story with {x} named {n}.", "Please tell a little story about {x} called {n}.",
    "Tell me a story about {n} the {s}.", "Could you write a story about {x} called {n}?",
    "Give me a short story about {x} named {n}.", "Write a story about {n}, {x}.",
    "My daughter wants a tale about {x} named {n}.", "How about a tale with {x} called {n}?", "Tell us about {n} the {s}, a story.",
    "Tell me one of your tales about {x} called {n}.",
)  # fmt: skip

UNSEEN: dict[str, Templates] = {
    "any": (
        "May I hear a story?", "How about a story?", "Please make up a little story for me.", "I feel like hearing a story.",
    ),
    "about": (
        "May I have a story about {x}?", "How about a story about {x}?", "Please tell me one of your stories about {x}.",
        "My child wants a story about {x}.", "Let me hear a short story about {x}.", "Think of a story about {x}.",
    ),
    "place": ("May I have a story about {x} {where}?", "Please make up a story with {x} {where}."),
    "thing": ("May I have a story about {x} and {t}?", "Please make up a story with {x} and {t}."),
    "and-place": ("May I have a story about {x} and {t}?", "Please make up a story with {x} and {t}."),
    "named": ("May I have a story about {x} named {n}?", "Please make up a story with {x} called {n}."),
}  # fmt: skip

ANOTHER: Templates = (
    "Another one.", "Another one, please.", "One more.", "Tell me another one.", "Can I have another story?",
    "One more story, please.", "Again, but a new one.", "Write another one.", "And another?", "I want one more.",
    "Tell me a different one.", "A new one, please.",
    "Can you tell me another one?", "Could you tell one more?", "Please tell me another.", "Please tell one more story.",
    "Tell another story.", "Tell me one more.", "Can you make up another?", "I would like another story.", "Do you have another one?",
    "Could we have one more?", "Next story, please.", "What about another one?", "More stories, please.", "Please give me a new one.",
)  # fmt: skip
ANOTHER_UNSEEN: Templates = ("Can you tell me one more?", "Please tell another story.")

CHANGE: Templates = (
    "Make it about {x}.", "Now make it about {x}.", "Now one about {x}.", "Can you make it about {x}?",
    "Tell it again, but with {x}.", "The same with {x}, please.", "Change it to {x}.", "Could it be about {x} instead?",
    "Now with {x}.", "Write it again with {x}.", "I would rather have {x}.", "Please make it about {x} instead.",
    "Could you change it to {x}?", "Could you tell it with {x}?", "Please tell it with {x}.", "Now tell it about {x}.",
    "Tell me the same about {x}.", "Write the same story with {x}.", "Now let it be {x}.", "Can it be {x} instead?",
    "What about the same with {x}?", "Try it with {x}.",
)  # fmt: skip
CHANGE_UNSEEN: Templates = ("Could you make it about {x}?", "Now tell it with {x}.")

CALLED: Templates = (
    "What was the {s} called?", "What was the {s}'s name?", "What is the name of the {s}?", "Who was the {s}?",
    "How was the {s} called?", "What was the name of the {s}?", "Tell me the name of the {s}.", "The {s} was called what?",
    "I forgot the name of the {s}.", "What did they call the {s}?",
)  # fmt: skip
CALLED_UNSEEN: Templates = ("What is the {s} called?", "Which name did the {s} have?")

LIVED: Templates = (
    "Where did {N} live?", "Where did the {s} live?", "Where does the story happen?", "Where was that?",
    "Where does {N} live?", "In which place does it happen?", "Where was {N} at home?", "Where does the {s} live?",
)  # fmt: skip
LIVED_UNSEEN: Templates = ("Where was the {s} at home?", "Where did it happen?")

HELPED: Templates = (
    "Who else was in the story?", "Who else is in it?", "Who did {N} meet?", "Who did the {s} meet?",
    "Was anyone else in the story?", "Which other one was in the story?", "Who was there besides {N}?",
    "Who else did {N} meet?",
)  # fmt: skip
HELPED_UNSEEN: Templates = ("Who was there besides the {s}?", "Who else was there?")
