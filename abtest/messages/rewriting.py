"""The text of one variant's file while rows are worked into it, checked as the reader checks it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from abtest.errors import ContentError, Severity, UsageError
from abtest.messages import disk
from abtest.messages.frontmatter import parse, split
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.results import Vocabulary, read_results
from abtest.messages.rows import Change, edits
from abtest.messages.sheet import WHOLE, Run
from abtest.messages.source import LIMIT, is_clean
from abtest.model import Cohort

_BOM = b"\xef\xbb\xbf"


class Rewriting:
    """A file, its text, and the rows in it.

    Args:
        path: The file.
        words: The keys that rows may have.
        today: The latest day that a row may name.
        touches: How many touches the variant has; None where nobody counted them.

    Attributes:
        text: The file's text, without a byte order mark; `apply` changes it.
        cohorts: The rows in `text`.

    Raises:
        UsageError: The file is no text, or a link.
        ContentError: The file is not readable as it stands.
        SurroundingsError: The disk refuses.
    """

    def __init__(
        self, path: Path, words: Vocabulary, today: dt.date, touches: int | None = None
    ) -> None:
        self.path = path
        self._words = words
        self._today = today
        self._touches = touches
        self._old = disk.read(path)
        self._mark = _BOM if self._old.startswith(_BOM) else b""
        self.text = self._decoded()
        self.cohorts = self._read()

    def apply(self, changes: Sequence[Change]) -> None:
        """Work rows into the text; the file waits for `write`.

        Raises:
            UsageError: A change is not possible.
            ContentError: The file could not be read afterwards.
        """
        before = self.text
        remaining = sorted(changes, key=lambda change: change.date)
        while remaining:
            front_end, root = self._parsed()
            batch, remaining = _apart(remaining, root)
            found = [
                (edit.start, number, edit)
                for number, change in enumerate(batch)
                for edit in edits(self.text, front_end, root, change, self._words)
            ]
            for _, _, edit in sorted(found, key=lambda part: part[:2], reverse=True):
                self.text = self.text[: edit.start] + edit.text + self.text[edit.end :]
        if self.text != before:
            self.cohorts = self._read()

    def write(self) -> None:
        """Put the new text into the place of the old, whole.

        Raises:
            SurroundingsError: The disk refuses, or someone changed the file meanwhile.
        """
        disk.replace(self.path, self._old, self._mark + self.text.encode("utf-8"))

    def _decoded(self) -> str:
        try:
            return self._old.removeprefix(self._mark).decode("utf-8")
        except UnicodeDecodeError as error:
            raise UsageError(f"{self.path} is not UTF-8; 'abtest check' says where.") from error

    def _parsed(self) -> tuple[int, Entries]:
        """The index of the closing fence, and the front matter."""
        run = Run(self._today)
        sheet = run.sheet(self.path.as_posix())
        parts = split(self.text, sheet)
        readable = parts is not None and is_clean(parts.front, sheet)
        root = parse(parts.front, sheet) if parts is not None and readable else None
        if parts is None or root is None:
            raise ContentError(run.found)
        return len(parts.front), root

    def _read(self) -> tuple[Cohort, ...]:
        """The rows, read as the reader of the content will."""
        _, root = self._parsed()
        run = Run(self._today)
        sheet = run.sheet(self.path.as_posix())
        if len(self.text.encode()) > LIMIT:
            sheet.error("SZ001", WHOLE, f"This file would have more than {LIMIT // 1024} KB.")
        cohorts: tuple[Cohort, ...] = ()
        if "results" in root.pairs:
            # Without a count of the touches, their upper bound: the whole file's check is exact.
            touches = self._touches or max(1, self.text.count("\n## "))
            cohorts = read_results(root.value("results"), self._words, touches, sheet)
        if sheet.errors:
            raise ContentError(found for found in run.found if found.severity is Severity.ERROR)
        return cohorts


def _apart(changes: Sequence[Change], root: Entries) -> tuple[list[Change], list[Change]]:
    """Changes that can be worked into one text side by side, and those that must wait.

    First every rep gets a group, by one row each; the very first row also makes the results. Then
    rows in braces go in one by one, and all the others at once.
    """
    results = root.pairs.get("results")
    groups = results[1].pairs if results and isinstance(results[1], Entries) else {}
    first: dict[str, Change] = {}
    for change in changes:
        if not _rows(groups, change.rep):
            first.setdefault(change.rep, change)
    flow = [change for change in changes if (rows := _rows(groups, change.rep)) and rows.flow]
    if first:
        ready = list(first.values()) if groups else [next(iter(first.values()))]
    else:
        ready = flow[:1] or list(changes)
    return ready, [change for change in changes if change not in ready]


def _rows(groups: Mapping[str, tuple[Scalar, Node]], rep: str) -> Items | None:
    """The rows of a rep, or None where there are none yet."""
    group = groups[rep][1] if rep in groups else None
    return group if isinstance(group, Items) and group.nodes else None
