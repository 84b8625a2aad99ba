"""Control charts against a textbook's, and their false alarms against what they promise."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.stats.trend import LEAST_WEEKS, moving_mean, p_chart, sigma_z, u_chart

# Montgomery, Introduction to Statistical Quality Control (7th ed.), table 7.4: errors in purchase
# orders, 25 weeks of unequal size. The book has 234 of 2,450, p-bar 0.096, and finds one week out
# of control on its p chart: the eleventh, 20 of 110.
ORDERS = [100, 80, 80, 100, 110, 110, 100, 100, 90, 90, 110, 120, 120,
          120, 110, 80, 80, 80, 90, 100, 100, 100, 100, 90, 90]  # fmt: skip
ERRORS = [12, 8, 6, 9, 10, 12, 11, 16, 10, 6, 20, 15, 9, 8, 6, 8, 10, 7, 5, 8, 5, 8, 10, 6, 9]

# The same book, table 9.1: mean 10, standard deviation 1, shifted to 11 after the twentieth; its
# moving means with weight 0.1 run from 9.945 and 9.7495 to 10.6468 and 10.6341; the limits for 2.7
# standard deviations from 10.27 and 10.36 to 10.62.
SHIFTED = [9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51,
           9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08,
           10.38, 11.62, 11.31, 10.52]  # fmt: skip


def textbook_chart():
    chart = p_chart(ERRORS, ORDERS, exact=False)
    return chart, chart.spread


def test_the_textbook_center_and_limits_for_unequal_weeks():
    chart, spread = textbook_chart()
    assert round(chart.center, 3) == 0.096
    # Shewhart's limits are Laney's with sigma z = 1
    for point in chart.points:
        sigma = math.sqrt(chart.center * (1 - chart.center) / point.size)
        assert point.high == pytest.approx(chart.center + 3 * spread * sigma)
        assert point.low == pytest.approx(max(chart.center - 3 * spread * sigma, 0))
    week = chart.points[10]
    shewhart = chart.center + (week.high - chart.center) / spread
    assert week.rate == pytest.approx(0.182, abs=5e-4)
    assert shewhart == pytest.approx(0.180, abs=5e-4)
    beyond = [i for i, p in enumerate(chart.points, 1)
              if p.rate > chart.center + (p.high - chart.center) / spread]  # fmt: skip
    assert beyond == [11]


def test_sigma_z_is_the_mean_moving_range_over_its_expectation():
    chart, spread = textbook_chart()
    z = [
        (p.rate - chart.center) / math.sqrt(chart.center * (1 - chart.center) / p.size)
        for p in chart.points
    ]
    assert spread == pytest.approx(np.mean(np.abs(np.diff(z))) / 1.128)
    lots = np.random.default_rng(1)
    assert sigma_z(list(2.5 * lots.standard_normal(20000))) == pytest.approx(2.5, rel=0.02)


def test_the_textbook_moving_mean():
    found = moving_mean([x - 10 for x in SHIFTED], newest=0.1, limit=2.7)
    means = [round(10 + mean, 4) for mean, _ in found]
    assert means[:3] == pytest.approx([9.945, 9.7495, 9.70355], abs=1e-4)
    assert means[-3:] == pytest.approx([10.5731, 10.6468, 10.6341], abs=1e-4)
    assert [round(10 + limit, 2) for _, limit in found[:2]] == [10.27, 10.36]
    assert round(10 + found[-1][1], 2) == 10.62
    beyond = [i for i, (mean, limit) in enumerate(found, 1) if abs(mean) > limit]
    assert beyond == [29, 30]


def alarms(chart):
    return sum(point.signal is not None for point in chart.points)


def test_weeks_that_differ_by_chance_alone_rarely_alarm():
    lots = np.random.default_rng(2)
    sizes = lots.integers(15, 60, 4000)
    chart = p_chart([int(x) for x in lots.binomial(sizes, 0.1)], [int(n) for n in sizes])
    assert chart.spread == pytest.approx(1.0, abs=0.03)
    assert alarms(chart) / 4000 <= 0.0027
    meetings = u_chart([int(x) for x in lots.poisson(2.0, 4000)], [1] * 4000)
    assert alarms(meetings) / 4000 <= 0.0027


def test_overdispersed_weeks_alarm_no_more_often_on_these_charts():
    lots = np.random.default_rng(3)
    sizes = lots.integers(200, 400, 3000)
    rates = lots.beta(10, 90, 3000)
    count, nobs = [int(x) for x in lots.binomial(sizes, rates)], [int(n) for n in sizes]
    chart = p_chart(count, nobs)
    assert chart.spread > 1.8
    assert alarms(chart) / 3000 < 0.006
    plain = [abs(x - n * 0.1) > 3 * math.sqrt(n * 0.09) for x, n in zip(count, nobs, strict=True)]
    assert np.mean(plain) > 0.1


def test_a_week_far_out_is_seen_and_a_slow_slide_too():
    steady = [5, 6, 4, 5, 6, 5, 4, 6, 5, 5, 6, 4]
    burst = p_chart([*steady, 22], [50] * 13)
    assert burst.points[-1].signal == "above"
    assert burst.ordinary is False
    slide = p_chart([60, 62, 58, 61, 60, 59, 61, 60, *[38, 37, 40, 38] * 2], [500] * 16)
    assert not any(point.signal for point in slide.points)
    assert slide.points[7].drifted == "above"
    assert slide.points[-1].drifted == "below"


def test_limits_fit_the_size_of_a_week():
    chart = p_chart([5] * 9 + [1], [50] * 9 + [10])
    assert chart.points[-1].high > chart.points[0].high
    assert chart.points[-1].low == 0.0
    assert chart.points[-1].signal is None


def test_an_empty_week_has_no_rate_and_no_limits():
    chart = p_chart([5, 0, *[5] * 9], [50, 0, *[50] * 9])
    empty = chart.points[1]
    assert (empty.rate, empty.low, empty.signal, empty.drift) == (None, None, None, None)
    assert chart.points[2].low is not None


def test_few_weeks_have_no_limits():
    chart = p_chart([5] * (LEAST_WEEKS - 1), [50] * (LEAST_WEEKS - 1))
    assert chart.spread is None
    assert chart.ordinary is None
    assert p_chart([], []).center is None
    assert p_chart([0] * 10, [50] * 10).spread is None


def test_exact_limits_approach_the_normal_ones():
    count, nobs = [500] * 10, [5000] * 10
    exact, normal = p_chart(count, nobs), p_chart(count, nobs, exact=False)
    assert normal.spread == 0.0
    sigma = math.sqrt(0.1 * 0.9 / 5000)
    assert exact.points[0].high == pytest.approx(0.1 + 3 * sigma, abs=3e-4)
    assert exact.points[0].low == pytest.approx(0.1 - 3 * sigma, abs=3e-4)


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="between 0"):
        p_chart([3], [2])
    with pytest.raises(ValueError, match="not be negative"):
        u_chart([-1], [2])


@settings(max_examples=80, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 3000)), min_size=8, max_size=20),
    st.booleans(),
)
def test_any_weeks_give_ordered_limits(weeks, exact):
    count, nobs = [min(x, n) for x, n in weeks], [n for _, n in weeks]
    for chart in (p_chart(count, nobs, exact=exact), u_chart(count, nobs, exact=exact)):
        for point in chart.points:
            if point.low is not None:
                assert 0 <= point.low <= point.high
                assert math.isfinite(point.drift)
                assert (point.signal == "above") == (point.rate > point.high + 1e-12)
