"""Every sentence of the card that depends on the results says what the results say."""

from __future__ import annotations

from typing import Any

import pytest

import card
from card_results import MACHINE, complete_results
from corpus.suggested import SUGGESTED
from export.precisions import GGUF, ONNX
from export.run import DESTINATION, MANIFEST


@pytest.fixture
def results() -> dict[str, Any]:
    return complete_results()


def written(results: dict[str, Any]) -> str:
    return card.text(results, DESTINATION / MANIFEST)


def test_a_usual_training_is_repeated_by_the_usual_command(results: dict[str, Any]) -> None:
    text = written(results)
    assert "| command | `python train.py` |" in text
    assert "That trains on 37 million tokens, as these weights were." in text
    assert "interrupted" not in text and "followed the time" not in text and "changed since" not in text
    assert "--tokens" not in text


@pytest.mark.parametrize("option", ["--tokens 40e6", "--minutes 105 --threads 1", "--minutes=105"])
def test_another_length_is_repeated_by_its_own_command(results: dict[str, Any], option: str) -> None:
    results["training"]["parts"][0]["command"] = f"python train.py {option}"
    results["training"]["tokens"] = 40_009_728
    text = written(results)
    assert "as these weights were" not in text
    assert "These weights were trained on 40,009,728" in text
    assert "\n    python make.py train --tokens 40009728\n" in text
    assert ("followed the time that had passed" in text) == ("--minutes" in option)


def test_another_seed_is_in_the_command(results: dict[str, Any]) -> None:
    results["training"] |= {"seed": 7}
    results["training"]["parts"][0]["command"] = "python train.py --seed 7"
    assert "\n    python make.py train --tokens 37000000 --seed 7\n" in written(results)


def test_each_part_of_an_interrupted_training_is_told(results: dict[str, Any]) -> None:
    results["training"]["parts"].append(
        {"command": "python train.py --resume", "threads": 4, "machine": MACHINE | {"cpu": "Another", "cores": 4}}
    )
    text = written(results)
    assert "| command | `python train.py`, then `python train.py --resume` |" in text
    assert "| threads | 1, then 4, and one process" in text
    assert "| machine | A processor, 2 cores, Linux, then Another, 4 cores, Linux |" in text
    assert "The run was interrupted" in text


@pytest.mark.parametrize("changed", ["sha256", "sources"])
def test_a_corpus_that_changed_since_is_said_to_have(results: dict[str, Any], changed: str) -> None:
    results["training"]["corpus"] = results["training"]["corpus"] | {changed: "0123456789abcdef"}
    text = written(results)
    assert "**The programs of the corpus were changed since.**" in text
    assert "`0123456789ab…`" in text


def test_what_is_wrong_is_marked(results: dict[str, Any]) -> None:
    assert "(refused by the judge)" not in written(results) and "**wrong**" not in written(results)
    results["stories"][3] |= {"accepted": False}
    results["suggested"]["q8"][1] |= {"right": False, "answer": "27 + 58 = 75."}
    results["unbroken_stories"] |= {"unbroken": 19, "met": False}
    text = written(results)
    assert "The judge of the tests refused 1 of them" in text and "(refused by the judge)" in text
    assert "27 + 58 = 75. (**wrong**) |" in text
    assert "| stories below without a broken sentence | 19 of 20 | all | **no** |" in text


def test_stories_of_one_text_are_explained(results: dict[str, Any]) -> None:
    for number, story in enumerate(results["stories"]):
        story["story"] = f"Story {number}."
    assert "The same text" not in written(results)
    results["stories"][4]["story"] = results["stories"][1]["story"]
    assert "The same text was told as 2 and 5:" in written(results)


def test_what_the_tables_use_is_explained_and_every_file_is_in_them(results: dict[str, Any]) -> None:
    text = written(results)
    for word in ("*KLD* is", "*Same top* is", "shader-f16", "Muon, an optimizer", "llama-cli -m", "pipeline("):
        assert word in text, word
    for precision in (*ONNX, *GGUF):
        assert f"`{precision.path}`" in text
    for prompt in SUGGESTED:
        assert f"| {prompt} | So it is. (right) | So it is. (right) |" in text
    assert "or stands in lists that training never reads" in text
