"""From prospects to clients, and promises kept or not."""

import pytest
from builders import AS_OF, cohort, experiments

from abtest.analysis import analyze
from abtest.analysis.funnel import Group, funnel, gate, promises
from abtest.plan import Metric, Plan

ROWS = [
    cohort(0, 200, 30, bounced=10, meetings=12, second_meetings=6, opportunities=7, wins=2,
           amount=9000),
    cohort(1, 210, 20, bounced=0, meetings=8, second_meetings=4, opportunities=3, wins=0),
]  # fmt: skip


def test_every_recorded_stage_with_its_conversion():
    found = funnel(Group("dock", "Dock", ROWS), 0.05)
    assert [(s.name, s.count) for s in found.steps] == [
        ("reached", 400),
        ("responses", 50),
        ("meetings", 20),
        ("second_meetings", 10),
        ("opportunities", 10),
        ("wins", 2),
    ]
    assert found.steps[2].rate == 0.4
    assert found.steps[2].interval.low < 0.4 < found.steps[2].interval.high
    assert found.steps[5].overall == pytest.approx(0.005)
    assert found.needed.n == 200
    assert found.value.per_hundred == pytest.approx(2250)
    assert "most are lost before wins: 2 of 10 (20.0%)" in found.sentence


def test_an_opportunity_without_a_second_meeting_is_hollow_row_by_row():
    assert funnel(Group("dock", "Dock", ROWS), 0.05).hollow == 1


def test_stages_that_nobody_recorded_are_left_out():
    found = funnel(Group("dock", "Dock", [cohort(0, 100, 9)]), 0.05)
    assert [s.name for s in found.steps] == ["reached", "responses"]
    assert (found.needed, found.value, found.hollow) == (None, None, 0)
    assert funnel(Group("", "All", []), 0.05).steps[0].count == 0


def gated(**counts):
    rows = [cohort(week, 60, 13, **counts) for week in range(8)]
    poor = [cohort(week, 60, 2) for week in range(8)]
    result = analyze(experiments({"a": poor, "b": rows}), as_of=AS_OF)["dock"]
    return gate(result, result["b"]), gate(result, result["a"])


def test_only_a_variant_that_wins_clients_may_be_scaled():
    no_meeting, poor = gated()
    assert not no_meeting.open
    assert "no second meeting" in no_meeting.sentence
    assert "neither wins nor meets" in poor.sentence
    no_client, _ = gated(meetings=3, second_meetings=1)
    assert not no_client.open
    assert "8 second meetings, but has won no client" in no_client.sentence
    winning, _ = gated(meetings=3, second_meetings=1, opportunities=1, wins=1)
    assert winning.open
    assert "it has won 8 clients" in winning.sentence


PLAN = Plan(
    metrics=(
        Metric("acceptance", "accepted", "handed_over", 0.80),
        Metric("meeting_rate", "meetings", "reached"),
        Metric("worked", "worked_fully", "accepted", 0.90),
    ),
    counts=("accepted", "handed_over", "worked_fully"),
)


def promised(*rows):
    group = Group("dock", "Dock", [cohort(i, 50, 5, **row) for i, row in enumerate(rows)])
    return {p.metric: p for p in promises([group], PLAN)}


def test_a_promise_is_met_missed_or_not_yet_known():
    met = promised(*[{"accepted": 97, "handed_over": 100}] * 3)["acceptance"]
    assert (met.word, met.where) == ("met", "Dock")
    missed = promised(*[{"accepted": 40, "handed_over": 100}] * 3)["acceptance"]
    assert missed.word == "missed"
    assert "120 of 300 (40.0%) against 80%" in missed.sentence
    early = promised({"accepted": 4, "handed_over": 5})["acceptance"]
    assert early.word == "not yet known"
    assert early.more_needed is not None


def test_a_promise_never_contradicts_its_range():
    for good in range(60, 101, 2):
        found = promised(*[{"accepted": good, "handed_over": 100}] * 4)["acceptance"]
        holds = found.rate.sequence.low <= 0.80 <= found.rate.sequence.high
        assert (found.word in ("met", "missed")) == (not holds)


def test_a_metric_without_a_target_or_without_rows_promises_nothing():
    assert set(promised({"accepted": 4, "handed_over": 5})) == {"acceptance", "worked"}
    assert promised({}) == {}


def test_more_kept_than_promised_is_no_proportion():
    found = promised({"accepted": 9, "handed_over": 5})["acceptance"]
    assert found.word == "not a proportion"
    assert "counted for the same people" in found.sentence


def test_all_together_have_no_place():
    group = Group("", "All", [cohort(0, 50, 5, accepted=4, handed_over=5)])
    assert promises([group], PLAN)[0].where == ""
