"""Properties that must hold in every table up to 40 × 40."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact
from statsmodels.stats.proportion import (
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from abtest.stats import anytime, counts, single_look
from abtest.stats.anytime import Prior
from abtest.stats.compare import compare
from abtest.stats.pair_evidence import Side, evidence
from abtest.stats.proportion import against_target
from abtest.stats.results import TargetState

ONE = [(x, n) for n in range(1, 41) for x in range(n + 1)]
ARMS = [(20, 20), (40, 40), (10, 30), (39, 7), (1, 40)]
TABLES = [(x, n, y, m) for n, m in ARMS for x in range(n + 1) for y in range(m + 1)]


def log_e(x_a, n_a, x_b, n_b, alpha=0.05):
    """Log e-values (two-sided, a, b) and the bounds of the log odds ratio."""
    side = Side.by_side(counts.cohorts(x_a, n_a), counts.cohorts(x_b, n_b))
    ((found,),) = evidence([side], alpha)
    return (*found.log_e, *found.bounds)


def sample(size, seed):
    """Tables up to 40 × 40, drawn evenly over sizes and counts."""
    generator = np.random.default_rng(seed)
    n_a, n_b = generator.integers(1, 41, size=(2, size))
    return [
        (int(generator.integers(0, n + 1)), int(n), int(generator.integers(0, m + 1)), int(m))
        for n, m in zip(n_a, n_b, strict=True)
    ]


def test_single_look_figures_of_one_rate_equal_statsmodels_and_scipy():
    x, n = np.array(ONE).T
    for method, ours in (("wilson", single_look.wilson), ("beta", single_look.clopper_pearson)):
        theirs = np.array(proportion_confint(x, n, alpha=0.05, method=method)).T
        mine = [ours(*table, 0.05) for table in ONE]
        mine = [(i.low, i.high) if method == "wilson" else i for i in mine]
        np.testing.assert_allclose(mine, theirs, rtol=1e-10, atol=1e-15)
    tails = np.array([single_look.binomial_tails(*table, 0.10) for table in ONE])
    np.testing.assert_allclose(tails[:, 0], binom.sf(x - 1, n, 0.10), rtol=1e-10)
    np.testing.assert_allclose(tails[:, 1], binom.cdf(x, n, 0.10), rtol=1e-10)


def test_score_z_equals_statsmodels_with_the_targets_variance():
    for x, n in ONE[::7]:
        theirs, _ = proportions_ztest(x, n, value=0.10, prop_var=0.10)
        assert single_look.target_z(x, n, 0.10) == pytest.approx(theirs, rel=1e-12)


def test_newcombe_equals_statsmodels():
    for x_a, n_a, x_b, n_b in TABLES[::3]:
        theirs = confint_proportions_2indep(x_b, n_b, x_a, n_a, method="newcomb", compare="diff")
        mine = single_look.newcombe(x_a, n_a, x_b, n_b, 0.05)
        assert (mine.low, mine.high) == pytest.approx(theirs, rel=1e-10, abs=1e-12)


def test_pooled_z_equals_statsmodels_and_is_undefined_where_that_is_nan():
    for x_a, n_a, x_b, n_b in TABLES[::5]:
        mine = single_look.pooled_z(x_a, n_a, x_b, n_b)
        if x_a + x_b in (0, n_a + n_b):
            assert mine is None
        else:
            theirs, p = proportions_ztest([x_b, x_a], [n_b, n_a])
            assert mine == pytest.approx(theirs, rel=1e-10, abs=1e-12)
            assert single_look.two_sided_p(mine) == pytest.approx(p, rel=1e-9)


def test_fisher_equals_scipy():
    for x_a, n_a, x_b, n_b in TABLES:
        theirs = fisher_exact([[x_a, n_a - x_a], [x_b, n_b - x_b]]).pvalue
        assert single_look.fisher(x_a, n_a, x_b, n_b) == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize("target", [0.02, 0.10, 0.5, 0.8])
@pytest.mark.parametrize("alpha", [0.01, 0.05, 0.2])
def test_the_sequence_excludes_the_target_exactly_when_its_test_rejects(target, alpha):
    for x, n in ONE:
        test = against_target(x, n, target, alpha=alpha)
        inside = test.sequence.low <= target <= test.sequence.high
        assert inside == (test.log_e < -math.log(alpha))
        assert (test.state is TargetState.MEETS) == (test.sequence.low > target)
        assert (test.state is TargetState.BELOW) == (test.sequence.high < target)
        assert test.sequence.low <= x / n <= test.sequence.high


def test_the_two_sided_e_value_is_the_prior_mean_of_the_one_sided_ones():
    prior = Prior.at(0.10)
    weight = 1.0 - binom.sf(1, 19, 0.10)  # P(prior > 0.10), Beta(2, 18) as a binomial tail
    for x, n in ONE:
        above, below = (math.exp(e) for e in anytime.log_e_one_sided(x, n, 0.10, prior))
        both = math.exp(anytime.log_e_value(x, n, 0.10, prior))
        assert both == pytest.approx(weight * above + (1 - weight) * below, rel=1e-10)


def test_an_e_value_is_prior_density_over_posterior_density():
    from scipy.stats import beta

    for x, n in ONE[::3]:
        for p in (0.01, 0.10, 0.4):
            expected = beta.logpdf(p, 2, 18) - beta.logpdf(p, 2 + x, 18 + n - x)
            assert anytime.log_e_value(x, n, p, Prior(2, 18)) == pytest.approx(expected, abs=1e-10)


def test_one_rate_rises_with_its_count_and_mirrors_with_its_failures():
    for n in range(1, 41):
        bounds = [anytime.bounds(x, n, 0.05, Prior(2, 18)) for x in range(n + 1)]
        mirrored = [anytime.bounds(n - x, n, 0.05, Prior(18, 2)) for x in range(n + 1)]
        assert all(a[0] < b[0] for a, b in pairwise(bounds))
        assert all(a[1] < b[1] for a, b in pairwise(bounds[:-1]))
        for (low, high), (m_low, m_high) in zip(bounds, mirrored, strict=True):
            assert (low, high) == pytest.approx((1 - m_high, 1 - m_low), rel=1e-10, abs=1e-12)


def test_a_pair_rises_with_the_treatments_count():
    n = 40
    for x_a in range(n + 1):
        column = np.array([log_e(x_a, n, x_b, n) for x_b in range(n + 1)])
        informative_ = column[1:-1] if x_a in (0, n) else column
        assert (np.diff(informative_[:, 2]) > 0).all()  # evidence that b beats a
        assert (np.diff(informative_[:, 1]) < 0).all()
        bounds = informative_[:, 3:]
        with np.errstate(invalid="ignore"):
            steps = np.diff(bounds, axis=0)
        assert (np.isnan(steps) | (steps >= 0)).all()


def test_a_pair_mirrors_when_its_arms_or_its_outcomes_are_swapped():
    for x_a, n_a, x_b, n_b in sample(1500, seed=1):
        both, for_a, for_b, low, high = log_e(x_a, n_a, x_b, n_b)
        swapped = log_e(x_b, n_b, x_a, n_a)
        failures = log_e(n_a - x_a, n_a, n_b - x_b, n_b)
        for other in (swapped, failures):
            assert other == pytest.approx((both, for_b, for_a, -high, -low), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_the_odds_ratio_sequence_excludes_one_exactly_when_its_test_rejects(alpha):
    for table in sample(1500, seed=2):
        both, for_a, for_b, low, high = log_e(*table, alpha=alpha)
        assert (low <= 0.0 <= high) == (both < -math.log(alpha))
        assert np.logaddexp(for_a, for_b) - math.log(2) == pytest.approx(both, abs=1e-9)


def test_state_interval_and_sequence_of_a_pair_never_contradict_each_other():
    for x_a, n_a, x_b, n_b in sample(1500, seed=3):
        test = compare((x_a, n_a), (x_b, n_b))
        excludes = {"better": test.sequence.low > 0, "worse": test.sequence.high < 0}
        for state, excluded in excludes.items():
            assert (test.state == state) == excluded
        if test.state == "no_difference":
            assert test.sequence.low >= -0.04
            assert test.sequence.high <= 0.04
        assert test.interval.low <= test.difference <= test.interval.high


def test_the_swapped_pair_gets_the_mirrored_answer():
    words = {"better": "worse", "worse": "better"}
    for x_a, n_a, x_b, n_b in sample(300, seed=4):
        one, two = compare((x_a, n_a), (x_b, n_b)), compare((x_b, n_b), (x_a, n_a))
        assert two.state == words.get(one.state, one.state)
        assert two.difference == pytest.approx(-one.difference)
        assert (two.interval.low, two.interval.high) == pytest.approx(
            (-one.interval.high, -one.interval.low), abs=1e-12
        )
        assert two.exact_p_value == pytest.approx(one.exact_p_value, rel=1e-9)
        assert two.score_z == (None if one.score_z is None else pytest.approx(-one.score_z))
        assert two.probability_b_better == pytest.approx(1 - one.probability_b_better, abs=1e-12)
        assert two.expected_loss_a == pytest.approx(one.expected_loss_b, abs=1e-12)
