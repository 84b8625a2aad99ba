"""Two arms and more at the ends of what they take: ties, settings, what an arm may look like."""

from __future__ import annotations

import math

import pytest

from abtest.stats import multiplicity
from abtest.stats.compare import compare, fixed_compare
from abtest.stats.multiplicity import Winner
from abtest.stats.results import PairState


def test_evidence_that_just_reaches_the_line_is_enough() -> None:
    just = math.log(2 / 0.05)
    assert multiplicity.winner_index([[0.0, just], [0.0, 0.0]]) == 0
    assert multiplicity.winner_index([[0.0, 0.0], [just, 0.0]]) == 1
    assert multiplicity.winner_index([[0.0, math.nextafter(just, 0)], [0.0, 0.0]]) is None
    line = -math.log(0.05)
    assert multiplicity.e_holm([line]) == [True]
    assert multiplicity.e_holm([math.nextafter(line, 0)]) == [False]
    assert multiplicity.e_benjamini_hochberg([line]) == [True]
    assert multiplicity.e_benjamini_hochberg([math.nextafter(line, 0)]) == [False]


def test_the_last_of_many_hypotheses_needs_no_correction_left() -> None:
    assert multiplicity.e_holm([5.0, 4.0, 3.0], alpha=0.05) == [True, True, True]
    assert multiplicity.e_holm([5.0, 3.6, 3.0], alpha=0.05) == [True, False, False]
    assert multiplicity.e_benjamini_hochberg([3.7, 3.5, 3.3], alpha=0.05) == [True, True, True]
    assert multiplicity.e_benjamini_hochberg([3.7, 2.9, 2.8], alpha=0.05) == [False, False, False]


def test_a_winner_of_a_single_look_has_no_look_of_its_own() -> None:
    arms = {"a": (20, 300), "b": (60, 300)}
    tests = {("a", "b"): fixed_compare(*arms.values(), planned=300)}
    assert multiplicity.winner(["a", "b"], tests) == Winner("b", None)
    swapped = {("b", "a"): fixed_compare(arms["b"], arms["a"], planned=300)}
    assert multiplicity.winner(["a", "b"], swapped) == Winner("b", None)


def test_a_winner_of_mixed_looks_has_none_of_its_own_either() -> None:
    best, rest = (90, 300), (20, 300)
    tests = {
        ("a", "c"): compare(rest, best, variants=3),
        ("b", "c"): fixed_compare(rest, best, planned=300, variants=3),
        ("a", "b"): compare(rest, rest, variants=3),
    }
    assert multiplicity.winner(["a", "b", "c"], tests) == Winner("c", None)


@pytest.mark.parametrize("wrong", [0.0, 1.0, -1.0, math.nan])
@pytest.mark.parametrize(
    ("name", "call"),
    [
        ("alpha", lambda v: compare((1, 9), (2, 9), alpha=v)),
        ("target", lambda v: compare((1, 9), (2, 9), target=v)),
        ("smallest_effect", lambda v: compare((1, 9), (2, 9), smallest_effect=v)),
        ("alpha", lambda v: fixed_compare((1, 9), (2, 9), planned=9, alpha=v)),
        ("alpha", lambda v: multiplicity.winner([], {}, alpha=v)),
        ("alpha", lambda v: multiplicity.winner_index([[0.0]], alpha=v)),
        ("alpha", lambda v: multiplicity.e_holm([1.0], alpha=v)),
        ("alpha", lambda v: multiplicity.e_benjamini_hochberg([1.0], alpha=v)),
    ],
)
def test_a_setting_of_pairs_out_of_range_is_named(name: str, call, wrong: float) -> None:
    with pytest.raises(ValueError, match=rf"^{name} must lie between 0 and 1, not {wrong!r}\.$"):
        call(wrong)


