"""A kind of request that Pocket was not trained for."""

from __future__ import annotations

import random
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Kind:
    """`templates` with slots, and for each slot the words that may fill it."""

    id: str
    templates: tuple[str, ...]
    fill: dict[str, tuple[str, ...]] = field(default_factory=dict)

    def draw(self, rng: random.Random) -> str:
        """One request of this kind."""
        return self.fill_in(rng, rng.choice(self.templates))

    def fill_in(self, rng: random.Random, template: str) -> str:
        """One of the templates with words in its slots."""
        return template.format_map({slot: rng.choice(pool) for slot, pool in self.fill.items()})
