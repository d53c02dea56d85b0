"""Exports everything, checks everything, and only then puts it in place.

    python -m export.run        from .work/ to static/models/pocket/
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

import tokenizer as tok
import training_record
from export import check, gguf_file, onnx_files
from export.onnx_files import State
from export.precisions import GGUF, LIMIT_BYTES, ONNX
from model import Config

POCKET = Path(__file__).parents[1]
WORK = POCKET / ".work"
DESTINATION = POCKET.parents[1] / "static/models/pocket"
MANIFEST = "manifest.json"
# What the checks saw, in the work folder, for the model card.
CHECKS = "checks.json"
# Folders in the work folder: the export that is being written, and the one that it is about to replace.
UNFINISHED, FORMER = "export-unfinished", "export-former"


def read_weights(work: Path) -> dict[str, NDArray[np.float32]]:
    """The trained float32 weights. Raises FileNotFoundError before training has finished."""
    return {name: value.astype(np.float32) for name, value in load_file(work / "model.safetensors").items()}


def export(
    config: Config, trained: State, tokenizer: Path, work: Path, destination: Path
) -> dict[str, check.Observed]:
    """Writes all files into `destination`, replacing what was there, and returns what the checks saw per precision.

    The files are written and checked in the folder `work`, on the same file system, and moved into place at the end.
    Raises check.ExportMismatch, and leaves `destination` as it was, if any file is wrong or all are too large, and
    ValueError if `work` lies on another file system.
    """
    destination.parent.mkdir(parents=True, exist_ok=True)
    if work.stat().st_dev != destination.parent.stat().st_dev:
        raise ValueError(f"{work} is not on the file system of {destination}: a finished export cannot be moved there")
    _clean_up(work, destination)
    folder = work / UNFINISHED
    try:
        tok.save(tok.load(tokenizer), folder)
        _write_json(folder / "config.json", _model_config(config))
        observed = _write_and_check(config, trained, folder)
        _write_manifest(config, trained, folder)
        size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
        if size > LIMIT_BYTES:
            raise check.ExportMismatch(f"all files together have {size} bytes, more than the limit of {LIMIT_BYTES}")
        if destination.exists():
            destination.rename(work / FORMER)
        folder.rename(destination)
    finally:
        _clean_up(work, destination)
    return observed


def _clean_up(work: Path, destination: Path) -> None:
    """Removes what an export left in `work`, and puts the former files back if no new ones came in their place."""
    former = work / FORMER
    if former.exists() and not destination.exists():
        former.rename(destination)
    for folder in (former, work / UNFINISHED):
        if folder.exists():
            shutil.rmtree(folder)


def _write_and_check(config: Config, trained: State, folder: Path) -> dict[str, check.Observed]:
    prompts = check.sequences(config, tok.load(folder))
    observed: dict[str, check.Observed] = {}
    for precision in ONNX:
        weights = onnx_files.weights_at(trained, precision)
        path = folder / precision.path
        onnx_files.write(config, weights, precision, path)
        holds = onnx_files.dequantized(weights)
        observed[precision.name] = check.check_onnx(config, precision, path, holds, trained, prompts)
    for variant in GGUF:
        path = folder / variant.path
        gguf_file.write(config, trained, variant, folder, path)
        observed[variant.name] = check.check_gguf(config, variant, path, trained, folder, prompts)
    return observed


def _model_config(config: Config) -> dict[str, Any]:
    return {
        **config.to_hf_dict(),
        "dtype": "float32",
        # Half-precision files keep their key-value cache in half precision too.
        "transformers.js_config": {"kv_cache_dtype": {"fp16": "float16", "q4f16": "float16"}},
    }


def _write_manifest(config: Config, trained: State, folder: Path) -> None:
    """Lists every file with its size and hash, and says which weights they were made of: for the evaluation and the
    tests. The app does not read it; what it verifies against is in its source, by `tools/pocket-files.mjs`.
    """
    precisions = {precision.path: precision.name for precision in (*ONNX, *GGUF)}
    files = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        name = path.relative_to(folder).as_posix()
        content = path.read_bytes()
        files.append(
            {
                "path": name,
                "bytes": len(content),
                "sha256": hashlib.sha256(content).hexdigest(),
                "precision": precisions.get(name),
            }
        )
    manifest = {
        "model": "pocket",
        "license": "Apache-2.0",
        "parameters": sum(int(value.size) for value in trained.values()),
        "weights": training_record.weights_digest(trained),
        "context": config.context,
        "files": files,
    }
    _write_json(folder / MANIFEST, manifest)


def listed_files(folder: Path) -> list[dict[str, Any]]:
    """The manifest's entries: path, bytes, sha256 and precision (None for the tokenizer's and configuration files)."""
    return json.loads((folder / MANIFEST).read_text(encoding="utf-8"))["files"]


def damaged_files(folder: Path) -> list[str]:
    """The listed files that are missing or not as listed."""

    def is_whole(entry: dict[str, Any]) -> bool:
        path = folder / entry["path"]
        return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == entry["sha256"]

    return [entry["path"] for entry in listed_files(folder) if not is_whole(entry)]


def _write_json(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, indent=2) + "\n", encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description="Export the trained Pocket to ONNX and GGUF.")
    parser.add_argument("--work", type=Path, default=WORK, help="folder with model.safetensors and tokenizer/")
    parser.add_argument("--out", type=Path, default=DESTINATION, help="folder that receives the files")
    arguments = parser.parse_args()
    work: Path = arguments.work
    observed = export(Config(), read_weights(work), work / "tokenizer", work, arguments.out)
    _write_json(work / CHECKS, {name: asdict(seen) for name, seen in observed.items()})
    for precision in (*ONNX, *GGUF):
        seen = observed[precision.name]
        size = (arguments.out / precision.path).stat().st_size / 1e6
        difference = "" if seen.difference is None else f"  largest difference from PyTorch {seen.difference:.2g}"
        print(f"{precision.path:28} {size:6.2f} MB  divergence {seen.divergence:.2g} nats{difference}")


if __name__ == "__main__":
    main()
