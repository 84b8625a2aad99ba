"""Counts from the query become cohorts: a rep, a date, counts, dimensions."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

from abtest.outcomes.tally.expressions import iso_day
from abtest.outcomes.tally.query import cells, implied, tally
from abtest.outcomes.tally.rows import Reason

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from abtest.outcomes.tables.lines import Skipped
    from abtest.outcomes.tally.engine import Engine

#: What is unique among the rows of all variants: variant, rep, day, dimensions with their values.
Key: TypeAlias = tuple[str, str, dt.date, frozenset[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class Imported:
    """One row of results as an import has it.

    Attributes:
        variant: Local id.
        counts: Count key → number.
        by_touch: Responses by touch; empty if not told.
    """

    variant: str
    rep: str
    date: dt.date
    counts: Mapping[str, int]
    dimensions: Mapping[str, str] = field(default_factory=dict)
    by_touch: tuple[int, ...] = ()

    @property
    def key(self) -> Key:
        """What is unique among the rows of all variants."""
        return (self.variant, self.rep, self.date, frozenset(self.dimensions.items()))


def count(
    engine: Engine,
    rows: str,
    variants: Sequence[str],
    outcomes: Sequence[str],
    keep: Sequence[str],
    skipped: Skipped,
) -> tuple[list[Imported], list[str]]:
    """Run the query and read its result.

    Args:
        engine: Runs it.
        rows: SQL of the rows.
        variants: The variants, by their numbers.
        outcomes: What the rows record, with `sent`.
        keep: The dimensions of the rows.
        skipped: Takes the rows that do not count.

    Returns:
        The rows of results, and what is worth knowing of those who are in none.
    """
    places = sorted(engine.fetch(cells(rows, len(keep))))
    counted = implied([outcome for outcome in outcomes if outcome != "sent"])
    found, notes = [], []
    for variant, cell, prospects, lines, *numbers in engine.fetch(tally(rows, places, outcomes)):
        named = dict(zip(counted, map(int, numbers), strict=True))
        if variant < 0:
            skipped.add(Reason(-variant).words, times=int(lines))
        elif cell is None:
            notes.append(_unsent(int(prospects), named.get("responses", 0)))
        else:
            number, place = divmod(int(cell), max(len(places), 1))
            rep, *values = places[place]
            dimensions = {k: v for k, v in zip(keep, values, strict=True) if v}
            day = dt.date.fromisoformat(iso_day(number))
            counts = {"sent": int(prospects), **named}
            found.append(Imported(variants[variant], rep, day, counts, dimensions))
    return sorted(found, key=_order), notes


def by_week(rows: Iterable[Imported]) -> list[Imported]:
    """The same counts with one row a week, dated by its Monday."""
    sums: dict[Key, Counter[str]] = {}
    first: dict[Key, Imported] = {}
    for row in rows:
        monday = row.date - dt.timedelta(days=row.date.weekday())
        moved = Imported(row.variant, row.rep, monday, row.counts, row.dimensions)
        first.setdefault(moved.key, moved)
        sums.setdefault(moved.key, Counter()).update(row.counts)
    added = (
        Imported(row.variant, row.rep, row.date, dict(sums[key]), row.dimensions)
        for key, row in first.items()
    )
    return sorted(added, key=_order)


def _unsent(prospects: int, answered: int) -> str:
    who = "1 prospect was" if prospects == 1 else f"{prospects:,} prospects were"
    return f"{who} sent nothing in this export ({answered:,} answered): not counted."


def _order(row: Imported) -> tuple[str, str, dt.date, list[tuple[str, str]]]:
    return (row.variant, row.rep, row.date, sorted(row.dimensions.items()))
