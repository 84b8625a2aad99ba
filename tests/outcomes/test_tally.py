"""The query counts as a slow loop over each prospect's life does, in every engine."""

import csv
import datetime as dt
from contextlib import closing

import duckdb
import logs
import pytest

from abtest.outcomes.importing.cohorts import count
from abtest.outcomes.importing.sources import Frame, TextSource, TypedSource
from abtest.outcomes.mapping import ColumnMapping
from abtest.outcomes.tables.lines import Skipped
from abtest.outcomes.tally.duck import Duck, parquet

EVENTS = {
    "sent": "sent", "auto_reply": "automatic", "opened": "opens", "dial": "dials", **logs.COUNTED
}  # fmt: skip
MAPPING = ColumnMapping(
    layout="prospects",
    columns={
        "prospect_id": "prospect_id",
        "variant": "variant",
        "rep": "rep",
        "event": "event",
        "happened": "date",
    },
    values={"event": EVENTS, "variant": {"offer": "offer", "question": "question"}},
)
at = dt.datetime.fromisoformat
VARIANTS = ("offer", "question")


def counted(source, folder, mapping=MAPPING, *, today=dt.date(2026, 12, 31)):
    """(variant, rep, day) → counts, as the product counts a source."""
    with closing(source):
        return _counted(source, folder, mapping, today)


def _counted(source, folder, mapping, today):
    frame = Frame(VARIANTS, mapping.outcomes, today, lambda _: None, folder)
    rows = source.rows(mapping, frame)
    found, _ = count(
        source.engine(), rows, VARIANTS, mapping.outcomes, mapping.keep, source.skipped
    )
    return {
        (row.variant, row.rep, row.date): {k: n for k, n in row.counts.items() if n}
        for row in found
    }


def as_parquet(log, path):
    """The log as a Parquet file."""
    text = path.with_suffix(".csv")
    as_csv(log, text)
    duckdb.sql(
        f"copy (select * replace (happened::timestamp as happened) from read_csv('{text}', "
        f"all_varchar = true)) to '{path}' (format parquet)"
    )
    return path


def as_csv(log, path):
    """The log as a CSV file."""
    with path.open("w", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(logs.HEAD)
        writer.writerows((*row[:4], row[4].isoformat(" ")) for row in log)
    return path


@pytest.mark.parametrize("seed", range(12))
def test_files_are_counted_as_a_slow_loop_counts(seed, tmp_path):
    log = logs.make_log(seed, 400 + 300 * seed, prospects=(40, 300, 900)[seed % 3])
    expected = logs.slow_count(log)
    (tmp_path / "clean").mkdir()
    text = TextSource(as_csv(log, tmp_path / "log.csv"))
    assert counted(text, tmp_path / "clean") == expected
    path = as_parquet(log, tmp_path / "log.parquet")
    typed = TypedSource("log", Duck(parquet([str(path)]), "log"))
    assert counted(typed, tmp_path / "clean") == expected
    assert text.skipped.reasons == typed.skipped.reasons
    assert sum(text.skipped.reasons.values()) > 0


def test_rows_from_the_future_do_not_count(tmp_path):
    log = [("a", "offer", "kim", "sent", at("2026-11-02")),
           ("b", "offer", "kim", "sent", at("2026-11-04"))]  # fmt: skip
    path = as_parquet(log, tmp_path / "log.parquet")
    source = TypedSource("log", Duck(parquet([str(path)]), "log"))
    found = counted(source, tmp_path, today=dt.date(2026, 11, 3))
    assert found == {("offer", "kim", dt.date(2026, 11, 2)): {"sent": 1}}
    assert source.skipped == Skipped(
        {"its date is in the future": 1}, {"its date is in the future": []}
    )
