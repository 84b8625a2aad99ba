"""The content: can every file be read, and were the files around it made by this version?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from abtest.errors import AbtestError, Severity
from abtest.messages.reader import read
from abtest.messages.sheet import printable
from abtest.workspace.checkup.diagnosis import Diagnosis, advice, ok, problem
from abtest.workspace.manifest import MANIFEST
from abtest.workspace.updating import changes


def is_missing(root: Path, messages: str) -> bool:
    """Is the content folder not here? Then nothing else can be right before it is found."""
    return not (root / messages).is_dir()


def examine(root: Path, messages: str, today: dt.date) -> Iterator[Diagnosis]:
    """What can be said of the messages, and of the files that `abtest init` wrote."""
    yield _content(root / messages, messages, today)
    if (root / MANIFEST).exists():
        yield _starter(root)


def _content(folder: Path, shown: str, today: dt.date) -> Diagnosis:
    experiments, findings = read(folder, today=today)
    if experiments is None:
        (found,) = findings
        here = printable(str(Path.cwd()))
        return problem(f"{found.message.rstrip('.')}; this is {here}", found.suggestion)
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    if errors:
        many = "1 error" if errors == 1 else f"{errors} errors"
        return problem(f"The content cannot be read: {many}", "abtest check shows each with cure")
    variants = sum(map(len, experiments.values()))
    return ok(f"{shown} reads: experiments {len(experiments)}, variants {variants}")


def _starter(root: Path) -> Diagnosis:
    try:
        waiting = len(changes(root))
    except AbtestError as error:
        return problem(
            f"The files of 'abtest init' cannot be compared: {error}", f"git log {MANIFEST}"
        )
    if waiting:
        return advice(
            f"Newer templates would change {waiting} of the files of 'abtest init'",
            "abtest init --update shows how",
        )
    return ok("The files of 'abtest init' are up to date, or yours")
