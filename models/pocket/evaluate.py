"""Scores every exported file on held-out questions and writes results.json, recorded.json and the model card.

    python evaluate.py                              all questions on knowledge, and up to 70 of each other family
    python evaluate.py --per-family 20 --out DIR    a quick look: up to 20 of each family, written elsewhere

Exact match is judged on greedy answers. Perplexity, divergence and same-top are taken on the tokens of the right
answers (with the closing <|im_end|>), fed as they are, against the fp32 file in ONNX Runtime.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

import card
import tokenizer as tok
import training_record
from corpus.assemble import fingerprint, held_out
from corpus.example import Example, Turn
from corpus.stories.grammar import read as read_story
from corpus.suggested import SUGGESTED
from export import gguf_file
from export.check import network
from export.precisions import GGUF, ONNX, GgufPrecision, OnnxPrecision
from export.run import CHECKS, DESTINATION, MANIFEST, POCKET, WORK, listed_files, read_weights
from model import Config
from probe import choose
from scoring import bars, llama_cpp
from scoring.engines import Engine, OnnxEngine, PytorchEngine
from scoring.quality import compare

RESULTS, RECORDED = POCKET / "results.json", POCKET / "recorded.json"
REFERENCE = ONNX[0]
PER_FAMILY = 70
# Families of which every held-out question is asked.
WHOLE = ("knowledge",)
# Enough for a standard error of the divergence of about one percent, and few enough to keep in memory.
SCORED_POSITIONS = 20_000
STORY_FAMILY, STORIES = "story/telling", 20
# The precisions of which the card shows how they answer the app's suggestions: the reference and the app's own choice.
SUGGESTED_AT = (REFERENCE.name, "q8")
# What test_shipped asks every file again.
RECORDED_PROMPTS = (
    *SUGGESTED,
    "What is time to first token?",
    "What is quantization?",
    "What is 17 plus 25?",
    "Sort these numbers: 7, 3, 9, 1.",
    "What is the opposite of hot?",
    "Tell me a story about a fox.",
    "Who are you?",
)
RECORDED_TOKENS = 40
LONGEST_STORY = 192


class NotTheseWeights(ValueError):
    """What lies in the work folder and what is to be scored do not belong together; the message says what to do."""


@dataclass(frozen=True)
class Questions:
    """The held-out examples in the forms in which engines take them."""

    examples: list[Example]
    prompts: list[list[int]]
    limits: list[int]
    scored_sequences: list[list[int]]
    scored: list[int]

    @property
    def targets(self) -> NDArray[np.int64]:
        """The right id at every scored position."""
        pairs = zip(self.scored_sequences, self.scored, strict=True)
        return np.concatenate([np.array(ids[-count:], dtype=np.int64) for ids, count in pairs])


def prepare(tokenizer: Tokenizer, examples: list[Example]) -> Questions:
    """Encodes the examples. Every n-th one is scored token by token, so that all families take part."""
    prompts = [tok.encode_chat(tokenizer, example.turns[:-1], prompt=True) for example in examples]
    # Up to the <|im_end|>: the line break that the template puts after it is not the model's to write.
    whole = [tok.encode_chat(tokenizer, example.turns)[:-1] for example in examples]
    counts = [len(ids) - len(prompt) for ids, prompt in zip(whole, prompts, strict=True)]
    # A damaged model may never end its answer: it gets twice the length of the right one, and a little.
    limits = [2 * count + 16 for count in counts]
    stride = max(1, round(sum(counts) / SCORED_POSITIONS))
    return Questions(examples, prompts, limits, whole[::stride], counts[::stride])


def questions_to_ask(per_family: int | None) -> list[Example]:
    """Up to `per_family` held-out examples of each family; without it, the number on which the card rests."""
    examples = held_out()
    if per_family is not None:
        return choose(examples, per_family)
    sampled = choose([example for example in examples if example.family not in WHOLE], PER_FAMILY)
    return sampled + [example for example in examples if example.family in WHOLE]


def accuracy(examples: Sequence[Example], answers: Sequence[str]) -> dict[str, dict[str, int]]:
    """Right and asked, per family."""
    counts: defaultdict[str, dict[str, int]] = defaultdict(lambda: {"right": 0, "asked": 0})
    for example, text in zip(examples, answers, strict=True):
        if example.judge is None:
            raise ValueError(f"a held-out example of {example.family} has no judge")
        counts[example.family]["asked"] += 1
        counts[example.family]["right"] += example.judge(text)
    return dict(sorted(counts.items()))


def engine_for(config: Config, precision: OnnxPrecision | GgufPrecision, files: Path) -> Engine:
    """The engine that is at hand everywhere: ONNX Runtime, and PyTorch for the weights of a GGUF file."""
    path = files / precision.path
    if isinstance(precision, OnnxPrecision):
        return OnnxEngine(config, path)
    return PytorchEngine(network(config, gguf_file.read(config, path)))


def most_real_engine(config: Config, precision: OnnxPrecision | GgufPrecision, files: Path, work: Path) -> Engine:
    """As `engine_for`, but llama.cpp for a GGUF file where that is installed."""
    installed = work / llama_cpp.FOLDER
    if isinstance(precision, GgufPrecision) and llama_cpp.is_installed(installed):
        return llama_cpp.LlamaCppEngine(installed, files / precision.path, config.vocab)
    return engine_for(config, precision, files)


def score(
    engine: Engine, tokenizer: Tokenizer, questions: Questions, reference: NDArray[np.float32] | None
) -> tuple[dict[str, Any], NDArray[np.float32]]:
    """One row of the results, and the log-probabilities behind it. Without a reference the engine is its own."""
    answers = [tokenizer.decode(ids) for ids in engine.answers(questions.prompts, questions.limits)]
    families = accuracy(questions.examples, answers)
    predicted = engine.log_probabilities(questions.scored_sequences, questions.scored)
    quality = compare(predicted if reference is None else reference, predicted, questions.targets)
    row = {
        "engine": engine.name,
        "right": sum(family["right"] for family in families.values()),
        "asked": len(answers),
        "families": families,
        **asdict(quality),
    }
    return row, predicted


def tell_stories(engine: Engine, tokenizer: Tokenizer) -> list[dict[str, Any]]:
    """Answers to story requests spread over the held-out ones; whether the judge accepts each, and whether the grammar
    can read it at all, which it cannot where a sentence is broken."""
    asked = [example for example in held_out() if example.family == STORY_FAMILY]
    chosen = asked[:: max(1, len(asked) // STORIES)][:STORIES]
    prompts = [tok.encode_chat(tokenizer, example.turns[:-1], prompt=True) for example in chosen]
    texts = [tokenizer.decode(ids) for ids in engine.answers(prompts, [LONGEST_STORY] * len(prompts))]
    accepted = [example.judge is not None and example.judge(text) for example, text in zip(chosen, texts, strict=True)]
    return [
        {
            "prompt": example.turns[-2].text,
            "story": text.strip(),
            "accepted": verdict,
            "unbroken": read_story(text.strip()) is not None,
        }
        for example, text, verdict in zip(chosen, texts, accepted, strict=True)
    ]


def answer_suggestions(engine: Engine, tokenizer: Tokenizer) -> list[dict[str, Any]]:
    """The whole answer to each prompt that the app suggests, and whether it is right."""
    prompts = [tok.encode_chat(tokenizer, [Turn("user", text)], prompt=True) for text in SUGGESTED]
    texts = [tokenizer.decode(ids) for ids in engine.answers(prompts, [LONGEST_STORY] * len(prompts))]
    return [
        {"prompt": prompt, "answer": text.strip(), "right": judge(text)}
        for (prompt, judge), text in zip(SUGGESTED.items(), texts, strict=True)
    ]


def record(config: Config, tokenizer: Tokenizer, files: Path) -> dict[str, Any]:
    """Ids of prompts and of every file's answers to them, for test_shipped."""
    prompts = [tok.encode_chat(tokenizer, [Turn("user", text)], prompt=True) for text in RECORDED_PROMPTS]
    answers = {
        precision.name: engine_for(config, precision, files).answers(prompts, [RECORDED_TOKENS] * len(prompts))
        for precision in (*ONNX, *GGUF)
    }
    return {"questions": RECORDED_PROMPTS, "prompts": prompts, "answers": answers}


