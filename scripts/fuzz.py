"""Fuzz the reader, guided by coverage: python scripts/fuzz.py [CORPUS] [-max_total_time=60].

Needs atheris (`pip install "abtest[nightly]"`). Each input becomes one file of a small good team;
the team is read, its Markdown rendered. A crash, a hang of five seconds, or a finding that cannot
be printed or has no place ends the run with the input in `crash-…`, `timeout-…`. The seeds are the
good files and every hostile edit of the tests. What follows is libFuzzer's own.
"""

from __future__ import annotations

import json
import sys
import tempfile
from pathlib import Path

import atheris

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "messages"))

with atheris.instrument_imports(include=["abtest.messages"]):
    from content_trees import EXPERIMENT, OFFER, PLAN, QUESTION, REVIEW, REVIEW_TEXT, TODAY, TREE
    from hostile_edits import EDITS

    from abtest.errors import Severity
    from abtest.messages.markdown import render
    from abtest.messages.reader import read

GOOD = {**TREE, REVIEW: REVIEW_TEXT}
FILES = (PLAN, EXPERIMENT, OFFER, QUESTION, REVIEW)
TEAM = Path(tempfile.mkdtemp(prefix="abtest-fuzz-"))


def write(name: str, content: bytes) -> None:
    """Put a file of the team in its place."""
    path = TEAM / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def run(data: bytes) -> None:
    """Read the team with one file as the input has it: its first byte says which."""
    if not data:
        return
    name = FILES[data[0] % len(FILES)]
    write(name, data[1:])
    try:
        experiments, findings = read(TEAM / "messages", today=TODAY)
    finally:
        write(name, GOOD[name].encode())
    for finding in findings:
        assert finding.line >= 0
        assert finding.path.isprintable()
        assert finding.path
        assert finding.message.isprintable(), finding
        assert finding.suggestion.isprintable(), finding
        json.dumps(finding.to_dict(), allow_nan=False)
    if not any(finding.severity is Severity.ERROR for finding in findings):
        assert experiments is not None
        for experiment in experiments.values():
            render(experiment.body)


def write_seeds(folder: Path) -> None:
    """The good files, and each with one hostile edit."""
    folder.mkdir(parents=True, exist_ok=True)
    for number, name in enumerate(FILES):
        (folder / f"good-{number}").write_bytes(bytes([number]) + GOOD[name].encode())
    for number, edit in enumerate(EDITS):
        if edit.path in FILES and isinstance(edit.new, str):
            text = GOOD[edit.path].replace(edit.old, edit.new)
            seed = bytes([FILES.index(edit.path)]) + text.encode("utf-8", "surrogatepass")
            (folder / f"edit-{number:03}").write_bytes(seed)


def main(arguments: list[str]) -> None:
    """Fuzz until libFuzzer's options say that it is enough; 60 seconds by default."""
    folders = [each for each in arguments if not each.startswith("-")]
    corpus = Path(folders[0]) if folders else TEAM / "corpus"
    write_seeds(corpus)
    for name, text in GOOD.items():
        write(name, text.encode())
    options = ["-max_total_time=60", "-timeout=5", "-max_len=8192", "-rss_limit_mb=2048"]
    options += [each for each in arguments if each.startswith("-")]
    atheris.Setup([sys.argv[0], str(corpus), *options], run)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1:])
