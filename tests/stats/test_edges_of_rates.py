"""One rate at the ends of what it takes: single prospects, no answers, tails beyond a float."""

from __future__ import annotations

import math

import mpmath
import pytest

from abtest.stats import anytime, counts, single_look
from abtest.stats.anytime import Prior
from abtest.stats.logbeta import log_beta, log_betainc
from abtest.stats.proportion import (
    against_target,
    anytime_p,
    e_value,
    estimate,
    fixed_against_target,
    target_state,
)
from abtest.stats.results import TargetState

PRIOR = Prior.at(0.10)


def log_below(a: float, b: float, x: float) -> float:
    """Log of the mass of Beta(a, b) below a point, to fifty digits."""
    with mpmath.workdps(50):
        return float(mpmath.log(mpmath.betainc(a, b, 0, mpmath.mpf(x), regularized=True)))


def log_above(a: float, b: float, x: float) -> float:
    """The same above it: no difference of nearly equal numbers."""
    return log_below(b, a, 1 - x)


@pytest.mark.parametrize("rate", [0.02, 0.10, 0.70])
def test_one_prospect_is_worth_what_the_prior_expected_of_it(rate: float) -> None:
    assert anytime.log_e_value(1, 1, rate, PRIOR) == pytest.approx(math.log(0.1 / rate))
    assert anytime.log_e_value(0, 1, rate, PRIOR) == pytest.approx(math.log(0.9 / (1 - rate)))


def test_a_rate_that_is_certain_can_be_tested_where_it_did_not_fail() -> None:
    everyone = (PRIOR.a * (PRIOR.a + 1)) / ((PRIOR.a + PRIOR.b) * (PRIOR.a + PRIOR.b + 1))
    assert anytime.log_e_value(2, 2, 1.0, PRIOR) == pytest.approx(math.log(everyone))


@pytest.mark.parametrize(("count", "nobs"), [(0, 1), (1, 1), (0.3, 0.9), (0.5, 40), (7, 60)])
def test_a_bound_is_where_the_evidence_reaches_its_height(count: float, nobs: float) -> None:
    low, high = anytime.bounds(count, nobs, 0.05, PRIOR)
    assert (low == 0.0) == (count == 0)
    assert (high == 1.0) == (count == nobs)
    for bound in {low, high} - {0.0, 1.0}:
        assert anytime.log_e_value(count, nobs, bound, PRIOR) == pytest.approx(math.log(20))


def test_nothing_sent_bounds_nothing() -> None:
    assert anytime.bounds(0, 0, 0.05, PRIOR) == (0.0, 1.0)


def test_a_bound_may_be_too_small_for_a_float() -> None:
    low, high = anytime.bounds(0.001, 50.0, 0.05, PRIOR)
    assert low < 1e-300
    assert 0.0 < high < 0.2


@pytest.mark.parametrize(("count", "nobs", "rate"), [(0, 9_000, 0.5), (3, 9_000, 0.3)])
def test_a_tail_too_small_for_a_float_keeps_its_logarithm(
    count: int, nobs: int, rate: float
) -> None:
    a, b = PRIOR.a + count, PRIOR.b + nobs - count
    both = anytime.log_e_value(count, nobs, rate, PRIOR)
    above, below = anytime.log_e_one_sided(count, nobs, rate, PRIOR)
    tail = log_above(a, b, rate)
    assert tail < math.log(1e-300)
    assert above == pytest.approx(both + tail - log_above(*PRIOR, rate), rel=1e-10)
    assert below == pytest.approx(both - log_below(*PRIOR, rate), rel=1e-10)


@pytest.mark.parametrize(("count", "nobs", "rate"), [(9_000, 9_000, 0.5), (8_990, 9_000, 0.7)])
def test_so_does_a_tail_on_the_other_side(count: int, nobs: int, rate: float) -> None:
    a, b = PRIOR.a + count, PRIOR.b + nobs - count
    both = anytime.log_e_value(count, nobs, rate, PRIOR)
    above, below = anytime.log_e_one_sided(count, nobs, rate, PRIOR)
    tail = log_below(a, b, rate)
    assert tail < math.log(1e-300)
    assert below == pytest.approx(both + tail - log_below(*PRIOR, rate), rel=1e-10)
    assert above == pytest.approx(both - log_above(*PRIOR, rate), rel=1e-10)


@pytest.mark.parametrize(
    ("a", "b"),
    [(2, 18), (11.9, 12.0), (12.0, 11.9), (12.1, 12), (0.4, 300), (5e6, 2.0), (3e6, 9e6), (20, 13)],
)
def test_the_beta_function_keeps_its_digits_at_any_size(a: float, b: float) -> None:
    with mpmath.workdps(60):
        expected = mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(mpmath.mpf(a) + b)
    assert log_beta(a, b) == pytest.approx(float(expected), rel=1e-13)


@pytest.mark.parametrize(("a", "b", "x"), [(400, 50, 0.1), (30, 900, 1e-4), (2, 3, 1e-9)])
def test_a_far_tail_of_the_beta_distribution(a: float, b: float, x: float) -> None:
    assert log_betainc(a, b, x) == pytest.approx(log_below(a, b, x), rel=1e-12)


