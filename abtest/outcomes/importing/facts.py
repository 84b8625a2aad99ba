"""What is known of an export before anyone says what it means."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from abtest.outcomes.headers import meaning
from abtest.outcomes.importing.days import slashed
from abtest.outcomes.mapping import WHO
from abtest.outcomes.tally.expressions import NUMBER, TEXT, Column, Query, select, text

if TYPE_CHECKING:
    from abtest.outcomes.tables.delimited import Opened
    from abtest.outcomes.tally.engine import Engine

#: A column with more values than this tells rows apart, and is no kind of anything.
MOST_VALUES = 500

_SHOWN = 3
_LOOKED_AT = 20


@dataclass(slots=True)
class ColumnFacts:
    """A column.

    Attributes:
        samples: Its first filled cells.
        values: Value → rows; None where there are too many to be kinds of anything.
        firsts: The greatest first number of days such as 3/4/2026; 0 where there are none.
        seconds: The greatest second number.
        seen: Hashes of its cells, of a column that may tell prospects apart; None once one of them
            has come twice.
    """

    name: str
    kind: str
    samples: list[str]
    values: Counter[str] | None
    firsts: int = 0
    seconds: int = 0
    seen: set[int] | None = None

    @property
    def unique(self) -> bool:
        """Whether no cell of it comes twice."""
        return bool(self.seen)

    @property
    def blank(self) -> bool:
        """Whether no cell of it is filled."""
        return not self.samples


@dataclass(frozen=True, slots=True)
class Facts:
    """An export.

    Attributes:
        name: As messages call it.
        columns: Header → column, in the order of the file.
        rows: How many there are.
    """

    name: str
    columns: dict[str, ColumnFacts]
    rows: int


def facts_of_rows(name: str, opened: Opened) -> Facts:
    """Read a text table through once."""
    columns = [
        ColumnFacts(header, TEXT, [], Counter(), seen=set() if _tells_apart(header) else None)
        for header in opened.header
    ]
    rows = 0
    for row in opened.rows:
        rows += 1
        for column, cell in zip(columns, row.cells, strict=True):
            if cell:
                _note(column, cell)
    return Facts(name, {column.name: column for column in columns}, rows)


def facts_of_engine(name: str, engine: Engine) -> Facts:
    """Ask an engine for the first rows, and how many there are."""
    first = engine.fetch(as_texts(engine, _LOOKED_AT))
    counted = Query(select(["COUNT(*) AS n"], engine.relation), {"n": NUMBER})
    rows = int(engine.fetch(counted)[0][0])
    columns = {}
    for number, column in enumerate(engine.columns):
        cells = (row[number] for row in first if row[number] and row[number].strip())
        samples = list(dict.fromkeys(cells))[:_SHOWN]
        columns[column.name] = ColumnFacts(column.name, column.kind, samples, None)
    return Facts(name, columns, rows)


def as_texts(engine: Engine, limit: int) -> Query:
    """The first rows, every cell as text."""
    names = {f"c{number}": text(column) for number, column in enumerate(engine.columns)}
    sql = select([f"{cell} AS {name}" for name, cell in names.items()], engine.relation)
    return Query(f"{sql} LIMIT {limit}", dict.fromkeys(names, TEXT))


def values_in(engine: Engine, column: Column) -> Counter[str] | None:
    """Value → rows of a column; None where there are too many."""
    cell = f"COALESCE({text(column)}, '')"
    sql = select([f"{cell} AS value_", "COUNT(*) AS n"], engine.relation, group=[cell])
    limited = f"{sql} LIMIT {MOST_VALUES + 1}"
    found = engine.fetch(Query(limited, {"value_": TEXT, "n": NUMBER}))
    if len(found) > MOST_VALUES:
        return None
    return Counter({value: int(times) for value, times in found if value})


def _tells_apart(header: str) -> bool:
    known = meaning(header)
    return known is not None and known.role in WHO


def _note(column: ColumnFacts, cell: str) -> None:
    if len(column.samples) < _SHOWN and cell.strip() and cell not in column.samples:
        column.samples.append(cell)
    if column.values is not None:
        column.values[cell] += 1
        if len(column.values) > MOST_VALUES:
            column.values = None
    if column.seen is not None:
        before = len(column.seen)
        column.seen.add(hash(cell))
        if len(column.seen) == before:
            column.seen = None
    parts = slashed(cell)
    if parts:
        column.firsts = max(column.firsts, parts[0])
        column.seconds = max(column.seconds, parts[1])
