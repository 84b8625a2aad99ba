"""Record: one row of one file changed, everything else byte for byte, or nothing at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from abtest.errors import ContentError, Severity, UsageError
from abtest.messages import disk
from abtest.messages.frontmatter import parse, split
from abtest.messages.nodes import Entries
from abtest.messages.results import Vocabulary, read_results
from abtest.messages.rows import Change, edits
from abtest.messages.sheet import Run, Sheet
from abtest.model import Cohort

_BOM = b"\xef\xbb\xbf"

#: So many times a file that someone else changed is read afresh.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record did, or would do.

    Attributes:
        before: The file's text as it was.
        after: As it is now; the same text where nothing had to be done.
        cohorts: All cohorts of the variant, as they are now.
        cohort: The one that was added or raised.
    """

    before: str
    after: str
    cohorts: tuple[Cohort, ...]
    cohort: Cohort


def record(
    path: Path, change: Change, words: Vocabulary, *, today: dt.date, dry_run: bool = False
) -> Recorded:
    """Add a row, or raise the row of that rep, date and dimensions.

    Args:
        path: The variant's file.
        change: What to write.
        words: The keys that rows may have.
        today: The latest day that a row may name.
        dry_run: Only say what would be done.

    Raises:
        UsageError: The change is not possible.
        ContentError: The file is not readable, or would not be afterwards; nothing was written.
        SurroundingsError: The disk refuses, or others keep changing the file.
    """
    for tries_left in reversed(range(_TRIES)):
        try:
            with disk.taking_turns(path.parent):
                return _record(path, change, words, today, dry_run)
        except disk.ChangedMeanwhileError:
            if not tries_left:
                raise
    raise AssertionError("unreachable")


def _record(
    path: Path, change: Change, words: Vocabulary, today: dt.date, dry_run: bool
) -> Recorded:
    old = disk.read(path)
    mark = _BOM if old.startswith(_BOM) else b""
    before = _decoded(old.removeprefix(mark), path)
    front_end, root, cohorts = _read(before, path, words, today)
    after = before
    for edit in sorted(edits(before, front_end, root, change, words), key=lambda e: -e.start):
        after = after[: edit.start] + edit.text + after[edit.end :]
    if after != before:
        _, _, cohorts = _read(after, path, words, today)
    found = _found(cohorts, change)
    if after != before and not dry_run:
        disk.replace(path, old, mark + after.encode("utf-8"))
    return Recorded(before, after, cohorts, found)


def _decoded(data: bytes, path: Path) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8; 'abtest check' says where.") from error


def _read(
    text: str, path: Path, words: Vocabulary, today: dt.date
) -> tuple[int, Entries, tuple[Cohort, ...]]:
    """The index of the closing fence, the front matter and the rows of a variant's text."""
    run = Run(today)
    sheet = run.sheet(path.as_posix())
    parts = split(text, sheet)
    root = None if parts is None else parse(parts.front, sheet)
    cohorts: tuple[Cohort, ...] = ()
    if root is not None and "results" in root.pairs:
        cohorts = read_results(root.value("results"), words, _touches(text), sheet)
    _refuse_errors(run, sheet)
    if parts is None or root is None:
        raise AssertionError("an unreadable front matter has errors")
    return len(parts.front), root, cohorts


def _touches(text: str) -> int:
    """An upper bound on the touches: what a row says of them is checked with the whole file."""
    return max(1, text.count("\n## "))


def _refuse_errors(run: Run, sheet: Sheet) -> None:
    if sheet.errors:
        raise ContentError(found for found in run.found if found.severity is Severity.ERROR)


def _found(cohorts: tuple[Cohort, ...], change: Change) -> Cohort:
    """The row that the change is about; its absence would be a bug of ours."""
    dated = [c for c in cohorts if (c.rep, c.date) == (change.rep, change.date)]
    exact = [c for c in dated if dict(c.dimensions) == dict(change.dimensions)]
    return (exact or dated)[0]
