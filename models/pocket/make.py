"""The one command that makes Pocket.

    python make.py all                      every stage, in order
    python make.py all --eager              the same without a C++ compiler: training takes longer
    python make.py train --minutes 40       one stage; further arguments go to it
    python make.py export evaluate          several stages

Stages: corpus-digest, tokenizer, train, export, evaluate (writes the card too), and, outside of "all" because it
needs Node.js and the network, llama-cpp. Work in progress lies in .work/, the finished files in static/models/pocket/.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Callable

from export.run import POCKET, WORK
from scoring import llama_cpp

DIGEST_FILE = POCKET / "corpus-digest.json"


def corpus_digest() -> None:
    """Says whether the corpus, its programs and the text that they write, is the one on record, and records it."""
    from corpus.assemble import fingerprint

    former = json.loads(DIGEST_FILE.read_text(encoding="utf-8")) if DIGEST_FILE.exists() else None
    current = fingerprint()
    DIGEST_FILE.write_text(json.dumps(current, indent=2) + "\n", encoding="utf-8")
    verdict = "first digest" if former is None else "unchanged" if former == current else "CHANGED since the last one"
    print(f"corpus: {current['sha256']} ({verdict})")


def _run(*command: str) -> Callable[[list[str]], None]:
    def stage(extra: list[str]) -> None:
        subprocess.run([sys.executable, *command, *extra], cwd=POCKET, check=True)

    return stage


def _train(extra: list[str]) -> None:
    corpus_digest()
    _run("train.py")(extra)


STAGES: dict[str, Callable[[list[str]], None]] = {
    "corpus-digest": lambda extra: corpus_digest(),
    "tokenizer": _run("tokenizer.py", "--out", str(WORK / "tokenizer")),
    "train": _train,
    "export": _run("-m", "export.run"),
    "evaluate": _run("evaluate.py"),
}
OPTIONAL: dict[str, Callable[[list[str]], None]] = {
    "llama-cpp": lambda extra: llama_cpp.install(WORK / llama_cpp.FOLDER),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("stages", nargs="+", choices=["all", *STAGES, *OPTIONAL], metavar="stage")
    arguments, extra = parser.parse_known_args()
    everything = arguments.stages == ["all"]
    names = list(STAGES) if everything else arguments.stages
    extras = {name: extra for name in names}
    if everything and extra == ["--eager"]:
        extras = {name: extra if name == "train" else [] for name in names}
    elif extra and len(names) > 1:
        parser.error(f"{' '.join(extra)}: arguments for a stage need that stage alone")
    if "all" in names:
        parser.error('"all" stands alone')
    for name in names:
        print(f"== {name}", flush=True)
        try:
            (STAGES | OPTIONAL)[name](extras[name])
        except subprocess.CalledProcessError as failure:
            sys.exit(f"stage {name} failed with code {failure.returncode}")


if __name__ == "__main__":
    main()
