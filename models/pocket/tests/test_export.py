"""An export computes what PyTorch computes, and a wrong file is refused before anything is replaced."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

import gguf
import numpy as np
import onnx
import pytest
import torch
from numpy.typing import NDArray
from onnx import numpy_helper

import tokenizer as tok
import training_record
from export import check, gguf_file, onnx_files, run
from export.onnx_files import State
from export.precisions import GGUF, ONNX, OnnxPrecision
from export.q2_k import quantize_q2_k
from export.quantize import BLOCKS, quantize
from export.run import export
from model import Config, Pocket

# Two layers keep the tests quick; all other sizes are as shipped, where they matter to the formats.
SMALL = Config(layers=2, context=256, init_std=0.05)


@pytest.fixture(scope="module")
def trained() -> State:
    torch.manual_seed(0)
    return {name: value.numpy().copy() for name, value in Pocket(SMALL).state_dict().items()}


@pytest.fixture(scope="module")
def tokenizer_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tokenizer")
    tok.save(tok.train([f"The {i} small foxes ran over {i * 7} green hills." for i in range(50)]), folder)
    return folder


@pytest.fixture
def work(tmp_path: Path) -> Path:
    """Where an export is written before it is moved."""
    folder = tmp_path / "work"
    folder.mkdir()
    return folder


@pytest.fixture(scope="module")
def matrix() -> NDArray[np.float32]:
    return np.random.default_rng(1).normal(scale=0.05, size=(64, 512)).astype(np.float32)


def relative_error(actual: NDArray[np.float32], expected: NDArray[np.float32]) -> float:
    return float(np.sqrt(np.mean((actual - expected) ** 2) / np.mean(expected**2)))


@pytest.mark.parametrize(("bits", "largest"), [(2, 0.34), (4, 0.083), (8, 0.006)])
@pytest.mark.parametrize("scale_type", [np.float32, np.float16])
def test_block_quantization_of_normal_weights_is_near_its_optimum(
    matrix: NDArray[np.float32], bits: int, largest: float, scale_type: type
) -> None:
    assert relative_error(quantize(matrix, bits, scale_type).dequantize(), matrix) < largest


@pytest.mark.parametrize("bits", [2, 4, 8])
def test_searching_the_scale_beats_the_largest_weight(matrix: NDArray[np.float32], bits: int) -> None:
    blocks = matrix.reshape(-1, BLOCKS[bits])
    step = np.abs(blocks).max(axis=1, keepdims=True) / (2 ** (bits - 1) - 1 or 1)
    plain = np.clip(np.rint(blocks / step), -(2 ** (bits - 1)), 2 ** (bits - 1) - 1) * step
    assert relative_error(quantize(matrix, bits).dequantize(), matrix) < relative_error(plain.reshape(64, 512), matrix)


def test_zero_weights_stay_zero() -> None:
    nothing = np.zeros((2, 256), dtype=np.float32)
    for bits in BLOCKS:
        assert not quantize(nothing, bits).dequantize().any()
    assert not gguf.quants.dequantize(quantize_q2_k(nothing), gguf.GGMLQuantizationType.Q2_K).any()


def test_columns_that_do_not_fill_blocks_are_refused() -> None:
    with pytest.raises(ValueError, match="100 columns"):
        quantize(np.ones((1, 100), dtype=np.float32), 4)
    with pytest.raises(ValueError, match="384 columns"):
        quantize_q2_k(np.ones((1, 384), dtype=np.float32))


def test_q2_k_is_read_by_gguf(matrix: NDArray[np.float32]) -> None:
    packed = quantize_q2_k(matrix)
    assert packed.shape == (64, 2 * 84)
    assert relative_error(gguf.quants.dequantize(packed, gguf.GGMLQuantizationType.Q2_K), matrix) < 0.27


def test_f16_gguf_returns_the_weights_in_their_order(trained: State, tokenizer_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "pocket.gguf"
    gguf_file.write(SMALL, trained, GGUF[0], tokenizer_folder, path)
    read = gguf_file.read(SMALL, path)
    assert read.keys() == trained.keys()
    for name, expected in trained.items():
        np.testing.assert_allclose(read[name], expected, atol=1e-4, err_msg=name)


def test_every_file_is_written_and_in_the_manifest(
    trained: State, tokenizer_folder: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destination = tmp_path / "static/pocket"
    write, beside = onnx_files.write, []

    def write_and_look(config: Config, weights, precision, path: Path) -> None:
        write(config, weights, precision, path)
        beside.append(list(destination.parent.iterdir()))

    monkeypatch.setattr(onnx_files, "write", write_and_look)
    observed = export(SMALL, trained, tokenizer_folder, work, destination)
    assert beside == [[]] * len(ONNX), "an export that is killed would leave files"
    assert observed.keys() == {precision.name for precision in (*ONNX, *GGUF)}
    listed = run.listed_files(destination)
    present = {path.relative_to(destination).as_posix() for path in destination.rglob("*") if path.is_file()}
    assert {entry["path"] for entry in listed} == present - {run.MANIFEST}
    assert {precision.path for precision in (*ONNX, *GGUF)} <= present
    assert run.damaged_files(destination) == []
    assert list(destination.parent.iterdir()) == [destination]
    assert list(work.iterdir()) == []
    settings = json.loads((destination / "tokenizer_config.json").read_text(encoding="utf-8"))
    assert settings["padding_side"] == "right"


def former_export(tmp_path: Path) -> Path:
    """A folder with one file, which stands for what is shipped already."""
    destination = tmp_path / "static/pocket"
    destination.mkdir(parents=True)
    (destination / "config.json").write_text("the former export")
    return destination


def write_no_models(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leaves an export with the tokenizer and the configuration only: enough to see how it is moved."""
    monkeypatch.setattr(run, "_write_and_check", lambda config, trained, folder: {})


