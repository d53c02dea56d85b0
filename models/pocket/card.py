"""Writes the model card, README.md, from the results and the training log.

    python card.py      after evaluate.py, which does this too
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

import card_tables
import curve_plot
from corpus.assemble import MAX_REDRAWS
from export.run import DESTINATION, MANIFEST, POCKET, WORK
from model import Config
from packing import ANSWER_WEIGHT, OTHER_WEIGHT, VERDICT_WEIGHT

CARD, CURVE_PICTURE = "README.md", "training-curve.svg"
# Families of questions below this share of right answers are named in the card.
HARD = 0.95


def write(results: dict[str, Any], curve: Path, manifest: Path, folder: Path) -> None:
    """Writes the card and the picture of the training run into `folder`."""
    curve_plot.draw(curve, folder / CURVE_PICTURE)
    (folder / CARD).write_text(text(results, manifest), encoding="utf-8")


def text(results: dict[str, Any], manifest: Path) -> str:
    """The card."""
    parameters = json.loads(manifest.read_text(encoding="utf-8"))["parameters"]
    sections = (
        _introduction(results, Config(), parameters),
        _abilities(results),
        _training(results),
        _openness(),
        card_tables.bars(results),
        card_tables.precisions(results),
        card_tables.families(results),
        card_tables.tolerances(results),
        _stories(results),
        _rebuilding(results),
    )
    return "\n\n".join(sections) + "\n"


def _introduction(results: dict[str, Any], config: Config, parameters: int) -> str:
    best = results["precisions"][results["reference"]]
    return f"""\
---
license: apache-2.0
language: en
library_name: transformers.js
pipeline_tag: text-generation
---

# Pocket

Pocket is the language model that OpenTab carries with it: {parameters / 1e6:.1f} million parameters, trained from \
scratch on a CPU on text that a program in this folder writes. It needs no download from a hub, and it is good \
enough at a few things that the damage of a coarse precision shows as wrong answers. At full precision it answers \
{best["right"]} of {best["asked"]} held-out questions right ({best["right"] / best["asked"]:.1%}).

| | |
| --- | --- |
| architecture | Llama: {config.layers} layers of width {config.hidden}, {config.heads} heads of {config.head} with \
{config.kv_heads} for keys and values, SwiGLU of {config.ffn}, RMSNorm, rotary positions, tied embeddings |
| context | {config.context} tokens |
| tokenizer | byte-level BPE, {config.vocab} tokens, every digit alone |
| chat format | ChatML |
| licence | Apache-2.0 |"""


def _abilities(results: dict[str, Any]) -> str:
    families = results["precisions"][results["reference"]]["families"]
    shares = {name: row["right"] / row["asked"] for name, row in families.items()}
    weak = [name for name in sorted(shares, key=lambda name: shares[name]) if shares[name] < HARD]
    if weak:
        named = ", ".join(f"{name} ({shares[name]:.0%})" for name in weak)
        least = f"At full precision it is below {HARD:.0%} in these families of questions: {named}."
    else:
        least = f"At full precision every family of questions that it was trained for is at {HARD:.0%} or more."
    return f"""\
## What it can do, and what not

It explains the terms of running language models in a browser, tells short stories, does small exact tasks \
(arithmetic with small numbers, sorting, reversing, counting, opposites, capitals), follows up in a second turn, and \
says plainly that it is a tiny model when it is asked for anything else. {least}

It knows nothing else. It does not reason, it has no knowledge of people, news or the world beyond a list of capitals, \
it speaks only plain English, and it can be wrong in fluent sentences. Do not use it for advice or decisions. \
Nobody's text is in it: it was trained on generated sentences only."""


