"""Any text survives the tokenizer, and the chat format is the one that other runtimes apply."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from tokenizers import Tokenizer
from transformers import AutoTokenizer, PreTrainedTokenizerBase

import tokenizer as tok
from corpus.example import Turn
from export.run import DESTINATION
from model import ENDOFTEXT, IM_END, IM_START

TURNS = (
    Turn("system", "You are a helpful assistant."),
    Turn("user", "  What is 12 + 345?\n\nSort x1, y22 — ça va? 👋🏽"),
    Turn("assistant", "12 + 345 = 357."),
    Turn("user", "\nand\t٣ or Ⅷ? "),
    Turn("assistant", "  I do not know.\n"),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tokenizer")
    tok.save(tok.train(tok.corpus_sample(count=6_000)), path)
    return path


@pytest.fixture(scope="module")
def tokenizer(folder: Path) -> Tokenizer:
    return tok.load(folder)


@pytest.fixture(scope="module")
def reference(folder: Path) -> PreTrainedTokenizerBase:
    return AutoTokenizer.from_pretrained(folder)


def test_vocabulary_is_full_and_specials_have_their_ids(tokenizer: Tokenizer) -> None:
    assert tokenizer.get_vocab_size() == tok.VOCAB == 2048
    assert sorted(tokenizer.get_vocab().values()) == list(range(2048))
    assert [tokenizer.token_to_id(tok.SPECIAL[i]) for i in (ENDOFTEXT, IM_START, IM_END)] == [0, 1, 2]


@pytest.fixture(scope="module", params=["trained here", "shipped"])
def either(request: pytest.FixtureRequest) -> Tokenizer:
    """A tokenizer from a small sample, and the one in static/models/pocket/."""
    return tok.load(DESTINATION) if request.param == "shipped" else request.getfixturevalue("tokenizer")


def test_every_code_point_round_trips(either: Tokenizer) -> None:
    chunk = 4096
    for start in range(0, sys.maxunicode + 1, chunk):
        text = "".join(chr(c) for c in range(start, start + chunk) if not 0xD800 <= c <= 0xDFFF)
        assert either.decode(either.encode(text).ids) == text, f"from U+{start:04X}"


@pytest.mark.parametrize("text", ["", " ", "  a  b ", "\r\n\t\x00", "don't I'll", "a . b , c ! n't", "e\u0301 \u200b"])
def test_spaces_and_marks_round_trip(either: Tokenizer, text: str) -> None:
    assert either.decode(either.encode(text).ids) == text


def test_digits_are_single_tokens(tokenizer: Tokenizer) -> None:
    assert tokenizer.encode("1234567890").tokens == list("1234567890")
    assert tokenizer.encode("x 42").tokens == ["x", "Ġ", "4", "2"]


@pytest.mark.parametrize("count", [1, 2, 3, 4, 5])
def test_chat_equals_the_chat_template(
    tokenizer: Tokenizer, reference: PreTrainedTokenizerBase, count: int
) -> None:
    messages = [{"role": turn.role, "content": turn.text} for turn in TURNS[:count]]
    for prompt in (False, True):
        expected = reference.apply_chat_template(messages, add_generation_prompt=prompt, return_dict=False)
        assert tok.encode_chat(tokenizer, TURNS[:count], prompt=prompt) == expected


def test_plain_text_gets_no_special_token(reference: PreTrainedTokenizerBase, tokenizer: Tokenizer) -> None:
    assert reference("Hello there").input_ids == tokenizer.encode("Hello there").ids
    assert (reference.eos_token_id, reference.pad_token_id, reference.model_max_length) == (IM_END, ENDOFTEXT, 1024)


def test_the_pre_tokenizer_is_smollm(folder: Path) -> None:
    steps = json.loads((folder / "tokenizer.json").read_text("utf-8"))["pre_tokenizer"]["pretokenizers"]
    assert [(step["type"], step.get("individual_digits"), step.get("use_regex")) for step in steps] == [
        ("Digits", True, None),
        ("ByteLevel", None, True),
    ]


def test_training_is_reproducible(tokenizer: Tokenizer) -> None:
    assert tok.train(tok.corpus_sample(count=6_000)).to_str() == tokenizer.to_str()
