"""Two arms over strata and looks: what confounds, what is kept, what is withheld."""

from __future__ import annotations

import math

import numpy as np
import pytest

from abtest.stats.compare import compare, fixed_compare
from abtest.stats.results import PairState


def test_totals_are_one_stratum():
    test = compare((52, 400), (71, 410))
    assert (test.stratified, test.kept_information, len(test.looks)) == (False, 1.0, 1)
    assert test.difference == pytest.approx(71 / 410 - 52 / 400)
    assert test.ratio == pytest.approx((71 / 410) / (52 / 400))
    assert test.looks[0].log_e_b == test.log_e_b


def test_strata_of_equal_split_agree_with_their_totals_nearly():
    weeks = compare([(4, 40)] * 10, [(8, 40)] * 10, looks=[0] * 10)
    total = compare((40, 400), (80, 400))
    assert weeks.stratified
    assert weeks.kept_information == pytest.approx(1.0)
    assert weeks.log_e_value == pytest.approx(total.log_e_value, rel=0.15)


def test_good_weeks_that_sent_mostly_b_do_not_make_b_better():
    control = [(2, 20), (24, 80)] * 5  # one in ten in bad weeks, three in ten in good ones
    treatment = [(8, 80), (6, 20)] * 5
    swapped = compare(treatment, control)
    test = compare(control, treatment)
    pooled = compare((130, 500), (70, 500))
    assert pooled.state is PairState.WORSE
    assert test.state is PairState.UNDECIDED
    assert swapped.state is PairState.UNDECIDED
    assert test.kept_information == pytest.approx(0.64)
    assert test.odds_ratio == pytest.approx(1.0)


def test_arms_that_were_never_sent_side_by_side_are_not_compared():
    test = compare([(5, 100), (0, 0)], [(0, 0), (30, 100)])
    assert test.kept_information == 0.0
    assert test.state is PairState.UNDECIDED
    assert (test.log_e_value, test.odds_ratio) == (0.0, None)
    assert (test.odds_ratio_low, test.odds_ratio_high) == (0.0, None)
    assert compare((5, 100), (30, 100)).state is PairState.BETTER


def test_empty_strata_change_nothing():
    plain = compare([(5, 40), (7, 50)], [(3, 40), (9, 50)], looks=[0, 0])
    padded = compare(
        [(5, 40), (0, 0), (7, 50), (3, 9)], [(3, 40), (0, 0), (9, 50), (0, 0)], looks=[0] * 4
    )
    assert padded.log_e_value == pytest.approx(plain.log_e_value, rel=1e-12)
    assert padded.odds_ratio == pytest.approx(plain.odds_ratio, rel=1e-12)
    assert (padded.count_a, padded.nobs_a) == (15, 99)


def test_the_first_decision_is_kept_and_anytime_p_is_of_the_best_look():
    control, treatment = [(2, 60), (8, 60), (9, 60)], [(24, 60), (8, 60), (7, 60)]
    test = compare(control, treatment)
    assert compare(control, treatment, looks=[0, 0, 0]).state is PairState.UNDECIDED
    assert (test.state, test.decided_at, test.drift) == (PairState.BETTER, 0, False)
    assert test.anytime_p == pytest.approx(math.exp(-max(look.log_e for look in test.looks)))
    lows = [look.low for look in compare([(4, 40)] * 5, [(4, 40)] * 5).looks]
    assert lows == sorted(lows)


def test_a_reversed_difference_is_called_drift_and_not_a_decision():
    control = [(2, 200), (60, 200), (60, 200), (60, 200)]
    treatment = [(60, 200), (2, 200), (2, 200), (2, 200)]
    test = compare(control, treatment)
    assert (test.state, test.decided_at, test.drift) == (PairState.UNDECIDED, None, True)
    assert test.looks[0].low > 0


