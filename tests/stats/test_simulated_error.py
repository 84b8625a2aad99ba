"""False winners over fifty pushes, simulated through the public functions, seeds fixed.

Each share of false verdicts is asserted with its Monte Carlo interval: all of it below alpha. The
same data judged by a naive p-value on every push, as most tools do, are far above.

Most runs never come near a verdict, as Laplace's approximation of the evidence sees at once; only
the others are judged in full. ABTEST_SIMULATED_RUNS=100000 makes it more runs than these few
thousand, as for a night.
"""

from __future__ import annotations

import math
import os
from itertools import combinations

import numpy as np
import pytest

from abtest.stats import multiplicity, single_look
from abtest.stats.anytime import Prior
from abtest.stats.compare import Question, compare, compare_all
from abtest.stats.futures import critical_counts
from abtest.stats.pair_futures import pair_decided_by
from abtest.stats.proportion import against_target

RUNS = int(os.environ.get("ABTEST_SIMULATED_RUNS", "4000"))
PUSHES, ALPHA, BLOCK = 50, 0.05, 2000

#: How far Laplace's approximation may be below a log e-value that just decides. (A one-sided
#: e-value is at most twice the two-sided one.)
MARGIN = 0.5

#: Prospects of each variant in each push: even, one in four, and changing from push to push.
SPLITS = {
    "even": [(20, 20)] * PUSHES,
    "unequal": [(10, 30)] * PUSHES,
    "changing": [(30, 10), (10, 30)] * (PUSHES // 2),
}


def interval(false, runs):
    """Where the true share of false verdicts is, at 95 %."""
    return single_look.clopper_pearson(int(false), runs, 0.05)


def blocks():
    """The runs, a few at a time."""
    return [min(BLOCK, RUNS - start) for start in range(0, RUNS, BLOCK)]


def laplace(x_a, n_a, x_b, n_b):
    """Log two-sided e-value at every push, nearly; pushes are the last axis."""
    t, n = x_a + x_b, n_a + n_b
    score = np.cumsum(x_b - t * n_b / n, axis=-1)
    information = np.cumsum(n_a * n_b / n**2 * t * (n - t) / (n - 1), axis=-1)
    spread = 1 + information / 4
    return score**2 / (8 * spread) - np.log(spread) / 2


def question(x_a, n_a, x_b, n_b, variants=2):
    """Two arms, push by push."""
    arms = (
        [(int(x), int(n)) for x, n in zip(*arm, strict=True)] for arm in ((x_a, n_a), (x_b, n_b))
    )
    return Question(*arms, variants=variants)


def false_verdicts(x_a, n_a, x_b, n_b):
    """How many of these runs of two equal arms, one a row, ever reach 1 / alpha."""
    near = laplace(x_a, n_a, x_b, n_b).max(axis=1) >= -math.log(ALPHA) - MARGIN
    n_a, n_b = (np.broadcast_to(n, x_a.shape) for n in (n_a, n_b))
    asked = [
        question(*arms) for arms in zip(x_a[near], n_a[near], x_b[near], n_b[near], strict=True)
    ]
    tests = compare_all(asked, alpha=ALPHA)
    return sum(max(look.log_e for look in test.looks) >= -math.log(ALPHA) for test in tests)


def naive_verdicts(x_a, n_a, x_b, n_b):
    """How many a z-test on every push would call."""
    totals = [
        np.cumsum(np.broadcast_to(column, x_a.shape), axis=1) for column in (x_a, n_a, x_b, n_b)
    ]
    a, b, c, d = totals
    rate = (a + c) / (b + d)
    variance = np.maximum(rate * (1 - rate) * (1 / b + 1 / d), 1e-12)
    return (np.abs(c / d - a / b) / np.sqrt(variance) > 1.96).any(axis=1).sum()


@pytest.mark.parametrize("rate", [0.02, 0.10, 0.30])
def test_one_rate_at_its_target(rate):
    generator = np.random.default_rng(101)
    n = 40 * np.arange(1, PUSHES + 1)
    low, high = critical_counts(n, rate, Prior.at(rate), ALPHA)
    false = naive = 0
    for runs in blocks():
        pushes = generator.binomial(40, rate, size=(runs, PUSHES))
        x = pushes.cumsum(axis=1)
        refuted = ((x <= low) | (x >= high)).any(axis=1)
        # Every look of the public function says the same, of runs of both kinds.
        for i in [*np.flatnonzero(refuted)[:10], *np.flatnonzero(~refuted)[:10]]:
            looks = against_target(pushes[i], [40] * PUSHES, rate).looks
            assert any(not look.low <= rate <= look.high for look in looks) == refuted[i]
        false += refuted.sum()
        naive += (np.abs(x - n * rate) / np.sqrt(n * rate * (1 - rate)) > 1.96).any(axis=1).sum()
    assert interval(false, RUNS)[1] < ALPHA
    assert interval(naive, RUNS)[0] > 0.2


@pytest.mark.parametrize("split", SPLITS)
def test_two_equal_arms(split):
    generator = np.random.default_rng(102)
    n_a, n_b = np.array(SPLITS[split]).T
    false = naive = 0
    for runs in blocks():
        arms = [generator.binomial(n, 0.10, size=(runs, PUSHES)) for n in (n_a, n_b)]
        false += false_verdicts(arms[0], n_a, arms[1], n_b)
        naive += naive_verdicts(arms[0], n_a, arms[1], n_b)
    assert interval(false, RUNS)[1] < ALPHA
    assert interval(naive, RUNS)[0] > 0.2


def test_a_split_that_follows_the_weeks_luck():
    """Good weeks send three quarters to b, bad ones to a: fatal to totals, harmless in strata."""
    generator = np.random.default_rng(103)
    runs = RUNS // 4
    luck = generator.normal(0, 0.6, size=(runs, PUSHES))
    rates = 1 / (1 + np.exp(-(np.log(0.1 / 0.9) + luck)))
    n_b = np.where(luck > 0, 30, 10)
    n_a = 40 - n_b
    x_a, x_b = generator.binomial(n_a, rates), generator.binomial(n_b, rates)
    false = false_verdicts(x_a, n_a, x_b, n_b)
    totals = np.array([column.sum(axis=1) for column in (x_a, n_a, x_b, n_b)]).T.tolist()
    pooled = compare_all([Question((a, b), (c, d)) for a, b, c, d in totals], alpha=ALPHA)
    assert interval(false, runs)[1] < ALPHA
    assert interval(sum(test.state != "undecided" for test in pooled), runs)[0] > 0.3


@pytest.mark.parametrize("variants", [2, 3, 4, 5, 6])
def test_equal_variants_have_no_winner(variants):
    generator = np.random.default_rng(200 + variants)
    enough = math.log(variants / (2 * ALPHA)) - MARGIN
    false = 0
    for runs in blocks():
        x = generator.binomial(20, 0.10, size=(runs, variants, PUSHES))
        near = np.zeros((runs, variants, variants), dtype=bool)
        for i, j in combinations(range(variants), 2):
            near[:, i, j] = near[:, j, i] = laplace(x[:, i], 20, x[:, j], 20).max(axis=1) >= enough
        # A winner beats every other, so that all of its comparisons must have come near.
        candidates = (near.sum(axis=2) == variants - 1).any(axis=1)
        false += sum(winner(run, variants) is not None for run in x[candidates])
    low, high = interval(false, RUNS)
    assert high < ALPHA
    if variants == 2:
        decided = pair_decided_by(0.10, 0.10, range(20, 20 * PUSHES + 1, 20))
        assert low < decided.better[-1] + decided.worse[-1] < high


def winner(run, variants):
    """The declared winner among variants that got 20 prospects each in every push."""
    size = np.full(PUSHES, 20)
    names = [str(i) for i in range(variants)]
    asked = [
        question(run[i], size, run[j], size, variants) for i, j in combinations(range(variants), 2)
    ]
    tests = dict(zip(combinations(names, 2), compare_all(asked, alpha=ALPHA), strict=True))
    return multiplicity.winner(names, tests).winner


def test_a_clear_winner_is_found():
    generator = np.random.default_rng(300)
    found = []
    for _ in range(100):
        pushes = generator.binomial(40, [[0.10], [0.10], [0.18]], size=(3, PUSHES))
        arms = {str(i): [(int(x), 40) for x in column] for i, column in enumerate(pushes)}
        asked = [Question(arms[a], arms[b], variants=3) for a, b in combinations(arms, 2)]
        tests = dict(zip(combinations(arms, 2), compare_all(asked), strict=True))
        found.append(multiplicity.winner(list(arms), tests).winner)
    assert found.count("2") >= 97
    assert not {"0", "1"} & set(found)


@pytest.mark.parametrize("split", SPLITS)
def test_no_run_is_passed_over_that_would_be_decided(split):
    """Whatever decides comes near by the approximation, too."""
    generator = np.random.default_rng(104)
    n_a, n_b = np.array(SPLITS[split]).T
    for rates in ((0.10, 0.10), (0.10, 0.16)):
        for _ in range(40):
            x_a, x_b = (generator.binomial(n, p) for n, p in zip((n_a, n_b), rates, strict=True))
            near = laplace(x_a, n_a, x_b, n_b)
            test = compare(*(list(zip(*arm, strict=True)) for arm in ((x_a, n_a), (x_b, n_b))))
            exact = np.array([look.log_e for look in test.looks])
            for variants in range(2, 7):
                enough = math.log(variants / (2 * ALPHA))
                assert near[exact >= enough].min(initial=math.inf) >= enough - MARGIN
