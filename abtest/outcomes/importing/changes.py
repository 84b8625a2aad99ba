"""What an import would change: rows that are new, raised, the same, or in the way."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from abtest.errors import AbtestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from abtest.model import Cohort, Experiment
    from abtest.outcomes.importing.cohorts import Imported

_NAMED = 10


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row to write.

    Attributes:
        row: What the import has.
        before: The row that is there, or None for a new one.
        changed: Count key → its new value, of those that differ.
        by_touch: Whether the responses by touch differ too.
    """

    row: Imported
    before: Cohort | None
    changed: Mapping[str, int]
    by_touch: bool = False


@dataclass(frozen=True, slots=True)
class Changes:
    """What an import comes to.

    Attributes:
        rows: The rows to write, in their order.
        same: How many rows are as the import has them.
    """

    rows: tuple[RowChange, ...]
    same: int

    def of(self, variant: str) -> tuple[RowChange, ...]:
        """The rows of one variant."""
        return tuple(change for change in self.rows if change.row.variant == variant)

    @property
    def new(self) -> tuple[RowChange, ...]:
        """Rows that are not there yet."""
        return tuple(change for change in self.rows if change.before is None)

    @property
    def sums(self) -> dict[str, Counter[str]]:
        """Variant → by how much each count grows."""
        found: dict[str, Counter[str]] = {}
        for change in self.rows:
            growth = found.setdefault(change.row.variant, Counter())
            for key, value in change.changed.items():
                growth[key] += value - (change.before.get(key) if change.before else 0)
        return found


def compare(
    imported: Sequence[Imported], experiment: Experiment, *, weekly: bool, replace: bool
) -> Changes:
    """Hold an import against the rows that are there.

    Args:
        imported: What the import has.
        experiment: With the rows that are there.
        weekly: A row of the import stands for a week.
        replace: Numbers of the import take the place of larger ones.

    Raises:
        AbtestError: Prospects would count twice, or a number would go down.
    """
    there = {
        (variant.name, cohort.rep, cohort.date, frozenset(cohort.dimensions.items())): cohort
        for variant in experiment
        for cohort in variant.cohorts
    }
    problems = list(_twice(imported, experiment, weekly))
    rows, same = [], 0
    for row in imported:
        change = _change(row, there.get(row.key))
        lower = [key for key in change.changed if change.before and _falls(change, key)]
        if lower and not replace:
            problems.append(_lower(change, lower[0]))
        if change.by_touch and change.before and change.before.responses_by_touch:
            problems.append(
                f"{row.variant}, {row.rep}, {row.date}: responses_by_touch differs; change it by "
                f"hand on line {change.before.line}."
            )
        if change.changed or change.by_touch:
            rows.append(change)
        else:
            same += 1
    _refuse(problems)
    return Changes(tuple(rows), same)


def _change(row: Imported, before: Cohort | None) -> RowChange:
    if before is None:
        return RowChange(row, None, row.counts, bool(row.by_touch))
    changed = {key: number for key, number in row.counts.items() if before.get(key) != number}
    by_touch = bool(row.by_touch) and row.by_touch != before.responses_by_touch
    return RowChange(row, before, changed, by_touch)


def _falls(change: RowChange, key: str) -> bool:
    assert change.before is not None
    return change.changed[key] < change.before.get(key)


def _lower(change: RowChange, key: str) -> str:
    row, before = change.row, change.before
    assert before is not None
    return (
        f"{row.variant}, {row.rep}, {row.date}: {key} is {before.get(key):,}, and the import has "
        f"{change.changed[key]:,}. --replace takes the import's numbers."
    )


def _twice(imported: Sequence[Imported], experiment: Experiment, weekly: bool) -> Iterator[str]:
    """Rows that are there under other dimensions or days, and hold the same prospects."""
    known: dict[tuple[str, str], list[Cohort]] = {}
    for variant in experiment:
        for cohort in variant.cohorts:
            known.setdefault((variant.name, cohort.rep), []).append(cohort)
    keys = {row.key for row in imported}
    for row in imported:
        for cohort in known.get((row.variant, row.rep), ()):
            dimensions = frozenset(cohort.dimensions.items())
            if (row.variant, row.rep, cohort.date, dimensions) in keys:
                continue
            if cohort.date == row.date:
                yield (
                    f"{row.variant}, {row.rep}, {row.date}: there is a row with other dimensions "
                    f"on line {cohort.line}; the same prospects would count twice. Use the same "
                    "--keep as before, or delete that row."
                )
            elif weekly and dt.timedelta(0) < cohort.date - row.date < dt.timedelta(7):
                yield (
                    f"{row.variant}, {row.rep}, {row.date}: there is a row for {cohort.date} on "
                    f"line {cohort.line}, in the same week; import by day, or delete that row."
                )


def _refuse(problems: Sequence[str]) -> None:
    if problems:
        shown = [f"  {problem}" for problem in problems[:_NAMED]]
        more = len(problems) - _NAMED
        if more > 0:
            shown.append(f"  and {more:,} more")
        raise AbtestError("Nothing was written:\n" + "\n".join(shown))
