"""Error rates, exactly: by dynamic programming over all counts, and by summing over tables."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.stats import binom, hypergeom

from abtest.stats import anytime, single_look
from abtest.stats.anytime import Prior
from abtest.stats.futures import decided_by
from abtest.stats.hypergeometric import informative
from abtest.stats.odds_ratio import evidence
from abtest.stats.pair_futures import pair_decided_by


@pytest.mark.parametrize("p0", [0.02, 0.10, 0.5])
@pytest.mark.parametrize("n", [1, 20, 300])
def test_the_mean_e_value_of_one_rate_at_its_target_is_one(p0, n):
    x = np.arange(n + 1)
    log_e = [anytime.log_e_value(int(k), n, p0, Prior.at(p0)) for k in x]
    assert np.exp(binom.logpmf(x, n, p0) + log_e).sum() == pytest.approx(1.0, rel=1e-10)


@pytest.mark.parametrize("rate", [0.02, 0.07, 0.10])
def test_one_sided_evidence_holds_for_every_rate_below_the_target(rate):
    x = np.arange(201)
    log_e = [anytime.log_e_one_sided(int(k), 200, 0.10, Prior.at(0.10))[0] for k in x]
    assert np.exp(binom.logpmf(x, 200, rate) + log_e).sum() <= 1.0 + 1e-10


@pytest.mark.parametrize(("n_a", "n_b", "t"), [(20, 20, 7), (10, 30, 5), (40, 40, 12), (3, 90, 50)])
def test_the_mean_e_values_of_equal_arms_are_one(n_a, n_b, t):
    y = np.arange(max(0, t - n_a), min(t, n_b) + 1)
    weights = hypergeom.pmf(y, n_a + n_b, t, n_b)
    columns = [
        evidence(informative(*np.array([[t - k], [n_a], [k], [n_b], [0]])), [1], 0.05) for k in y
    ]
    for name in ("log_e", "log_e_a", "log_e_b"):
        e = np.exp([float(getattr(column, name)[0]) for column in columns])
        assert weights @ e == pytest.approx(1.0, rel=1e-9)


def test_false_verdicts_on_one_rate_at_its_target_in_a_hundred_looks():
    decided = decided_by(0, 0, 0.10, range(40, 4001, 40), rate=0.10, margin=0.0)
    assert decided.total[-1] == pytest.approx(0.0231, abs=0.00005)


def test_false_verdicts_on_equal_arms_in_a_hundred_looks():
    decided = pair_decided_by(0.10, 0.10, range(20, 2001, 20))
    assert decided.better[-1] + decided.worse[-1] == pytest.approx(0.0214, abs=0.0001)
    assert decided.better[-1] == pytest.approx(decided.worse[-1], abs=1e-9)


def test_a_single_look_repeated_on_every_push_would_declare_one_in_four_false():
    """What this library is for: the exact test at 0.05, looked at 20 times."""
    mass, false = np.ones(1), 0.0
    step = binom.pmf(np.arange(41), 40, 0.10)
    for n in range(40, 801, 40):
        mass = np.convolve(mass, step)
        rejects = np.array(
            [min(single_look.binomial_tails(k, n, 0.10)) <= 0.025 for k in range(n + 1)]
        )
        false += mass[rejects].sum()
        mass[rejects] = 0.0
    assert false == pytest.approx(0.194, abs=0.01)


@pytest.mark.parametrize(
    ("rates", "expected"), [((0.10, 0.15), 0.924), ((0.05, 0.10), 0.995), ((0.05, 0.03), 0.546)]
)
def test_power_within_1600_prospects_of_each_arm(rates, expected):
    decided = pair_decided_by(*rates, range(40, 1601, 40))
    assert decided.better[-1] + decided.worse[-1] == pytest.approx(expected, abs=0.001)


def test_zero_answers_prove_a_rate_below_target_at_55_prospects():
    def below(n, target):
        return anytime.bounds(0, n, 0.05, Prior.at(target))[1] < target

    for target, first in ((0.10, 55), (0.05, 112), (0.02, 283)):
        assert below(first, target)
        assert not below(first - 1, target)
    one_sided = [math.exp(anytime.log_e_one_sided(0, n, 0.10, Prior.at(0.10))[1]) for n in (47, 48)]
    assert one_sided[0] < 20 <= one_sided[1]
