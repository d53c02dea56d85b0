"""Writes the model card, README.md, from the results and the training log.

    python card.py      after evaluate.py, which does this too
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable
from itertools import groupby
from pathlib import Path
from typing import Any

import card_tables
import curve_plot
import training_record
from corpus.assemble import MAX_REDRAWS
from export.run import DESTINATION, MANIFEST, POCKET, WORK
from model import Config
from packing import ANSWER_WEIGHT, OTHER_WEIGHT, VERDICT_WEIGHT

CARD, CURVE_PICTURE = "README.md", "training-curve.svg"
# The seed of a training that is given none.
USUAL_SEED = 1
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
        _usage(),
        _training(results),
        _openness(),
        card_tables.bars(results),
        card_tables.precisions(results),
        card_tables.families(results),
        card_tables.suggestions(results),
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


def _usage() -> str:
    return """\
## How to run it

In a page, with [Transformers.js](https://huggingface.co/docs/transformers.js) and the folder `static/models/` served \
under `/models/`:

```js
import { env, pipeline } from '@huggingface/transformers';

env.allowRemoteModels = false;
env.localModelPath = '/models/';
const generate = await pipeline('text-generation', 'pocket', { dtype: 'q8', device: 'webgpu' }); // or 'wasm'
const [answer] = await generate([{ role: 'user', content: 'What is a token?' }], { max_new_tokens: 128 });
console.log(answer.generated_text.at(-1).content);
```

With [llama.cpp](https://github.com/ggml-org/llama.cpp), in a terminal:

    llama-cli -m static/models/pocket/gguf/pocket-q8_0.gguf --temp 0 -c 1024

It was trained to be asked without sampling: temperature 0."""


def _training(results: dict[str, Any]) -> str:
    training = results["training"]
    parts = training["parts"]
    commands = ", then ".join(f"`{part['command']}`" for part in parts)
    interrupted = ""
    if len(parts) > 1:
        interrupted = (
            " The run was interrupted and went on from its last checkpoint; the minutes are those of the steps that "
            "count."
        )
    timed = ""
    if any("--minutes" in part["command"] for part in parts):
        timed = (
            " The learning rate followed the time that had passed, so the seed fixes the first weights and the text "
            "of every step, but not the last bit of the result, nor the exact number of steps."
        )
    recorded = json.loads((POCKET / "corpus-digest.json").read_text(encoding="utf-8"))
    corpus, tokenizer = training["corpus"], training["tokenizer"]
    corrected = ""
    if recorded != corpus:
        corrected = (
            "**The programs of the corpus were changed since.** These weights, and all figures below, are of the text "
            f"with the digests in the table, whose program is in the history of the repository; here are programs with "
            f"the digest `{recorded['sources'][:12]}`, and their text has `{recorded['sha256'][:12]}`. What was "
            "corrected is learnt in the next training.\n\n"
        )
    return f"""\
## Data and training

The text comes from [`corpus/`](corpus), a seeded program: questions on facts written for this model, exact tasks with \
computed answers, stories from a grammar, and polite refusals. What is tested is held out by a hash of its phrasing or \
its operands, or stands in lists that training never reads: a draw for training that meets a held-out question is \
drawn again, and a family that offers nothing else in {MAX_REDRAWS} draws ends the training with an error. The \
held-out questions were also looked at while the corpus was developed, so they are a development set: no weights were \
fitted to them, but decisions were made by them.

| | |
| --- | --- |
| command | {commands} |
| corpus | SHA-256 `{corpus["sha256"][:12]}…` of its first {corpus["conversations"]:,} conversations, \
`{corpus["sources"][:12]}…` of its programs |
| tokenizer | learned from {tokenizer["conversations"]:,} conversations of the same corpus |
| seed | {training["seed"]} |
| steps | {training["steps"]:,} |
| tokens, with padding | {training["tokens"] / 1e6:.1f} million |
| time | {training["seconds"] / 60:.0f} minutes |
| threads | {_each(str(part["threads"]) for part in parts)}, and one process that writes the text |
| machine | {_each(_machine(part) for part in parts)} |
| loss at the end | {training["final_loss"]:.3f} nats per weighted token (mean of the last 100 steps) |

{corrected}{(interrupted + timed + " The loss").strip()} is a weighted mean: {ANSWER_WEIGHT:g} for the tokens of an \
answer, {OTHER_WEIGHT:g} for all other text, {VERDICT_WEIGHT:g} for the one word that says whether a checked claim \
holds, and nothing for padding. Muon, an optimizer that makes every direction of a matrix's step equally long, trains the \
hidden matrices, AdamW the rest; see [`train.py`](train.py).

![Loss and held-out accuracy over the training run]({CURVE_PICTURE})"""


def _each(values: Iterable[str]) -> str:
    """What holds for every part of a training, or for one after another."""
    return ", then ".join(value for value, _ in groupby(values))


def _machine(part: dict[str, Any]) -> str:
    machine = part["machine"]
    return f"{machine['cpu']}, {machine['cores']} cores, {machine['system']}"


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

Greedy answers at full precision to requests that were held out, none of them picked. {verdict}{_alike(told)}

{stories}"""


def _alike(told: list[dict[str, Any]]) -> str:
    """Why some stories are the same, where some are."""
    numbers: dict[str, list[int]] = {}
    for number, story in enumerate(told, 1):
        if story["accepted"]:
            numbers.setdefault(story["story"], []).append(number)
    same = [" and ".join(map(str, group)) for group in numbers.values() if len(group) > 1]
    if not same:
        return ""
    return (
        f" The same text was told as {'; '.join(same)}: without sampling, requests that ask for the same are answered "
        "with the same story."
    )


def _story(number: int, story: dict[str, Any]) -> str:
    mark = "" if story["accepted"] else " (refused by the judge)"
    return f"**{number}. {_one_line(story['prompt'])}**{mark}\n\n{_one_line(story['story'])}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _commands(training: dict[str, Any]) -> str:
    """How to train on as many tokens as these weights were trained on."""
    usual = training_record.DEFAULT_TOKENS
    last = training["parts"][-1]["command"].split()
    given = {option.split("=")[0] for option in last[2:]}
    seed = f" --seed {training['seed']}" if training["seed"] != USUAL_SEED else ""
    if not given & {"--tokens", "--minutes"} and not seed:
        return f"That trains on {usual / 1e6:g} million tokens, as these weights were."
    return (
        f"That trains on {usual / 1e6:g} million tokens. These weights were trained on {training['tokens']:,}, for "
        "which the stages are run one by one:\n\n"
        "    python make.py tokenizer\n"
        f"    python make.py train --tokens {training['tokens']}{seed}\n"
        "    python make.py export evaluate"
    )


def _rebuilding(results: dict[str, Any]) -> str:
    training = results["training"]
    return f"""\
## Rebuild it

With Python 3.11 or newer, and a C++ compiler (`g++` or `clang++`) for `torch.compile`:

    cd models/pocket
    pip install --extra-index-url https://download.pytorch.org/whl/cpu -r requirements.txt
    python make.py all

The extra index has PyTorch's CPU build; without it, pip on Linux takes the one for CUDA, which works too but is large.

{_commands(training)}

Without a compiler, `python make.py all --eager` \
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
