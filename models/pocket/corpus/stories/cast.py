"""Who the stories are about: protagonists, their names, and those who help them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Pronoun = Literal["he", "she"]

WALK = "walk"
"""Gets about on land and can carry or make things."""
EAT = "eat"
SWIM = "swim"
FLY = "fly"


@dataclass(frozen=True)
class Subject:
    """A protagonist. `pronoun` is set where the word itself decides it (a girl is never "he")."""

    noun: str
    can: frozenset[str]
    person: bool = False
    pronoun: Pronoun | None = None


def _subjects(nouns: str, *can: str, person: bool = False) -> tuple[Subject, ...]:
    return tuple(Subject(noun.strip(), frozenset(can), person) for noun in nouns.split(","))


_LAND_ANIMALS = _subjects(
    "fox, rabbit, mouse, bear, wolf, deer, squirrel, hedgehog, badger, mole, cat, kitten, dog, puppy, horse, pony,"
    " donkey, goat, sheep, lamb, pig, lion, tiger, elephant, giraffe, zebra, monkey, panda, koala, kangaroo,"
    " camel, raccoon, beaver, hamster, lizard, snail, ant, hare, llama, weasel, moose, rhino, leopard, dragon, unicorn",
    WALK,
    EAT,
)
_BIRDS = _subjects(
    "bird, owl, crow, robin, sparrow, goose, parrot, stork, pigeon, eagle, bee, butterfly, bat",
    WALK,
    EAT,
    FLY,
)
_SHORE_ANIMALS = _subjects("duck, frog, otter, penguin, turtle, swan, crocodile, hippo", WALK, EAT, SWIM)
_SEA_ANIMALS = _subjects("whale, dolphin, fish, octopus, seal, crab, shark, seahorse", EAT, SWIM)
_PEOPLE = _subjects(
    "child, baker, sailor, gardener, painter, shepherd, fisher, farmer, teacher, knight, pirate, astronaut, wizard,"
    " tailor, carpenter, clockmaker, musician, potter, doctor, inventor, cook, giant, elf, dwarf, troll",
    WALK,
    EAT,
    person=True,
)
_GENDERED = tuple(
    Subject(noun, frozenset((WALK, EAT)), True, pronoun)
    for noun, pronoun in (
        ("girl", "she"), ("princess", "she"), ("queen", "she"), ("witch", "she"), ("grandmother", "she"),
        ("boy", "he"), ("prince", "he"), ("king", "he"), ("grandfather", "he"),
    )
)  # fmt: skip
_GENDERED_ANIMALS = (
    Subject("hen", frozenset((WALK, EAT, FLY)), pronoun="she"),
    Subject("cow", frozenset((WALK, EAT)), pronoun="she"),
    Subject("rooster", frozenset((WALK, EAT, FLY)), pronoun="he"),
)
_WALKING_TOYS = _subjects("robot, snowman, scarecrow, teddy bear, rag doll, tin soldier, puppet, ghost, alien", WALK)
_STILL_THINGS = _subjects("teapot, cloud, star, train, tractor, boat, snowflake, raindrop, pumpkin, tree")

SUBJECTS = (
    *_LAND_ANIMALS, *_BIRDS, *_SHORE_ANIMALS, *_SEA_ANIMALS, *_PEOPLE,
    *_GENDERED, *_GENDERED_ANIMALS,
    *_WALKING_TOYS, *_STILL_THINGS,
)  # fmt: skip
SEA_SUBJECTS = frozenset(_SEA_ANIMALS)

_HER = "Mia Lena Ada Rosa Nora Ivy Clara Hanna Zoe Maya Lily Ella Alma Ruth Sofia Emma Lucy Anna Eva Nina Tess Olive"
_HIS = "Leo Tom Noah Ben Max Sam Finn Otto Jonas Paul Emil Theo Adam Hugo Oscar Felix Luis Omar Ravi Karl Jack Milo"
_HER_PET = (
    "Bramble Pebble Hazel Willow Clover Maple Daisy Poppy Fern Amber Luna Dot Juniper Misty Plum Velvet Coral Holly"
)
_HIS_PET = (
    "Rust Pip Moss Bruno Ash Biscuit Pepper Basil Flint Rolo Barley Cedar Button Copper Thistle Nugget Sorrel Birch"
)

PEOPLE_NAMES: dict[str, Pronoun] = dict.fromkeys(_HER.split(), "she") | dict.fromkeys(_HIS.split(), "he")
"""Names that suit people, and by wish any creature."""
CREATURE_NAMES: dict[str, Pronoun] = dict.fromkeys(_HER_PET.split(), "she") | dict.fromkeys(_HIS_PET.split(), "he")
"""Names that suit animals and things."""
NAMES: dict[str, Pronoun] = PEOPLE_NAMES | CREATURE_NAMES

TRAITS = (
    "small", "young", "kind", "cheerful", "patient", "curious", "gentle", "clever", "quiet", "friendly", "careful",
    "dreamy", "thoughtful", "lively", "brave",
)  # fmt: skip

LAND_HELPERS = (
    "neighbor", "traveler", "mail carrier", "old miner", "fiddler", "weaver", "badger", "goat", "owl", "crow", "mole",
    "toad", "tortoise", "hedgehog", "raven", "marmot",
)  # fmt: skip
SHORE_HELPERS = ("gull", "heron", "pelican", "old captain", "puffin", "diver", "walrus", "ferryman")
HELPERS = LAND_HELPERS + SHORE_HELPERS

THINGS = (
    "kite", "drum", "key", "lantern", "bell", "map", "umbrella", "book", "scarf", "hat", "blanket", "whistle",
    "basket", "ball", "music box", "flute", "compass", "mirror", "teacup", "paintbrush", "sled", "wagon", "clock",
    "guitar", "telescope", "violin", "lamp", "bowl", "camera", "coat", "necklace", "spinning top", "jar", "chess set",
    "trumpet", "crown",
)  # fmt: skip


def article(noun: str) -> str:
    """The noun with "a" or "an" before it."""
    return f"an {noun}" if noun[0] in "aeiou" and not noun.startswith("uni") else f"a {noun}"
