"""A quick look at how Pocket does on held-out questions, by exact judgement of greedy answers."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Sequence

from tokenizers import Tokenizer

from corpus.example import Example
from model import Pocket, generate
from tokenizer import encode_chat

PROBE_SEED = 11
GROUP = 100


def choose(examples: Sequence[Example], per_family: int) -> list[Example]:
    """Up to `per_family` examples of each family, always the same ones."""
    by_family: defaultdict[str, list[Example]] = defaultdict(list)
    for example in examples:
        by_family[example.family].append(example)
    rng = random.Random(PROBE_SEED)
    return [
        example
        for family in sorted(by_family)
        for example in rng.sample(by_family[family], min(per_family, len(by_family[family])))
    ]


def answer(model: Pocket, tokenizer: Tokenizer, examples: Sequence[Example]) -> list[str]:
    """The greedy answer to each example's last question, cut off where it is far longer than the model answer."""
    sizes = [len(tokenizer.encode(example.turns[-1].text).ids) for example in examples]
    order = sorted(range(len(examples)), key=sizes.__getitem__)
    answers = [""] * len(examples)
    # Examples with answers of like length are decoded together, so that a story does not keep a sum waiting.
    for start in range(0, len(order), GROUP):
        group = order[start : start + GROUP]
        prompts = [encode_chat(tokenizer, examples[i].turns[:-1], prompt=True) for i in group]
        continuations = generate(model, prompts, max_new=2 * sizes[group[-1]] + 8, batch=GROUP)
        for i, ids in zip(group, continuations, strict=True):
            answers[i] = tokenizer.decode(ids)
    return answers


def accuracy(examples: Sequence[Example], answers: Sequence[str]) -> dict[str, float]:
    """The share of right answers per family, from 0 to 1. Raises ValueError for an example without a judge."""
    verdicts: defaultdict[str, list[bool]] = defaultdict(list)
    for example, text in zip(examples, answers, strict=True):
        if example.judge is None:
            raise ValueError(f"a held-out example of {example.family} has no judge")
        verdicts[example.family].append(example.judge(text))
    return {family: sum(right) / len(right) for family, right in sorted(verdicts.items())}
