"""Summaries become rows: one line for a period, a step or everything so far.

A prospect who got four emails of a sequence is one prospect: of several steps the largest number
of sends counts, and the answers of all of them.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from abtest.errors import AbtestError
from abtest.outcomes.importing.days import day_of
from abtest.outcomes.tally.rows import Reason
from abtest.spreadsheet import unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from abtest.outcomes.mapping import ColumnMapping
    from abtest.outcomes.tables.lines import Row, Skipped

_DIGITS = re.compile(r"(\d{1,12})(?:\.0+)?")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+")
_BLANK = frozenset({"", "-", "–", "n/a", "na", "null", "none"})
#: A series that rises throughout is this unlikely to be a run of luck.
_CERTAIN = 1 / 1000


class Group(NamedTuple):
    """What a series of numbers belongs to."""

    variant: str
    rep: str
    dimensions: frozenset[tuple[str, str]]


Series = dict[Group, dict[dt.date, Counter[str]]]


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary, read.

    Attributes:
        name: How messages call the export.
        series: Group → date → counts, with steps already taken together.
        dated: Whether the lines have dates of their own.
        notes: What was made of the lines, in sentences.
    """

    name: str
    series: Series
    dated: bool
    notes: tuple[str, ...]

    def cumulative(self) -> bool | None:
        """Whether the numbers count from the beginning; None if only a person knows.

        Numbers in no order rise throughout with a chance of 1 / n!: below 1 in 1,000 they are
        running totals. One that falls is none.
        """
        chance = 1.0
        for days in self.series.values():
            sent = [counts["sent"] for _, counts in sorted(days.items())]
            if sent != sorted(sent):
                return False
            ties = math.prod(math.factorial(n) for n in Counter(sent).values())
            chance *= ties / math.factorial(len(sent))
        if chance == 1:
            return False if self.dated else None
        return True if chance < _CERTAIN else None


def read_summary(
    name: str,
    header: Sequence[str],
    lines: Iterable[Row],
    mapping: ColumnMapping,
    *,
    day: dt.date,
    today: dt.date,
    skipped: Skipped,
) -> Summary:
    """Read the lines of a summary.

    Args:
        name: How messages call the export.
        header: Its columns.
        lines: Its rows.
        mapping: What the columns mean.
        day: The date of a summary that has none.
        today: The latest day that counts.
        skipped: Takes the lines that do not count.

    Raises:
        AbtestError: A cell is no count.
    """
    reading = _Reading(name, header, mapping, mapping.date or day, today)
    found: dict[Group, dict[dt.date, list[Counter[str]]]] = {}
    for line in lines:
        try:
            group, on, counts = reading.line(line)
        except _OmittedError as error:
            skipped.add(error.reason.words, line.line)
            continue
        found.setdefault(group, {}).setdefault(on, []).append(counts)
    steps = mapping.column("step") is not None
    series = {
        group: {on: _together(listed, steps) for on, listed in days.items()}
        for group, days in found.items()
    }
    several = any(len(listed) > 1 for days in found.values() for listed in days.values())
    notes = [_STEPS if steps else _ADDED] if several else []
    return Summary(name, series, mapping.column("date") is not None, tuple(notes))


_STEPS = "Steps were taken together: the most sends of any step, and the answers of all."
_ADDED = "Lines of the same variant, rep and date were added up."


class _OmittedError(Exception):
    def __init__(self, reason: Reason) -> None:
        self.reason = reason


class _Reading:
    """Reads one line after the other."""

    def __init__(
        self,
        name: str,
        header: Sequence[str],
        mapping: ColumnMapping,
        undated: dt.date,
        today: dt.date,
    ) -> None:
        self.name = name
        self.header = header
        self.mapping = mapping
        self.undated = undated
        self.today = today
        self.counted = [
            (column, role) for column, role in mapping.columns.items() if mapping.says_outcome(role)
        ]

    def line(self, line: Row) -> tuple[Group, dt.date, Counter[str]]:
        cells = dict(zip(self.header, map(unquoted, line.cells), strict=True))
        variant = self.translated(cells, "variant", self.mapping.variant)
        if not variant:
            raise _OmittedError(Reason.OTHER_VARIANT)
        rep = self.translated(cells, "rep", self.mapping.rep) or ""
        dimensions = {key: self.dimension(cells, key) for key in self.mapping.keep}
        filled = frozenset((key, value) for key, value in dimensions.items() if value)
        counts = self.counts(cells, line.line)
        return Group(variant, rep, filled), self.day_of(cells), counts

    def translated(self, cells: Mapping[str, str], role: str, constant: str | None) -> str | None:
        column = self.mapping.column(role)
        if column is None:
            return constant
        return self.mapping.values.get(role, {}).get(cells[column])

    def dimension(self, cells: Mapping[str, str], key: str) -> str:
        parts = (" ".join(cells[column].split()) for column in self.mapping.sources(key))
        return ", ".join(filter(None, parts))

    def day_of(self, cells: Mapping[str, str]) -> dt.date:
        column = self.mapping.column("date")
        if column is None:
            return self.undated
        day = day_of(cells[column], bool(self.mapping.day_first))
        if day is None:
            raise _OmittedError(Reason.NO_DATE)
        if day > self.today:
            raise _OmittedError(Reason.FUTURE)
        return day

    def counts(self, cells: Mapping[str, str], line: int) -> Counter[str]:
        """The counts of a line: prospects sent to, and answers that people wrote."""
        found = Counter(
            {role: self.count(cells[column], column, line) for column, role in self.counted}
        )
        delivered = found.pop("delivered", 0)
        automatic = found.pop("automatic", 0)
        found["sent"] = max(found["sent"], delivered + found["bounced"] if delivered else 0)
        if automatic > found["responses"]:
            raise AbtestError(
                f"{self.name}:{line}: {automatic:,} automatic answers among "
                f"{found['responses']:,} answers: one of the columns is not what it seems. Leave "
                'one out with --column "HEADER=skip".'
            )
        if automatic:
            found["responses"] -= automatic
        return found

    def count(self, cell: str, column: str, line: int) -> int:
        plain = cell.strip().casefold()
        if plain in _BLANK:
            return 0
        if match := _DIGITS.fullmatch(plain):
            return int(match[1])
        if _GROUPED.fullmatch(plain):
            return int(plain.replace(",", ""))
        what = "a share" if plain.endswith("%") else "no count"
        raise AbtestError(
            f"{self.name}:{line}: {column} is {cell!r}, which is {what}. Counts are whole numbers "
            "of prospects; write 1234 for 1.234, or leave the column out with "
            f'--column "{column}=skip".'
        )


def _together(listed: Sequence[Counter[str]], steps: bool) -> Counter[str]:
    """Several lines of one day as one: steps reach the same prospects, other lines do not."""
    total: Counter[str] = Counter()
    for counts in listed:
        total.update(counts)
    if steps:
        total["sent"] = max(counts["sent"] for counts in listed)
    return total
