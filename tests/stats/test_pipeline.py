"""The arithmetic of a pipeline, against scipy and against numbers that sales teams quote."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from abtest.stats.pipeline import (
    coverage_needed,
    expected,
    forgone,
    funnel,
    implied_loss,
    needed,
    saved,
    value,
)


@pytest.mark.parametrize(
    ("coverage", "loss"), [(1.0, 0.0), (3.0, 2 / 3), (4.0, 0.75), (8.0, 0.875)]
)
def test_eight_times_the_target_means_losing_seven_eighths(coverage, loss):
    assert implied_loss(coverage) == pytest.approx(loss)


def test_a_coverage_below_the_target_is_refused():
    for bad in (0.5, 0.0, -1.0, math.nan):
        with pytest.raises(ValueError, match="below 100%"):
            implied_loss(bad)


def test_the_coverage_that_a_rate_of_winning_asks_for():
    low, high = proportion_confint(10, 40, method="wilson")
    found = coverage_needed(10, 40)
    assert (found.low, found.high) == (pytest.approx(1 / high), pytest.approx(1 / low))
    assert coverage_needed(0, 40).high is None
    assert coverage_needed(0, 0) is None


def test_each_stage_with_the_one_before_and_the_first():
    steps = funnel([("reached", 400), ("responses", 40), ("meetings", 20), ("wins", 0)])
    assert [s.rate for s in steps] == [1.0, 0.1, 0.5, 0.0]
    assert [s.overall for s in steps] == [1.0, 0.1, 0.05, 0.0]
    low, high = proportion_confint(20, 40, method="wilson")
    assert (steps[2].interval.low, steps[2].interval.high) == pytest.approx((low, high))
    assert steps[3].interval.high > 0
    assert steps[2].overall_interval.high == pytest.approx(
        proportion_confint(20, 400, method="wilson")[1]
    )


def test_more_than_before_is_no_proportion():
    steps = funnel([("reached", 9), ("meetings", 0), ("opportunities", 2)])
    assert steps[2].rate is None
    assert steps[2].interval is None
    assert steps[2].overall == pytest.approx(2 / 9)
    assert funnel([]) == ()
    assert funnel([("reached", 0)])[0].rate is None


def test_from_wins_back_to_prospects():
    found = needed(10, 4, 400)
    low, high = proportion_confint(4, 400, method="wilson")
    assert (found.n, found.low, found.high) == (1000, math.ceil(10 / high), math.ceil(10 / low))
    nobody = needed(10, 0, 400)
    assert (nobody.n, nobody.high) == (None, None)
    assert nobody.low > 0
    assert needed(10, 0, 0) is None


def test_a_better_rate_saves_prospects():
    assert saved(100, 0.05, 0.10) == saved(100, 0.05, 0.10)
    assert (saved(100, 0.05, 0.10).now, saved(100, 0.05, 0.10).then) == (2000, 1000)
    assert saved(100, 0.10, 0.05).share < 0
    with pytest.raises(ValueError, match="rate"):
        saved(10, 0.0, 0.1)


@pytest.mark.parametrize(("count", "seen"), [(10, 100), (0, 30), (30, 30), (0, 0)])
def test_the_prediction_is_scipys_beta_binomial(count, seen):
    law = stats.betabinom(300, count + 0.5, seen - count + 0.5)
    assert expected(300, count, seen) == (int(law.ppf(0.05)), int(law.ppf(0.95)))


def test_the_cost_of_no_voicemail():
    found = forgone((10, 200), (24, 200), 1000, 0.5)
    assert found.responses == pytest.approx(70)
    assert found.responses_low < 70 < found.responses_high
    assert found.meetings == pytest.approx(35)
    assert found.meetings_low == pytest.approx(0.5 * found.responses_low)
    assert forgone((10, 200), (24, 200), 1000).meetings is None
    assert forgone((0, 0), (24, 200), 1000) is None


def test_a_structural_zero_is_no_division_by_zero():
    found = forgone((0, 200), (24, 200), 1000)
    assert found.responses == pytest.approx(120)
    assert found.responses_low > 0


def test_money_per_hundred_prospects():
    found = value(4, 400, 20000)
    assert found.per_hundred == pytest.approx(5000)
    assert found.low < 5000 < found.high
    assert value(0, 400, 0) is None


@given(st.integers(0, 1000), st.integers(0, 1000), st.integers(1, 500))
def test_what_is_needed_lies_in_its_range(count, nobs, target):
    count = min(count, nobs)
    found = needed(target, count, nobs)
    if found is not None and found.n is not None:
        assert found.low <= found.n + 1
        assert found.n <= found.high + 1


@given(st.integers(0, 400), st.integers(0, 200), st.integers(0, 200))
def test_predictions_stay_within_the_list(nobs, count, seen):
    low, high = expected(nobs, min(count, seen), seen)
    assert 0 <= low <= high <= nobs
