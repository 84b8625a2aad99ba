"""SQL for names, texts, days and marks, in words that every engine knows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

#: Kinds of columns.
TEXT, NUMBER, FLAG, DATE = "text", "number", "flag", "date"


class Column(NamedTuple):
    """A column of a relation: its name and its kind."""

    name: str
    kind: str

    @property
    def quoted(self) -> str:
        """The name as an SQL identifier."""
        return identifier(self.name)


class Query(NamedTuple):
    """A query and the kinds of the columns of its result, so that no engine has to be asked.

    Attributes:
        sql: In DuckDB's dialect.
        kinds: Column → `TEXT` or `NUMBER`, in their order.
    """

    sql: str
    kinds: Mapping[str, str]


def identifier(name: str) -> str:
    """A name as SQL, whatever is in it.

    >>> print(identifier('a "b'))
    "a ""b"
    """
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """A text as SQL, whatever is in it.

    >>> print(literal("it's"))
    'it''s'
    """
    return "'" + text.replace("'", "''") + "'"


def literals(texts: Iterable[str]) -> str:
    """Texts as SQL for IN; a list that nothing is in where there are none."""
    return ", ".join(map(literal, texts)) or "NULL"


def select(
    columns: Iterable[str], source: str, *, where: str = "", group: Sequence[str] = ()
) -> str:
    """A query; its parts are SQL already.

    >>> select(["a", "COUNT(*) AS n"], "t", where="a > 1", group=["a"])
    'SELECT a, COUNT(*) AS n FROM t WHERE a > 1 GROUP BY a'
    """
    clauses = ["SELECT", ", ".join(columns), "FROM", source]
    if where:
        clauses += ["WHERE", where]
    if group:
        clauses += ["GROUP BY", ", ".join(group)]
    return " ".join(clauses)


def text(column: Column) -> str:
    """The cell as text."""
    return column.quoted if column.kind == TEXT else f"CAST({column.quoted} AS VARCHAR)"


def day(column: Column) -> str:
    """The day as a number such as 20261102; NULL where the cell names none."""
    if column.kind == DATE:
        return _day_number(column.quoted)
    return _day_number(f"TRY_CAST({column.quoted} AS TIMESTAMP)")


def _day_number(date: str) -> str:
    """A date or a time as a number such as 20261102."""
    return (
        f"CAST(EXTRACT(YEAR FROM {date}) AS INTEGER) * 10000 + "
        f"CAST(EXTRACT(MONTH FROM {date}) AS INTEGER) * 100 + "
        f"CAST(EXTRACT(DAY FROM {date}) AS INTEGER)"
    )


def marked(column: Column) -> str:
    """Whether the column says that it happened."""
    if column.kind == FLAG:
        return f"COALESCE({column.quoted}, FALSE)"
    if column.kind == NUMBER:
        return f"COALESCE({column.quoted} > 0, FALSE)"
    if column.kind == DATE:
        return f"{column.quoted} IS NOT NULL"
    return f"COALESCE(LOWER({column.quoted}) IN ('true', 'yes', 'y', 't', '1'), FALSE)"


def mark_day(column: Column, row_day: str) -> str:
    """The day on which what the column marks happened: its own date, or the row's."""
    if column.kind == DATE:
        return _day_number(column.quoted)
    return f"CASE WHEN {marked(column)} THEN {row_day} END"


def iso_day(number: int) -> str:
    """A day number as YYYY-MM-DD.

    >>> iso_day(20261102)
    '2026-11-02'
    """
    digits = re.fullmatch(r"(\d{4})(\d{2})(\d{2})", str(number))
    assert digits is not None
    return "-".join(digits.groups())
