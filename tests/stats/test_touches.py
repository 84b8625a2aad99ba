"""Yields by touch, against statsmodels' survival function."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.duration.survfunc import SurvfuncRight
from statsmodels.stats.proportion import proportion_confint

from abtest.stats.touches import touch_yields


def test_the_share_that_answered_is_kaplan_and_meiers():
    at_risk, drawn, given_up = [100, 80, 50], [12, 6, 3], [8, 24, 47]
    times = np.repeat([1, 2, 3] * 2, [*drawn, *given_up])
    status = np.repeat([1, 0], [sum(drawn), sum(given_up)])
    theirs = SurvfuncRight(times, status)
    ours = touch_yields(at_risk, drawn)
    assert [1 - y.answered for y in ours] == pytest.approx(list(theirs.surv_prob))


def test_with_nobody_given_up_the_range_is_wilsons():
    ours = touch_yields([100, 90, 85], [10, 5, 5])
    low, high = proportion_confint(20, 100, method="wilson")
    assert ours[-1].answered == pytest.approx(0.20)
    assert ours[-1].answered_interval.low == pytest.approx(low)
    assert ours[-1].answered_interval.high == pytest.approx(high)


def test_no_answer_and_all_answers_leave_a_range():
    nobody, everyone = touch_yields([20], [0])[0], touch_yields([20], [20])[0]
    assert nobody.answered == 0.0
    assert 0 == nobody.answered_interval.low < nobody.answered_interval.high < 0.2
    assert 0.8 < everyone.answered_interval.low < everyone.answered_interval.high
    assert touch_yields([], []) == ()
    assert touch_yields([0], [0])[0].rate is None


def test_impossible_counts_are_refused():
    with pytest.raises(ValueError, match="more than"):
        touch_yields([3], [4])


@given(st.lists(st.integers(0, 60), max_size=8), st.integers(0, 300))
def test_any_cadence_gives_ordered_shares(drawn, reached):
    at_risk = []
    for i, count in enumerate(drawn):
        at_risk.append(reached)
        drawn[i] = min(count, reached)
        reached -= drawn[i]
    shares = [y.answered for y in touch_yields(at_risk, drawn)]
    assert shares == sorted(shares)
    for y in touch_yields(at_risk, drawn):
        if y.answered_interval is not None:
            assert y.answered_interval.low <= y.answered + 1e-9 <= y.answered_interval.high + 2e-9
