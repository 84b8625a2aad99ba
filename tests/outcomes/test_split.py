"""The split is by chance, as planned, and even."""

import random
from collections import Counter
from fractions import Fraction

import pytest

from abtest.outcomes.assignment.split import Balance, deal
from abtest.stats.quality import sample_ratio

EQUAL = {"a": Fraction(1, 2), "b": Fraction(1, 2)}
THREE = {"a": Fraction(1, 3), "b": Fraction(1, 3), "c": Fraction(1, 3)}
UNEQUAL = {"a": Fraction(1, 10), "b": Fraction(3, 10), "c": Fraction(6, 10)}
PLANS = pytest.mark.parametrize("shares", [EQUAL, THREE, UNEQUAL], ids=["two", "three", "unequal"])


def people(number, stratum=0):
    return [f"{stratum}-{n}" for n in range(number)]


@PLANS
def test_each_stratum_is_less_than_one_away_from_plan(shares):
    chance = random.Random(7)
    balance = Balance()
    for stratum in range(300):
        size = chance.randrange(30)
        counts = Counter(deal(people(size, stratum), shares, {}, balance, chance).values())
        assert counts.total() == size
        for variant, share in shares.items():
            assert abs(counts[variant] - share * size) < 1


@PLANS
def test_each_rep_stays_less_than_two_away_from_plan_over_many_strata(shares):
    chance = random.Random(8)
    balance, counts, total = Balance(), Counter(), 0
    for stratum in range(300):
        size = chance.randrange(4)
        counts.update(deal(people(size, stratum), shares, {}, balance, chance).values())
        total += size
        for variant, share in shares.items():
            assert abs(counts[variant] - share * total) < 2


def test_prospects_who_come_later_even_out_their_stratum():
    chance = random.Random(9)
    counts = Counter()
    for batch in range(50):
        hands = deal(people(chance.randrange(4), batch), THREE, counts, Balance(), chance)
        counts.update(hands.values())
        assert max(counts.values(), default=0) - min(counts[v] for v in THREE) <= 1


@PLANS
def test_ten_thousand_assignments_give_each_prospect_what_was_planned(shares):
    """The split check alarms for a prospect at its nominal rate.

    40 prospects, each with 250 salts: about 2 fall below 5 %, and more than 9 would happen to a
    sound program less than once in 10,000 times.
    """
    p_values = []
    for prospect in range(40):
        counts = Counter()
        for salt in range(250):
            chance = random.Random(f"{salt} {prospect}")
            counts.update(deal([str(prospect)], shares, {}, Balance(), chance).values())
        observed = [counts[variant] for variant in shares]
        p_values.append(sample_ratio(observed, [float(s) for s in shares.values()]).p_value)
    assert sum(p < 0.05 for p in p_values) <= 9
    assert sum(p < 0.5 for p in p_values) >= 8


@pytest.mark.slow
def test_ten_thousand_lists_pass_the_split_check():
    """A split in blocks is evener than pure chance: the check alarms no oftener than it says."""
    alarms = Counter()
    for salt in range(10_000):
        chance = random.Random(salt)
        balance, counts = Balance(), Counter()
        for stratum, size in enumerate((5, 1, 2, 7)):
            counts.update(deal(people(size, stratum), EQUAL, {}, balance, chance).values())
        p_value = sample_ratio([counts["a"], counts["b"]], [1, 1]).p_value
        for level in (0.001, 0.05, 0.3):
            alarms[level] += p_value < level
    assert all(alarms[level] <= level * 10_000 for level in alarms)
