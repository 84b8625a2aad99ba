"""DuckDB: files of any size, within bounds of memory."""

from __future__ import annotations

import tempfile
from typing import TYPE_CHECKING, Any

from abtest.errors import SurroundingsError
from abtest.outcomes.tables.lines import FileError
from abtest.outcomes.tally.expressions import (
    DATE,
    FLAG,
    NUMBER,
    TEXT,
    Column,
    Query,
    literal,
    select,
)

if TYPE_CHECKING:
    from pathlib import Path
    from types import ModuleType

#: What the query may hold in memory; the rest of it goes to a temporary folder. A second thread
#: would hold most prospects a second time, and save no CPU.
_MEMORY, _THREADS = "350MB", 1
_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT", "FLOAT", "DOUBLE", "DECIMAL")


class Duck:
    """A DuckDB of our own, with one relation in it.

    Args:
        relation: SQL that can stand after FROM.
        name: How errors name the relation.
        database: A DuckDB file to read, or None for a database in memory.
    """

    def __init__(self, relation: str, name: str, database: Path | None = None) -> None:
        self.relation = relation
        self.name = name
        self._error: type[Exception] = _duckdb().Error
        self._spill = tempfile.TemporaryDirectory(prefix="abtest-")  # that only we can read
        self._connection = self._connect(database)
        try:
            described = self._rows(f"DESCRIBE {select('*', relation)}")
        except FileError:
            self.close()
            raise
        self.columns = tuple(Column(row[0], _kind_of(row[1])) for row in described)

    def fetch(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows of a query."""
        return self._rows(query.sql)

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()
        self._spill.cleanup()

    def _rows(self, sql: str) -> list[tuple[Any, ...]]:
        try:
            rows: list[tuple[Any, ...]] = self._connection.execute(sql).fetchall()
        except self._error as error:
            raise FileError(f"{self.name} cannot be read: {_first_line(error)}") from error
        return rows

    def _connect(self, database: Path | None) -> Any:
        try:
            connection = _duckdb().connect(
                str(database) if database else ":memory:", read_only=database is not None
            )
        except self._error as error:
            self._spill.cleanup()
            raise FileError(f"{self.name} cannot be opened: {_first_line(error)}") from error
        for setting in (
            f"memory_limit = '{_MEMORY}'",
            f"threads = {_THREADS}",
            f"temp_directory = {literal(self._spill.name)}",
            "preserve_insertion_order = false",
            "autoinstall_known_extensions = false",
            "enable_progress_bar = false",
        ):
            connection.execute(f"SET {setting}")
        return connection


def parquet(paths: list[str]) -> str:
    """Parquet files, or patterns of them, as SQL that can stand after FROM."""
    return f"read_parquet([{', '.join(map(literal, paths))}], union_by_name = true)"


def _kind_of(type_name: object) -> str:
    """The kind of a column, from the name of its type.

    >>> _kind_of("TIMESTAMP WITH TIME ZONE"), _kind_of("DECIMAL(18,3)"), _kind_of("UUID")
    ('date', 'number', 'text')
    """
    name = str(type_name).upper()
    if name == "BOOLEAN":
        return FLAG
    if name.startswith(("DATE", "TIMESTAMP")):
        return DATE
    return NUMBER if name.removeprefix("U").startswith(_NUMBERS) else TEXT


def _first_line(error: Exception) -> str:
    return str(error).strip().partition("\n")[0]


def _duckdb() -> ModuleType:
    try:
        import duckdb
    except ImportError as error:
        raise SurroundingsError(
            "Counting an export needs DuckDB. Run: pip install duckdb"
        ) from error
    return duckdb
