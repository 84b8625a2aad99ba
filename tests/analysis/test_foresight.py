"""Does the critique predict responses? Known effects are found, none are made up."""

from dataclasses import replace

from builders import cohort, variant

from abtest.analysis.factors import Tried
from abtest.analysis.foresight import predictions
from abtest.errors import Finding, Severity
from abtest.model import Review
from abtest.plan import Plan
from abtest.stats.segment_results import SegmentState

PLAN = Plan()


def tried(experiment, name, answers, *, scores=None):
    made = variant(
        name, [cohort(week, 60, count) for week, count in enumerate(answers)], experiment
    )
    if scores:
        review = Review("r.md", name, "lee", made.cohorts[0].date, "read", scores)
        made = replace(made, reviews=(review,))
    return Tried(experiment, made, made.cohorts, name == "a")


def flag(code, *ids):
    return [Finding("x.md", 1, 1, code, Severity.WARNING, "…", variant=name) for name in ids]


def predict(arms, findings=()):
    found = predictions(arms, findings, PLAN.rubric, PLAN.metric_named("responses"), PLAN.alpha)
    return {lesson.factor: lesson for lesson in found}


def test_a_flaw_that_costs_answers_everywhere_is_called():
    names = [f"e{n}" for n in range(6)]
    arms = [tried(n, "a", [12] * 8) for n in names] + [tried(n, "b", [3] * 8) for n in names]
    lesson = predict(arms, flag("EM007", *(f"{n}/b" for n in names)))["EM007"]
    assert lesson.state is SegmentState.DRAGS
    assert lesson.sentence.startswith(
        "EM007: fewer people answer. The odds of an answer to messages with the finding are "
    )
    assert "from 6 experiments" in lesson.sentence


def test_a_finding_without_effect_and_one_that_everybody_has_are_not_called():
    arms = [tried("e", "a", [6] * 8), tried("e", "b", [6] * 8)]
    found = predict(arms, [*flag("EM007", "e/b"), *flag("EM009", "e/a", "e/b")])
    assert set(found) == {"EM007"}
    assert found["EM007"].state is SegmentState.UNDECIDED
    assert "too little is known to say" in found["EM007"].sentence


def test_findings_that_always_come_together_cannot_be_told_apart():
    arms = [tried("e", "a", [12] * 8), tried("e", "b", [2] * 8)]
    found = predict(arms, [*flag("EM007", "e/b"), *flag("VM009", "e/b"), *flag("XP002", "e/b")])
    assert set(found) == {"EM007", "VM009"}
    assert found["EM007"].state is SegmentState.UNDECIDED
    assert "always came together with VM009" in found["EM007"].sentence


def test_scores_are_compared_within_an_experiment_and_group():
    arms = [
        tried("e", "a", [6] * 8, scores={"fit": 5, "pace": 3}),
        tried("e", "b", [6] * 8, scores={"fit": 2, "pace": 3}),
    ]
    found = predict(arms)
    assert set(found) == {"WHAT you say"}
    assert "scored lower" in found["WHAT you say"].sentence


def test_nothing_to_compare_is_no_lesson():
    assert predict([]) == {}
    assert predict([tried("e", "a", [6] * 8)], flag("EM007", "e/a")) == {}