def corrupt_scale(path: Path) -> None:
    """Doubles one scale of the last feed-forward block."""
    model = onnx.load(path)
    scales = next(tensor for tensor in model.graph.initializer if tensor.name == "layer.1.ffn.down.scales")
    values = numpy_helper.to_array(scales).copy()
    values[3, 0] *= 2
    scales.CopyFrom(numpy_helper.from_array(values, scales.name))
    onnx.save(model, path)


def test_a_corrupt_scale_is_refused_and_nothing_is_replaced(
    trained: State, tokenizer_folder: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destination = former_export(tmp_path)
    write = onnx_files.write

    def write_damaged(config: Config, weights, precision, path: Path) -> None:
        write(config, weights, precision, path)
        if precision.name == "q4":
            corrupt_scale(path)

    monkeypatch.setattr(onnx_files, "write", write_damaged)
    with pytest.raises(check.ExportMismatch, match=r"onnx/model_q4.onnx: a logit of prefill is .* away"):
        export(SMALL, trained, tokenizer_folder, work, destination)
    assert [path.name for path in destination.iterdir()] == ["config.json"]
    assert (destination / "config.json").read_text() == "the former export"
    assert list(destination.parent.iterdir()) == [destination]


def test_a_wrong_shape_is_refused(trained: State, tokenizer_folder: Path, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    weights = onnx_files.weights_at(trained, ONNX[0])
    onnx_files.write(SMALL, weights, ONNX[0], path)
    prompts = check.sequences(SMALL, tok.load(tokenizer_folder))
    other = dataclasses.replace(SMALL, kv_heads=2)
    with pytest.raises(check.ExportMismatch, match=r"past_key_values.0.key is .*, not "):
        check.check_onnx(other, ONNX[0], path, trained, trained, prompts)


def test_rows_of_query_and_key_in_the_wrong_order_are_refused(
    trained: State, tokenizer_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "pocket.gguf"
    monkeypatch.setattr(gguf_file, "_rows_for_llama_cpp", lambda config, name, matrix: matrix)
    gguf_file.write(SMALL, trained, GGUF[0], tokenizer_folder, path)
    prompts = check.sequences(SMALL, tok.load(tokenizer_folder))
    with pytest.raises(check.ExportMismatch, match=r"q_proj.weight is off by"):
        check.check_gguf(SMALL, GGUF[0], path, trained, tokenizer_folder, prompts)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"rope_theta": 500_000.0}, "rope.freq_base"),
        ({"norm_eps": 1e-6}, "layer_norm_rms_epsilon"),
        ({"ffn": 768}, "feed_forward_length"),
        ({"hidden": 512}, "embedding_length"),
        ({"context": 512}, "context_length"),
    ],
)
def test_a_wrong_number_in_the_header_is_refused(
    changed: dict[str, float],
    named: str,
    trained: State,
    tokenizer_folder: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    describe, other = gguf_file._describe, dataclasses.replace(SMALL, **changed)
    monkeypatch.setattr(gguf_file, "_describe", lambda writer, config, kind: describe(writer, other, kind))
    path = tmp_path / "pocket.gguf"
    gguf_file.write(SMALL, trained, GGUF[0], tokenizer_folder, path)
    prompts = check.sequences(SMALL, tok.load(tokenizer_folder))
    with pytest.raises(check.ExportMismatch, match=named):
        check.check_gguf(SMALL, GGUF[0], path, trained, tokenizer_folder, prompts)


@pytest.mark.parametrize("part", ["tokens", "merges", "chat_template"])
def test_another_tokenizer_in_a_gguf_file_is_refused(
    part: str, trained: State, tokenizer_folder: Path, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    tokenizer = json.loads((tokenizer_folder / "tokenizer.json").read_text(encoding="utf-8"))
    settings = json.loads((tokenizer_folder / "tokenizer_config.json").read_text(encoding="utf-8"))
    if part == "tokens":
        vocabulary = tokenizer["model"]["vocab"]
        vocabulary["a"], vocabulary["b"] = vocabulary["b"], vocabulary["a"]
    elif part == "merges":
        tokenizer["model"]["merges"].reverse()
    else:
        settings["chat_template"] = settings["chat_template"].replace("assistant", "model")
    (other / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    (other / "tokenizer_config.json").write_text(json.dumps(settings), encoding="utf-8")
    path = tmp_path / "pocket.gguf"
    gguf_file.write(SMALL, trained, GGUF[0], other, path)
    with pytest.raises(check.ExportMismatch, match=part):
        check.check_gguf(SMALL, GGUF[0], path, trained, tokenizer_folder, [])


@pytest.mark.parametrize("precision", ONNX, ids=lambda precision: precision.name)
def test_shipped_files_are_made_of_the_fused_operators(precision: OnnxPrecision) -> None:
    check._check_operators(Config(), precision, run.DESTINATION / precision.path)


@pytest.mark.parametrize("operator", ["GroupQueryAttention", "MatMulNBits", "SkipSimplifiedLayerNormalization"])
def test_a_graph_without_a_fused_operator_is_refused(operator: str, trained: State, tmp_path: Path) -> None:
    precision = next(precision for precision in ONNX if precision.name == "q4")
    path = tmp_path / "model.onnx"
    onnx_files.write(SMALL, onnx_files.weights_at(trained, precision), precision, path)
    check._check_operators(SMALL, precision, path)
    model = onnx.load(path)
    next(node for node in model.graph.node if node.op_type == operator).op_type = "Plain"
    onnx.save(model, path)
    with pytest.raises(check.ExportMismatch, match=f"nodes are {operator}, not"):
        check.check_onnx(SMALL, precision, path, trained, trained, [])


def test_attention_without_rotary_is_refused(trained: State, tmp_path: Path) -> None:
    path = tmp_path / "model.onnx"
    onnx_files.write(SMALL, onnx_files.weights_at(trained, ONNX[0]), ONNX[0], path)
    model = onnx.load(path)
    node = next(node for node in model.graph.node if node.op_type == "GroupQueryAttention")
    next(attribute for attribute in node.attribute if attribute.name == "do_rotary").i = 0
    onnx.save(model, path)
    with pytest.raises(check.ExportMismatch, match="do_rotary"):
        check.check_onnx(SMALL, ONNX[0], path, trained, trained, [])


def test_the_manifest_names_the_weights(
    trained: State, tokenizer_folder: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_no_models(monkeypatch)
    destination = tmp_path / "static/pocket"
    export(SMALL, trained, tokenizer_folder, work, destination)
    manifest = json.loads((destination / run.MANIFEST).read_text(encoding="utf-8"))
    assert manifest["weights"] == training_record.weights_digest(trained)


def test_too_much_in_all_is_refused(
    trained: State, tokenizer_folder: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_no_models(monkeypatch)
    monkeypatch.setattr(run, "LIMIT_BYTES", 1000)
    with pytest.raises(check.ExportMismatch, match="more than the limit of 1000"):
        export(SMALL, trained, tokenizer_folder, work, tmp_path / "static/pocket")
    assert list((tmp_path / "static").iterdir()) == list(work.iterdir()) == []


def refuse_renaming(monkeypatch: pytest.MonkeyPatch, refused: str) -> None:
    """Renaming a folder of this name fails, as on a disk that is full or was taken away."""
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == refused:
            raise OSError("no such device")
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", failing)


def test_the_former_export_returns_when_the_new_one_cannot_take_its_place(
    trained: State, tokenizer_folder: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destination = former_export(tmp_path)
    write_no_models(monkeypatch)
    refuse_renaming(monkeypatch, run.UNFINISHED)
    with pytest.raises(OSError, match="no such device"):
        export(SMALL, trained, tokenizer_folder, work, destination)
    assert (destination / "config.json").read_text() == "the former export"
    assert list(destination.parent.iterdir()) == [destination]
    assert list(work.iterdir()) == []


def test_what_a_killed_export_left_is_put_right_by_the_next(
    trained: State, tokenizer_folder: Path, work: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    destination = former_export(tmp_path)
    destination.rename(work / run.FORMER)
    (work / run.UNFINISHED).mkdir()
    write_no_models(monkeypatch)
    monkeypatch.setattr(run, "LIMIT_BYTES", 1000)
    with pytest.raises(check.ExportMismatch, match="more than the limit"):
        export(SMALL, trained, tokenizer_folder, work, destination)
    assert (destination / "config.json").read_text() == "the former export"
    assert list(work.iterdir()) == []
