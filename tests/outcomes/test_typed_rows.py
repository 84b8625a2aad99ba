"""Typed relations: marks that are flags, numbers, days or words; joined places; directions."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import duckdb
import pytest
from test_tally import counted

from abtest.outcomes.importing.cohorts import count
from abtest.outcomes.importing.sources import Frame, TextSource, TypedSource
from abtest.outcomes.mapping import ColumnMapping
from abtest.outcomes.tally.duck import Duck, parquet

DAY = dt.date(2026, 11, 2)
NEXT = dt.date(2026, 11, 3)


def source(folder: Path, rows: str) -> TypedSource:
    """A Parquet file with these rows, given as SQL."""
    path = folder / "rows.parquet"
    duckdb.sql(f"copy ({rows}) to '{path}' (format parquet)")
    return TypedSource("rows", Duck(parquet([str(path)]), "rows"))


def columns(**roles: str) -> dict[str, str]:
    """Header → role, for headers that are called like their roles unless told otherwise."""
    return {"prospect_id": "prospect_id", "sent_on": "date", "rep": "rep", **roles}


@pytest.mark.parametrize(
    ("yes", "no"),
    [("true", "false"), ("1", "0"), ("2.5", "-1.0"), ("'Yes'", "'no'"), ("'T'", "''")],
)
def test_a_mark_is_a_flag_a_number_or_a_word(yes: str, no: str, tmp_path: Path) -> None:
    rows = (
        "select * from (values "
        f"('a', '2026-11-02', 'kim', {yes}), ('b', '2026-11-02 23:59:59', 'kim', {no}), "
        "('c', '2026-11-02', 'kim', null)) as t(prospect_id, sent_on, rep, replied)"
    )
    mapping = ColumnMapping("prospects", columns(replied="responses"), variant="offer")
    found = counted(source(tmp_path, rows), tmp_path, mapping)
    assert found == {("offer", "kim", DAY): {"sent": 3, "responses": 1}}


def test_a_mark_with_a_day_of_its_own_counts_from_that_day(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', date '2026-11-02', 'kim', date '2026-11-05'), "
        "('b', date '2026-11-02', 'kim', date '2026-10-30'), "
        "('c', date '2026-11-03', 'kim', null)) as t(prospect_id, sent_on, rep, replied)"
    )
    mapping = ColumnMapping("prospects", columns(replied="responses"), variant="question")
    found = counted(source(tmp_path, rows), tmp_path, mapping)
    assert found == {
        ("question", "kim", DAY): {"sent": 2, "responses": 1},
        ("question", "kim", NEXT): {"sent": 1},
    }


def test_sent_and_delivered_are_one_outcome(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', true, null), ('b', false, timestamp '2026-11-03 10:00'), "
        "('c', false, null)) as t(prospect_id, sent, delivered)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "sent": "sent", "delivered": "delivered"},
        variant="offer", rep="kim", date=DAY,
    )  # fmt: skip
    found = counted(source(tmp_path, rows), tmp_path, mapping)
    assert found == {("offer", "kim", DAY): {"sent": 1}, ("offer", "kim", NEXT): {"sent": 1}}


def test_names_are_translated_and_others_are_left_out(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', 'Kim I.', 'A'), ('b', 'lee', 'B'), ('c', 'Kim I.', 'C'), "
        "('d', null, 'A'), (null, 'lee', 'A'), ('', 'lee', 'B')) as t(prospect_id, rep, version)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "rep": "rep", "version": "variant"},
        values={"rep": {"Kim I.": "kim", "lee": "lee"}, "variant": {"A": "offer", "B": "question"}},
        date=DAY,
    )
    rows_of = source(tmp_path, rows)
    found = counted(rows_of, tmp_path, mapping)
    assert found == {("offer", "kim", DAY): {"sent": 1}, ("question", "lee", DAY): {"sent": 1}}
    assert rows_of.skipped.reasons == {
        "nothing tells who the prospect is": 2,
        "its variant is none of this import's": 1,
        "nothing tells whose send it is": 1,
    }


def test_an_address_is_one_however_it_is_written(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('A@b.example', 'kim'), ('a@B.example', 'kim'), ('c@b.example', "
        "'kim')) as t(mail, rep)"
    )
    mapping = ColumnMapping("prospects", {"mail": "email", "rep": "rep"}, variant="offer", date=DAY)
    found = counted(source(tmp_path, rows), tmp_path, mapping)
    assert found == {("offer", "kim", DAY): {"sent": 2}}


def test_a_place_is_joined_from_what_is_filled(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', 'Denver', 'CO', 'US'), ('b', 'Denver', null, 'US'), "
        "('c', '', '', ''), ('d', 'Denver', 'CO', 'US')) as t(prospect_id, city, state, country)"
    )
    mapping = ColumnMapping(
        "prospects",
        {h: h for h in ("prospect_id", "city", "state", "country")},
        variant="offer", rep="kim", date=DAY, keep=("location",),
    )  # fmt: skip
    assert _by_dimension(source(tmp_path, rows), tmp_path, mapping) == {
        ("Denver, CO, US",): 2,
        ("Denver, US",): 1,
        ("",): 1,
    }


def test_a_dimension_of_one_column_is_as_it_stands(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', 'Retail'), ('b', null), ('c', 'Retail')) as t(prospect_id, i)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "i": "industry"},
        variant="offer", rep="kim", date=DAY, keep=("industry",),
    )  # fmt: skip
    found = _by_dimension(source(tmp_path, rows), tmp_path, mapping)
    assert found == {("Retail",): 2, ("",): 1}


def _by_dimension(
    rows: TypedSource, folder: Path, mapping: ColumnMapping
) -> dict[tuple[str, ...], int]:
    """Dimensions → prospects sent to."""
    frame = Frame(("offer",), mapping.outcomes, dt.date(2026, 12, 31), lambda _: None, folder)
    sql = rows.rows(mapping, frame)
    found, _ = count(rows.engine(), sql, ("offer",), mapping.outcomes, mapping.keep, rows.skipped)
    kept = {
        tuple(row.dimensions.get(k, "") for k in mapping.keep): row.counts["sent"] for row in found
    }
    rows.close()
    return kept


@pytest.mark.parametrize(
    ("meanings", "expected"),
    [
        ({}, {"sent": 3, "responses": 2}),
        ({"away": "automatic"}, {"sent": 3, "responses": 1}),
        ({"yes": "responses"}, {"sent": 3, "responses": 2}),
        ({"yes": "responses", "away": "automatic"}, {"sent": 3, "responses": 1}),
    ],
)  # fmt: skip
def test_what_comes_in_is_an_answer_unless_a_machine_wrote_it(
    meanings: dict[str, str], expected: dict[str, int], tmp_path: Path
) -> None:
    rows = (
        "select * from (values ('a', 'call', 'outbound', '2026-11-02'), "
        "('a', 'yes', 'Inbound', '2026-11-03'), ('b', 'call', 'outbound', '2026-11-02'), "
        "('b', 'away', 'incoming', '2026-11-03'), ('c', 'call', null, '2026-11-02'), "
        "('d', 'note', 'outbound', '2026-11-02')) as t(prospect_id, kind, way, sent_on)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "kind": "event", "way": "direction", "sent_on": "date"},
        values={"event": {"call": "sent", **meanings}}, variant="offer", rep="kim",
    )  # fmt: skip
    found = counted(source(tmp_path, rows), tmp_path, mapping)
    assert found == {("offer", "kim", DAY): expected}


@pytest.mark.parametrize(
    ("word", "meaning", "expected"),
    [
        ("Interested", "positive", {"sent": 1, "responses": 1, "positive": 1}),
        ("Not interested", "negative", {"sent": 1, "responses": 1, "negative": 1}),
        ("Unsubscribed", "optouts", {"sent": 1, "responses": 1, "optouts": 1}),
        ("Meeting held", "meetings", {"sent": 1, "responses": 1, "meetings": 1}),
        ("Undelivered", "bounced", {"sent": 1, "bounced": 1}),
        ("Opened", "opens", {"sent": 1}),
        ("Left voicemail", "sent", {"sent": 1, "responses": 1}),
        ("Connected", "dials", {"sent": 1, "responses": 1}),
    ],
)
def test_what_comes_in_counts_for_what_its_words_mean(
    word: str, meaning: str, expected: dict[str, int], tmp_path: Path
) -> None:
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "kind": "event", "way": "direction", "sent_on": "date"},
        values={"event": {"voicemail": "sent", word: meaning}}, variant="offer", rep="kim",
    )  # fmt: skip
    lines = (("a", "voicemail", "Outbound", DAY), ("a", word, "Inbound", NEXT))
    text = tmp_path / "rows.csv"
    text.write_text(
        "prospect_id,kind,way,sent_on\n" + "".join(f"{a},{b},{c},{d}\n" for a, b, c, d in lines)
    )
    cells = ", ".join(f"('{a}', '{b}', '{c}', '{d}')" for a, b, c, d in lines)
    rows = f"select * from (values {cells}) as t(prospect_id, kind, way, sent_on)"
    (tmp_path / "clean").mkdir()
    for read in (TextSource(text), source(tmp_path, rows)):
        assert counted(read, tmp_path / "clean", mapping) == {("offer", "kim", DAY): expected}


def test_without_events_every_row_that_went_out_is_a_send(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', 'outbound', '2026-11-02'), ('a', 'IN', '2026-11-03'), "
        "('b', 'outbound', '2026-11-02')) as t(prospect_id, way, sent_on)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "way": "direction", "sent_on": "date"},
        variant="offer", rep="kim",
    )  # fmt: skip
    found = counted(source(tmp_path, rows), tmp_path, mapping)
    assert found == {("offer", "kim", DAY): {"sent": 2, "responses": 1}}


def test_where_events_say_what_is_a_send_nothing_else_is_one(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', 'note', '2026-11-02'), ('b', 'opened', '2026-11-02')) "
        "as t(prospect_id, kind, sent_on)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "kind": "event", "sent_on": "date"},
        values={"event": {"note": "", "opened": "opens"}}, variant="offer", rep="kim",
    )  # fmt: skip
    assert counted(source(tmp_path, rows), tmp_path, mapping) == {}


def test_a_mark_without_a_day_is_told_and_a_row_without_a_mark_is_not(tmp_path: Path) -> None:
    rows = (
        "select * from (values ('a', true, '2026-11-02', true), ('b', true, null, false), "
        "('c', false, null, true), ('d', false, 'soon', false)) "
        "as t(prospect_id, sent, sent_on, replied)"
    )
    mapping = ColumnMapping(
        "prospects",
        {"prospect_id": "prospect_id", "sent": "sent", "sent_on": "date", "replied": "responses"},
        variant="offer", rep="kim",
    )  # fmt: skip
    log = source(tmp_path, rows)
    assert counted(log, tmp_path, mapping) == {("offer", "kim", DAY): {"sent": 1, "responses": 1}}
    assert log.skipped.reasons == {"it has no date that can be read": 2}
