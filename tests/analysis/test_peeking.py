"""A team's looks replayed: what a plain test at each look would have said."""

import datetime as dt

from builders import AS_OF, cohort, experiment, experiments

from abtest.analysis import analyze
from abtest.analysis.peeking import peeking
from abtest.plan import Plan
from abtest.stats.single_look import pooled_z, two_sided_p, wilson

PLAN = Plan(target=0.10)


def replayed(arms, **more):
    report = analyze(experiments(arms, PLAN, **more), as_of=AS_OF)
    return peeking(report.experiments)


def weekly(counts, sent=40):
    return [cohort(week, sent, count) for week, count in enumerate(counts)]


def test_a_call_that_the_next_weeks_take_back_is_told():
    found = replayed({"a": weekly([1, 6, 5, 6]), "b": weekly([9, 4, 5, 4])})
    pair = next(replay for replay in found.replays if replay.question == "“B” against “A”")
    assert two_sided_p(pooled_z(1, 40, 9, 40)) < 0.05 < two_sided_p(pooled_z(7, 80, 13, 80))
    assert (pair.called, pair.call) == (dt.date(2026, 8, 9), "better")
    assert (pair.withdrawn, pair.stands) == (3, False)
    assert pair.decided is None
    assert pair.is_early
    assert "did not stand at every look since" in found.facts[1]


def test_a_call_against_the_target_is_wilsons():
    found = replayed({"a": weekly([9, 4]), "b": weekly([4, 4])})
    by_question = {replay.question: replay for replay in found.replays}
    assert wilson(9, 40, 0.05).low > 0.10 > wilson(4, 40, 0.05).low
    assert by_question["“A” against 10%"].call == "above"
    assert by_question["“B” against 10%"].called is None
    assert not by_question["“B” against 10%"].is_early


def test_what_both_call_in_the_same_week_is_not_early():
    found = replayed({"a": weekly([90, 90], 100), "b": weekly([2, 3], 100)})
    assert len(found.replays) == 3
    assert all(replay.called == replay.decided == dt.date(2026, 8, 9) for replay in found.replays)
    assert "called 3 of them, 0 before the method here did" in found.facts[1]
    assert "every one of these calls has stood" in found.facts[1]


def test_where_nothing_is_called_nothing_is_said_to_be():
    found = replayed({"a": weekly([4, 4, 4]), "b": weekly([4, 4, 4])})
    assert found.facts[1] == (
        "A plain test at 5% would have called none of them at any look so far."
    )
    assert "At 3 looks, our median, such a test calls 11 of 100" in found.facts[2]
    assert "3 questions are too few" in found.facts[3]


def test_one_look_is_nothing_to_replay():
    found = replayed({"a": weekly([4]), "b": weekly([4])})
    assert (found.replays, found.facts, found.false_alarms) == ((), (), None)
    assert peeking([]).replays == ()


def test_a_design_judged_once_has_no_looks_to_replay():
    assert replayed({"a": weekly([9, 1]), "b": weekly([4, 4])}, fixed=80).replays == ()


def test_many_questions_need_no_warning():
    arms = {name: weekly([4, 4]) for name in "abcdefghijk"}
    assert len(experiment(arms).variants) == 11
    found = replayed(arms)
    assert len(found.replays) == 21
    assert not any("too few" in fact for fact in found.facts)
