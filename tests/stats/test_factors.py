"""Levels of factors across experiments: drawn to no effect, the less the more was tried."""

import numpy as np
import pytest

from abtest.stats.factors import Arm, Effects


def trials(number, rates=(0.06, 0.12), nobs=400):
    return [
        Arm(f"e{i}", f"e{i}/{level}", {"approach": level}, round(rate * nobs), nobs)
        for i in range(number)
        for level, rate in zip(("cold", "referral"), rates, strict=True)
    ]


def ratio(arms, factor="approach", level="referral", reference="cold"):
    return Effects.of(arms).odds_ratio(factor, level, reference)


def test_more_experiments_say_more():
    free = 0.12 / 0.88 / (0.06 / 0.94)
    ratios = [ratio(trials(n))[0] for n in (1, 3, 10)]
    assert 1 < ratios[0] < ratios[1] < ratios[2] < free
    widths = [np.log(r.high / r.low) for _, r in (ratio(trials(n)) for n in (1, 3, 10))]
    assert widths == sorted(widths, reverse=True)


def test_experiments_with_other_base_rates_do_not_make_an_effect():
    """Referral was tried where more people answer anyway: within experiments nothing differs."""
    arms = [
        Arm("easy", "easy/a", {"approach": "referral"}, 80, 400),
        Arm("easy", "easy/b", {"approach": "referral"}, 80, 400),
        Arm("hard", "hard/a", {"approach": "cold"}, 8, 400),
        Arm("both", "both/a", {"approach": "cold"}, 40, 400),
        Arm("both", "both/b", {"approach": "referral"}, 40, 400),
    ]
    found, interval = ratio(arms)
    assert found == pytest.approx(1.0, abs=0.12)
    assert interval.low < 1 < interval.high


def test_factors_that_always_change_together_share_the_effect():
    arms = [
        Arm(a.experiment, a.variant, {**a.levels, "ask": a.levels["approach"]}, a.count, a.nobs)
        for a in trials(3)
    ]
    alone = ratio(trials(3))[0]
    shared = ratio(arms)[0]
    assert shared == pytest.approx(ratio(arms, "ask")[0])
    assert 1 < shared < alone


def test_reversing_the_levels_inverts_the_ratio():
    forth, back = ratio(trials(2)), ratio(trials(2), level="cold", reference="referral")
    assert forth[0] == pytest.approx(1 / back[0])
    assert forth[1].low == pytest.approx(1 / back[1].high)


def test_no_answers_at_all_leave_a_finite_range():
    arms = [Arm("e", f"e/{level}", {"approach": level}, 0, 30) for level in ("cold", "referral")]
    found, interval = ratio(arms)
    assert found == pytest.approx(1.0)
    assert 0 < interval.low < interval.high < 10


def test_an_unknown_level_is_refused():
    with pytest.raises(KeyError):
        ratio(trials(1), level="warm")
