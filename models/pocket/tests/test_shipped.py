"""The files in static/models/pocket/ are whole, load, and answer as they did when they were evaluated."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

import card
import tokenizer as tok
from corpus.example import Turn
from corpus.stories.grammar import read as read_story
from corpus.suggested import SUGGESTED
from evaluate import RECORDED, RECORDED_TOKENS, RESULTS
from export import gguf_file
from export.check import logits_of, network
from export.precisions import GGUF, LIMIT_BYTES, ONNX, GgufPrecision, OnnxPrecision
from export.run import DESTINATION, MANIFEST, POCKET, damaged_files, listed_files
from export.session import Session
from model import IM_END, Config
from scoring import bars

# A recorded token may lose to another by no more than this: processors differ in their last bits.
TIE = {"single": 0.02, "half": 0.2}
# The longest that a training may take, on two cores.
MOST_SECONDS = 2 * 60 * 60


@pytest.fixture(scope="module")
def recorded() -> dict[str, Any]:
    return json.loads(RECORDED.read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def results() -> dict[str, Any]:
    return json.loads(RESULTS.read_text(encoding="utf-8"))


def assert_follows(logits: NDArray[np.float32], prompt: list[int], answer: list[int], tie: float) -> None:
    """Every token of the answer is the most likely one (or tied) after those before it, and so is its end."""
    ended = [IM_END] if len(answer) < RECORDED_TOKENS else []
    for at, token in enumerate([*answer, *ended], start=len(prompt) - 1):
        margin = float(logits[at].max() - logits[at, token])
        assert margin <= tie, f"token {at - len(prompt) + 1} of the answer lost by {margin:.3f}"


def test_files_are_those_of_the_manifest() -> None:
    assert damaged_files(DESTINATION) == []
    assert {precision.path for precision in (*ONNX, *GGUF)} <= {entry["path"] for entry in listed_files(DESTINATION)}
    assert sum(path.stat().st_size for path in DESTINATION.rglob("*") if path.is_file()) <= LIMIT_BYTES


def test_results_are_of_these_files(results: dict[str, Any]) -> None:
    hashes = {entry["precision"]: entry["sha256"] for entry in listed_files(DESTINATION) if entry["precision"]}
    assert {name: row["sha256"] for name, row in results["precisions"].items()} == hashes


@pytest.mark.parametrize("group", [group for group, bar in bars.BARS.items() if bar is not None])
def test_the_bar_of_a_group_is_met(group: str, results: dict[str, Any]) -> None:
    totals = bars.group_totals(results["precisions"][results["reference"]]["families"])
    assert totals == results["groups"]
    assert totals[group]["asked"] >= 200
    assert totals[group]["right"] / totals[group]["asked"] >= bars.BARS[group]


def test_eight_bits_answer_as_well_as_full_precision(results: dict[str, Any]) -> None:
    change = bars.eight_bit_change(results["precisions"], results["reference"])
    assert change == results["eight_bit"]
    assert abs(change["change"]) <= bars.EIGHT_BIT_BAR


def test_every_story_in_the_card_is_one_that_the_grammar_can_tell(results: dict[str, Any]) -> None:
    if "unbroken_stories" not in results:
        pytest.skip("results.json was written before its stories were read back: run `make.py evaluate`")
    assert len(results["stories"]) == 20
    assert [story["story"] for story in results["stories"] if read_story(story["story"]) is None] == []


def test_training_took_two_hours_at_most(results: dict[str, Any]) -> None:
    assert 0 < results["training"]["seconds"] <= MOST_SECONDS


def test_what_the_app_suggests_is_answered_right(results: dict[str, Any]) -> None:
    if "suggested" not in results:
        pytest.skip("results.json was written before the suggestions were evaluated: run `make.py evaluate`")
    for answers in results["suggested"].values():
        assert [answer["prompt"] for answer in answers] == list(SUGGESTED)
        for answer in answers:
            assert answer["right"] and SUGGESTED[answer["prompt"]](answer["answer"]), answer


def test_the_card_is_of_these_results(results: dict[str, Any]) -> None:
    """Whole where this program wrote the results; of older ones, their figures. The sentences: see test_card."""
    text = (POCKET / card.CARD).read_text(encoding="utf-8")
    if "parts" in results["training"]:
        assert text == card.text(results, DESTINATION / MANIFEST), "run `python card.py`"
    for name, row in results["precisions"].items():
        assert f"| {name} | `{row['path']}` | {row['bytes'] / 1e6:.2f} | {row['right'] / row['asked']:.1%} |" in text
    for total in results["groups"].values():
        assert f"| {total['right']} of {total['asked']} (" in text
    for story in results["stories"]:
        assert story["story"] in text


@pytest.mark.parametrize("precision", ONNX, ids=lambda precision: precision.name)
def test_onnx_answers_as_recorded(precision: OnnxPrecision, recorded: dict[str, Any]) -> None:
    session = Session(Config(), DESTINATION / precision.path)
    for prompt, answer in zip(recorded["prompts"], recorded["answers"][precision.name], strict=True):
        logits, _ = session.run(np.array([prompt + answer], dtype=np.int64), session.empty_cache(1))
        assert_follows(logits[0], prompt, answer, TIE["half" if precision.half else "single"])


@pytest.mark.parametrize("name", ["q8", "q4f16"])
def test_onnx_answers_token_by_token_as_recorded(name: str, recorded: dict[str, Any]) -> None:
    precision = next(precision for precision in ONNX if precision.name == name)
    session = Session(Config(), DESTINATION / precision.path)
    prompt, answer = recorded["prompts"][0], recorded["answers"][name][0]
    logits, cache = session.run(np.array([prompt], dtype=np.int64), session.empty_cache(1))
    parts = [logits[0]]
    for token in answer:
        logits, cache = session.run(np.array([[token]], dtype=np.int64), cache)
        parts.append(logits[0])
    assert_follows(np.concatenate(parts), prompt, answer, TIE["half" if precision.half else "single"])


@pytest.mark.parametrize("precision", GGUF, ids=lambda precision: precision.name)
def test_weights_of_gguf_answer_as_recorded(precision: GgufPrecision, recorded: dict[str, Any]) -> None:
    model = network(Config(), gguf_file.read(Config(), DESTINATION / precision.path))
    for prompt, answer in zip(recorded["prompts"], recorded["answers"][precision.name], strict=True):
        assert_follows(logits_of(model, prompt + answer), prompt, answer, TIE["single"])


def test_prompts_are_encoded_as_recorded(recorded: dict[str, Any]) -> None:
    tokenizer = tok.load(DESTINATION)
    for question, prompt in zip(recorded["questions"], recorded["prompts"], strict=True):
        assert tok.encode_chat(tokenizer, [Turn("user", question)], prompt=True) == prompt


@pytest.mark.parametrize(
    "text", ["What is a token?", " two  spaces\n\nand lines", "12345 + 6 = 12351", "naïve café – 東京 🙂", "<|im_end|>"]
)
def test_tokenizer_returns_what_it_was_given(text: str) -> None:
    tokenizer = tok.load(DESTINATION)
    assert tokenizer.decode(tokenizer.encode(text).ids, skip_special_tokens=False) == text


def test_special_tokens_are_where_the_configuration_says() -> None:
    tokenizer = tok.load(DESTINATION)
    settings = json.loads((DESTINATION / "generation_config.json").read_text(encoding="utf-8"))
    assert tokenizer.token_to_id("<|im_end|>") == settings["eos_token_id"] == IM_END
    assert tokenizer.get_vocab_size() == Config().vocab
