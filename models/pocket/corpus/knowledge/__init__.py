"""What Pocket knows, by topic."""

from __future__ import annotations

from corpus.knowledge import (
    app,
    features,
    formats,
    generating,
    measuring,
    models,
    openness,
    platform,
    quantization,
    tokens,
    trust,
)
from corpus.knowledge.fact import Fact

FACTS: tuple[Fact, ...] = (
    *tokens.FACTS,
    *models.FACTS,
    *generating.FACTS,
    *measuring.FACTS,
    *quantization.FACTS,
    *openness.FACTS,
    *platform.FACTS,
    *formats.FACTS,
    *app.FACTS,
    *features.FACTS,
    *trust.FACTS,
)