def evaluate(config: Config, files: Path, work: Path, per_family: int | None) -> dict[str, Any]:
    """Scores all files; prints a line for each. Raises NotTheseWeights, before any scoring."""
    training = training_summary(work, files)
    tokenizer = tok.load(files)
    questions = prepare(tokenizer, questions_to_ask(per_family))
    listed = {entry["path"]: entry for entry in listed_files(files)}
    rows: dict[str, Any] = {}
    reference: NDArray[np.float32] | None = None
    for precision in (*ONNX, *GGUF):
        row, predicted = score(most_real_engine(config, precision, files, work), tokenizer, questions, reference)
        reference = predicted if reference is None else reference
        rows[precision.name] = {key: listed[precision.path][key] for key in ("path", "bytes", "sha256")} | row
        print(
            f"{precision.name:10} right {row['right']}/{row['asked']}  perplexity {row['perplexity']:.3f}  "
            f"divergence {row['divergence']['mean']:.2g}  same top {row['same_top']['mean']:.2%}  {row['engine']}",
            flush=True,
        )
    trained = PytorchEngine(network(config, read_weights(work)))
    floor = compare(
        reference, trained.log_probabilities(questions.scored_sequences, questions.scored), questions.targets
    )
    stories = tell_stories(OnnxEngine(config, files / REFERENCE.path), tokenizer)
    return {
        "reference": REFERENCE.name,
        "questions": len(questions.examples),
        "scored_positions": len(questions.targets),
        "floor": {"engine": f"PyTorch {torch.__version__}", **asdict(floor)},
        "groups": bars.group_totals(rows[REFERENCE.name]["families"]),
        "eight_bit": bars.eight_bit_change(rows, REFERENCE.name),
        "precisions": rows,
        "checks": json.loads((work / CHECKS).read_text()),
        "training": training,
        "stories": stories,
        "unbroken_stories": bars.unbroken_stories(stories),
        "suggested": {
            precision.name: answer_suggestions(engine_for(config, precision, files), tokenizer)
            for precision in ONNX
            if precision.name in SUGGESTED_AT
        },
    }