@pytest.mark.parametrize(
    ("control", "treatment", "said"),
    [
        ([(1, 9), (1, 9)], (2, 9), r"^The control has 2 cohorts, the treatment 1\.$"),
        ((1, 9, 3), (2, 9), r"^An arm is \(count, nobs\), or a list of such pairs, not \(1, 9"),
        ([(1, 9, 3)], [(2, 9)], r"^An arm is \(count, nobs\), or a list of such pairs, not \[\(1"),
        ([(1, 9), 3], [(2, 9), 3], r"^An arm is \(count, nobs\), or a list of such pairs, not"),
        ((10, 9), (2, 9), r"^count 10 is more than nobs 9\.$"),
    ],
)  # fmt: skip
def test_an_arm_that_is_none_is_told(control, treatment, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        compare(control, treatment)


def test_two_cohorts_are_not_taken_for_one_pair() -> None:
    test = compare([(1, 9), (2, 8)], [(3, 9), (0, 8)])
    assert (test.count_a, test.nobs_a, test.count_b, test.nobs_b) == (3, 17, 3, 17)
    assert test.stratified
    assert not compare([(1, 9), (0, 0)], [(3, 9), (0, 0)]).stratified
    assert compare([1, 9], [3, 9]).count_b == 3


def test_one_variant_alone_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match=r"^A comparison needs at least 2 variants, not 1\."):
        compare((1, 9), (2, 9), variants=1)


def test_what_is_undefined_is_none() -> None:
    test = compare((0, 9), (2, 9))
    assert test.ratio is None
    assert test.difference == pytest.approx(2 / 9)
    nothing = compare((0, 0), (2, 9))
    assert (nothing.difference, nothing.ratio, nothing.interval) == (None, None, None)
    assert (nothing.state, nothing.kept_information) == (PairState.NO_DATA, None)
    assert (nothing.sequence.low, nothing.sequence.high) == (-1.0, 1.0)


def test_an_interval_of_a_pair_says_its_level() -> None:
    test = compare((30, 300), (60, 300), alpha=0.2)
    assert (test.sequence.level, test.interval.level) == (0.8, 0.8)


@pytest.mark.parametrize(("one", "other"), [((20, 300), (60, 300)), ((60, 300), (20, 300))])
def test_a_single_look_needs_both_its_test_and_its_interval(one, other) -> None:
    better = one[0] < other[0]
    strict = fixed_compare(one, other, planned=300, alpha=1e-12)
    assert strict.state is PairState.UNDECIDED
    assert fixed_compare(one, other, planned=300).state is (
        PairState.BETTER if better else PairState.WORSE
    )
    early = fixed_compare(one, other, planned=301)
    assert (early.state, early.once) == (PairState.UNDECIDED, False)
    assert fixed_compare(one, other, planned=300).once is True


def test_the_smallest_effect_bounds_no_difference_on_both_sides() -> None:
    test = fixed_compare((400, 4000), (402, 4000), planned=300)
    assert test.interval is not None
    low, high = test.interval.low, test.interval.high
    assert low is not None
    assert high is not None
    for effect, state in (
        (max(-low, high), PairState.NO_DIFFERENCE),
        (max(-low, high) - 1e-9, PairState.UNDECIDED),
    ):
        found = fixed_compare((400, 4000), (402, 4000), planned=300, smallest_effect=effect)
        assert found.state is state


@pytest.mark.parametrize("planned", [0, -5])
def test_a_design_for_nobody_still_needs_somebody(planned: int) -> None:
    assert fixed_compare((0, 0), (0, 0), planned=planned).state is PairState.NO_DATA
    assert fixed_compare((0, 1), (1, 1), planned=planned).once is True


def test_information_is_kept_by_even_splits() -> None:
    assert compare([(1, 10), (1, 10)], [(1, 10), (1, 10)]).kept_information == pytest.approx(1.0)
    uneven = compare([(1, 10), (1, 30)], [(1, 30), (1, 10)]).kept_information
    assert uneven == pytest.approx((10 * 30 / 40 * 2) * 80 / 40 / 40)
