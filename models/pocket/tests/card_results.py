"""The shipped results with all that the card of this program wants, for tests that change one thing of them."""

from __future__ import annotations

import json
from typing import Any

from corpus.suggested import SUGGESTED
from evaluate import RESULTS
from make import DIGEST_FILE
from scoring import bars

MACHINE = {"cpu": "A processor", "cores": 2, "system": "Linux"}


def complete_results() -> dict[str, Any]:
    """Results of a training on the corpus on record, by the usual command, that got every suggestion right."""
    results = json.loads(RESULTS.read_text(encoding="utf-8"))
    results["training"] |= {
        "parts": [{"command": "python train.py", "threads": 1, "machine": MACHINE}],
        "corpus": json.loads(DIGEST_FILE.read_text(encoding="utf-8")),
        "tokenizer": {"conversations": 60_000},
        "tokens": 37_000_000,
        "seed": 1,
    }
    for story in results["stories"]:
        story |= {"accepted": True, "unbroken": True}
    results["unbroken_stories"] = bars.unbroken_stories(results["stories"])
    results["suggested"] = {
        name: [{"prompt": prompt, "answer": "So it is.", "right": True} for prompt in SUGGESTED]
        for name in ("fp32", "q8")
    }
    return results
