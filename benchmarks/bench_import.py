"""Ten million sends from Parquet: `abtest import` against the bare DuckDB query.

    python benchmarks/bench_import.py [--small] [--rows N]

Both run in processes of their own and give the same weekly counts, which is checked. The bare query
is what someone who knows DuckDB would write by hand. Figures are CPU seconds and the greatest
resident memory; the ratio is what to watch, seconds depend on the machine.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import duckdb
from measuring import abtest, cost, options, python, table

from abtest.messages import reader

EXPERIMENT = """---
title: Does a question beat an offer?
profile: {industry: any, location: any, title: any}
control: offer
---
"""
VARIANT = """---
title: %s
---
## Email
Subject: Hi

Hello
"""
BARE = """
with prospects as (
    select
        variant, prospect_id,
        arg_min(rep, (ts, rep)) filter (event = 'sent') as rep,
        min(ts::date) filter (event = 'sent') as day,
        max(ts::date) filter (event = 'bounced') as bounced,
        max(ts::date) filter (event = 'replied') as replied,
    from 'log.parquet' group by all
)
select
    variant, rep, date_trunc('week', day)::date as week, count(*) as sent,
    count(*) filter (bounced >= day and not coalesce(replied >= day, false)) as bounced,
    count(*) filter (replied >= day) as responses,
from prospects where day is not null group by all order by all
"""


def make_log(path: Path, rows: int) -> None:
    """One row a send, with bounces and replies among them; eight to a prospect."""
    duckdb.sql(f"""
        copy (
            select
                'p' || (hash(i) % {max(rows // 8, 1)}) as prospect_id,
                ['offer', 'question'][1 + (hash(i) % {max(rows // 8, 1)} % 2)::int] as variant,
                ['kim', 'lee', 'max', 'zoe'][1 + (hash(i) % {max(rows // 8, 1)} % 4)::int] as rep,
                case when hash(i * 3) % 50 = 0 then 'replied'
                     when hash(i * 5) % 99 = 0 then 'bounced' else 'sent' end as event,
                timestamp '2026-01-05' + to_minutes((hash(i * 7) % 400000)::int) as ts
            from range({rows}) as t(i)
        ) to '{path}' (format parquet)
    """)


def make_team(folder: Path) -> None:
    """A repository with an experiment of two variants."""
    dock = folder / "messages" / "dock"
    dock.mkdir(parents=True)
    (dock / "experiment.md").write_text(EXPERIMENT)
    for name in ("offer", "question"):
        (dock / f"{name}.md").write_text(VARIANT % name)


def imported(folder: Path) -> list[tuple[object, ...]]:
    """The weekly counts that are in the files now."""
    experiment = reader.load(folder / "messages")["dock"]
    return sorted(
        (variant.name, c.rep, c.date, c.sent, c.bounced, c.get("responses"))
        for variant in experiment
        for c in variant.cohorts
    )


def main(rows: int) -> None:
    """Measure both, and print the table."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_team(folder)
        make_log(folder / "log.parquet", rows)
        query = f"import duckdb; print(duckdb.sql({BARE!r}).fetchall())"
        bare = cost(python(query), folder)
        ours = cost(abtest("import", "dock", "log.parquet", "--by", "week", "--yes"), folder)
        os.chdir(folder)
        assert imported(folder) == duckdb.sql(BARE).fetchall(), "the counts differ"
    lines = [
        ["the bare DuckDB query", f"{bare.cpu:.2f}", "1.00", f"{bare.megabytes:.0f}"],
        ["abtest import", f"{ours.cpu:.2f}", f"{ours.cpu / bare.cpu:.2f}", f"{ours.megabytes:.0f}"],
    ]
    print(table((f"{rows:,} sends", "CPU s", "× the query", "MB"), lines))


if __name__ == "__main__":
    parser = options(__doc__)
    parser.add_argument("--rows", type=int, default=10_000_000, metavar="N")
    chosen = parser.parse_args()
    main(100_000 if chosen.small else chosen.rows)
