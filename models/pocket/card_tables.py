"""The sections of the model card that are tables of the results."""

from __future__ import annotations

from typing import Any

from export import check
from export.precisions import GGUF, ONNX, GgufPrecision, OnnxPrecision
from scoring.bars import EIGHT_BIT

GROUP_NAMES = {
    "exact": "exact tasks",
    "knowledge": "knowledge",
    "outside": "honest about what is out of its scope",
    "manners": "manners",
    "story": "stories",
}


def bars(results: dict[str, Any]) -> str:
    """The groups of questions with the bars that they have to clear."""
    lines = [
        f"| {GROUP_NAMES[group]} | {total['right']} of {total['asked']} ({total['right'] / total['asked']:.1%}) | "
        + (f"at least {total['bar']:.0%}" if total["met"] is not None else "–")
        + f" | {_verdict(total['met'])} |"
        for group, total in results["groups"].items()
    ]
    eight, told = results["eight_bit"], results["unbroken_stories"]
    return "\n".join(
        [
            "## Bars",
            "",
            f"Right answers to held-out questions by group, at full precision ({results['reference']}).",
            "",
            "| group | right | bar | met |",
            "| --- | --: | --: | --- |",
            *lines,
            f"| stories below without a broken sentence | {told['unbroken']} of {told['told']} | all | "
            f"{_verdict(told['met'])} |",
            f"| all questions, {EIGHT_BIT} against {results['reference']} | {100 * eight['change']:+.2f} points | "
            f"within {100 * eight['bar']:.1f} points | {_verdict(eight['met'])} |",
        ]
    )


def _verdict(met: bool | None) -> str:
    return "–" if met is None else "yes" if met else "**no**"


def precisions(results: dict[str, Any]) -> str:
    """One row for every file."""
    header = (
        "| precision | file | MB | right | perplexity | KLD, nats | same top | Δ ln PPL | measured in |\n"
        "| --- | --- | --: | --: | --: | --: | --: | --: | --- |"
    )
    lines = [_precision_line(name, row, name == results["reference"]) for name, row in results["precisions"].items()]
    floor = results["floor"]
    return "\n".join(
        [
            "## Quality by precision",
            "",
            f"{results['questions']:,} held-out questions, answered greedily and judged by programs. Perplexity, "
            f"divergence (KLD) and same-top are over {results['scored_positions']:,} tokens of right answers, with "
            f"{results['reference']} as the reference; ± is one standard error. The floor, the same float32 weights in "
            f"{floor['engine']}: KLD {floor['divergence']['mean']:.1e}, same top {floor['same_top']['mean']:.2%}.",
            "",
            header,
            *lines,
            "",
            "*KLD* is the Kullback–Leibler divergence: how far the probabilities of all tokens are from those of the "
            "reference, 0 where they are equal. *Same top* is the share of positions at which both find the same token "
            "likeliest. *Δ ln PPL* is the logarithm of the perplexity minus the reference's. fp16 and q4f16 compute in "
            "half precision: on WebGPU they need a GPU with the feature `shader-f16`, which the others do not.",
        ]
    )


def _precision_line(name: str, row: dict[str, Any], reference: bool) -> str:
    def plus_minus(estimate: dict[str, float]) -> str:
        return f"{estimate['mean']:.2g} ± {estimate['error']:.1g}"

    same_top = row["same_top"]
    cells = (
        name,
        f"`{row['path']}`",
        f"{row['bytes'] / 1e6:.2f}",
        f"{row['right'] / row['asked']:.1%}",
        f"{row['perplexity']:.3f}",
        "–" if reference else plus_minus(row["divergence"]),
        "–" if reference else f"{same_top['mean']:.2%} ± {same_top['error']:.2%}",
        "–" if reference else plus_minus(row["log_perplexity_change"]),
        row["engine"],
    )
    return f"| {' | '.join(cells)} |"


def families(results: dict[str, Any]) -> str:
    """The share of right answers by family and precision."""
    precisions = results["precisions"]
    families = precisions[results["reference"]]["families"]
    lines = [
        f"| {family} | {counts['asked']} | "
        + " | ".join(f"{row['families'][family]['right'] / counts['asked']:.0%}" for row in precisions.values())
        + " |"
        for family, counts in families.items()
    ]
    return "\n".join(
        [
            "## Right answers by family",
            "",
            f"| family | asked | {' | '.join(precisions)} |",
            f"| --- | --: |{' --: |' * len(precisions)}",
            *lines,
        ]
    )


def suggestions(results: dict[str, Any]) -> str:
    """What the app suggests on its first screen, with the answers."""
    columns = results["suggested"]
    lines = []
    for at, asked in enumerate(next(iter(columns.values()))):
        answers = [answered[at] for answered in columns.values()]
        cells = (f"{_cell(answer['answer'])} ({'right' if answer['right'] else '**wrong**'})" for answer in answers)
        lines.append(f"| {_cell(asked['prompt'])} | {' | '.join(cells)} |")
    return "\n".join(
        [
            "## What the app suggests",
            "",
            "The prompts of the app's first screen, which training never shows, answered greedily. q8 is the precision "
            "that a visitor gets.",
            "",
            f"| prompt | {' | '.join(columns)} |",
            f"| --- |{' --- |' * len(columns)}",
            *lines,
        ]
    )


def _cell(text: str) -> str:
    """A text as one cell of a table."""
    return " ".join(text.split()).replace("|", "\\|")


def tolerances(results: dict[str, Any]) -> str:
    """What the checks at export allow and what they saw."""
    return "\n".join(
        [
            "## Checks at export",
            "",
            "No file is put in place before it was checked. The logits of an ONNX file, in a prefill and token by "
            "token, are held against PyTorch's with the same (dequantized) weights. A GGUF file is not run: its header "
            "and its tensors are read back, and each tensor may be off, relative to its root mean square, by "
            f"{_tensor_errors()}. The predictions of both, for GGUF by PyTorch with the weights read back, may diverge "
            "from those of the float32 model by the mean that the table allows. Seen at the last export:",
            "",
            "| precision | largest difference of a logit | allowed | divergence from float32, nats/token | allowed |",
            "| --- | --: | --: | --: | --: |",
            *(_tolerance_line(precision, results["checks"][precision.name]) for precision in (*ONNX, *GGUF)),
            "",
            f"In half precision the larger of {check.HALF_TOLERANCE} and {check.HALF_RELATIVE:.1%} of the largest "
            "logit is allowed. These divergences are means over a few prompts and one sequence of random tokens, on "
            "which a damaged model fares worse than on text; the table of quality above is about text.",
        ]
    )


def _tensor_errors() -> str:
    return ", ".join(f"{error:g} ({kind})" for kind, error in check.TENSOR_ERROR.items())


def _tolerance_line(precision: OnnxPrecision | GgufPrecision, seen: dict[str, float | None]) -> str:
    difference, allowed = "–", "–"
    if isinstance(precision, OnnxPrecision):
        difference = format(seen["difference"], ".1e")
        allowed = f"{check.HALF_TOLERANCE} or more" if precision.half else str(check.SINGLE_TOLERANCE)
    cells = (precision.name, difference, allowed, f"{seen['divergence']:.1e}", f"{check.allowed_divergence(precision):g}")
    return f"| {' | '.join(cells)} |"
