"""What luck does, against scipy and by enumeration."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from abtest.stats.luck import ordinary_range, run_chance, shift


@pytest.mark.parametrize("nobs", [1, 7, 60, 400, 10**7])
@pytest.mark.parametrize("rate", [0.01, 0.1, 0.5])
def test_the_ordinary_range_is_scipys_quantiles(nobs, rate):
    law = stats.binom(nobs, rate)
    assert ordinary_range(nobs, rate) == (int(law.ppf(0.025)), int(law.ppf(0.975)))


def test_sixty_sends_at_ten_percent_ordinarily_bring_two_to_eleven():
    assert ordinary_range(60, 0.10) == (2, 11)
    assert ordinary_range(0, 0.10) == (0, 0)


@pytest.mark.parametrize(("trials", "length"), [(6, 2), (8, 3), (9, 1), (5, 5)])
def test_the_chance_of_a_run_is_that_of_all_sequences(trials, length):
    chance = 0.3
    total = 0.0
    for sequence in itertools.product([0, 1], repeat=trials):
        longest = max((len(list(g)) for fail, g in itertools.groupby(sequence) if fail), default=0)
        if longest >= length:
            failures = sum(sequence)
            total += chance**failures * (1 - chance) ** (trials - failures)
    assert run_chance(trials, length, chance) == pytest.approx(total)


def test_streaks_of_bad_leads_that_luck_explains():
    """Twenty leads of which four in five are good, and of which two in five are."""
    assert round(run_chance(20, 2, 0.2), 2) == 0.49
    assert round(run_chance(20, 3, 0.2), 2) == 0.11
    assert round(run_chance(20, 3, 0.6), 2) == 0.93


def test_runs_at_the_edges():
    assert run_chance(3, 4, 0.5) == 0.0
    assert run_chance(5, 2, 0.0) == 0.0
    assert run_chance(5, 2, 1.0) == 1.0
    for bad in ((5, 0, 0.5), (-1, 1, 0.5), (5, 1, 1.5)):
        with pytest.raises(ValueError, match="Ask for a run"):
            run_chance(*bad)


def test_a_shift_is_the_exact_test_of_two_poisson_means():
    found = shift(20, 8)
    assert found.ratio == 0.4
    exact = stats.binomtest(8, 28).proportion_ci(0.95, method="exact")
    assert found.low == pytest.approx(exact.low / (1 - exact.low))
    assert found.high == pytest.approx(exact.high / (1 - exact.high))


def test_a_shift_from_nothing_is_undefined_and_not_infinite():
    assert shift(0, 3).ratio is None
    assert shift(0, 3).high is None
    assert shift(3, 0).low == 0.0
    assert (shift(0, 0).ratio, shift(0, 0).low, shift(0, 0).high) == (None, 0.0, None)


@given(st.integers(0, 500), st.integers(0, 500))
def test_the_range_of_a_shift_holds_its_ratio(before, after):
    found = shift(before, after)
    if found.ratio is not None:
        assert found.low <= found.ratio + 1e-12
        assert found.high is None or found.ratio <= found.high + 1e-12
