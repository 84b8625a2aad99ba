"""One query, three engines: DuckDB, PostgreSQL and Spark give the same rows."""

import datetime as dt
import warnings

import duckdb
import logs
import psycopg
import pytest
import servers
from test_tally import as_parquet, counted

from abtest.errors import AbtestError, UsageError
from abtest.outcomes.importing.sources import TypedSource
from abtest.outcomes.tally.warehouse import open_engine

TABLE = "events"


@pytest.fixture(scope="module")
def address():
    with servers.postgres() as found:
        yield found


@pytest.fixture(scope="module")
def spark():
    """A small Spark on this machine, which `open_engine` finds running."""
    from pyspark.sql import SparkSession

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # Spark's own, about the machine
        session = (
            SparkSession.builder.master("local[2]")
            .config("spark.sql.shuffle.partitions", 2)
            .config("spark.ui.enabled", "false")
            .config("spark.driver.bindAddress", "127.0.0.1")
            .config("spark.driver.host", "127.0.0.1")
            .getOrCreate()
        )
        yield session
        session.stop()


def to_postgres(address, path):
    """Copy a Parquet log into a table of PostgreSQL."""
    text = path.with_suffix(".rows")
    duckdb.sql(f"copy (from '{path}') to '{text}' (format csv, header false)")
    with psycopg.connect(address) as connection:
        connection.execute(f"drop table if exists {TABLE}")
        connection.execute(
            f"create table {TABLE} (prospect_id text, variant text, rep text, event text, "
            "happened timestamp)"
        )
        with connection.cursor().copy(f"copy {TABLE} from stdin (format csv)") as copy:
            copy.write(text.read_bytes())


def million(path):
    """A million events of 150,000 prospects, made by DuckDB's own random numbers."""
    duckdb.sql(f"""
        copy (
            select
                'p' || (hash(i * 7) % 150000)::varchar as prospect_id,
                ['offer', 'question', 'other'][1 + (hash(i * 7) % 150000 % 2)::int
                    + (hash(i * 3) % 97 = 0)::int] as variant,
                ['kim', 'lee', 'max', 'it''s "zoe"\\'][1 + (hash(i * 7) % 150000 % 4)::int] as rep,
                ['sent', 'sent', 'sent', 'bounced', 'replied', 'auto_reply', 'interested',
                 'not interested', 'meeting held', 'opened'][1 + (hash(i * 11) % 10)::int] as event,
                timestamp '2026-09-01' + to_minutes((hash(i * 13) % 86400)::int) as happened
            from range(1000000) as t(i)
        ) to '{path}' (format parquet)
    """)
    return path


def from_each_engine(path, address, folder):
    """Engine → counts of the log at `path`."""
    to_postgres(address, path)
    return {
        source: counted(TypedSource(source, open_engine(source, table)), folder)
        for source, table in ((str(path), None), (address, TABLE), (f"spark:{path}", None))
    }


def test_a_table_that_spark_knows_is_read_by_its_name(tmp_path, spark):
    log = logs.make_log(7, 500)
    path = as_parquet(log, tmp_path / "log.parquet")
    spark.read.parquet(str(path)).createOrReplaceTempView(TABLE)
    found = counted(TypedSource("log", open_engine("spark", TABLE)), tmp_path)
    assert found == logs.slow_count(log)


def test_engines_agree_with_a_slow_loop(tmp_path, address, spark):
    log = logs.make_log(99, 5000)
    found = from_each_engine(as_parquet(log, tmp_path / "log.parquet"), address, tmp_path)
    expected = logs.slow_count(log)
    assert list(found.values()) == [expected] * 3


@pytest.mark.slow
def test_engines_give_identical_rows_of_a_million_events(tmp_path, address, spark):
    path = million(tmp_path / "million.parquet")
    duck, postgres, on_spark = from_each_engine(path, address, tmp_path).values()
    assert duck == postgres == on_spark
    assert sum(counts["sent"] for counts in duck.values()) > 100_000
    assert {rep for _, rep, _ in duck} == {"kim", "lee", "max", 'it\'s "zoe"\\'}


def test_a_duckdb_file_is_read_where_it_lies(tmp_path):
    log = logs.make_log(5, 500)
    path = as_parquet(log, tmp_path / "log.parquet")
    with duckdb.connect(str(tmp_path / "log.duckdb")) as connection:
        connection.execute(f"create table {TABLE} as select * from '{path}'")
    engine = open_engine(str(tmp_path / "log.duckdb"), TABLE)
    assert counted(TypedSource("log", engine), tmp_path) == logs.slow_count(log)


def test_a_time_with_a_zone_counts_on_its_day_in_utc(tmp_path, address):
    path = as_parquet(
        [("a", "offer", "kim", "sent", dt.datetime.fromisoformat("2026-11-02"))],
        tmp_path / "l.parquet",
    )
    to_postgres(address, path)
    with psycopg.connect(address) as connection:
        connection.execute(f"alter table {TABLE} alter happened type timestamptz")
        connection.execute(f"update {TABLE} set happened = '2026-11-02 22:00:00-07'")
    found = counted(TypedSource("log", open_engine(address, TABLE)), tmp_path)
    assert found == {("offer", "kim", dt.date(2026, 11, 3)): {"sent": 1}}


def test_a_password_is_never_told(address):
    with pytest.raises(AbtestError, match="kim@127") as refused:
        open_engine(address, "nowhere")
    assert "secret" not in str(refused.value)
    with pytest.raises(AbtestError) as refused:
        open_engine("postgres://kim:secret@127.0.0.1:1/postgres", "events")
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize(
    ("source", "table", "told"),
    [
        ("elsewhere", None, "is no source"),
        ("nothing.duckdb", "events", "no file"),
        ("spark", None, "--table"),
    ],
)
def test_a_source_that_is_none_is_refused(source, table, told):
    with pytest.raises(UsageError, match=told):
        open_engine(source, table)
