"""Which cohorts are judged, and in which order they were looked at.

A look is the end of a calendar week of send dates. What is counted in a look depends on the
files alone, so the looks are the same whoever computes them and whenever.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

from abtest import clock
from abtest.model import Cohort

#: Many cohorts are sent on few days.
week_end = lru_cache(maxsize=4096)(clock.week_end)

#: What cohorts sent side by side share: week, rep, values of the shared dimensions.
_Stratum: TypeAlias = tuple[dt.date, str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Split:
    """The cohorts of a variant on a day, by send date.

    Attributes:
        mature: Old enough to be judged.
        maturing: Sent, but younger than the response window.
    """

    mature: tuple[Cohort, ...]
    maturing: tuple[Cohort, ...]

    @property
    def sent(self) -> tuple[Cohort, ...]:
        """All of them."""
        return self.mature + self.maturing


def split(cohorts: Iterable[Cohort], *, as_of: dt.date, window: int) -> Split:
    """Mature and maturing cohorts; what was sent after `as_of` has not happened."""
    last_mature = as_of - dt.timedelta(days=window)
    sent = sorted((c for c in cohorts if c.date <= as_of), key=lambda c: (c.date, c.rep))
    return Split(
        mature=tuple(c for c in sent if c.date <= last_mature),
        maturing=tuple(c for c in sent if c.date > last_mature),
    )


def total(cohorts: Iterable[Cohort], count: str) -> int:
    """A count (or `reached`) over cohorts."""
    if count == "reached":
        return sum([cohort.reached for cohort in cohorts])
    return sum([cohort.counts.get(count, 0) for cohort in cohorts])


@dataclass(frozen=True, slots=True)
class Series:
    """One variant's cohorts of week and rep, in order of the looks.

    Attributes:
        count: Successes of each cohort.
        nobs: Prospects of each cohort.
        looks: The index of the look that first saw it.
        dates: The Sunday of each look.
    """

    count: tuple[int, ...]
    nobs: tuple[int, ...]
    looks: tuple[int, ...]
    dates: tuple[dt.date, ...]


def series(cohorts: Iterable[Cohort], count: str, per: str) -> Series:
    """Cohorts merged by calendar week and rep: splitting a row changes nothing."""
    merged: dict[tuple[dt.date, str], list[int]] = defaultdict(lambda: [0, 0])
    for cohort in cohorts:
        cell = merged[week_end(cohort.date), cohort.rep]
        cell[0] += cohort.get(count)
        cell[1] += cohort.get(per)
    # In order of the counts within a week: what a rep is called changes no digit.
    cells = sorted((week, cell[0], cell[1]) for (week, _), cell in merged.items())
    dates = sorted({week for week, _, _ in cells})
    position = {week: index for index, week in enumerate(dates)}
    return Series(
        count=tuple(successes for _, successes, _ in cells),
        nobs=tuple(prospects for _, _, prospects in cells),
        looks=tuple(position[week] for week, _, _ in cells),
        dates=tuple(dates),
    )


@dataclass(frozen=True, slots=True)
class Strata:
    """Cohorts of several variants, those sent side by side in one stratum.

    Attributes:
        cells: For each variant, (successes, prospects) by stratum.
        looks: The index of the look that first saw each stratum.
        dates: The Sunday of each look.
    """

    cells: tuple[tuple[tuple[int, int], ...], ...]
    looks: tuple[int, ...]
    dates: tuple[dt.date, ...]


def strata(arms: Sequence[Sequence[Cohort]], count: str, per: str) -> Strata:
    """Calendar week × rep × the dimensions that all arms share.

    They are fixed by what was sent, never by who answered.
    """
    shared = shared_dimensions(arms)
    tables = [_cells(arm, count, per, shared) for arm in arms]
    keys = set().union(*tables)
    rows = sorted((key[0], tuple(table.get(key, (0, 0)) for table in tables)) for key in keys)
    dates = sorted({week for week, _ in rows})
    position = {week: index for index, week in enumerate(dates)}
    return Strata(
        cells=tuple(tuple(row[arm] for _, row in rows) for arm in range(len(arms))),
        looks=tuple(position[week] for week, _ in rows),
        dates=tuple(dates),
    )


def shared_dimensions(arms: Sequence[Sequence[Cohort]]) -> tuple[str, ...]:
    """The dimensions written on every row of every arm with a value that all arms have."""
    arms = [arm for arm in arms if arm]
    rows = [cohort for arm in arms for cohort in arm]
    if not rows:
        return ()
    everywhere = set.intersection(*(set(cohort.dimensions) for cohort in rows))
    return tuple(
        name
        for name in sorted(everywhere)
        if set.intersection(*({c.dimensions[name] for c in arm} for arm in arms))
    )


def _cells(
    arm: Iterable[Cohort], count: str, per: str, shared: Sequence[str]
) -> dict[_Stratum, tuple[int, int]]:
    cells: dict[_Stratum, tuple[int, int]] = defaultdict(lambda: (0, 0))
    for cohort in arm:
        values = tuple(cohort.dimensions[name] for name in shared)
        key = (week_end(cohort.date), cohort.rep, values)
        successes, prospects = cells[key]
        cells[key] = (successes + cohort.get(count), prospects + cohort.get(per))
    return cells
