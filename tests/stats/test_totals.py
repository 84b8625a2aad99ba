"""Every number is defined or absent, for any counts up to ten million."""

from __future__ import annotations

import dataclasses
import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.stats.anytime import confidence_sequence
from abtest.stats.compare import compare, fixed_compare
from abtest.stats.planning import more_needed, more_needed_for_pair
from abtest.stats.proportion import against_target, estimate, fixed_against_target

MOST = 10**7
P_VALUES = {
    "p_above", "p_below", "anytime_p_above", "anytime_p_below", "probability_above", "p_value",
    "exact_p_value", "anytime_p",
}  # fmt: skip


@st.composite
def arms(draw):
    """(count, nobs) with sizes over all magnitudes and counts near the ends as well."""
    nobs = draw(st.integers(0, 40) | st.integers(0, 5000) | st.integers(0, MOST))
    near = st.integers(0, min(nobs, 3))
    return draw(near | near.map(lambda k: nobs - k) | st.integers(0, nobs)), nobs


def numbers(result, path=""):
    """Every number of a result with its name."""
    for field in dataclasses.fields(result):
        value = getattr(result, field.name)
        if dataclasses.is_dataclass(value):
            yield from numbers(value, f"{path}{field.name}.")
        elif isinstance(value, tuple):
            for entry in value:
                yield from numbers(entry, f"{path}{field.name}.")
        elif isinstance(value, int | float):
            yield path + field.name, value


def check(result):
    for name, value in numbers(result):
        assert math.isfinite(value), name
        if name in P_VALUES:
            assert 0.0 < value <= 1.0, name
    for interval in (result.interval, result.sequence):
        assert interval is None or interval.low < interval.high


@settings(max_examples=250, deadline=None)
@given(arms(), st.sampled_from([0.001, 0.02, 0.10, 0.5, 0.9]), st.sampled_from([0.001, 0.05, 0.3]))
def test_one_rate_is_total(arm, target, alpha):
    count, nobs = arm
    check(against_target(count, nobs, target, alpha=alpha))
    check(fixed_against_target(count, nobs, target, planned=100, alpha=alpha))
    check(estimate(count, nobs, prior_mean=target, alpha=alpha))


@settings(max_examples=250, deadline=None)
@given(arms(), arms())
def test_a_pair_is_total(control, treatment):
    check(compare(control, treatment))
    check(fixed_compare(control, treatment, planned=100))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(arms(), arms()), min_size=1, max_size=7), st.integers(2, 6))
def test_cohorts_of_any_sizes_are_total(cohorts, variants):
    control, treatment = zip(*cohorts, strict=True)
    result = compare(control, treatment, variants=variants)
    check(result)
    assert len(result.looks) == len(cohorts)
    counts, sizes = zip(*control, strict=True)
    check(against_target(counts, sizes))


@settings(max_examples=25, deadline=None)
@given(arms(), arms())
def test_what_is_still_needed_is_total(control, treatment):
    for more in (more_needed(*control), more_needed_for_pair(control, treatment)):
        assert more.reason in {"decided", "expected", "beyond_horizon", "no_data"}
        assert (more.n is None) == (more.reason != "expected")


@pytest.mark.parametrize(
    "pair",
    [
        ((0, MOST), (MOST, MOST)),
        ((0, MOST), (1, MOST)),
        ((0, MOST), (0, MOST)),
        ((MOST, MOST), (MOST, MOST)),
        ((MOST // 2, MOST), (MOST // 2 + 5000, MOST)),
        ((0, 0), (3, 10)),
        ((1, 1), (0, MOST)),
    ],
)
def test_the_corners_are_total(pair):
    check(compare(*pair))
    for arm in pair:
        check(against_target(*arm))


def test_ten_million_prospects_decide_what_they_must():
    assert against_target(MOST // 10, MOST).state == "at_target"
    assert against_target(MOST // 9, MOST).state == "meets"
    assert against_target(MOST // 11, MOST).state == "below"
    assert compare((10**6, MOST), (10**6, MOST)).state == "no_difference"
    assert compare((10**6, MOST), (1_010_000, MOST)).state == "better"


def test_no_data_says_nothing():
    test = against_target(0, 0)
    assert (test.state, test.rate, test.interval) == ("no_data", None, None)
    assert (test.sequence.low, test.sequence.high) == (0.0, 1.0)
    assert test.log_e_above == test.log_e_below == 0.0
    pair = compare((0, 0), (5, 10))
    assert (pair.state, pair.difference, pair.interval) == ("no_data", None, None)
    assert (pair.sequence.low, pair.sequence.high) == (-1.0, 1.0)
    assert pair.e_value == pytest.approx(1.0)
    assert against_target([], []).state == "no_data"
    assert compare([], []).state == "no_data"


def test_huge_evidence_is_told_by_its_logarithm():
    test = against_target(MOST, MOST)
    assert test.e_above is None
    assert test.log_e_above > 1e6
    assert test.anytime_p_above == 1e-300


def test_arrays_of_numpy_are_counts_too():
    one = against_target(np.array([4, 5]), np.array([40, 40]))
    assert one == against_target([4, 5], [40, 40])
    assert confidence_sequence(np.int64(10), np.int64(100)) == confidence_sequence(10, 100)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((11, 10), "count 11 is more than nobs 10"),
        ((-1, 10), "at least 0"),
        ((1, -10), "at least 0"),
        ((1.5, 10), "whole number"),
        (("1", 10), "whole number"),
        ((True, 10), "at least 0"),
        (([1, 2], [10]), "2 counts for 1 cohorts"),
        ((1, 10, 0.0), "target must lie between 0 and 1"),
        ((1, 10, 1.0), "target must lie between 0 and 1"),
        ((1, 10, math.nan), "target must lie between 0 and 1"),
    ],
)
def test_impossible_counts_are_refused_in_words(arguments, said):
    with pytest.raises(ValueError, match=said):
        against_target(*arguments)


@pytest.mark.parametrize("alpha", [0.0, 1.0, -0.1, math.nan])
def test_an_impossible_alpha_is_refused(alpha):
    for call in (
        lambda: against_target(1, 10, alpha=alpha),
        lambda: compare((1, 10), (2, 10), alpha=alpha),
        lambda: estimate(1, 10, alpha=alpha),
    ):
        with pytest.raises(ValueError, match="alpha must lie between 0 and 1"):
            call()


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: compare((1, 10), [(1, 10), (2, 10)]), "control has 1 cohorts, the treatment 2"),
        (lambda: compare((11, 10), (2, 10)), "count 11 is more than nobs 10"),
        (lambda: compare((1, 10), (1, 10), variants=1), "at least 2 variants"),
        (lambda: compare((1, 10), (1, 10), smallest_effect=0), "smallest_effect"),
        (lambda: compare([1, 10, 3], (1, 10)), "An arm is"),
        (lambda: compare((1, 10), (1, 10), looks=[0, 1]), "2 looks for 1 cohorts"),
        (lambda: against_target([1, 2], [10, 10], looks=[1, 0]), "looks must not decrease"),
        (lambda: confidence_sequence(1, 10, level=1.0), "level must lie between 0 and 1"),
    ],
)
def test_impossible_calls_are_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()
