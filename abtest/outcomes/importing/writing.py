"""Rows of an import into the files of variants: all are checked before the first is written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.messages import disk
from abtest.messages.results import BY_TOUCH, Vocabulary
from abtest.messages.rewriting import Rewriting
from abtest.messages.rows import Change

if TYPE_CHECKING:
    import datetime as dt

    from abtest.model import Experiment
    from abtest.outcomes.importing.changes import Changes, RowChange
    from abtest.plan import Plan


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
            file = Rewriting(Path(variant.path), words, today, touches)
            file.apply([_as_change(row) for row in rows])
            files.append(file)
    return files


def write(file: Rewriting) -> None:
    """Put a file in place, whole.

    Raises:
        SurroundingsError: The disk refuses, or someone changed the file meanwhile.
    """
    with disk.taking_turns(file.path.parent):
        file.write()


def _as_change(change: RowChange) -> Change:
    counts: dict[str, Any] = dict(change.changed)
    if change.by_touch:
        counts[BY_TOUCH] = f"[{', '.join(map(str, change.row.by_touch))}]"
    row = change.row
    return Change(row.rep, row.date, counts, dimensions=row.dimensions, correct=True)
