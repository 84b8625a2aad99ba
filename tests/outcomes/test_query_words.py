"""The one query, to the word: three engines read it, and each has ideas of its own."""

from __future__ import annotations

import duckdb
import pytest

from abtest.outcomes.tally import expressions
from abtest.outcomes.tally.expressions import DATE, FLAG, NUMBER, TEXT, Column
from abtest.outcomes.tally.query import cells, dimension, implied, outcome_column, tally

ROWS = "SELECT * FROM log"


def lines(sql: str) -> list[str]:
    """A query's clauses, one a line."""
    for word in (" FROM ", " LEFT JOIN ", " GROUP BY ", " WHERE ", ", CASE ", ", CAST(", ", MAX("):
        sql = sql.replace(word, f"\n{word.strip(' ,')} " if word[0] == " " else f",\n{word[2:]}")
    return sql.replace("CAST( ", "CAST(").replace("MAX( ", "MAX(").splitlines()


def test_the_query_of_one_cell() -> None:
    query = tally(ROWS, [("kim",)], ["sent", "wins", "bounced"])
    assert lines(query.sql) == [
        "SELECT m.variant, m.cell, COUNT(*) AS prospects,",
        "CAST(SUM(m.lines) AS BIGINT) AS lines,",
        "CAST(SUM(m.opportunities) AS BIGINT) AS opportunities,",
        "CAST(SUM(m.wins) AS BIGINT) AS wins,",
        "CAST(SUM(m.bounced) AS BIGINT) AS bounced",
        "FROM (SELECT p.variant, p.cell, p.lines,",
        "CASE WHEN (p.o_wins >= p.first_day) THEN 1 ELSE 0 END AS opportunities,",
        "CASE WHEN p.o_wins >= p.first_day THEN 1 ELSE 0 END AS wins,",
        (
            "CASE WHEN p.o_bounced >= p.first_day AND NOT COALESCE((p.o_wins >= p.first_day) "
            "OR p.o_wins >= p.first_day, FALSE) THEN 1 ELSE 0 END AS bounced"
        ),
        (
            "FROM (SELECT r.variant, r.prospect, COUNT(*) AS lines, "
            "COALESCE(MIN(r.o_sent), 0) AS first_day, MIN(r.o_sent) AS cell,"
        ),
        "MAX(r.o_wins) AS o_wins,",
        "MAX(r.o_bounced) AS o_bounced",
        "FROM (SELECT *",
        "FROM log) AS r",
        "GROUP BY r.variant, r.prospect) AS p) AS m",
        "GROUP BY m.variant, m.cell",
    ]
    assert query.kinds == dict.fromkeys(
        ("variant", "cell", "prospects", "lines", "opportunities", "wins", "bounced"), NUMBER
    )


def test_the_query_of_many_cells() -> None:
    query = tally(ROWS, [("kim", "a"), ("it's", "")], ["sent", "positive", "negative"])
    assert lines(query.sql) == [
        "SELECT m.variant, m.cell, COUNT(*) AS prospects,",
        "CAST(SUM(m.lines) AS BIGINT) AS lines,",
        "CAST(SUM(m.responses) AS BIGINT) AS responses,",
        "CAST(SUM(m.positive) AS BIGINT) AS positive,",
        "CAST(SUM(m.negative) AS BIGINT) AS negative",
        "FROM (SELECT p.variant, p.cell, p.lines,",
        ("CASE WHEN (p.o_positive >= p.first_day OR p.o_negative >= p.first_day) "
        "THEN 1 ELSE 0 END AS responses,"),
        ("CASE WHEN p.o_positive >= p.first_day AND NOT "
        "COALESCE(p.o_negative > p.o_positive, FALSE) THEN 1 ELSE 0 END AS positive,"),
        ("CASE WHEN p.o_negative >= p.first_day AND NOT COALESCE(p.o_positive >= p.first_day "
        "AND p.o_negative <= p.o_positive, FALSE) THEN 1 ELSE 0 END AS negative"),
        ("FROM (SELECT r.variant, r.prospect, COUNT(*) AS lines, "
        "COALESCE(MIN(r.o_sent), 0) AS first_day, MIN(CAST(r.o_sent AS BIGINT) * 2 + c.place) "
        "AS cell,"),
        "MAX(r.o_positive) AS o_positive,",
        "MAX(r.o_negative) AS o_negative",
        "FROM (SELECT *",
        "FROM log) AS r",
        ("LEFT JOIN (VALUES ('kim', 'a', 0), ('it''s', '', 1)) AS c(rep, d0, place) "
        "ON c.rep = r.rep AND c.d0 = r.d0"),
        "GROUP BY r.variant, r.prospect) AS p) AS m",
        "GROUP BY m.variant, m.cell",
    ]  # fmt: skip


