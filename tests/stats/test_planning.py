"""How many prospects a claim needs."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import binom, fisher_exact

from abtest.stats import anytime, planning, power
from abtest.stats.compare import fixed_compare
from abtest.stats.futures import decided_by, looks_ahead
from abtest.stats.hypergeometric import informative
from abtest.stats.odds_ratio import evidence
from abtest.stats.pair_futures import pair_decided_by
from abtest.stats.proportion import fixed_against_target, target_state


def verdict_power(n, rate, target=0.10):
    """Power by going through all counts with the verdict itself."""
    wanted = "meets" if rate > target else "below"
    states = [fixed_against_target(x, n, target, planned=n).state for x in range(n + 1)]
    return sum(binom.pmf(x, n, rate) for x in range(n + 1) if states[x] == wanted)


@pytest.mark.parametrize(("n", "rate"), [(111, 0.20), (60, 0.02), (36, 0.4), (5, 0.9)])
def test_the_power_of_a_single_look_is_that_of_the_verdict(n, rate):
    found = power.target_power(np.array([n]), rate, 0.10, 0.05)[0]
    assert found == pytest.approx(verdict_power(n, rate), abs=1e-9)


@pytest.mark.parametrize(
    ("rate", "wished", "expected"),
    [(0.05, 0.9, 316), (0.15, 0.8, 362), (0.15, 0.9, 484), (0.20, 0.8, 111), (0.13, 0.8, 933)],
)
def test_prospects_of_a_single_exact_look(rate, wished, expected):
    assert power.fixed_for_target(rate, 0.10, power=wished) == expected


@pytest.mark.parametrize("rate", [0.03, 0.05, 0.2, 0.3])
def test_the_answer_is_free_of_the_sawtooth(rate):
    n = power.fixed_for_target(rate, 0.10)
    later = power.target_power(np.arange(n, 4 * n), rate, 0.10, 0.05)
    assert later.min() >= 0.8
    assert power.target_power(np.array([n - 1]), rate, 0.10, 0.05)[0] < 0.8


def test_the_power_of_fishers_test_is_that_of_the_verdict():
    n, a, b = 25, 0.1, 0.4
    expected = sum(
        binom.pmf(x, n, a) * binom.pmf(y, n, b)
        for x in range(n + 1)
        for y in range(x + 1, n + 1)
        if fisher_exact([[x, n - x], [y, n - y]]).pvalue <= 0.05
    )
    assert power.difference_power(n, a, b, 0.05) == pytest.approx(expected, abs=1e-9)
    states = {
        (x, y): fixed_compare((x, n), (y, n), planned=n).state
        for x in range(n + 1)
        for y in range(x + 1, n + 1)
    }
    verdicts = sum(
        binom.pmf(x, n, a) * binom.pmf(y, n, b) for (x, y), s in states.items() if s == "better"
    )
    assert verdicts == pytest.approx(expected, abs=1e-9)


def test_fishers_power_for_ten_against_thirty_percent():
    powers = [power.difference_power(n, 0.10, 0.30, 0.05) for n in (59, 62, 71)]
    assert powers == pytest.approx([0.72, 0.75, 0.82], abs=0.005)
    n = power.fixed_for_difference(0.10, 0.30)
    assert all(power.difference_power(m, 0.10, 0.30, 0.05) >= 0.8 for m in range(n, n + 60))
    assert power.difference_power(n - 1, 0.10, 0.30, 0.05) < 0.8


def test_what_can_practically_never_be_shown_has_no_number():
    assert power.fixed_for_target(0.1001, 0.10) is None
    assert power.fixed_for_difference(0.10, 0.1001) is None
    needed = planning.needed_for_target(0.1001, 0.10)
    assert (needed.fixed, needed.half, needed.most) == (None, None, None)
    assert planning.needed_for_difference(0.10, 0.1001).half is None


def test_watching_costs_what_the_exact_program_says():
    needed = planning.needed_for_target(0.15, 0.10)
    assert needed.fixed == 362
    assert needed.half == pytest.approx(362, rel=0.1)
    assert needed.most == pytest.approx(1.71 * 362, rel=0.05)
    assert needed.wrong < 0.001
    below = planning.needed_for_target(0.05, 0.10)
    assert below.most == pytest.approx(1.56 * 243, rel=0.05)


def test_a_pair_that_is_watched_needs_about_three_quarters_more_at_most():
    needed = planning.needed_for_difference(0.10, 0.20, power_wished=0.9)
    assert needed.most == pytest.approx(1.64 * 261, rel=0.05)
    mirrored = planning.needed_for_difference(0.20, 0.10, power_wished=0.9)
    assert (mirrored.fixed, mirrored.half, mirrored.most) == (
        needed.fixed,
        needed.half,
        needed.most,
    )


def test_more_variants_need_more_prospects():
    two, five = (planning.needed_for_difference(0.1, 0.3, variants=k) for k in (2, 5))
    assert two.fixed < five.fixed
    assert two.half < five.half


def test_a_rate_near_its_target_may_be_called_at_it_first():
    needed = planning.needed_for_target(0.11, 0.10)
    assert needed.most is None
    looks = looks_ahead(0, 40_000, 20)
    assert decided_by(0, 0, 0.10, looks, rate=0.11).at_target[-1] > 0.05


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: planning.needed_for_target(0.10, 0.10), "can never be told apart"),
        (lambda: planning.needed_for_difference(0.10, 0.10), "can never be told apart"),
        (lambda: planning.needed_for_target(1.2), "A rate must lie between"),
        (lambda: planning.needed_for_target(0.2, power_wished=1.0), "power must lie between"),
        (lambda: planning.more_needed(11, 10), "count 11 is more than nobs 10"),
    ],
)
def test_impossible_questions_are_refused_in_words(call, said):
    with pytest.raises(ValueError, match=said):
        call()


def test_from_where_it_stands():
    more = planning.more_needed(17, 120)
    assert (more.reason, more.low, more.n) == ("expected", 120, 560)
    full = decided_by(17, 120, 0.10, range(20, 5001, 20), margin=0.0)
    reached = [int(full.further[full.total >= share][0]) for share in (0.1, 0.5)]
    assert reached == [120, 560]
    assert full.total[-1] == pytest.approx(0.82, abs=0.005)
    assert planning.more_needed(60, 200).reason == "decided"
    assert planning.more_needed(0, 0).reason == "no_data"
    assert planning.more_needed(100, 1000, horizon=500).reason == "beyond_horizon"


def test_futures_agree_with_a_simulation_of_the_verdicts():
    generator = np.random.default_rng(3)
    looks = range(20, 401, 20)
    decided = decided_by(9, 40, 0.10, looks)
    found = 0
    for _ in range(1500):
        rate = generator.beta(2 + 9, 18 + 31)
        x = 9 + np.cumsum(generator.binomial(20, rate, size=20))
        bounds = [
            anytime.bounds(int(k), 40 + n, 0.05, anytime.Prior(2, 18))
            for k, n in zip(x, looks, strict=True)
        ]
        found += any(target_state(*pair, 0.10) != "undecided" for pair in bounds)
    assert found / 1500 == pytest.approx(decided.total[-1], abs=4 * 0.5 / 1500**0.5)


def test_a_pair_from_where_it_stands():
    more = planning.more_needed_for_pair((31, 300), (45, 300))
    assert more.reason == "expected"
    assert more.n == pytest.approx(540, rel=0.08)
    assert more.low == pytest.approx(160, rel=0.2)
    assert more == planning.more_needed_for_pair((31, 300), (45, 300))
    assert planning.more_needed_for_pair((31, 300), (31, 300)).n is None
    assert planning.more_needed_for_pair((0, 300), (100, 300)).reason == "decided"
    assert planning.more_needed_for_pair((0, 0), (100, 300)).reason == "no_data"


def test_the_exact_program_of_a_pair_agrees_with_a_simulation():
    decided = pair_decided_by(0.1, 0.3, [20, 40, 60, 80])
    generator = np.random.default_rng(4)
    crossed = 0
    for _ in range(400):
        x_a, x_b = (np.cumsum(generator.binomial(20, p, size=4)) for p in (0.1, 0.3))
        crossed += any(
            evidence(informative(*np.array([[a], [n], [b], [n], [0]])), [1], 0.05).log_e[0]
            >= np.log(20)
            for a, b, n in zip(x_a, x_b, (20, 40, 60, 80), strict=True)
        )
    total = decided.better[-1] + decided.worse[-1]
    assert crossed / 400 == pytest.approx(total, abs=4 * 0.5 / 20)


@pytest.mark.parametrize(
    ("nobs", "planned", "kept"),
    [([40, 40, 40], 80, 2), ([40, 40, 40], 81, 3), ([40], 100, 1), ([], 10, 0), ([40, 9], 0, 0)],
)
def test_a_fixed_design_judges_whole_cohorts(nobs, planned, kept):
    assert planning.first_cohorts(nobs, planned) == kept


def test_what_an_uneven_split_costs():
    assert planning.split_cost([0.5, 0.5]) == 1.0
    assert planning.split_cost([0.25] * 4) == 1.0
    # 100 + 300 prospects tell as much apart as 150 + 150.
    assert planning.split_cost([0.25, 0.75]) == pytest.approx(400 / 300)
    assert planning.split_cost([0.1, 0.8, 0.1]) == pytest.approx(20 / 6)
