"""One rate over looks: what is kept, what is tempered, what is withheld."""

from __future__ import annotations

import math

import numpy as np
import pytest

from abtest.stats.anytime import confidence_sequence
from abtest.stats.proportion import against_target, estimate, fixed_against_target
from abtest.stats.results import TargetState


def test_totals_are_one_look():
    test = against_target(52, 400)
    assert len(test.looks) == 1
    assert (test.count, test.nobs, test.rate, test.value) == (52, 400, 0.13, 0.10)
    assert test.dispersion is None
    assert test.sequence == confidence_sequence(52, 400, level=0.95)


def test_the_sequence_is_the_intersection_over_looks():
    counts, sizes = [9, 2, 3], [40, 40, 40]
    test = against_target(counts, sizes)
    own = [confidence_sequence(counts[:k], sizes[:k]) for k in (1, 2, 3)]
    assert test.sequence.low == max(interval.low for interval in own)
    assert test.sequence.high == min(interval.high for interval in own)
    assert [look.nobs for look in test.looks] == [40, 80, 120]
    lows = [look.low for look in test.looks]
    assert lows == sorted(lows)


def test_the_last_look_alone_depends_on_totals_not_on_order():
    first = against_target([9, 2, 3], [40, 40, 40])
    second = against_target([3, 9, 2], [40, 40, 40])
    for name in ("log_e", "log_e_above", "p_above", "interval", "probability_above"):
        assert getattr(first, name) == getattr(second, name)


def test_the_first_decision_is_kept():
    counts, sizes = [14, 5, 4], [40, 40, 40]
    early = against_target(counts[:1], sizes[:1])
    late = against_target(counts, sizes)
    assert early.state is TargetState.MEETS
    assert against_target(sum(counts), sum(sizes)).state is TargetState.UNDECIDED
    assert (late.state, late.decided_at, late.drift) == (TargetState.MEETS, 0, False)


def test_a_changed_rate_is_called_drift_and_not_a_decision():
    test = against_target([40, 0, 0, 0], [100, 400, 400, 400])
    assert test.looks[0].low > test.looks[-1].high
    assert (test.state, test.decided_at, test.drift) == (TargetState.UNDECIDED, None, True)
    assert test.sequence == confidence_sequence(40, 1300, level=0.95)


def test_cohorts_of_one_look_are_seen_together():
    apart = against_target([14, 4], [40, 100])
    together = against_target([14, 4], [40, 100], looks=[3, 3])
    assert apart.decided_at == 0
    assert (len(together.looks), together.state) == (1, TargetState.UNDECIDED)


def test_looks_are_numbered_without_gaps():
    test = against_target([2, 2, 30], [40, 40, 80], looks=[5, 5, 9])
    assert (len(test.looks), test.decided_at) == (2, 1)


def test_a_rate_close_to_its_target_is_at_it():
    test = against_target(500, 5000)
    assert test.state is TargetState.AT_TARGET
    assert test.sequence.low > 0.08
    assert test.sequence.high < 0.12


def test_wild_cohorts_need_more_evidence_than_even_ones():
    sizes = [50] * 6
    even = against_target([10, 11, 9, 10, 11, 9], sizes, looks=[0] * 6)
    wild = against_target([30, 0, 0, 30, 0, 0], sizes, looks=[0] * 6)
    assert even.count == wild.count
    assert even.sequence == wild.sequence
    assert even.dispersion == 1.0
    assert wild.dispersion > 10
    assert even.state is TargetState.MEETS
    assert wild.state is TargetState.UNDECIDED


def test_three_cohorts_say_nothing_about_dispersion():
    assert against_target([30, 0, 30], [50] * 3, looks=[0] * 3).dispersion is None
    assert against_target([30, 0, 30, 0], [50, 50, 50, 0]).dispersion is None


def test_overdispersed_weeks_cause_fewer_false_verdicts_than_plain_evidence_would():
    generator = np.random.default_rng(7)
    false = plain = 0
    for _ in range(300):
        rates = generator.beta(0.10 * 19, 0.90 * 19, size=40)  # intraclass correlation 0.05
        counts = generator.binomial(40, rates)
        test = against_target(counts, [40] * 40)
        false += test.state in (TargetState.MEETS, TargetState.BELOW)
        plain += max(look.log_e for look in test.looks) >= math.log(20)
    assert plain > 80
    assert false < 0.6 * plain


def test_an_estimate_has_no_target():
    found = estimate([1, 2], [50, 50], prior_mean=0.02)
    assert (found.count, found.nobs, found.rate) == (3, 100, 0.03)
    assert found.interval.method == "wilson"
    assert found.sequence.low < 0.03 < found.sequence.high
    assert estimate(0, 0).rate is None


def test_a_fixed_design_withholds_until_its_number_is_reached():
    assert fixed_against_target(60, 299, planned=300).state is TargetState.UNDECIDED
    test = fixed_against_target(60, 300, planned=300)
    assert (test.state, test.looks, test.decided_at) == (TargetState.MEETS, (), None)
    assert test.interval.method == "clopper-pearson"
    assert fixed_against_target(0, 0, planned=300).state is TargetState.NO_DATA


@pytest.mark.parametrize("n", [20, 36, 100, 350])
def test_a_fixed_verdict_rejects_exactly_when_an_exact_tail_does(n):
    for x in range(n + 1):
        test = fixed_against_target(x, n, planned=n)
        assert (test.state is TargetState.MEETS) == (test.p_above < 0.025)
        assert (test.state is TargetState.BELOW) == (test.p_below < 0.025)
