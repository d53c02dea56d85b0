"""Pocket's tokenizer: byte-level BPE of 2,048 tokens, and the chat format around it.

The pre-tokenizer is the one llama.cpp calls "smollm": every digit alone, then GPT-2's word pattern.
All 256 bytes are in the alphabet, so any text survives encoding and decoding.

    python tokenizer.py --out DIR     trains on a seeded sample of the corpus and writes the files
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from tokenizers import AddedToken, Tokenizer, decoders, models, pre_tokenizers, trainers

import training_record
from corpus.assemble import conversations, fingerprint
from corpus.example import Turn
from model import ENDOFTEXT, IM_END, IM_START, Config

VOCAB = Config().vocab
CONTEXT = Config().context
SPECIAL = {ENDOFTEXT: "<|endoftext|>", IM_START: "<|im_start|>", IM_END: "<|im_end|>"}
CHAT_TEMPLATE = (
    "{% for message in messages %}"
    "{{ '<|im_start|>' + message['role'] + '\\n' + message['content'] + '<|im_end|>' + '\\n' }}"
    "{% endfor %}"
    "{% if add_generation_prompt %}{{ '<|im_start|>assistant\\n' }}{% endif %}"
)
SAMPLE_SEED = 7
SAMPLE_CONVERSATIONS = 60_000


def train(texts: Iterable[str]) -> Tokenizer:
    """Learns the merges from `texts`. A sample too small for 2,048 tokens is filled up with reserved ones."""
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence(
        [
            pre_tokenizers.Digits(individual_digits=True),
            pre_tokenizers.ByteLevel(add_prefix_space=False, use_regex=True),
        ]
    )
    tokenizer.decoder = decoders.ByteLevel()
    trainer = trainers.BpeTrainer(
        vocab_size=VOCAB,
        min_frequency=2,
        special_tokens=[_special(SPECIAL[i]) for i in sorted(SPECIAL)],
        initial_alphabet=sorted(pre_tokenizers.ByteLevel.alphabet()),
        show_progress=False,
    )
    tokenizer.train_from_iterator(texts, trainer)
    learned = tokenizer.get_vocab_size()
    tokenizer.add_special_tokens([_special(f"<|reserved_{i}|>") for i in range(learned, VOCAB)])
    return tokenizer


def _special(text: str) -> AddedToken:
    return AddedToken(text, special=True, normalized=False)


def corpus_sample(seed: int = SAMPLE_SEED, count: int = SAMPLE_CONVERSATIONS) -> Iterator[str]:
    """The text of every message in the first `count` conversations of a seeded stream."""
    for turns in islice(conversations(seed), count):
        for turn in turns:
            yield f"{turn.role}\n{turn.text}"


def save(tokenizer: Tokenizer, folder: Path) -> None:
    """Writes `tokenizer.json`, `tokenizer_config.json` and `generation_config.json` into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.save(str(folder / "tokenizer.json"))
    _write_json(
        folder / "tokenizer_config.json",
        {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "bos_token": SPECIAL[IM_START],
            "eos_token": SPECIAL[IM_END],
            "pad_token": SPECIAL[ENDOFTEXT],
            "add_bos_token": False,
            "add_prefix_space": False,
            "clean_up_tokenization_spaces": False,
            "model_max_length": CONTEXT,
            "padding_side": "right",
            "chat_template": CHAT_TEMPLATE,
        },
    )
    _write_json(
        folder / "generation_config.json",
        {
            "bos_token_id": IM_START,
            "eos_token_id": IM_END,
            "pad_token_id": ENDOFTEXT,
            "do_sample": False,
            "max_length": CONTEXT,
        },
    )


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def load(folder: Path) -> Tokenizer:
    """Reads the tokenizer that `save` wrote."""
    return Tokenizer.from_file(str(folder / "tokenizer.json"))


def encode_chat(tokenizer: Tokenizer, turns: Sequence[Turn], *, prompt: bool = False) -> list[int]:
    """The ids of a conversation in ChatML, the same as the chat template gives.

    With `prompt`, the conversation ends where the assistant is to begin its answer.
    """
    ids = [i for encoded in encode_turns(tokenizer, turns) for i in encoded]
    if prompt:
        ids += [IM_START, *tokenizer.encode("assistant\n").ids]
    return ids


def encode_turns(tokenizer: Tokenizer, turns: Sequence[Turn]) -> list[list[int]]:
    """As `encode_chat`, with the ids of each message in a list of its own.

    A message is its role, a line break, its text, <|im_end|> and a line break: the last id follows <|im_end|>.
    """
    line_break = tokenizer.encode("\n").ids
    texts = [f"{turn.role}\n{turn.text}" for turn in turns]
    return [[IM_START, *tokenizer.encode(text).ids, IM_END, *line_break] for text in texts]


def main() -> None:
    parser = argparse.ArgumentParser(description="Train Pocket's tokenizer on a seeded sample of the corpus.")
    parser.add_argument("--out", type=Path, required=True, help="folder for tokenizer.json and its two companions")
    parser.add_argument("--conversations", type=int, default=SAMPLE_CONVERSATIONS, help="size of the sample")
    arguments = parser.parse_args()
    save(train(corpus_sample(count=arguments.conversations)), arguments.out)
    training_record.note_tokenizer(arguments.out, fingerprint(), arguments.conversations)


if __name__ == "__main__":
    main()
