"""Changes that cannot matter do not: any experiment, judged before and after."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import replace

import pytest
from builders import AS_OF, MONDAY, experiments
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.analysis import analyze
from abtest.model import Cohort
from abtest.report import ExperimentResult

#: Kept small: eight weeks, two reps, rates from nothing to half.
reps = st.sampled_from(["kim", "lee"])


@st.composite
def cohorts(draw: st.DrawFn) -> Cohort:
    sent = draw(st.integers(2, 60))
    bounced = draw(st.integers(0, sent // 3))
    responses = draw(st.integers(0, (sent - bounced) // 2))
    counts = {"sent": sent, "bounced": bounced, "responses": responses}
    counts["meetings"] = draw(st.integers(0, responses))
    day = MONDAY + dt.timedelta(weeks=draw(st.integers(0, 7)))
    return Cohort(draw(reps), day, counts)


arms = st.lists(cohorts(), min_size=1, max_size=10)
pairs = st.fixed_dictionaries({"a": arms, "b": arms})
teams = st.one_of(pairs, st.fixed_dictionaries({"a": arms, "b": arms, "c": arms}))


def judged(of: dict[str, list[Cohort]]) -> ExperimentResult:
    ordered = {name: of[name] for name in sorted(of)}
    return analyze(experiments(ordered), as_of=AS_OF)["dock"]


def said(of: dict[str, list[Cohort]]) -> object:
    """Everything that is said of an experiment; sums in another order differ in the last digit."""
    text = json.dumps(judged(of).to_dict())
    return json.loads(text, parse_float=lambda digits: float(f"{float(digits):.9g}"))


def parts(row: Cohort, data: st.DataObject) -> list[Cohort]:
    """The same prospects as two rows of one week."""
    counts = {"sent": row.sent}
    first = {"sent": data.draw(st.integers(1, row.sent - 1))}
    for part, whole in (("bounced", "sent"), ("responses", "sent"), ("meetings", "responses")):
        counts[part] = row.get(part)
        taken = 0 if part != "responses" else first.get("bounced", 0)
        room = max(first[whole] - taken, 0)
        rest = counts[whole] - first[whole] - (
            counts["bounced"] - first.get("bounced", 0) if part == "responses" else 0
        )  # fmt: skip
        low, high = max(counts[part] - rest, 0), min(counts[part], room)
        if low > high:
            return [row]
        first[part] = data.draw(st.integers(low, high))
    later = row.date + dt.timedelta(days=data.draw(st.integers(0, 4)))
    second = {name: counts[name] - first[name] for name in counts}
    return [replace(row, counts=first), replace(row, counts=second, date=later)]


@settings(max_examples=30, deadline=None)
@given(of=teams, data=st.data())
def test_order_splits_and_names_change_nothing(of: dict[str, list[Cohort]], data) -> None:
    before = said(of)
    shuffled = {name: data.draw(st.permutations(rows)) for name, rows in of.items()}
    assert said(shuffled) == before
    split = {name: [each for row in rows for each in parts(row, data)] for name, rows in of.items()}
    assert said(split) == before
    renamed = {"kim": "zoe", "lee": "bob"}
    other = {n: [replace(row, rep=renamed[row.rep]) for row in rows] for n, rows in of.items()}
    assert said(other) == before


@settings(max_examples=30, deadline=None)
@given(of=pairs)
def test_swapped_variants_mirror_every_number(of: dict[str, list[Cohort]]) -> None:
    one, other = judged(of), judged({"a": of["b"], "b": of["a"]})
    mirrored = {"dock/a": "dock/b", "dock/b": "dock/a", None: None}
    assert other.verdict.state == one.verdict.state
    assert other.verdict.winner == mirrored[one.verdict.winner]
    for name, swapped in (("a", "b"), ("b", "a")):
        assert other[swapped].metrics == one[name].metrics
    first, second = one.comparisons[0].test, other.comparisons[0].test
    if first.difference is not None:
        assert second.difference == pytest.approx(-first.difference, abs=1e-12)
    assert second.log_e_value == pytest.approx(first.log_e_value, rel=1e-6, abs=1e-6)
    assert second.log_e_a == pytest.approx(first.log_e_b, rel=1e-6, abs=1e-6)
    assert second.p_value == first.p_value or second.p_value == pytest.approx(first.p_value)
    assert second.kept_information == first.kept_information or (
        second.kept_information == pytest.approx(first.kept_information)
    )


@settings(max_examples=20, deadline=None)
@given(of=teams, days=st.integers(0, 13))
def test_rows_too_young_to_judge_move_no_verdict(of: dict[str, list[Cohort]], days: int) -> None:
    young = Cohort("kim", AS_OF - dt.timedelta(days=days), {"sent": 50, "responses": 25})
    before, after = judged(of), judged({**of, "a": [*of["a"], young]})
    assert after.verdict.state == before.verdict.state
    assert [v.metrics for v in after.variants] == [v.metrics for v in before.variants]
    assert after.comparisons == before.comparisons