def training_summary(work: Path, files: Path) -> dict[str, Any]:
    """What the card says of the training, once it is certain that it is the training of `files`.

    Raises FileNotFoundError where no training was begun, and NotTheseWeights where the training has not ended, the
    weights are not those that it ended with, the files were made of others, or the corpus has changed since: questions
    that are held out now need not have been held out then.
    """
    noted = training_record.read(work)
    if "weights" not in noted:
        raise NotTheseWeights(f"The training in {work} has not ended: run train.py, or train.py --resume.")
    if training_record.weights_digest(read_weights(work)) != noted["weights"]:
        raise NotTheseWeights(f"model.safetensors in {work} is not what the training on record ended with: train anew.")
    if json.loads((files / MANIFEST).read_text(encoding="utf-8")).get("weights") != noted["weights"]:
        raise NotTheseWeights(f"The files in {files} were not made of the weights in {work}: run `make.py export`.")
    if fingerprint()["sha256"] != noted["corpus"]["sha256"]:
        raise NotTheseWeights(
            f"The weights in {work} learned from another text than the program here writes, so its held-out questions "
            "need not be new to them: train anew, or evaluate with the program that they were trained with."
        )
    return {**noted, **_log_summary(work)}


def _log_summary(work: Path) -> dict[str, Any]:
    lines = [json.loads(line) for line in (work / "curve.jsonl").read_text(encoding="utf-8").splitlines()]
    steps = [line for line in lines if "loss" in line]
    last = steps[-1]
    recent = steps[-100:]
    return {
        "seed": torch.load(work / "checkpoint.pt", weights_only=True)["seed"],
        "steps": last["step"],
        "tokens": last["tokens"],
        "seconds": last["seconds"],
        "final_loss": round(sum(line["loss"] for line in recent) / len(recent), 4),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description="Score the exported files on held-out questions.")
    parser.add_argument("--work", type=Path, default=WORK, help="folder that training and export wrote")
    parser.add_argument("--files", type=Path, default=DESTINATION, help="folder with the exported files")
    parser.add_argument("--out", type=Path, help="folder for results.json, recorded.json and the card (this one)")
    parser.add_argument("--per-family", type=int, help="a quick look, with --out: so many questions of a family")
    arguments = parser.parse_args()
    if arguments.per_family is not None and (arguments.out or POCKET).resolve() == POCKET:
        parser.error("--per-family asks too little for the published card: name another folder with --out")
    arguments.out = arguments.out or POCKET
    config = Config()
    results = evaluate(config, arguments.files, arguments.work, arguments.per_family)
    _write_json(arguments.out / RESULTS.name, results, indent=1)
    _write_json(arguments.out / RECORDED.name, record(config, tok.load(arguments.files), arguments.files), indent=None)
    card.write(results, arguments.work / "curve.jsonl", arguments.files / "manifest.json", arguments.out)


def _write_json(path: Path, value: dict[str, Any], indent: int | None) -> None:
    path.write_text(json.dumps(value, indent=indent, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
