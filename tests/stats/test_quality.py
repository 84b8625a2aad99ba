"""Checks that come before any comparison."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binomtest, chisquare, multinomial

from abtest.stats import quality


def test_the_sample_ratio_is_a_chi_square_where_counts_are_large():
    observed, weights = [480, 520, 500], [1, 1, 1]
    assert quality.sample_ratio(observed, weights).p_value == pytest.approx(
        chisquare(observed).pvalue, rel=1e-10
    )


@pytest.mark.parametrize("observed", [(7, 1), (0, 4), (3, 3), (9, 0), (1, 0)])
def test_the_sample_ratio_of_few_prospects_is_exact(observed):
    expected = binomtest(observed[0], sum(observed)).pvalue
    assert quality.sample_ratio(observed, [1, 1]).p_value == pytest.approx(expected, rel=1e-9)


def test_the_exact_sample_ratio_of_three_variants_sums_the_splits():
    observed, shares = (5, 1, 0), (0.5, 0.3, 0.2)
    splits = [(i, j, 6 - i - j) for i in range(7) for j in range(7 - i)]
    chances = multinomial.pmf(splits, 6, shares)
    expected = chances[chances <= multinomial.pmf(observed, 6, shares) * (1 + 1e-9)].sum()
    assert quality.sample_ratio(observed, [5, 3, 2]).p_value == pytest.approx(expected)


def test_only_a_clear_mismatch_alarms():
    assert quality.sample_ratio([210, 190], [1, 1]).ok is True
    assert quality.sample_ratio([240, 160], [1, 1]).ok is False
    assert quality.sample_ratio([300, 100], [3, 1]).ok is True
    assert quality.sample_ratio([0, 0], [1, 1]).ok is None
    assert quality.sample_ratio([10], [1]).p_value is None


def test_a_variant_without_weight_is_left_out():
    found = quality.sample_ratio([50, 50, 100], [0.5, 0.5, 0])
    assert (found.p_value, found.ok) == (1.0, True)


@pytest.mark.parametrize("weights", [[0, 0], [-1, 2], [1]])
def test_impossible_weights_are_refused(weights):
    with pytest.raises(ValueError, match=r"[Ww]eights"):
        quality.sample_ratio([10, 10], weights)


def test_alike_splits_alarm_in_fewer_than_one_in_five_hundred():
    generator = np.random.default_rng(1)
    splits = generator.multinomial(200, [0.25] * 4, size=3000)
    alarms = sum(quality.sample_ratio(list(map(int, s)), [1] * 4).ok is False for s in splits)
    assert alarms <= 8


def test_heterogeneity_needs_four_cohorts():
    assert quality.heterogeneity([4, 5, 3], [40] * 3).ok is None
    assert quality.heterogeneity([4, 5, 3, 4], [40] * 4).ok is True
    found = quality.heterogeneity([1, 9, 2, 12, 0], [20, 40, 40, 60, 30])
    assert found.ok is False
    assert found.p_value == pytest.approx(0.00733, abs=0.0001)
    assert quality.heterogeneity([0] * 5, [10] * 5).p_value == 1.0
    assert quality.heterogeneity([], []).p_value is None


def test_entanglement_of_reps_and_variants():
    apart = quality.entanglement([[40, 0], [0, 30]])
    assert (apart.association, apart.separated) == (1.0, ((0, 1),))
    even = quality.entanglement([[40, 40], [10, 10]])
    assert (even.association, even.separated) == (pytest.approx(0.0), ())
    partly = quality.entanglement([[40, 10], [0, 30]])
    assert 0.5 < partly.association < 1.0
    assert partly.separated == ()
    alone = quality.entanglement([[40, 30]])
    assert (alone.association, alone.separated) == (None, ())
    assert quality.entanglement([]).association is None


def test_entanglement_names_the_pairs_that_cannot_be_compared():
    found = quality.entanglement([[40, 40, 0], [0, 0, 30], [20, 0, 0]])
    assert found.separated == ((0, 2), (1, 2))


def test_simpsons_reversal():
    # Charig et al. (1986), BMJ 292:879: kidney stones by size, open surgery against PCNL.
    found = quality.reversal([(81, 87), (192, 263)], [(234, 270), (55, 80)])
    assert found.reversed
    assert found.pooled == pytest.approx(289 / 350 - 273 / 350)
    assert found.adjusted < 0
    assert not quality.reversal([(4, 40), (5, 40)], [(8, 40), (9, 40)]).reversed
    assert not quality.reversal([(4, 40)], [(8, 40)]).reversed
    assert quality.reversal([(4, 40), (0, 0)], [(0, 0), (8, 40)]).adjusted is None
    assert quality.reversal([(0, 0)], [(8, 40)]).pooled is None


def test_counts_too_good_or_too_even_to_be_true():
    assert quality.plausibility([40], [50]).too_high
    assert not quality.plausibility([3], [5]).too_high
    assert not quality.plausibility([0], [0]).too_high
    assert quality.plausibility([4] * 12, [40] * 12).too_even
    assert not quality.plausibility([1] * 4, [10] * 4).too_even
    assert not quality.plausibility([0] * 12, [40] * 12).too_even


def test_honest_counts_are_hardly_ever_too_even():
    generator = np.random.default_rng(2)
    counts = generator.binomial(40, 0.1, size=(2000, 8))
    alarms = sum(quality.plausibility(list(map(int, row)), [40] * 8).too_even for row in counts)
    assert alarms <= 8