def test_more_variants_ask_for_more_evidence():
    pair = ((60, 300), (94, 300))
    two = compare(*pair)
    assert math.log(40) < two.log_e_b < math.log(400)
    assert two.state is PairState.BETTER
    states = {k: compare(*pair, variants=k).state for k in range(2, 21)}
    for k, state in states.items():
        enough = two.log_e_b >= math.log(k / 0.05)
        assert state is (PairState.BETTER if enough else PairState.UNDECIDED)
    assert states[20] is PairState.UNDECIDED


def test_no_difference_when_the_sequence_is_inside_the_smallest_effect():
    test = compare((400, 4000), (402, 4000))
    assert test.state is PairState.NO_DIFFERENCE
    assert -0.04 < test.sequence.low < test.sequence.high < 0.04
    assert compare((400, 4000), (402, 4000), smallest_effect=0.01).state is PairState.UNDECIDED


def test_the_sequence_is_the_odds_ratio_at_the_controls_posterior_mean():
    test = compare((31, 300), (52, 300))
    rate = (31 + 2) / (300 + 20)
    for bound, odds_ratio in (
        (test.sequence.low, test.odds_ratio_low),
        (test.sequence.high, test.odds_ratio_high),
    ):
        assert bound == pytest.approx(rate * odds_ratio / (1 - rate + rate * odds_ratio) - rate)


def test_weeks_that_disagree_need_more_evidence():
    alike = compare([(4, 40)] * 6, [(11, 40)] * 6, looks=[0] * 6)
    wild_b = [(33, 40), (0, 40), (33, 40), (0, 40), (0, 40), (0, 40)]
    wild = compare([(4, 40)] * 6, wild_b, looks=[0] * 6)
    assert alike.state is PairState.BETTER
    assert alike.dispersion == 1.0
    assert wild.count_b == alike.count_b
    assert wild.dispersion > 5
    assert wild.state is PairState.UNDECIDED
    assert compare([(4, 40)] * 3, [(11, 40)] * 3).dispersion is None


def test_a_fixed_design_withholds_until_both_arms_reach_their_number():
    assert fixed_compare((20, 299), (60, 300), planned=300).state is PairState.UNDECIDED
    test = fixed_compare((20, 300), (60, 300), planned=300)
    assert (test.state, test.looks, test.decided_at) == (PairState.BETTER, (), None)
    assert fixed_compare((60, 300), (20, 300), planned=300).state is PairState.WORSE
    assert fixed_compare((0, 0), (20, 300), planned=300).state is PairState.NO_DATA
    assert fixed_compare((400, 4000), (402, 4000), planned=300).state is PairState.NO_DIFFERENCE


def test_a_fixed_verdict_among_many_variants_is_corrected():
    pair = ((30, 300), (49, 300))
    p_value = fixed_compare(*pair, planned=300).exact_p_value
    assert 0.05 / 4 < p_value < 0.05
    assert fixed_compare(*pair, planned=300).state is PairState.BETTER
    assert fixed_compare(*pair, planned=300, variants=5).state is PairState.UNDECIDED


def test_cohorts_of_a_fixed_design_are_judged_together():
    test = fixed_compare([(10, 150)] * 2, [(30, 150)] * 2, planned=300)
    assert (test.count_b, test.nobs_b, test.state) == (60, 300, PairState.BETTER)


def test_many_looks_agree_with_single_ones():
    generator = np.random.default_rng(11)
    control = [(int(x), 37) for x in generator.binomial(37, 0.12, size=60)]
    treatment = [(int(x), 41) for x in generator.binomial(41, 0.15, size=60)]
    test = compare(control, treatment)
    for k in (1, 2, 7, 30, 60):
        alone = compare(control[:k], treatment[:k], looks=[0] * k)
        assert test.looks[k - 1].log_e_b == pytest.approx(alone.log_e_b, abs=1e-9)
        assert test.looks[k - 1].log_e_a == pytest.approx(alone.log_e_a, abs=1e-9)
