"""Warehouses, through Ibis: the query goes to where the rows live, and only counts come back."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.errors import AbtestError, SurroundingsError, UsageError
from abtest.outcomes.tally.duck import Duck, parquet
from abtest.outcomes.tally.expressions import DATE, FLAG, NUMBER, TEXT, Column, Query, identifier

if TYPE_CHECKING:
    from abtest.outcomes.tally.engine import Engine

_TYPES = {TEXT: "string", NUMBER: "int64"}
_SPARK = "spark"
_DUCKDB_ENDINGS = (".duckdb", ".ddb", ".db")


class Warehouse:
    """A database that Ibis speaks to.

    Args:
        backend: A connected Ibis backend.
        table: The name of the table, with its schema before a dot where it has one.
        name: How errors name the database: never with its password.
    """

    def __init__(self, backend: Any, table: str, name: str) -> None:
        self._backend = backend
        self._name = name
        self.relation = ".".join(map(identifier, table.split(".")))
        *schema, bare = table.split(".")
        try:
            found = backend.table(bare, database=schema[0] if schema else None).schema()
        except Exception as error:  # each backend has exceptions of its own
            self.close()
            raise AbtestError(f"{name} has no table {table!r} that can be read.") from error
        self.columns = tuple(Column(column, _kind(type_)) for column, type_ in found.items())

    def fetch(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows of a query, said in the warehouse's own dialect.

        The kinds of its columns are told, since to ask for them some engines would need the right
        to create a view.
        """
        schema = {column: _TYPES[kind] for column, kind in query.kinds.items()}
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # of the drivers, about themselves
                expression = self._backend.sql(query.sql, schema=schema, dialect="duckdb")
                result = expression.to_pyarrow()
        except Exception as error:  # each backend has exceptions of its own
            words = str(error).strip().partition("\n")[0]
            raise AbtestError(f"{self._name} refuses the query: {words}") from error
        return [tuple(row.values()) for row in result.to_pylist()]

    def close(self) -> None:
        """Let go of the connection."""
        self._backend.disconnect()


def open_engine(source: str, table: str | None) -> Engine:
    """Open what `--from` names.

    Args:
        source: `postgres://…` or another address that Ibis knows; `spark`, or `spark:` and a
            pattern of Parquet files; a DuckDB file; a pattern of Parquet files.
        table: The table, where the source has several.

    Raises:
        UsageError: There is no such source, or no table was named.
        SurroundingsError: The part of abtest that speaks to warehouses is not installed.
    """
    path = Path(source)
    if source.startswith(f"{_SPARK}:"):
        backend = _spark()
        backend.read_parquet(source.partition(":")[2], table_name="abtest_rows")
        return Warehouse(backend, "abtest_rows", source)
    if source.endswith(".parquet"):
        return Duck(parquet([source]), source)
    if source.endswith(_DUCKDB_ENDINGS) and "://" not in source:
        if not path.exists():
            raise UsageError(f"There is no file {source}.")
        return Duck(identifier(_needed(table, source)), source, path)
    if source == _SPARK:
        wanted = _needed(table, source)
        return Warehouse(_spark(), wanted, source)
    if "://" not in source:
        raise UsageError(
            f"{source!r} is no source: name postgres://…, spark, a .duckdb file or *.parquet."
        )
    wanted = _needed(table, source)
    return Warehouse(_connected(source), wanted, _without_password(source))


def _connected(address: str) -> Any:
    ibis = _ibis()
    try:
        backend = ibis.connect(address)
    except Exception as error:  # each backend has exceptions of its own
        words = str(error).strip().partition("\n")[0]
        raise SurroundingsError(f"{_without_password(address)} does not answer: {words}") from error
    if address.startswith("postgres"):
        backend.raw_sql("SET TIME ZONE 'UTC'").close()
    return backend


def _spark() -> Any:
    ibis = _ibis()
    try:
        from pyspark.sql import SparkSession
    except ImportError as error:
        raise SurroundingsError("Spark needs PySpark. Run: pip install pyspark") from error
    session = (
        SparkSession.builder.config("spark.sql.session.timeZone", "UTC")
        .config("spark.ui.enabled", "false")
        .config("spark.log.level", "ERROR")
        .getOrCreate()
    )
    session.conf.set("spark.sql.session.timeZone", "UTC")
    return ibis.pyspark.connect(session)


def _ibis() -> Any:
    os.environ.setdefault("PYARROW_IGNORE_TIMEZONE", "1")  # pandas and Spark agree without it
    try:
        import ibis
    except ImportError as error:
        raise SurroundingsError(
            "Warehouses need Ibis. Run: pip install 'ibis-framework[duckdb,postgres]'"
        ) from error
    return ibis


def _kind(type_: Any) -> str:
    if type_.is_boolean():
        return FLAG
    if type_.is_numeric():
        return NUMBER
    return DATE if type_.is_timestamp() or type_.is_date() else TEXT


def _needed(table: str | None, source: str) -> str:
    if table is None:
        raise UsageError(f"Say which table of {_without_password(source)}: --table NAME")
    return table


def _without_password(address: str) -> str:
    """An address as it may be printed.

    >>> _without_password("postgres://kim:secret@db.example/log")
    'postgres://kim@db.example/log'
    """
    scheme, separator, rest = address.partition("://")
    login, at, host = rest.rpartition("@")
    return f"{scheme}{separator}{login.partition(':')[0]}{at}{host}"
