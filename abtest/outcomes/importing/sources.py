"""Sources: a file or a warehouse, with what is known of it and its rows for the query."""

from __future__ import annotations

import csv
import datetime as dt
import filecmp
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from abtest.errors import AbtestError, UsageError
from abtest.outcomes.importing.cleaning import Assigned, Cleaning
from abtest.outcomes.importing.facts import (
    Facts,
    as_texts,
    facts_of_engine,
    facts_of_rows,
    values_in,
)
from abtest.outcomes.mapping import ASSIGNED
from abtest.outcomes.tables.lines import Row, Skipped
from abtest.outcomes.tables.opening import is_parquet, open_rows
from abtest.outcomes.tally.duck import Duck, parquet
from abtest.outcomes.tally.expressions import literal, select
from abtest.outcomes.tally.query import dimension, outcome_column
from abtest.outcomes.tally.rows import typed_rows

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Iterator, Sequence

    from abtest.outcomes.mapping import ColumnMapping
    from abtest.outcomes.tally.engine import Engine

#: No summary has more lines.
_MOST_LINES = 100_000


@dataclass(frozen=True, slots=True)
class Frame:
    """What the rows of all sources of an import have in common.

    Attributes:
        variants: The variants, by their numbers.
        outcomes: The outcomes that any source records, `sent` first.
        today: The latest day that counts.
        assigned: Tells the variant of a prospect from the ledger.
        folder: A folder for the length of the import.
    """

    variants: tuple[str, ...]
    outcomes: tuple[str, ...]
    today: dt.date
    assigned: Assigned
    folder: Path


class Source(Protocol):
    """An export, opened."""

    @property
    def name(self) -> str:
        """As messages call it."""

    @property
    def facts(self) -> Facts:
        """What is known of it."""

    @property
    def notes(self) -> Sequence[str]:
        """What was assumed to read it."""

    @property
    def skipped(self) -> Skipped:
        """The lines that do not count."""

    def values(self, header: str) -> Counter[str] | None:
        """The values of a column; None where there are too many."""

    def lines(self) -> Iterator[Row]:
        """The rows as text, for a summary."""

    def engine(self) -> Engine:
        """What runs the query on the rows."""

    def rows(self, mapping: ColumnMapping, frame: Frame) -> str:
        """The rows for the query, as SQL."""

    def close(self) -> None:
        """Let go of what was opened."""


class TextSource:
    """A CSV, TSV or XLSX file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = str(path)
        opened = open_rows(path)
        self.facts = facts_of_rows(self.name, opened)
        self.notes = opened.notes
        self.skipped = opened.skipped
        self._engine: Duck | None = None

    def values(self, header: str) -> Counter[str] | None:
        """The values of a column."""
        return self.facts.columns[header].values

    def lines(self) -> Iterator[Row]:
        """The rows, read once more."""
        return open_rows(self.path).rows

    def engine(self) -> Engine:
        """A DuckDB for files; it reads what `rows` writes."""
        if self._engine is None:
            self._engine = Duck("(SELECT 1 AS one)", self.name)
        return self._engine

    def close(self) -> None:
        """Let go of the DuckDB, if there is one."""
        if self._engine is not None:
            self._engine.close()

    def rows(self, mapping: ColumnMapping, frame: Frame) -> str:
        """Write the rows that count to a file of the import's folder."""
        cleaning = Cleaning(
            tuple(self.facts.columns), mapping, frame.variants, frame.outcomes,
            today=frame.today, assigned=frame.assigned,
        )  # fmt: skip
        number = len(list(frame.folder.iterdir()))
        path = frame.folder / f"{number}.csv"
        with path.open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream).writerows(cleaning.rows(self.lines(), self.skipped))
        return _clean_csv(path, len(mapping.keep), frame.outcomes)


class TypedSource:
    """Parquet files or a warehouse: columns with kinds, and an engine that counts."""

    def __init__(self, name: str, engine: Engine) -> None:
        self.name = name
        self._engine = engine
        try:
            self.facts = facts_of_engine(name, engine)
        except AbtestError:
            engine.close()
            raise
        self.notes: tuple[str, ...] = ()
        self.skipped = Skipped()

    def values(self, header: str) -> Counter[str] | None:
        """The values of a column, counted by the engine."""
        column = next(column for column in self._engine.columns if column.name == header)
        return values_in(self._engine, column)

    def lines(self) -> Iterator[Row]:
        """The rows as text."""
        return _as_text(self._engine)

    def engine(self) -> Engine:
        """The engine itself."""
        return self._engine

    def close(self) -> None:
        """Let go of the engine."""
        self._engine.close()

    def rows(self, mapping: ColumnMapping, frame: Frame) -> str:
        """The rows, as SQL over the relation.

        Raises:
            UsageError: The variants are to come from the ledger, which no engine sees.
        """
        if mapping.variant == ASSIGNED:
            raise UsageError(
                f"{self.name} has no column for the variant, and the ledger of assignments does "
                'not leave this machine. Name the column: --column "HEADER=variant".'
            )
        return typed_rows(self._engine, mapping, frame.variants, frame.outcomes, frame.today)


def open_files(paths: Sequence[Path]) -> Iterator[Source]:
    """Open files by what they hold, one after the other; the caller closes each.

    Raises:
        UsageError: Two of them have the same content.
        FileError: One cannot be read.
    """
    for number, path in enumerate(paths):
        for other in paths[:number]:
            if path.stat().st_size == other.stat().st_size and filecmp.cmp(path, other, False):
                raise UsageError(f"{other} and {path} are the same; they would count twice.")
    for path in paths:
        if is_parquet(path):
            yield TypedSource(str(path), Duck(parquet([str(path)]), str(path)))
        else:
            yield TextSource(path)


def _clean_csv(path: Path, dimensions: int, outcomes: Sequence[str]) -> str:
    """A file of rows that count, as SQL."""
    texts = ["rep", *(dimension(n) for n in range(dimensions))]
    days = [outcome_column(outcome) for outcome in outcomes]
    kinds = {"variant": "INTEGER", "prospect": "VARCHAR"}
    kinds |= dict.fromkeys(texts, "VARCHAR") | dict.fromkeys(days, "INTEGER")
    listed = ", ".join(f"{literal(name)}: {literal(kind)}" for name, kind in kinds.items())
    source = (
        f"read_csv({literal(str(path))}, auto_detect = false, header = false, delim = ',', "
        f"quote = '\"', escape = '\"', columns = {{{listed}}})"
    )
    return select(
        ["variant", "prospect", *(f"COALESCE({name}, '') AS {name}" for name in texts), *days],
        source,
    )


def _as_text(engine: Engine) -> Iterator[Row]:
    found = engine.fetch(as_texts(engine, _MOST_LINES + 1))
    if len(found) > _MOST_LINES:
        raise UsageError(f"A summary of more than {_MOST_LINES:,} rows is none: nothing was read.")
    for number, cells in enumerate(found, start=1):
        yield Row(number, tuple(cell or "" for cell in cells))
