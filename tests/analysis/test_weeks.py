"""Ebb and flow by week, and what an empty stretch will cost."""

import datetime as dt

import numpy as np
from builders import MONDAY, cohort

from abtest.analysis.weeks import weeks
from abtest.assumptions import Assumptions

SUNDAY = MONDAY + dt.timedelta(days=6)


def flow(rows, *, as_of=None, window=14, count="meetings", assumptions=None):
    as_of = as_of or max(row.date for row in rows) + dt.timedelta(days=27)
    assumed = assumptions or Assumptions()
    return weeks(rows, count, as_of=as_of, window=window, assumptions=assumed)


def series(meetings, sent=50):
    sizes = [sent] * len(meetings) if isinstance(sent, int) else sent
    return [
        cohort(week, size, 0, meetings=number)
        for week, (number, size) in enumerate(zip(meetings, sizes, strict=True))
        if size
    ]


def test_every_week_counts_also_the_empty_ones():
    found = flow(series([3, 0, 0, 2], [40, 0, 0, 40]))
    assert [p.count for p in found.volume.points][:4] == [3, 0, 0, 2]
    assert found.ends[0] == SUNDAY
    assert all(
        b - a == dt.timedelta(weeks=1) for a, b in zip(found.ends, found.ends[1:], strict=False)
    )
    assert found.rate.points[1].rate is None


def test_young_weeks_are_not_judged():
    """On a Tuesday two of the four weeks that have ended are fourteen days old."""
    found = flow(series([3, 2, 4, 3]), as_of=MONDAY + dt.timedelta(days=29))
    assert [p.count for p in found.volume.points] == [3, 2]
    assert found.ends == (SUNDAY, SUNDAY + dt.timedelta(weeks=1))
    assert found.young == 2


def test_what_lies_ahead_has_not_happened():
    rows = series([3, 2, 4, 3])
    found = flow(rows, as_of=MONDAY + dt.timedelta(days=13), window=0)
    assert [p.count for p in found.volume.points] == [3, 2]
    assert flow(rows, as_of=MONDAY - dt.timedelta(days=1)) is None


def test_a_gap_is_told_with_the_dip_to_expect():
    found = flow(series([3, 2, 0, 0, 0, 3], [40, 40, 0, 0, 0, 40]), as_of=MONDAY + dt.timedelta(45))
    assert [(d.since, d.weeks) for d in found.dips] == [(SUNDAY + dt.timedelta(weeks=2), 3)]
    assert found.dips[0].expected == SUNDAY + dt.timedelta(weeks=15)
    assert any("13 (hearsay) weeks later" in fact for fact in found.facts)
    one = flow(series([3, 2, 0, 3], [40, 40, 0, 40]), as_of=MONDAY + dt.timedelta(days=27))
    assert one.dips == ()


def test_a_series_ends_with_the_dip_of_its_last_gap():
    found = flow(series([3, 2]), as_of=MONDAY + dt.timedelta(days=700))
    assert found.ends[-1] == SUNDAY + dt.timedelta(weeks=1 + 13)
    assert [(dip.since, dip.weeks) for dip in found.dips] == [(SUNDAY + dt.timedelta(weeks=2), 13)]


def test_a_lag_of_ones_own_is_used():
    own = Assumptions({"lag_weeks": (6, "our CRM")})
    rows, as_of = series([3, 0, 0, 3], [40, 0, 0, 40]), MONDAY + dt.timedelta(days=60)
    found = flow(rows, as_of=as_of, assumptions=own)
    assert found.dips[0].expected == SUNDAY + dt.timedelta(weeks=7)


def test_chance_alone_is_said_to_be_chance():
    lots = np.random.default_rng(4)
    found = flow(series([int(x) for x in lots.binomial(60, 0.05, 20)], 60), window=0)
    assert any("what chance makes" in fact for fact in found.facts)
    assert found.volume.spread is not None


def test_a_week_out_of_the_ordinary_is_named_with_its_rate():
    rows = series([3, 2, 4, 3, 2, 3, 4, 3, 2, 20], 60)
    found = flow(rows, window=0, as_of=MONDAY + dt.timedelta(days=69))
    told = "above the limits with 20 meetings (20 of 60 reached, 33.3%)"
    assert any(told in fact for fact in found.facts)


def test_back_fill_compares_eight_weeks_with_the_eight_before():
    falling = flow(series([6] * 8 + [1] * 8), window=0, as_of=MONDAY + dt.timedelta(days=111))
    assert (falling.backfill.before, falling.backfill.after) == (48, 8)
    assert any("not being replaced" in fact for fact in falling.facts)
    steady = flow(series([6] * 16), window=0, as_of=MONDAY + dt.timedelta(days=111))
    assert any("no more of a change than chance" in fact for fact in steady.facts)
    assert flow(series([6] * 10), window=0, as_of=MONDAY + dt.timedelta(days=69)).backfill is None


def test_more_events_than_prospects_are_counted_and_not_called_a_proportion():
    found = flow(series([9] * 10, 6), window=0, as_of=MONDAY + dt.timedelta(days=69))
    assert found.rate.center == 1.5
