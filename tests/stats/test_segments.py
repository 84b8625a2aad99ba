"""Segments: found where they are, not found where they are not, whatever the counts."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.stats.adjusted import Adjusted
from abtest.stats.levels import OTHERS, Row, dimensions, merge_rare
from abtest.stats.segment_results import SegmentState
from abtest.stats.segments import segments


def row(count, nobs, arm="a", order=0, **levels):
    return Row(levels, count, nobs, arm, order)


def by_level(found):
    return {(s.dimension, s.level): s for s in found}


def test_a_level_below_five_prospects_is_merged_and_never_shown_apart():
    rows = [
        row(3, 40, title="vp"),
        row(1, 4, title="cfo"),
        row(0, 3, title="ceo"),
        row(2, 20, title="cto"),
    ]
    assert {r.levels["title"] for r in merge_rare(rows)} == {"vp", "cto", OTHERS}
    shown = by_level(segments(rows))
    assert shown["title", OTHERS].nobs == 7
    assert ("title", "ceo") not in shown


def test_rare_levels_that_stay_rare_together_take_in_the_next_smallest():
    rows = [row(3, 40, title="vp"), row(1, 2, title="cfo"), row(2, 20, title="cto")]
    assert {r.levels["title"] for r in merge_rare(rows)} == {"vp", OTHERS}


def test_a_dimension_with_one_level_is_no_question():
    rows = [row(3, 40, title="vp", industry="saas"), row(1, 30, title="vp", industry="bank")]
    assert dimensions(rows) == ("industry",)
    assert {s.dimension for s in segments(rows)} == {"industry"}
    assert segments([row(3, 40)]) == ()
    assert segments([]) == ()


def test_a_strong_segment_is_named_and_its_opposite_too():
    rows = [
        row(60, 200, industry="saas"),
        row(20, 400, industry="shop"),
        row(24, 300, industry="b"),
    ]
    found = by_level(segments(rows))
    assert found["industry", "saas"].state is SegmentState.CARRIES
    assert found["industry", "shop"].state is SegmentState.DRAGS
    assert found["industry", "b"].state is SegmentState.UNDECIDED
    assert found["industry", "saas"].rate == 0.3
    assert found["industry", "saas"].rest_rate == pytest.approx(44 / 700)
    assert found["industry", "saas"].excess == pytest.approx(60 - 200 * 44 / 700)


def test_one_dimension_is_not_mistaken_for_another():
    """Titles differ only because the good industry holds more vice presidents."""
    rows = [
        row(60, 300, industry="saas", title="vp"),
        row(10, 50, industry="saas", title="head"),
        row(3, 60, industry="shop", title="vp"),
        row(17, 340, industry="shop", title="head"),
    ]
    found = by_level(segments(rows))
    assert found["title", "vp"].rate > 2 * found["title", "head"].rate
    assert found["title", "vp"].state is SegmentState.UNDECIDED
    assert found["industry", "saas"].state is SegmentState.CARRIES
    assert found["title", "vp"].adjusted / found["title", "head"].adjusted < 1.2


def test_dimensions_that_go_together_are_found_and_not_told_apart():
    """Every lead of the webinar is retail and nobody else: either may be what drags."""
    rows = [
        row(4, 300, industry="retail", source="webinar", title=title) for title in ("vp", "cfo")
    ]
    rows += [
        row(40, 200, industry=industry, source="list", title=title)
        for industry in ("saas", "data")
        for title in ("vp", "cfo")
    ]
    found = by_level(segments(rows))
    assert found["industry", "retail"].state is SegmentState.DRAGS
    assert found["industry", "retail"].entangled == ("source",)
    assert found["source", "webinar"].state is SegmentState.DRAGS
    assert found["source", "webinar"].entangled == ("industry",)
    assert found["title", "vp"].entangled == ()


def test_small_segments_are_drawn_to_the_average():
    rows = [row(2, 6, title="cfo"), row(40, 400, title="vp"), row(30, 300, title="head")]
    small = by_level(segments(rows))["title", "cfo"]
    assert 0.1 < small.adjusted < 0.2 < small.rate
    assert small.state is SegmentState.UNDECIDED


def test_complete_separation_has_finite_ranges():
    rows = [row(0, 40, title="cfo"), row(40, 40, title="vp")]
    for segment in segments(rows):
        interval = segment.adjusted_interval
        assert 0 < interval.low < segment.adjusted < interval.high < 1
    assert by_level(segments(rows))["title", "vp"].state is SegmentState.CARRIES


def test_two_levels_ask_one_question():
    """With three dimensions of two levels, Holm divides by three and not by six."""
    rows = [
        row(count, 200, industry=i, title=t, location=where)
        for i, count in (("saas", 30), ("shop", 8))
        for t in ("vp", "head")
        for where in ("east", "west")
    ]
    found = by_level(segments(rows))
    pair = found["industry", "saas"], found["industry", "shop"]
    assert pair[0].log_e == pytest.approx(pair[1].log_e)
    assert [s.state for s in pair] == [SegmentState.CARRIES, SegmentState.DRAGS]


def test_no_difference_is_rarely_called_one():
    """At most five in a hundred, all segments together; the e-value is far stricter."""
    lots = np.random.default_rng(7)
    wrong = 0
    for _ in range(300):
        rows = [
            row(int(lots.binomial(40, 0.1)), 40, arm, industry=i, title=t)
            for arm in "ab"
            for i in ("saas", "shop", "bank")
            for t in ("vp", "head")
        ]
        wrong += any(s.state is not SegmentState.UNDECIDED for s in segments(rows))
    assert wrong <= 15


def test_a_real_difference_is_found():
    lots = np.random.default_rng(8)
    rates = {"saas": 0.2, "shop": 0.07, "bank": 0.07}
    found = 0
    for _ in range(50):
        rows = [
            row(int(lots.binomial(150, rate)), 150, arm, industry=i, title=t)
            for arm in "ab"
            for i, rate in rates.items()
            for t in ("vp", "head")
        ]
        found += by_level(segments(rows))["industry", "saas"].state is SegmentState.CARRIES
    assert found >= 45


def test_the_average_is_recovered_when_nothing_differs():
    rows = [row(20, 200, industry="saas"), row(20, 200, industry="shop")]
    for segment in segments(rows):
        assert segment.adjusted == pytest.approx(0.1, abs=0.002)


def test_a_level_never_seen_has_no_effect():
    rows = [row(20, 200, industry="saas"), row(2, 200, industry="shop")]
    model = Adjusted.of(rows, ["industry"])
    assert model.effect("industry", "bank") == 0.0
    assert model.effect("industry", "saas") > 0 > model.effect("industry", "shop")


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(0, 60),
            st.integers(0, 60),
            st.sampled_from("ab"),
            st.sampled_from(["saas", "shop", None]),
            st.sampled_from(["vp", "head", "cfo"]),
        ),
        max_size=10,
    )
)
def test_any_rows_give_numbers(rows):
    given_rows = [
        Row(
            {"title": title} | ({"industry": industry} if industry else {}),
            min(count, nobs),
            nobs,
            arm,
        )
        for count, nobs, arm, industry, title in rows
    ]
    for segment in segments(given_rows):
        assert segment.nobs >= 5
        assert segment.rest_nobs > 0
        assert math.isfinite(segment.log_e)
        assert 0 < segment.adjusted_interval.low < segment.adjusted_interval.high < 1
        assert segment.count + segment.rest_count <= sum(r.count for r in given_rows)
