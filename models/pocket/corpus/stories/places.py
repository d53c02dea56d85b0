"""Where the stories happen, with a few sentences that belong to each place alone."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Place:
    """`noun` is how a request names it, `where` how a sentence does; `wet` places suit creatures of the sea."""

    noun: str
    where: str
    scenes: tuple[str, ...]
    wet: bool = False
    bare: bool = False
    """No weather and no plants: some plots cannot happen there."""

    @property
    def the(self) -> str:
        return f"the {self.noun}"

    @property
    def any_one(self) -> str:
        """As in "a story about a forest"; there is only one moon and one sea."""
        if self.noun in ("moon", "sea"):
            return self.the
        return f"an {self.noun}" if self.noun[0] in "aeiou" else f"a {self.noun}"


PLACES = (
    Place("forest", "in the forest", (
        "The trees were so tall that noon looked like evening.",
        "Moss grew on every stone, and the paths smelled of rain.")),
    Place("lighthouse", "at the lighthouse", (
        "Every night the lamp at the top swept its light across the water.",
        "From the top of the stairs one could see ships as small as beans."), wet=True),
    Place("farm", "on the farm", (
        "There was always hay to stack and a gate that needed oil.",
        "Every morning began with the rooster and a bucket of cold water.")),
    Place("village", "in the village", (
        "Everyone there knew everyone, and the well was the place for news.",
        "It had one street, two shops and a bench that was never empty.")),
    Place("harbor", "at the harbor", (
        "The boats knocked softly against the wood all day.",
        "Ropes, nets and crates stood in rows along the water."), wet=True),
    Place("island", "on the island", (
        "One could walk around it before lunch.",
        "The waves said good morning from every side."), wet=True),
    Place("mountain", "on the mountain", (
        "The air was thin, and the clouds passed by below.",
        "From the highest rock one could see three valleys.")),
    Place("garden", "in the garden", (
        "Beans climbed up their poles, and bees were busy from dawn.",
        "Behind its old wall grew peas, mint and one crooked pear tree.")),
    Place("castle", "in the castle", (
        "It had forty rooms and only one warm stove.",
        "The stairs turned and turned until nobody knew the way.")),
    Place("river", "by the river", (
        "The water carried leaves, sticks and sometimes a lost shoe.",
        "The reeds whispered whenever the water rose."), wet=True),
    Place("meadow", "in the meadow", (
        "The grass was so high that paths closed behind every step.",
        "In summer it hummed with crickets from end to end.")),
    Place("desert", "in the desert", (
        "The sand was gold by day and silver by night.",
        "It was so quiet there that a falling grain of sand was news."), bare=True),
    Place("city", "in the city", (
        "The trams rang, the windows shone, and nobody ever stood still.",
        "At dusk ten thousand windows lit up, one after another.")),
    Place("beach", "on the beach", (
        "Each wave left something new on the sand.",
        "The wind drew long lines in the warm sand."), wet=True),
    Place("moon", "on the moon", (
        "The ground was gray and soft, and the blue Earth hung above it.",
        "Every jump there lasted as long as a slow breath."), bare=True),
    Place("cave", "in the cave", (
        "Drops of water fell from the roof and kept the time.",
        "Its walls glittered whenever a little light came in."), bare=True),
    Place("mill", "at the mill", (
        "The great wheel turned, and flour lay on everything like snow.",
        "All day long the stones hummed the same low song.")),
    Place("orchard", "in the orchard", (
        "In autumn the branches bent down with red apples.",
        "Ladders leaned against the trees, and wasps sang in the grass.")),
    Place("valley", "in the valley", (
        "The sun came late there and left early, but it was always kind.",
        "Every shout came back three times from the hills.")),
    Place("jungle", "in the jungle", (
        "The leaves were as big as doors, and the rain was warm.",
        "Something sang, buzzed or rustled behind every leaf.")),
    Place("swamp", "in the swamp", (
        "The mud bubbled, and the mist stayed until noon.",
        "Wooden planks led from one dry spot to the next.")),
    Place("library", "at the library", (
        "The shelves went up to the ceiling and smelled of old paper.",
        "It was so quiet there that one could hear a page turn.")),
    Place("school", "at the school", (
        "The bell rang at eight, and chalk dust danced in the sun.",
        "Small coats hung in the hall, each on its own hook.")),
    Place("market", "at the market", (
        "The stalls were full of plums, cheese and loud voices.",
        "By noon the whole square smelled of warm bread.")),
    Place("train station", "at the train station", (
        "Trains came and went under the big round clock.",
        "The benches were full of bags and people who waited.")),
    Place("sea", "by the sea", (
        "The water was never the same blue twice.",
        "Salt hung in the air, and the gulls had much to say."), wet=True),
    Place("museum", "in the museum", (
        "Old ships, bones and vases stood behind clean glass.",
        "At night the halls were dark, and every step had an echo.")),
    Place("circus", "at the circus", (
        "The big tent was striped, and the air smelled of sawdust.",
        "Every evening the drums rolled and the lights went on.")),
    Place("zoo", "at the zoo", (
        "Every morning the keepers came with buckets and brooms.",
        "A small train drove around it and rang at every bend.")),
    Place("bakery", "at the bakery", (
        "The ovens were warm long before the sun was up.",
        "Loaves stood in rows, and the windows were always foggy.")),
    Place("lake", "by the lake", (
        "On calm days the water held a second sky.",
        "An old rowing boat lay on the shore and dreamed."), wet=True),
    Place("hill", "on the hill", (
        "The wind always came by first thing in the morning.",
        "From up there the houses looked like toys.")),
)  # fmt: skip
