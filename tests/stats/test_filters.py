"""A filter is judged on what it was not chosen on."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.stats.filters import choose, halves, propose
from abtest.stats.levels import Row
from abtest.stats.results import PairState


def rows_by_day(rates, days, size=50, seed=1):
    lots = np.random.default_rng(seed)
    return [
        Row({"industry": i}, int(lots.binomial(size, rate)), size, "a", day)
        for day in range(days)
        for i, rate in rates.items()
    ]


RATES = {"saas": 0.25, "bank": 0.2, "shop": 0.03, "travel": 0.03, "toys": 0.04}


def test_the_worst_three_fifths_are_proposed_and_hold_up():
    judged = propose(rows_by_day(RATES, 10))
    assert judged.by_date
    assert {cell["industry"] for cell in judged.filter.dropped} == {"shop", "travel", "toys"}
    assert {cell["industry"] for cell in judged.filter.kept} == {"saas", "bank"}
    assert judged.filter.share == pytest.approx(0.6)
    assert judged.test.state is PairState.BETTER
    assert judged.test.nobs_a == 5 * 150
    assert judged.test.nobs_b == 5 * 100
    assert judged.lost_interval.low < judged.lost < judged.lost_interval.high < 0.5
    assert judged.holdout == 75


def test_what_was_luck_in_the_first_half_does_not_hold_in_the_second():
    """Where nothing differs, the judging half calls a filter better about never."""
    better = 0
    for seed in range(60):
        judged = propose(rows_by_day(dict.fromkeys(RATES, 0.1), 8, seed=seed))
        better += judged is not None and judged.test.state is PairState.BETTER
    assert better <= 3


def test_on_its_own_half_the_same_filter_looks_good_by_construction():
    inside = outside = 0.0
    for seed in range(40):
        rows = rows_by_day(dict.fromkeys(RATES, 0.1), 8, seed=seed)
        first, second, _ = halves(rows)
        chosen = choose(first)
        for part, sign in ((first, 0), (second, 1)):
            kept = [r for r in part if chosen.keeps(r.levels)]
            dropped = [r for r in part if not chosen.keeps(r.levels)]
            gain = sum(r.count for r in kept) / sum(r.nobs for r in kept)
            gain -= sum(r.count for r in dropped) / sum(r.nobs for r in dropped)
            inside, outside = (inside, outside + gain) if sign else (inside + gain, outside)
    assert inside / 40 > 0.02
    assert abs(outside / 40) < 0.01


def test_the_earlier_half_chooses_and_the_later_judges():
    rows = rows_by_day(RATES, 6)
    first, second, by_date = halves(rows)
    assert by_date
    assert {r.order for r in first} == {0, 1, 2}
    assert {r.order for r in second} == {3, 4, 5}


def test_a_half_that_has_not_seen_the_other_is_dealt_anew():
    rows = [Row({"city": "boston"}, 90, 900, "a", 0), Row({"city": "chicago"}, 40, 900, "a", 1)]
    first, second, by_date = halves(rows)
    assert not by_date
    for whole, one, other in zip(rows, first, second, strict=True):
        assert one.nobs + other.nobs == whole.nobs
        assert abs(one.nobs - other.nobs) <= 1
        assert one.count + other.count == whole.count
    assert halves(rows)[0] == first  # the same lots on every machine and at every build


def test_too_little_to_choose_by_is_said_by_none():
    assert propose([Row({"city": "boston"}, 0, 90), Row({"city": "chicago"}, 1, 90)]) is None
    assert propose([Row({}, 20, 90)]) is None
    assert propose([]) is None
    with pytest.raises(ValueError, match="between 0 and 1"):
        propose([], cut=1.0)


def test_less_is_dropped_where_the_next_segment_would_be_too_much():
    """A third drags; the next one would make it two thirds, and answers."""
    judged = propose(rows_by_day({"saas": 0.2, "bank": 0.15, "shop": 0.01}, 10))
    assert judged.filter.dropped == ({"industry": "shop"},)
    assert judged.filter.share == pytest.approx(1 / 3)


def test_equal_segments_are_dropped_together_or_not_at_all():
    """Sixty percent would cut between two that cannot be told apart."""
    rates = {"saas": 0.25, "shop": 0.0, "travel": 0.0, "toys": 0.0}
    judged = propose(rows_by_day(rates, 8))
    assert {cell["industry"] for cell in judged.filter.dropped} == {"shop", "travel", "toys"}
    assert (judged.test.nobs_a, judged.test.nobs_b) == (600, 200)
    assert propose(rows_by_day({"saas": 1.0, "shop": 1.0}, 8)) is None


def test_a_level_not_seen_before_counts_as_average():
    chosen = choose(rows_by_day(RATES, 4))
    assert chosen.score({"industry": "new"}) == 0.0
    assert chosen.score({"industry": "saas"}) > 0 > chosen.score({"industry": "shop"})


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 80),
            st.integers(0, 80),
            st.sampled_from("ab"),
            st.sampled_from(["saas", "shop", "bank"]),
            st.integers(0, 4),
        ),
        max_size=12,
    ),
    st.floats(0.05, 0.95),
)
def test_no_prospect_is_lost_or_judged_twice(rows, cut):
    given_rows = [
        Row({"industry": industry}, min(count, nobs), nobs, arm, day)
        for count, nobs, arm, industry, day in rows
    ]
    judged = propose(given_rows, cut=cut)
    if judged is None:
        return
    first, second, _ = halves([r for r in given_rows if r.nobs])
    everyone = sum(r.nobs for r in given_rows)
    assert sum(r.nobs for r in (*first, *second)) == everyone
    assert judged.test.nobs_a + judged.test.nobs_b <= everyone
    assert judged.filter.dropped
    assert judged.filter.kept