def test_what_bounced_alone_bounced() -> None:
    sql = tally(ROWS, [("kim",)], ["sent", "bounced"]).sql
    assert "CASE WHEN p.o_bounced >= p.first_day THEN 1 ELSE 0 END AS bounced" in sql


def test_only_rows_that_count_have_a_cell() -> None:
    values = "(0, 'kim', 'a'), (1, 'lee', ''), (-3, '', 'x')"
    rows = f"SELECT * FROM (VALUES {values}) AS t(variant, rep, d0)"
    query = cells(rows, 1)
    assert sorted(duckdb.sql(query.sql).fetchall()) == [("kim", "a"), ("lee", "")]
    assert query.kinds == {"rep": TEXT, "d0": TEXT}
    assert cells(ROWS, 0).sql == (
        "SELECT r.rep FROM (SELECT * FROM log) AS r WHERE r.variant >= 0 GROUP BY r.rep"
    )


@pytest.mark.parametrize(
    ("recorded", "counted"),
    [
        (["sent"], ("sent",)),
        (["sent", "positive", "responses"], ("sent", "responses", "positive")),
        (["negative"], ("responses", "negative")),
        (["second_meetings", "wins"], ("meetings", "second_meetings", "opportunities", "wins")),
    ],
)
def test_an_outcome_brings_what_it_implies(recorded: list[str], counted: tuple[str, ...]) -> None:
    assert implied(recorded) == counted


def test_names_and_texts_are_quoted_whatever_is_in_them() -> None:
    name, text = 'a "b" ; --', 'it\'s "x" ; --'
    sql = f"SELECT {expressions.literal(text)} AS {expressions.identifier(name)}"
    found = duckdb.sql(sql)
    assert (found.columns, found.fetchall()) == ([name], [(text,)])
    assert expressions.identifier('a"b') == '"a""b"'
    assert expressions.literal("it's") == "'it''s'"
    assert expressions.literals(["a", "b'"]) == "'a', 'b'''"
    assert expressions.literals([]) == "NULL"
    assert (dimension(3), outcome_column("wins")) == ("d3", "o_wins")
    assert Column('a"', TEXT).quoted == '"a"""'


def test_the_parts_of_a_query_stand_in_order() -> None:
    select = expressions.select
    assert select(["a", "b"], "t") == "SELECT a, b FROM t"
    assert select(["a"], "t", where="b > 1") == "SELECT a FROM t WHERE b > 1"
    assert select("a", "t", group=["a", "b"]) == "SELECT a FROM t GROUP BY a, b"


@pytest.mark.parametrize(
    ("kind", "text", "marked", "day"),
    [
        (TEXT, '"x"', "COALESCE(LOWER(\"x\") IN ('true', 'yes', 'y', 't', '1'), FALSE)", "cast"),
        (NUMBER, 'CAST("x" AS VARCHAR)', 'COALESCE("x" > 0, FALSE)', "cast"),
        (FLAG, 'CAST("x" AS VARCHAR)', 'COALESCE("x", FALSE)', "cast"),
        (DATE, 'CAST("x" AS VARCHAR)', '"x" IS NOT NULL', '"x"'),
    ],
)
def test_a_column_is_read_by_its_kind(kind: str, text: str, marked: str, day: str) -> None:
    column = Column("x", kind)
    date = 'TRY_CAST("x" AS TIMESTAMP)' if day == "cast" else day
    number = (
        f"CAST(EXTRACT(YEAR FROM {date}) AS INTEGER) * 10000 + "
        f"CAST(EXTRACT(MONTH FROM {date}) AS INTEGER) * 100 + "
        f"CAST(EXTRACT(DAY FROM {date}) AS INTEGER)"
    )
    assert expressions.text(column) == text
    assert expressions.marked(column) == marked
    assert expressions.day(column) == number
    when = number if kind == DATE else f"CASE WHEN {marked} THEN day_ END"
    assert expressions.mark_day(column, "day_") == when


def test_a_day_number_is_a_day() -> None:
    assert expressions.iso_day(20261102) == "2026-11-02"
    with pytest.raises(AssertionError):
        expressions.iso_day(202611)