def _training(results: dict[str, Any]) -> str:
    training = results["training"]
    machine = training["machine"]
    commands = ", then ".join(f"`{command}`" for command in training["commands"])
    interrupted = ""
    if len(training["commands"]) > 1:
        interrupted = (
            " The run was interrupted and went on from its last checkpoint; the minutes are those of the steps that "
            "count."
        )
    timed = ""
    if any("--minutes" in command for command in training["commands"]):
        timed = (
            " The learning rate followed the time that had passed, so the seed fixes the first weights and the text "
            "of every step, but not the last bit of the result, nor the exact number of steps."
        )
    recorded = json.loads((POCKET / "corpus-digest.json").read_text(encoding="utf-8"))["sha256"]
    corrected = ""
    if recorded != training["corpus"]:
        corrected = (
            "**The corpus was corrected since.** These weights, and all figures below, are of the text with the digest "
            f"`{training['corpus'][:12]}`, whose program is in the history of the repository; the program here writes "
            f"`{recorded[:12]}`. What a model says of the corrected points is learnt in its next training.\n\n"
        )
    return f"""\
## Data and training

The text comes from [`corpus/`](corpus), a seeded program: questions on facts written for this model, exact tasks with \
computed answers, stories from a grammar, and polite refusals. What is tested is held out by a hash of its phrasing or \
its operands: a draw for training that meets a held-out question is drawn again, and a family that offers nothing else \
in {MAX_REDRAWS} draws ends the training with an error. The held-out questions were also looked at while the corpus \
was developed, so they are a development set: no weights were fitted to them, but decisions were made by them.

| | |
| --- | --- |
| command | {commands} |
| corpus | SHA-256 `{training["corpus"][:12]}…` of its first 20,000 conversations |
| seed | {training["seed"]} |
| steps | {training["steps"]:,} |
| tokens, with padding | {training["tokens"] / 1e6:.1f} million |
| time | {training["seconds"] / 60:.0f} minutes |
| threads | {training["threads"]}, and one process that writes the text |
| machine | {machine["cpu"]}, {machine["cores"]} cores, {machine["system"]} |
| loss at the end | {training["final_loss"]:.3f} nats per weighted token (mean of the last 100 steps) |

{corrected}{(interrupted + timed).strip()} The loss is a weighted mean: {ANSWER_WEIGHT:g} for the tokens of an answer, \
{OTHER_WEIGHT:g} for all other text, {VERDICT_WEIGHT:g} for the one word that says whether a checked claim holds, \
and nothing for padding. Muon trains the hidden matrices, AdamW the rest; see [`train.py`](train.py).

![Loss and held-out accuracy over the training run]({CURVE_PICTURE})"""


def _openness() -> str:
    return """\
## Openness

| question | answer |
| --- | --- |
| Are the weights here? | Yes, at every precision, in `static/models/pocket/` |
| Is the training data here? | Yes: the program that writes it, with its seeds, in `corpus/` |
| Is the training code here? | Yes: tokenizer, training, export and evaluation, in this folder |
| Do the licence terms allow any use? | Yes: Apache-2.0 for the code, the data and the weights |"""


def _stories(results: dict[str, Any]) -> str:
    told = results["stories"]
    refused = sum(not story["accepted"] for story in told)
    verdict = (
        f"The judge of the tests refused {refused} of them, marked below: a wish not granted, or a story that the "
        "grammar of the corpus cannot tell."
        if refused
        else "The judge of the tests accepted all of them."
    )
    stories = "\n\n".join(_story(number, story) for number, story in enumerate(told, 1))
    return f"""\
## {len(told)} stories

Greedy answers at full precision to requests that were held out, none of them picked. {verdict}

{stories}"""


def _story(number: int, story: dict[str, Any]) -> str:
    mark = "" if story["accepted"] else " (refused by the judge)"
    return f"**{number}. {_one_line(story['prompt'])}**{mark}\n\n{_one_line(story['story'])}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _rebuilding(results: dict[str, Any]) -> str:
    training = results["training"]
    return f"""\
## Rebuild it

With Python 3.11 or newer, and a C++ compiler (`g++` or `clang++`) for `torch.compile`:

    cd models/pocket
    pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.txt
    python make.py all

The extra index has PyTorch's CPU build; without it, pip on Linux takes the one for CUDA, which works too but is large.

That trains on as many tokens as the run above, rounded to millions. Without a compiler, `python make.py all --eager` \
trains too, but takes about 1.4 times as long. Training took {training["seconds"] / 60:.0f} minutes on the machine \
above; everything else takes about a quarter of an hour. \
`python make.py --help` lists the stages. `python make.py llama-cpp`, before `evaluate`, lets real llama.cpp answer \
for the GGUF files.

New files change what the app says of them. Afterwards, in the root of the repository,

    node tools/pocket-files.mjs

writes sizes and hashes of the files into `src/catalog/pocket-bytes.ts` (`npm test -- unit` checks them), and

    npx playwright test -c tests/playwright.config.ts --project chromium -g recorded --update-snapshots

records the answers that the tests in a browser expect. Take the screenshots again that show an answer."""


def main() -> None:
    argparse.ArgumentParser(description="Write the model card from results.json and the training log.").parse_args()
    results = json.loads((POCKET / "results.json").read_text(encoding="utf-8"))
    write(results, WORK / "curve.jsonl", DESTINATION / MANIFEST, POCKET)


if __name__ == "__main__":
    main()
