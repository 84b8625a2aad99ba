"""Variants by segment: every rate on its level, and only what is proven said of it."""

from builders import cohort

from abtest.analysis.breakdown import breakdown
from abtest.plan import Metric
from abtest.stats.levels import OTHERS
from abtest.stats.proportion import estimate
from abtest.stats.segment_results import SegmentState

METRIC = Metric("responses", "responses")


def broken(arms, target=0.10):
    return breakdown(arms, METRIC, target, 0.05)


def rows(answers, sent=100, weeks=4, **levels):
    return [cohort(week, sent, answers, **levels) for week in range(weeks)]


def test_rows_without_two_levels_are_no_breakdown():
    assert broken({"d/a": rows(5), "d/b": rows(5)}) is None
    assert broken({"d/a": rows(5, title="CFO"), "d/b": rows(5, title="cfo ")}) is None
    assert broken({}) is None


def test_each_rate_is_that_of_its_level_and_holds_at_every_look():
    arms = {
        "d/a": rows(5, title="CFO") + rows(12, title="COO"),
        "d/b": rows(7, title="CFO") + rows(20, title="COO"),
    }
    (dimension,) = broken(arms).dimensions
    assert dimension.name == "title"
    found = {panel.level: dict(panel.rates) for panel in dimension.panels}
    assert [panel.per for panel in dimension.panels] == [800, 800]
    assert (found["COO"]["d/b"].count, found["COO"]["d/b"].per) == (80, 400)
    assert found["CFO"]["d/a"].sequence == estimate([5] * 4, [100] * 4).sequence


def test_a_level_that_answers_more_is_said_once_for_both_sides():
    arms = {"d/a": rows(4, title="CFO") + rows(25, title="COO")}
    found = broken(arms)
    states = {panel.level: panel.state for panel in found.dimensions[0].panels}
    assert states == {"CFO": SegmentState.DRAGS, "COO": SegmentState.CARRIES}
    assert len(found.facts) == 1
    assert "100 of 400 answered (25.0%), against 16 of 400 (4.0%)" in found.facts[0] or (
        "16 of 400 answered (4.0%), against 100 of 400 (25.0%)" in found.facts[0]
    )


def test_small_differences_are_not_called():
    found = broken({"d/a": rows(2, 20, title="CFO") + rows(3, 20, title="COO")})
    assert found.facts == ("No group is shown to answer more or less than the others.",)
    assert {panel.state for panel in found.dimensions[0].panels} == {SegmentState.UNDECIDED}


def test_rare_levels_go_together_and_what_nobody_wrote_down_is_counted():
    arms = {
        "d/a": rows(1, 40, title="CFO")
        + rows(1, 40, title="COO")
        + rows(0, 2, weeks=1, title="Owner")
        + rows(0, 4, weeks=1, title="Founder")
        + rows(0, 9, weeks=1)
    }
    (dimension,) = broken(arms).dimensions
    assert [panel.level for panel in dimension.panels] == ["CFO", "COO", OTHERS]
    assert dimension.panels[-1].per == 6
    assert dimension.unknown == 9


def test_a_variant_that_nobody_of_a_level_got_has_no_rate_there():
    arms = {
        "d/a": rows(1, 40, title="CFO") + rows(1, 40, title="COO"),
        "d/b": rows(1, 40, title="CFO"),
    }
    (dimension,) = broken(arms).dimensions
    coo = next(panel for panel in dimension.panels if panel.level == "COO")
    assert dict(coo.rates)["d/b"].rate is None
    assert dict(coo.rates)["d/b"].per == 0


def test_waves_are_no_kind_of_prospect():
    arms = {"d/a": rows(1, 40, batch="one") + rows(9, 40, batch="two")}
    assert broken(arms) is None


def test_only_the_largest_levels_are_drawn():
    arms = {
        "d/a": [c for n in range(12) for c in rows(1, 20 + n, weeks=1, location=f"Town {n}")],
    }
    (dimension,) = broken(arms).dimensions
    assert [panel.level for panel in dimension.panels[:2]] == ["Town 11", "Town 10"]
    assert (len(dimension.panels), dimension.hidden) == (6, 6)
