"""False winners over fifty pushes, simulated through the public functions, seeds fixed.

Each share of false verdicts comes with its Monte Carlo error; all must stay below alpha. The same
data judged by a naive p-value on every push, as most tools do, are far above it.
"""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from abtest.stats import multiplicity, single_look
from abtest.stats.compare import compare
from abtest.stats.proportion import against_target

PUSHES, ALPHA = 50, 0.05

#: Prospects of each variant in each push: even, one in four, and changing from push to push.
SPLITS = {
    "even": [(20, 20)] * PUSHES,
    "unequal": [(10, 30)] * PUSHES,
    "changing": [(30, 10), (10, 30)] * (PUSHES // 2),
}


def standard_error(share, size):
    return (share * (1 - share) / size) ** 0.5


@pytest.mark.parametrize("rate", [0.02, 0.10, 0.30])
def test_one_rate_at_its_target(rate):
    generator = np.random.default_rng(101)
    false = naive = 0
    runs = 500
    for counts in generator.binomial(40, rate, size=(runs, PUSHES)):
        # Pushes without dispersion to temper: the plain evidence must hold by itself.
        test = against_target(counts, [40] * PUSHES, rate)
        false += any(not look.low <= rate <= look.high for look in test.looks)
        x, n = np.cumsum(counts), 40 * np.arange(1, PUSHES + 1)
        naive += bool((np.abs(x - n * rate) / np.sqrt(n * rate * (1 - rate)) > 1.96).any())
    share = false / runs
    assert share + 2 * standard_error(share, runs) < ALPHA
    assert naive / runs > 0.2


@pytest.mark.parametrize("split", SPLITS)
def test_two_equal_arms(split):
    generator = np.random.default_rng(102)
    n_a, n_b = np.array(SPLITS[split]).T
    runs, false, naive = 300, 0, 0
    for _ in range(runs):
        x_a, x_b = generator.binomial(n_a, 0.10), generator.binomial(n_b, 0.10)
        test = compare(list(zip(x_a, n_a, strict=True)), list(zip(x_b, n_b, strict=True)))
        false += max(look.log_e for look in test.looks) >= -np.log(ALPHA)
        naive += any(
            (single_look.two_sided_p(single_look.pooled_z(*map(int, totals))) or 1.0) < ALPHA
            for totals in zip(*map(np.cumsum, (x_a, n_a, x_b, n_b)), strict=True)
        )
    share = false / runs
    assert share + 2 * standard_error(share, runs) < ALPHA
    assert naive / runs > 0.2


def test_a_split_that_follows_the_weeks_luck():
    """Good weeks send three quarters to b, bad ones to a: fatal to totals, harmless in strata."""
    generator = np.random.default_rng(103)
    runs, false, pooled_false = 200, 0, 0
    for _ in range(runs):
        luck = generator.normal(0, 0.6, size=PUSHES)
        rates = 1 / (1 + np.exp(-(np.log(0.1 / 0.9) + luck)))
        n_b = np.where(luck > 0, 30, 10)
        n_a = 40 - n_b
        x_a, x_b = generator.binomial(n_a, rates), generator.binomial(n_b, rates)
        strata = compare(list(zip(x_a, n_a, strict=True)), list(zip(x_b, n_b, strict=True)))
        false += max(look.log_e for look in strata.looks) >= -np.log(ALPHA)
        totals = compare((int(x_a.sum()), int(n_a.sum())), (int(x_b.sum()), int(n_b.sum())))
        pooled_false += totals.state != "undecided"
    share = false / runs
    assert share + 2 * standard_error(share, runs) < ALPHA
    assert pooled_false / runs > 0.3


@pytest.mark.parametrize(("variants", "runs"), [(2, 150), (3, 80), (4, 50), (5, 40), (6, 30)])
def test_equal_variants_have_no_winner(variants, runs):
    generator = np.random.default_rng(200 + variants)
    false = 0
    for counts in generator.binomial(20, 0.10, size=(runs, variants, PUSHES)):
        arms = {str(i): [(int(x), 20) for x in column] for i, column in enumerate(counts)}
        tests = {
            (a, b): compare(arms[a], arms[b], variants=variants) for a, b in combinations(arms, 2)
        }
        false += multiplicity.winner(list(arms), tests).winner is not None
    share = false / runs
    # Few runs, but a wrong rule would not pass: naive p-values find some pair in 33 % to 95 %.
    assert share <= ALPHA + 2 * standard_error(ALPHA, runs)


def test_a_clear_winner_is_found():
    generator = np.random.default_rng(300)
    found = []
    for _ in range(20):
        counts = generator.binomial(40, [[0.10], [0.10], [0.18]], size=(3, PUSHES))
        arms = {str(i): [(int(x), 40) for x in column] for i, column in enumerate(counts)}
        tests = {(a, b): compare(arms[a], arms[b], variants=3) for a, b in combinations(arms, 2)}
        found.append(multiplicity.winner(list(arms), tests).winner)
    assert found.count("2") >= 19
    assert not {"0", "1"} & set(found)
