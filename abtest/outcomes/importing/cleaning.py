"""Rows of text become rows for the query: who, which variant, whose, and on which days.

Here the words of a file become days and yes or no; a line that does not count is left out with its
reason. `tally.rows` does the same, in SQL, for columns that have kinds.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TYPE_CHECKING

from abtest.outcomes.identity import normalized
from abtest.outcomes.importing.days import day_of
from abtest.outcomes.mapping import ASSIGNED, INBOUND, ColumnMapping
from abtest.outcomes.tally.rows import Reason
from abtest.spreadsheet import unquoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from abtest.outcomes.tables.lines import Row, Skipped

#: A normalized identity → the variant that `abtest assign` gave, or None.
Assigned = Callable[[str], "str | None"]

_YES = frozenset({"true", "yes", "y", "1", "x", "t", "done", "✓", "✔"})
_NO = frozenset({"", "false", "no", "n", "0", "-", "f", "none", "null", "n/a", "na"})

_NOT_ASSIGNED = "its prospect is in no assignment of this experiment"

Cells = dict[str, str]


class LeftOutError(Exception):
    """A line that does not count; the text says why."""


class Cleaning:
    """Turns lines into rows.

    Args:
        header: The file's columns.
        mapping: What they mean.
        variants: The variants, by their numbers.
        outcomes: The outcomes that rows have columns for.
        today: The latest day that counts.
        assigned: Tells the variant where the mapping leaves it to the ledger.
    """

    def __init__(
        self,
        header: Sequence[str],
        mapping: ColumnMapping,
        variants: Sequence[str],
        outcomes: Sequence[str],
        *,
        today: dt.date,
        assigned: Assigned,
    ) -> None:
        self.header = header
        self.mapping = mapping
        self.numbers = {name: number for number, name in enumerate(variants)}
        self.outcomes = outcomes
        self.today = today
        self.assigned = assigned
        self.day_first = bool(mapping.day_first)
        who = mapping.who
        assert who is not None
        self.who = who
        roles = {role: header for header, role in mapping.columns.items()}
        self.column = roles.get

    def rows(self, lines: Iterable[Row], skipped: Skipped) -> Iterator[list[str | int]]:
        """The rows that count: variant, prospect, rep, dimensions, and a day for each outcome."""
        for line in lines:
            cells = dict(zip(self.header, line.cells, strict=True))
            try:
                yield self.row(cells)
            except LeftOutError as error:
                skipped.add(str(error), line.line)

    def row(self, cells: Cells) -> list[str | int]:
        """One row.

        Raises:
            LeftOutError: It does not count.
        """
        prospect = normalized(self.who, unquoted(cells[self.column(self.who) or ""]))
        if not prospect:
            raise LeftOutError(Reason.NOBODY.words)
        number = self.numbers.get(self.variant(cells, prospect) or "")
        if number is None:
            ledger = self.mapping.variant == ASSIGNED
            raise LeftOutError(_NOT_ASSIGNED if ledger else Reason.OTHER_VARIANT.words)
        happened = [self.happened(cells, outcome) for outcome in self.outcomes]
        days = [day for day in happened if isinstance(day, dt.date)]
        if True in happened and not days:
            raise LeftOutError(Reason.NO_DATE.words)
        if any(day > self.today for day in days):
            raise LeftOutError(Reason.FUTURE.words)
        rep = self.rep(cells)
        if not rep and self.outcomes[0] == "sent" and happened[0]:
            raise LeftOutError(Reason.NO_REP.words)
        marks = [f"{day:%Y%m%d}" if isinstance(day, dt.date) else "" for day in happened]
        dimensions = [self.dimension(cells, key) for key in self.mapping.keep]
        return [number, prospect, rep, *dimensions, *marks]

    def variant(self, cells: Cells, prospect: str) -> str | None:
        """The variant of a row, or None."""
        if self.mapping.variant == ASSIGNED:
            return self.assigned(prospect)
        header = self.column("variant")
        if header is None:
            return self.mapping.variant
        return self.mapping.values.get("variant", {}).get(cells[header])

    def rep(self, cells: Cells) -> str:
        """Whose row it is."""
        header = self.column("rep")
        if header is None:
            return self.mapping.rep or ""
        return self.mapping.values.get("rep", {}).get(cells[header], cells[header].strip())

    def dimension(self, cells: Cells, key: str) -> str:
        """What a row is told apart by."""
        parts = (" ".join(cells[header].split()) for header in self.mapping.sources(key))
        return ", ".join(filter(None, parts))

    def row_day(self, cells: Cells) -> dt.date | None:
        """The date of a row, or None."""
        header = self.column("date")
        return day_of(cells[header], self.day_first) if header else self.mapping.date

    def happened(self, cells: Cells, outcome: str) -> dt.date | bool:
        """The day on which an outcome happened; True if it did on no day that is told."""
        for role in ("sent", "delivered") if outcome == "sent" else (outcome,):
            header = self.column(role)
            marked = self.mark(header, cells[header]) if header else False
            if marked is not False:
                return self.row_day(cells) or True if marked is True else marked
        if self.is_event(cells, outcome) or (outcome == "sent" and self.every_row_is_a_send):
            day = self.row_day(cells)
            return day or self.column("event") is not None
        return False

    @property
    def every_row_is_a_send(self) -> bool:
        """Where nothing says what is a send, each row with a date is one."""
        return not any(map(self.column, ("sent", "delivered", "event")))

    def mark(self, header: str, cell: str) -> dt.date | bool:
        """What a cell says: yes, no, or the day.

        Raises:
            LeftOutError: It says none of these.
        """
        word = cell.strip().casefold()
        if word in _NO:
            return False
        if word in _YES:
            return True
        try:
            return float(word) > 0
        except ValueError:
            day = day_of(cell, self.day_first)
        if day is None:
            raise LeftOutError(f"in {header!r} there is neither yes, no nor a date")
        return day

    def is_event(self, cells: Cells, outcome: str) -> bool:
        """Whether the event of a row, or its direction, says that an outcome happened."""
        header, direction = self.column("event"), self.column("direction")
        meanings = self.mapping.values.get("event", {})
        meaning = meanings.get(cells[header]) if header else None
        if direction is None or cells[direction].strip().casefold() not in INBOUND:
            return self.mapping.is_state_of(meaning, outcome)
        return self.mapping.comes_in_as(meaning, outcome)