@pytest.mark.parametrize("wrong", [0, 1, -0.1, 1.5, math.nan])
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("level", lambda v: anytime.confidence_sequence(1, 9, level=v)),
        ("target", lambda v: anytime.confidence_sequence(1, 9, target=v)),
        ("target", lambda v: against_target(1, 9, v)),
        ("alpha", lambda v: against_target(1, 9, alpha=v)),
        ("target", lambda v: fixed_against_target(1, 9, v, planned=9)),
        ("alpha", lambda v: estimate(1, 9, alpha=v)),
        ("prior_mean", lambda v: estimate(1, 9, prior_mean=v)),
    ],
)
def test_a_setting_out_of_range_is_named(name: str, call, wrong: float) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must lie between 0 and 1, not {wrong!r}\.$"):
        call(wrong)


def test_an_interval_says_its_level() -> None:
    assert anytime.confidence_sequence(4, 40).level == 0.95
    assert anytime.confidence_sequence(4, 40, level=0.8).level == 0.8
    assert against_target(4, 40, alpha=0.2).sequence.level == 0.8
    assert estimate(4, 40, alpha=0.2).sequence.level == 0.8
    fixed = fixed_against_target(4, 40, planned=40, alpha=0.2)
    assert (fixed.interval.level, fixed.once) == (0.8, True)
    assert fixed_against_target(4, 39, planned=40).once is False


def test_an_e_value_beyond_a_float_is_told_by_its_logarithm_alone() -> None:
    assert e_value(math.log(7)) == pytest.approx(7)
    assert e_value(709.7) is not None
    assert e_value(710.0) is None
    assert anytime_p(-3.0) == 1.0
    assert anytime_p(math.log(20)) == pytest.approx(0.05)
    assert anytime_p(5_000.0) == 1e-300


@pytest.mark.parametrize(
    ("low", "high", "state"),
    [
        (0.1001, 0.3, TargetState.MEETS),
        (0.1, 0.3, TargetState.UNDECIDED),
        (0.01, 0.0999, TargetState.BELOW),
        (0.01, 0.1, TargetState.UNDECIDED),
        (0.1 - 0.02, 0.1 + 0.02, TargetState.AT_TARGET),
        (0.0799, 0.12, TargetState.UNDECIDED),
        (0.08, 0.1201, TargetState.UNDECIDED),
    ],
)
def test_what_an_interval_says_of_a_target(low: float, high: float, state: TargetState) -> None:
    assert target_state(low, high, 0.1) is state


@pytest.mark.parametrize(
    ("count", "nobs", "looks", "said"),
    [
        ([1, 2], [9], None, r"^There are 2 counts for 1 cohorts\.$"),
        ([1, 9], [9, 8], None, r"^count 9 is more than nobs 8\.$"),
        (-1, 9, None, r"^count must be a whole number of at least 0, not -1\.$"),
        (1, -9, None, r"^nobs must be a whole number of at least 0, not -9\.$"),
        (True, 9, None, r"^count must be a whole number of at least 0, not True\.$"),
        (1.0, 9, None, r"^count must be a whole number, not 1\.0\.$"),
        ([1, 1], [9, 9], [0], r"^There are 1 looks for 2 cohorts\.$"),
        ([1, 1], [9, 9], [4, 3], r"^looks must not decrease, but 4 is followed by 3\.$"),
    ],
)
def test_impossible_counts_are_told(count, nobs, looks, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        against_target(count, nobs, looks=looks)


def test_looks_are_numbered_from_nought_without_gaps() -> None:
    cohorts = counts.cohorts([1, 0, 2, 3], [9, 8, 7, 6], looks=[2, 2, 5, 9])
    assert (cohorts.looks, cohorts.n_looks) == ((0, 0, 1, 2), 3)
    assert list(cohorts.cumulated()) == [(1, 17), (3, 24), (6, 30)]
    assert counts.cohorts([], []).n_looks == 0
    assert counts.cohorts([1, 0], [9, 8]).looks == (0, 1)


def test_every_number_of_a_rate_is_that_of_its_own_function() -> None:
    test = against_target([20, 32], [150, 250])
    assert test.interval == single_look.wilson(52, 400, 0.05)
    assert (test.p_above, test.p_below) == single_look.binomial_tails(52, 400, 0.10)
    assert test.score_z == single_look.target_z(52, 400, 0.10)
    log_e = anytime.log_e_value(52, 400, 0.10, PRIOR)
    above, below = anytime.log_e_one_sided(52, 400, 0.10, PRIOR)
    assert (test.log_e, test.log_e_above, test.log_e_below) == pytest.approx((log_e, above, below))
    assert (test.e_above, test.e_below) == (e_value(test.log_e_above), e_value(test.log_e_below))
    assert test.anytime_p_above == anytime_p(test.log_e_above)
    assert test.anytime_p_below == anytime_p(test.log_e_below)
    assert test.probability_above == pytest.approx(1 - math.exp(log_below(54, 366, 0.10)))
    assert [(look.count, look.nobs) for look in test.looks] == [(20, 150), (52, 400)]
    nothing = against_target(0, 0)
    assert (nothing.sequence.low, nothing.sequence.high, nothing.log_e) == (0.0, 1.0, 0.0)


def test_a_single_look_knows_no_drift() -> None:
    drifting = ([40, 0, 0, 0], [100, 400, 400, 400])
    assert against_target(*drifting).drift
    assert fixed_against_target(*drifting, planned=1300).drift is False
