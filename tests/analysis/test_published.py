"""Published data run through segments, touches and trends say what their publications say."""

import json
import math
from pathlib import Path

import pytest

from abtest.analysis.touches import Cadence, touches
from abtest.assumptions import Assumptions
from abtest.stats.compare import compare
from abtest.stats.filters import propose
from abtest.stats.interaction import interactions
from abtest.stats.levels import Row
from abtest.stats.results import PairState
from abtest.stats.segment_results import SegmentState
from abtest.stats.segments import segments
from abtest.stats.trend import p_chart

DATA = Path(__file__).parent / "data"
BANK = json.loads((DATA / "bank_telemarketing.json").read_text(encoding="utf-8"))
NAMES = json.loads((DATA / "two_names.json").read_text(encoding="utf-8"))


def bank_rows(question):
    return [Row({question: r["level"]}, r["count"], r["nobs"]) for r in BANK[question]["rows"]]


def name_rows():
    return [
        Row(
            {"location": r["location"], "industry": r["industry"]}, r["count"], r["nobs"], r["name"]
        )
        for r in NAMES["rows"]
    ]


def test_the_counts_are_the_publications():
    for question in ("previous_outcome", "contacts", "month"):
        rows = bank_rows(question)
        assert (sum(r.count for r in rows), sum(r.nobs for r in rows)) == (5289, 45211)
    rows = name_rows()
    assert [sum(r.count for r in rows if r.arm == name) for name in ("White", "Black")] == [
        235,
        157,
    ]
    assert {sum(r.nobs for r in rows if r.arm == name) for name in ("White", "Black")} == {2435}


def test_who_said_yes_before_says_yes_again():
    """64.7 % of earlier successes subscribe, 9.2 % of those never called: the list decides."""
    found = {s.level: s for s in segments(bank_rows("previous_outcome"))}
    assert found["success"].state is SegmentState.CARRIES
    assert found["unknown"].state is SegmentState.DRAGS
    assert round(100 * found["success"].rate, 1) == 64.7
    assert round(100 * found["unknown"].rate, 1) == 9.2
    # so many prospects leave nothing to shrink
    assert found["success"].adjusted == pytest.approx(found["success"].rate, abs=0.01)
    assert found["failure"].state is SegmentState.UNDECIDED


def test_a_filter_by_the_earlier_outcome_loses_most_of_the_subscribers():
    """It cuts four in five calls and triples the rate, and would have lost 64 % of the sales."""
    judged = propose(bank_rows("previous_outcome"))
    assert [cell["previous_outcome"] for cell in judged.filter.dropped] == ["unknown"]
    assert judged.filter.share == pytest.approx(36959 / 45211, abs=1e-3)
    assert judged.test.state is PairState.BETTER
    assert judged.test.count_b / judged.test.nobs_b > 0.22
    assert judged.lost_interval.low < 3386 / 5289 < judged.lost_interval.high
    assert judged.holdout == math.ceil(judged.test.nobs_a / 10)


def bank_cadences():
    """Who was last called the k-th time had a cadence of k calls, the last of which may count."""
    for row in BANK["contacts"]["rows"]:
        calls, reached, count = int(row["level"].rstrip("+")), row["nobs"], row["count"]
        answers = (0,) * (calls - 1) + (count,)
        yield Cadence(calls, reached, count, ((reached, answers),), 1)


def test_each_further_call_draws_less_and_still_something():
    found = touches(list(bank_cadences()), Assumptions(), 0.05)
    assert [y.at_risk for y in found.yields[:3]] == [45211, 45211 - 17544, 45211 - 17544 - 12505]
    rates = [y.rate for y in found.yields[:7]]
    assert rates == sorted(rates, reverse=True)
    assert round(100 * rates[0], 1) == 5.7
    assert found.yields[6].interval.low > 0.01
    # 58 % of the subscribers said yes after the first call
    later = sum(y.count for y in found.yields[1:])
    assert later == 5289 - 2561


def test_two_in_five_were_given_up_after_one_call_and_nearly_all_before_the_eighth():
    found = touches(list(bank_cadences()), Assumptions(), 0.05)
    assert found.given_up.per == 45211
    assert found.given_up.count == 45211 - 2329 - (5289 - 114)
    assert found.given_up.rate == pytest.approx(0.834, abs=1e-3)


def test_yield_by_calls_received_is_not_yield_by_call():
    """14.6 % of those who were called once subscribed, and 4.9 % of those called eight times."""
    rows = BANK["contacts"]["rows"]
    received = [r["count"] / r["nobs"] for r in rows]
    assert (round(100 * received[0], 1), round(100 * received[-1], 1)) == (14.6, 4.9)
    by_call = [y.rate for y in touches(list(bank_cadences()), Assumptions(), 0.05).yields]
    assert by_call[0] < received[0]


def test_months_differ_more_than_chance_and_the_chart_copes():
    """6.7 % in May among 13,766, 52 % in March among 477: volume and rate go opposite ways."""
    rows = BANK["month"]["rows"]
    chart = p_chart([r["count"] for r in rows], [r["nobs"] for r in rows])
    assert chart.center == pytest.approx(5289 / 45211)
    assert chart.spread > 10
    shewhart = [
        abs(p.rate - chart.center) > 3 * math.sqrt(chart.center * (1 - chart.center) / p.size)
        for p in chart.points
    ]
    assert sum(shewhart) == 10
    assert sum(p.signal is not None for p in chart.points) < 4
    widths = {r["level"]: p.high - p.low for r, p in zip(rows, chart.points, strict=True)}
    assert widths["mar"] > 2 * widths["may"]


def test_the_months_that_carry_are_the_small_ones():
    found = {s.level: s for s in segments(bank_rows("month"))}
    carries = {m for m, s in found.items() if s.state is SegmentState.CARRIES}
    assert {"mar", "sep", "oct", "dec"} <= carries
    assert found["may"].state is SegmentState.DRAGS


def test_white_names_are_called_back_half_as_often_again():
    rows = name_rows()
    pairs = {
        name: [(r.count, r.nobs) for r in rows if r.arm == name] for name in ("Black", "White")
    }
    found = compare(pairs["Black"], pairs["White"], looks=[0] * len(pairs["Black"]))
    assert found.state is PairState.BETTER
    assert found.ratio == pytest.approx(1.50, abs=0.01)


def test_the_gap_is_as_wide_in_both_cities_and_in_every_industry():
    """The paper finds it remarkably uniform: 8.06 to 5.40 in Chicago, 11.63 to 7.76 in Boston."""
    found = {i.dimension: i for i in interactions(name_rows(), "White")}
    assert set(found) == {"location", "industry"}
    assert not any(i.suspected for i in found.values())
    rates = {
        t.level: (round(100 * t.count_a / t.nobs_a, 2), round(100 * t.count_b / t.nobs_b, 2))
        for t in found["location"].tables
    }
    assert rates == {"Chicago": (8.06, 5.4), "Boston": (11.63, 7.76)}


def test_boston_calls_back_more_and_no_industry_is_known_to():
    found = {s.level: s for s in segments(name_rows())}
    assert found["Boston"].rate > found["Chicago"].rate
    assert found["Boston"].log_e > math.log(100)
    assert all(
        s.state is SegmentState.UNDECIDED for s in found.values() if s.dimension == "industry"
    )
