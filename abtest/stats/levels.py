"""Prospects by what is known of them: the levels of their profile's dimensions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

#: A level with fewer prospects is merged into `OTHERS`, and never shown apart.
LEAST = 5
OTHERS = "others"


@dataclass(frozen=True, slots=True)
class Row:
    """Prospects that share everything that is known of them.

    Attributes:
        levels: Dimension → level, only dimensions that were recorded.
        count: Successes.
        nobs: Prospects.
        arm: What they were sent.
        order: When, in any unit; rows of one order are of one time.
    """

    levels: Mapping[str, str]
    count: int
    nobs: int
    arm: str = ""
    order: int = 0


def dimensions(rows: Iterable[Row]) -> tuple[str, ...]:
    """Every dimension of which two levels or more are known, by name."""
    levels: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        for dimension, level in row.levels.items():
            if row.nobs:
                levels[dimension].add(level)
    return tuple(sorted(name for name, known in levels.items() if len(known) > 1))


def merge_rare(rows: Sequence[Row], least: int = LEAST) -> list[Row]:
    """Rows in which every level has at least `least` prospects; rarer ones are merged.

    A dimension that is left with one level is dropped.
    """
    merged = list(rows)
    for dimension in {name for row in rows for name in row.levels}:
        names = _merged_names(sizes(rows, dimension), least)
        merged = [_renamed(row, dimension, names) for row in merged]
    kept = set(dimensions(merged))
    return [
        replace(row, levels={d: v for d, v in row.levels.items() if d in kept}) for row in merged
    ]


def sizes(rows: Iterable[Row], dimension: str) -> dict[str, int]:
    """Prospects by level of a dimension."""
    prospects: dict[str, int] = defaultdict(int)
    for row in rows:
        if dimension in row.levels:
            prospects[row.levels[dimension]] += row.nobs
    return prospects


def _merged_names(prospects: Mapping[str, int], least: int) -> dict[str, str]:
    """Level → the name it goes by: the rare ones together, with one more if that is needed."""
    order = sorted(prospects, key=lambda level: (prospects[level], level))
    rare = [level for level in order if prospects[level] < least]
    if rare and sum(prospects[level] for level in rare) < least:
        rare = order[: len(rare) + 1]
    return {level: OTHERS if level in rare else level for level in order}


def _renamed(row: Row, dimension: str, names: Mapping[str, str]) -> Row:
    if dimension not in row.levels:
        return row
    return replace(row, levels={**row.levels, dimension: names[row.levels[dimension]]})
