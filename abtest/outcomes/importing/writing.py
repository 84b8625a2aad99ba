"""Rows of an import into a variant's file: all of them in one step, or none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.errors import ContentError, Severity
from abtest.messages import disk
from abtest.messages.frontmatter import parse, split
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.results import BY_TOUCH, Vocabulary, read_results
from abtest.messages.rows import Change, edits
from abtest.messages.sheet import WHOLE, Run
from abtest.messages.source import LIMIT

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from abtest.model import Experiment
    from abtest.outcomes.importing.changes import Changes, RowChange
    from abtest.plan import Plan

_BOM = "\ufeff"


class Rewriting:
    """The new text of one variant's file, checked as the reader checks it.

    Args:
        path: The file.
        touches: How many touches the variant has.
        words: The keys that rows may have.
        today: The latest day that a row may name.
    """

    def __init__(self, path: Path, touches: int, words: Vocabulary, today: dt.date) -> None:
        self.path = path
        self.touches = touches
        self.words = words
        self.today = today
        self.old = disk.read(path)
        self.text = self.old.decode("utf-8")

    def apply(self, changes: Sequence[RowChange]) -> None:
        """Work the rows into the text.

        Raises:
            ContentError: The file could not be read afterwards.
        """
        mark = _BOM if self.text.startswith(_BOM) else ""
        text = self.text.removeprefix(_BOM)
        remaining = sorted((_as_change(change) for change in changes), key=lambda c: c.date)
        while remaining:
            front_end, root = self._parsed(text)
            batch, remaining = _apart(remaining, root)
            found = [
                (edit.start, number, edit)
                for number, change in enumerate(batch)
                for edit in edits(text, front_end, root, change, self.words)
            ]
            for _, _, edit in sorted(found, key=lambda part: part[:2], reverse=True):
                text = text[: edit.start] + edit.text + text[edit.end :]
        self.text = mark + text
        self._check(text)

    def write(self) -> None:
        """Put the new text into the place of the old, whole.

        Raises:
            SurroundingsError: The disk refuses, or someone changed the file meanwhile.
        """
        with disk.taking_turns(self.path.parent):
            disk.replace(self.path, self.old, self.text.encode("utf-8"))

    def _parsed(self, text: str) -> tuple[int, Entries]:
        run = Run(self.today)
        sheet = run.sheet(self.path.as_posix())
        parts = split(text, sheet)
        root = None if parts is None else parse(parts.front, sheet)
        if parts is None or root is None:
            raise ContentError(run.found)
        return len(parts.front), root

    def _check(self, text: str) -> None:
        """Read the text as the reader of the content will."""
        run = Run(self.today)
        sheet = run.sheet(self.path.as_posix())
        if len(text.encode()) > LIMIT:
            sheet.error("SZ001", WHOLE, f"This file would have more than {LIMIT // 1024} KB.")
        _, root = self._parsed(text)
        read_results(root.value("results"), self.words, self.touches, sheet)
        if sheet.errors:
            raise ContentError(f for f in run.found if f.severity is Severity.ERROR)


def rewritten(
    experiment: Experiment, changes: Changes, plan: Plan, today: dt.date
) -> list[Rewriting]:
    """The files that an import changes, ready to be written.

    Raises:
        ContentError: One of them could not be read afterwards; none is to be written.
    """
    metrics = [experiment.metric] if experiment.metric else []
    words = Vocabulary(plan, metrics)
    files = []
    for variant in experiment:
        rows = changes.of(variant.name)
        if rows:
            touches = len({touch.number for touch in variant.touches})
            file = Rewriting(Path(variant.path), touches, words, today)
            file.apply(rows)
            files.append(file)
    return files


def _as_change(change: RowChange) -> Change:
    counts: dict[str, Any] = dict(change.changed)
    if change.by_touch:
        counts[BY_TOUCH] = f"[{', '.join(map(str, change.row.by_touch))}]"
    row = change.row
    return Change(row.rep, row.date, counts, dimensions=row.dimensions, correct=True)


def _apart(changes: Sequence[Change], root: Entries) -> tuple[list[Change], list[Change]]:
    """Changes that can be worked into one text side by side, and those that must wait.

    First every rep gets a group, by one row each; the very first row also makes the results. Then
    rows in braces go in one by one, and all the others at once.
    """
    results = root.pairs.get("results")
    groups = results[1].pairs if results and isinstance(results[1], Entries) else {}
    first = {change.rep: change for change in reversed(changes) if not _rows(groups, change.rep)}
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
