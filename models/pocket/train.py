"""Trains Pocket from scratch on the CPU.

    python train.py --tokens 37e6              a run of fixed length
    python train.py --minutes 40               a run that ends on time, with its learning rate decayed
    python train.py --minutes 40 --resume      goes on from the last checkpoint in the work folder

The work folder receives `tokenizer/`, `training.json` (what was run, where, on which corpus), `checkpoint.pt`
(rewritten every two minutes), `curve.jsonl` (one JSON object a step, and one per probe of held-out questions) and, at
the end, `model.safetensors`.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from safetensors.torch import save_file
from tokenizers import Tokenizer
from torch import Tensor

import probe
import tokenizer as tok
import training_record
from corpus.assemble import fingerprint, held_out
from model import Pocket, same_segment
from packing import TOKENS_PER_STEP, Batch, step_batches

WORK = Path(__file__).parent / ".work"
HIDDEN_RATE, OTHER_RATE = 0.02, 0.004
WEIGHT_DECAY = 0.05
WARMUP_STEPS = 30
CHECKPOINT_SECONDS = 120.0
PROBE_TOKENS = 3_000_000
PROBE_PER_FAMILY = 20
PREFETCHED_STEPS = 8


LossFunction = Callable[[Tensor, Tensor, Tensor, Tensor, Tensor], Tensor]


@dataclass
class Progress:
    """How far a run is: steps done, seconds of training over all its parts, and tokens at the last probe."""

    step: int = 0
    seconds: float = 0.0
    probed_tokens: int = 0

    @property
    def tokens(self) -> int:
        return self.step * TOKENS_PER_STEP


@dataclass
class Budget:
    """When a run ends: after so many tokens or so many minutes, whichever comes first."""

    tokens: float | None
    minutes: float | None

    def spent(self, progress: Progress) -> float:
        """The share of the budget that is used up, from 0 to 1."""
        by_tokens = progress.tokens / self.tokens if self.tokens else 0.0
        by_time = progress.seconds / (60 * self.minutes) if self.minutes else 0.0
        return min(1.0, max(by_tokens, by_time))


@dataclass
class Trainer:
    """The network with its two optimizers: Muon for the hidden matrices, AdamW for embeddings and norms."""

    seed: int
    compiled: bool = True
    model: Pocket = field(init=False)
    loss: LossFunction = field(init=False)
    muon: torch.optim.Muon = field(init=False)
    adamw: torch.optim.AdamW = field(init=False)
    progress: Progress = field(default_factory=Progress)

    def __post_init__(self) -> None:
        torch.manual_seed(self.seed)
        self.model = Pocket()
        self.loss = loss_function(self.model, compiled=self.compiled)
        matrices = [p for name, p in self.model.named_parameters() if p.ndim == 2 and "embed" not in name]
        others = [p for name, p in self.model.named_parameters() if p.ndim != 2 or "embed" in name]
        self.muon = torch.optim.Muon(matrices, lr=HIDDEN_RATE, weight_decay=WEIGHT_DECAY)
        self.adamw = torch.optim.AdamW(others, lr=OTHER_RATE, betas=(0.9, 0.95), weight_decay=0.0, fused=True)

    def step(self, batches: list[Batch], spent: float) -> float:
        """One optimizer step over `batches`. Returns the weighted mean loss in nats per token."""
        factor = min(1.0, (self.progress.step + 1) / WARMUP_STEPS) * (1.0 - spent)
        for optimizer, rate in ((self.muon, HIDDEN_RATE), (self.adamw, OTHER_RATE)):
            for group in optimizer.param_groups:
                group["lr"] = rate * factor
        total_weight = sum(float(batch.weights.sum()) for batch in batches)
        loss_sum = 0.0
        for batch in batches:
            arrays = (batch.ids, batch.positions, batch.segments, batch.targets, batch.weights)
            loss = self.loss(*map(torch.from_numpy, arrays)) / total_weight
            loss.backward()
            loss_sum += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(self.model.parameters(), 1.0)
        for optimizer in (self.muon, self.adamw):
            optimizer.step()
            optimizer.zero_grad()
        self.progress.step += 1
        return loss_sum

    def save(self, path: Path) -> None:
        """Writes a checkpoint that replaces the former one in a single move."""
        state = {
            "seed": self.seed,
            "progress": vars(self.progress),
            "model": self.model.state_dict(),
            "muon": self.muon.state_dict(),
            "adamw": self.adamw.state_dict(),
            "rng": torch.get_rng_state(),
        }
        unfinished = path.with_suffix(".unfinished")
        torch.save(state, unfinished)
        os.replace(unfinished, path)

    @classmethod
    def load(cls, path: Path, *, compiled: bool = True) -> Trainer:
        """Reads a checkpoint. Raises FileNotFoundError when there is none."""
        state: dict[str, Any] = torch.load(path, weights_only=True)
        trainer = cls(state["seed"], compiled)
        trainer.progress = Progress(**state["progress"])
        trainer.model.load_state_dict(state["model"])
        trainer.muon.load_state_dict(state["muon"])
        trainer.adamw.load_state_dict(state["adamw"])
        torch.set_rng_state(state["rng"])
        return trainer


def loss_function(model: Pocket, *, compiled: bool) -> LossFunction:
    """The weighted sum of the cross-entropy over a batch, in nats, with the network in bfloat16.

    Compiling takes most of a minute, once per machine, and makes training about 1.4 times as fast.
    """

    def loss(ids: Tensor, positions: Tensor, segments: Tensor, targets: Tensor, weights: Tensor) -> Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            logits = model(ids, positions, same_segment(segments))
        losses = F.cross_entropy(logits.flatten(0, 1).float(), targets.flatten(), reduction="none")
        return (losses * weights.flatten()).sum()

    return torch.compile(loss, dynamic=False) if compiled else loss


def _produce(queue: multiprocessing.Queue[list[Batch]], folder: Path, seed: int, first: int) -> None:
    """Runs in the process that writes and encodes the text."""
    torch.set_num_threads(1)
    tokenizer = tok.load(folder)
    step = first
    while True:
        queue.put(step_batches(tokenizer, seed, step))
        step += 1


def prefetch(folder: Path, seed: int, first: int) -> Iterator[list[Batch]]:
    """The batches of step `first` and all after it, prepared ahead in another process."""
    context = multiprocessing.get_context("spawn")
    queue: multiprocessing.Queue[list[Batch]] = context.Queue(PREFETCHED_STEPS)
    process = context.Process(target=_produce, args=(queue, folder, seed, first), daemon=True)
    process.start()
    try:
        while True:
            while queue.empty() and process.is_alive():
                time.sleep(0.005)
            if not process.is_alive():
                raise RuntimeError(f"the process that prepares the text ended with code {process.exitcode}")
            yield queue.get()
    finally:
        process.terminate()


class Curve:
    """Appends to `curve.jsonl`, one JSON object a line."""

    def __init__(self, path: Path, *, steps_kept: int) -> None:
        """Keeps the entries up to `steps_kept`, the step from which training goes on."""
        lines = path.read_text(encoding="utf-8").splitlines() if steps_kept else []
        self._file = path.open("w", encoding="utf-8", buffering=1)
        self._file.writelines(f"{line}\n" for line in lines if json.loads(line)["step"] <= steps_kept)

    def write(self, progress: Progress, **values: Any) -> None:
        entry = {"step": progress.step, "tokens": progress.tokens, "seconds": round(progress.seconds, 2), **values}
        self._file.write(json.dumps(entry) + "\n")


def run_probe(trainer: Trainer, tokenizer: Tokenizer, curve: Curve) -> None:
    """Asks some held-out questions, prints the share of right answers per family and logs it."""
    examples = probe.choose(held_out(), PROBE_PER_FAMILY)
    scores = probe.accuracy(examples, probe.answer(trainer.model, tokenizer, examples))
    trainer.progress.probed_tokens = trainer.progress.tokens
    curve.write(trainer.progress, accuracy={family: round(score, 3) for family, score in scores.items()})
    print("  " + "  ".join(f"{family} {score:.0%}" for family, score in scores.items()), flush=True)


def train(trainer: Trainer, tokenizer: Tokenizer, work: Path, budget: Budget, curve: Curve) -> None:
    """Runs until the budget is spent."""
    progress = trainer.progress
    clock = time.monotonic() - progress.seconds
    checkpointed = printed = progress.seconds
    source = prefetch(work / "tokenizer", trainer.seed, progress.step)
    while (spent := budget.spent(progress)) < 1.0:
        loss = trainer.step(next(source), spent)
        progress.seconds = time.monotonic() - clock
        curve.write(progress, loss=round(loss, 4), rate=trainer.muon.param_groups[0]["lr"])
        if progress.seconds - printed > 10:
            printed = progress.seconds
            speed = progress.tokens / progress.seconds
            print(f"{spent:6.1%} step {progress.step} loss {loss:.3f} {speed:.0f} tokens/s", flush=True)
        if progress.tokens - progress.probed_tokens >= PROBE_TOKENS:
            run_probe(trainer, tokenizer, curve)
            progress.seconds = time.monotonic() - clock
        if progress.seconds - checkpointed > CHECKPOINT_SECONDS:
            checkpointed = progress.seconds
            trainer.save(work / "checkpoint.pt")
    source.close()


def _tokenizer(folder: Path, corpus: dict[str, Any]) -> dict[str, Any]:
    """Makes the tokenizer in `folder` where there is none. Returns its record; raises AnotherCorpus."""
    if not (folder / "tokenizer.json").exists():
        tok.save(tok.train(tok.corpus_sample()), folder)
        training_record.note_tokenizer(folder, corpus, tok.SAMPLE_CONVERSATIONS)
    return training_record.read_tokenizer(folder, corpus)


def main() -> None:
    parser = argparse.ArgumentParser(description="Train Pocket from scratch on the CPU.")
    usual = f"{training_record.DEFAULT_TOKENS / 1e6:g} million"
    parser.add_argument("--tokens", type=float, help=f"tokens to train on ({usual} unless --minutes is given)")
    parser.add_argument("--minutes", type=float, help="minutes after which training ends")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--threads", type=int, default=os.cpu_count(), help="CPU threads")
    parser.add_argument("--work", type=Path, default=WORK, help="folder for checkpoints and results")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in the work folder")
    parser.add_argument("--eager", action="store_true", help="do not compile: slower, but needs no C++ compiler")
    arguments = parser.parse_args()
    default = None if arguments.minutes else training_record.DEFAULT_TOKENS
    budget = Budget(arguments.tokens or default, arguments.minutes)
    work: Path = arguments.work
    torch.set_num_threads(arguments.threads)
    compiled = not arguments.eager
    checkpoint = work / "checkpoint.pt"
    trainer = Trainer.load(checkpoint, compiled=compiled) if arguments.resume else Trainer(arguments.seed, compiled)
    corpus = fingerprint()
    try:
        noted = _tokenizer(work / "tokenizer", corpus)
        training_record.note_start(
            work, sys.argv[1:], corpus, noted, threads=arguments.threads, resumed=arguments.resume
        )
    except training_record.AnotherCorpus as refusal:
        sys.exit(str(refusal))
    tokenizer = tok.load(work / "tokenizer")
    curve = Curve(work / "curve.jsonl", steps_kept=trainer.progress.step)
    train(trainer, tokenizer, work, budget, curve)
    trainer.save(checkpoint)
    run_probe(trainer, tokenizer, curve)
    weights = trainer.model.state_dict()
    save_file(weights, work / "model.safetensors", metadata={"format": "pt"})
    training_record.note_end(work, {name: value.numpy() for name, value in weights.items()})


if __name__ == "__main__":
    main()
