"""Places where a log may live that do not answer, or not as they should: said in a sentence."""

from __future__ import annotations

import sqlite3

import pytest

from abtest.errors import AbtestError, SurroundingsError, UsageError
from abtest.outcomes.tables.lines import FileError
from abtest.outcomes.tally.expressions import DATE, FLAG, NUMBER, TEXT, Query
from abtest.outcomes.tally.warehouse import open_engine


@pytest.mark.parametrize(
    ("source", "told"),
    [
        ("sends.duckdb", "There is no file"),
        ("sends", "is no source"),
        ("postgres://localhost/sends", "--table"),
    ],
)
def test_what_is_no_source(source, told):
    with pytest.raises(UsageError, match=told):
        open_engine(source, None if "postgres" in source else "sends")


def test_a_file_that_is_no_database(tmp_path):
    path = tmp_path / "sends.duckdb"
    path.write_text("no database, whatever its name says, and long enough to look at\n" * 99)
    with pytest.raises(FileError, match="cannot be opened"):
        open_engine(str(path), "sends")


def test_a_server_that_is_not_there_is_named_without_its_password():
    with pytest.raises(SurroundingsError, match="does not answer") as caught:
        open_engine("postgres://kim:secret@127.0.0.1:9/sends", "sends")
    assert "secret" not in str(caught.value)


@pytest.fixture
def database(tmp_path):
    """A database that only Ibis speaks to."""
    path = tmp_path / "sends.sqlite"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE sends (who TEXT, n INTEGER, at TIMESTAMP, bad BOOLEAN)")
        connection.execute("INSERT INTO sends VALUES ('a', 2, '2026-11-02', 1)")
    connection.close()
    return f"sqlite://{path}"


def test_a_warehouse_tells_its_columns_and_answers(database):
    engine = open_engine(database, "sends")
    kinds = [column.kind for column in engine.columns]
    assert kinds == [TEXT, NUMBER, DATE, FLAG]
    query = Query(f"SELECT who, n FROM {engine.relation}", {"who": TEXT, "n": NUMBER})
    assert engine.fetch(query) == [("a", 2)]
    engine.close()


def test_a_query_that_is_refused(database):
    engine = open_engine(database, "sends")
    with pytest.raises(AbtestError, match="refuses the query"):
        engine.fetch(Query("SELECT nobody FROM nowhere", {"nobody": TEXT}))
    engine.close()
