"""Many variants, many experiments."""

from __future__ import annotations

import math
from itertools import combinations

import pytest

from abtest.stats import multiplicity
from abtest.stats.compare import compare


def pairs_of(arms):
    return {(a, b): compare(arms[a], arms[b], variants=len(arms)) for a, b in combinations(arms, 2)}


def test_a_winner_beats_every_other_variant_in_either_order():
    arms = {"a": (30, 300), "b": (28, 300), "c": (75, 300)}
    assert multiplicity.winner(list(arms), pairs_of(arms)).winner == "c"
    reordered = {name: arms[name] for name in "cab"}
    assert multiplicity.winner(list(reordered), pairs_of(reordered)).winner == "c"


def test_there_is_no_winner_while_two_may_be_equal():
    arms = {"a": (30, 300), "b": (73, 300), "c": (75, 300)}
    found = multiplicity.winner(list(arms), pairs_of(arms))
    assert (found.winner, found.decided_at) == (None, None)


def test_a_winner_is_decided_at_the_last_of_its_comparisons():
    arms = {"a": [(2, 60), (10, 60)], "b": [(10, 60), (10, 60)], "c": [(26, 60), (26, 60)]}
    tests = pairs_of(arms)
    looks = {tests[pair].decided_at for pair in (("a", "c"), ("b", "c"))}
    assert looks == {0, 1}
    assert multiplicity.winner(list(arms), tests) == multiplicity.Winner("c", 1)


def test_a_single_variant_wins_nothing():
    assert multiplicity.winner(["a"], {}).winner is None
    assert multiplicity.winner_index([[0.0]]) is None


def test_a_missing_comparison_is_an_error():
    with pytest.raises(ValueError, match="no comparison of 'a' with 'b'"):
        multiplicity.winner(["a", "b"], {})


def test_the_matrix_rule_asks_for_k_over_alpha():
    just, short = math.log(60.0001), math.log(59.9999)
    assert multiplicity.winner_index([[0, just, just], [0, 0, 0], [0, 0, 0]]) == 0
    assert multiplicity.winner_index([[0, just, short], [0, 0, 0], [0, 0, 0]]) is None


def test_holm_is_bonferroni_for_the_strongest_and_uncorrected_for_the_last():
    log = math.log
    assert multiplicity.e_holm([log(61), log(41), log(21)]) == [True, True, True]
    assert multiplicity.e_holm([log(59), log(59), log(59)]) == [False, False, False]
    assert multiplicity.e_holm([log(21), log(61), log(39)]) == [False, True, False]
    assert multiplicity.e_holm([]) == []


def test_benjamini_hochberg_lets_strong_results_carry_weaker_ones():
    log = math.log
    assert multiplicity.e_benjamini_hochberg([log(21)] * 5) == [True] * 5
    assert multiplicity.e_benjamini_hochberg([log(21), 0.0]) == [False, False]
    assert multiplicity.e_benjamini_hochberg([]) == []


def test_holm_rejects_no_more_than_benjamini_hochberg():
    log_e = [math.log(e) for e in (250, 45, 61, 34, 0.4, 130, 22)]
    holm, bh = multiplicity.e_holm(log_e), multiplicity.e_benjamini_hochberg(log_e)
    assert all(b or not h for h, b in zip(holm, bh, strict=True))
