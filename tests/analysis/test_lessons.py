"""What was learned on each lever, which source gives bad leads, and who was given up."""

import json
from dataclasses import replace

import pytest
from builders import AS_OF, TOUCH, cohort, experiment, variant

from abtest.analysis import analyze
from abtest.analysis.factors import Tried, lessons, levers
from abtest.analysis.gather import gather
from abtest.analysis.sources import quality, streaks
from abtest.analysis.touches import Cadence, touches
from abtest.assumptions import Assumptions
from abtest.model import Experiments, Touch
from abtest.plan import Metric, Plan
from abtest.stats.segment_results import SegmentState

RESPONSES = Metric("responses", "responses")


def tried(name, home, answers, per_week=60, control=False, **factors):
    rows = tuple(cohort(week, per_week, count) for week, count in enumerate(answers))
    return Tried(home, replace(variant(name, rows, home), factors=factors), rows, control)


def pair(home, cold=3, referral=12, **shared):
    return [
        tried("cold", home, [cold] * 8, approach="cold", **shared),
        tried("referral", home, [referral] * 8, approach="referral", **shared),
    ]


def test_a_level_that_works_everywhere_is_learned():
    found = lessons([*pair("dock"), *pair("rail"), *pair("sea"), *pair("air")], RESPONSES, 0.05)
    assert [(f.factor, f.level, f.reference) for f in found] == [("approach", "referral", "cold")]
    assert found[0].state is SegmentState.CARRIES
    assert found[0].interval.low > 1
    assert found[0].experiments == ("air", "dock", "rail", "sea")
    assert "works better than “cold”" in found[0].sentence
    assert "from 4 experiments" in found[0].sentence


def test_one_experiment_is_drawn_to_no_effect_and_says_less():
    one = lessons(pair("dock", 4, 9), RESPONSES, 0.05)[0]
    four = lessons([*pair("dock", 4, 9), *pair("rail", 4, 9), *pair("sea", 4, 9)], RESPONSES, 0.05)[
        0
    ]
    assert 1 < one.odds_ratio < four.odds_ratio
    assert one.state is SegmentState.UNDECIDED


def test_what_always_changes_together_cannot_be_told_apart():
    arms = [
        tried("a", "dock", [3] * 8, approach="cold", ask="meeting"),
        tried("b", "dock", [12] * 8, approach="referral", ask="yes"),
    ]
    found = {f.factor: f for f in lessons(arms, RESPONSES, 0.05)}
    assert found["approach"].entangled == ("ask",)
    assert found["approach"].state is SegmentState.UNDECIDED
    assert "nobody can tell them apart" in found["approach"].sentence
    apart = [*arms, *pair("rail", ask="yes"), *pair("sea", ask="yes")]
    found = {f.factor: f for f in lessons(apart, RESPONSES, 0.05)}
    assert found["approach"].entangled == ()


def test_the_level_of_the_controls_is_the_one_to_compare_with():
    arms = [
        tried("a", "dock", [3] * 8, approach="cold"),
        tried("b", "dock", [12] * 8, per_week=30, control=True, approach="referral"),
    ]
    found = lessons(arms, RESPONSES, 0.05)
    assert [(f.level, f.reference) for f in found] == [("cold", "referral")]


def test_levels_that_never_met_are_not_compared():
    arms = [
        tried("a", "dock", [3] * 8, approach="cold"),
        tried("b", "rail", [12] * 8, approach="referral"),
    ]
    assert lessons(arms, RESPONSES, 0.05) == ()
    assert lessons([], RESPONSES, 0.05) == ()


def test_a_lesson_never_contradicts_its_range():
    for good in (4, 6, 9, 14, 20):
        for number in (1, 2, 5):
            arms = [one for i in range(number) for one in pair(f"e{i}", 4, good)]
            for found in lessons(arms, RESPONSES, 0.05):
                holds = found.interval.low <= 1 <= found.interval.high
                assert not (holds and found.state is not SegmentState.UNDECIDED)


def test_experiments_by_lever_and_outcome():
    good, poor = ([cohort(w, 60, n) for w in range(8)] for n in (13, 2))
    found = {
        "one": experiment({"a": poor, "b": good}, id="one", lever="message"),
        "two": experiment({"a": [], "b": []}, id="two", lever="list"),
        "none": experiment({"a": [], "b": []}, id="none"),
    }
    report = analyze(Experiments(found, Plan(), "messages"), as_of=AS_OF)
    assert [(x.lever, x.won, x.even, x.open) for x in levers(report)] == [
        ("list", (), (), ("two",)),
        ("message", ("one",), (), ()),
    ]


def leads(source, *results):
    return [
        cohort(week, 30, 0, source=source, accepted=good, handed_over=number)
        for week, (good, number) in enumerate(results)
    ]


ACCEPTANCE = Metric("acceptance", "accepted", "handed_over", 0.8)


def test_a_streak_that_luck_hardly_makes_alarms():
    rows = leads("webinar", *[(0, 2)] * 6) + leads("list", *[(4, 5)] * 12)
    found = {s.source: s for s in streaks(rows, ACCEPTANCE, Assumptions(), 0.05)}
    assert found["webinar"].longest == 12
    assert found["webinar"].alarming
    assert found["webinar"].running
    assert "Look at the source" in found["webinar"].sentence
    assert found["list"].longest == 0
    assert "never 3 bad ones in a row" in found["list"].sentence


def test_a_streak_that_luck_makes_is_no_reason_to_give_up():
    rows = leads("webinar", (1, 4), (0, 3), (2, 4), (1, 4)) + leads("list", *[(2, 5)] * 4)
    found = {s.source: s for s in streaks(rows, ACCEPTANCE, Assumptions(), 0.05)}["webinar"]
    assert found.longest == 3
    assert not found.alarming
    assert not found.running
    assert "no reason to give it up" in found.sentence


def test_rows_without_a_source_or_leads_have_no_streak():
    assert streaks([cohort(0, 30, 0)], ACCEPTANCE, Assumptions(), 0.05) == ()
    assert streaks(leads("webinar", (0, 0)), ACCEPTANCE, Assumptions(), 0.05) == ()


def test_a_good_lead_is_an_accepted_one_where_that_is_declared():
    assert quality(Plan(metrics=(ACCEPTANCE,), counts=("accepted", "handed_over"))) is ACCEPTANCE
    assert quality(Plan()).count == "responses"


def cadence(touch_count, reached, *answers):
    rows = tuple(
        replace(cohort(i, reached, sum(row)), responses_by_touch=row)
        for i, row in enumerate(answers)
    )
    every = tuple(Touch("email", n, None, "s", "t", n, n) for n in range(1, touch_count + 1))
    return Cadence.of(replace(variant("a", rows), touches=every), rows)


def test_those_who_answered_get_no_further_touch():
    found = touches([cadence(3, 100, (10, 9, 0))], Assumptions(), 0.05)
    assert [(y.at_risk, y.count) for y in found.yields] == [(100, 10), (90, 9), (81, 0)]
    assert found.silent == 81
    assert (found.given_up.count, found.given_up.per) == (81, 100)


def test_short_cadences_give_prospects_up_and_long_ones_do_not():
    found = touches([cadence(2, 100, (5, 5)), cadence(8, 50, (5, 0, 0))], Assumptions(), 0.05)
    assert (found.given_up.count, found.given_up.per) == (90, 150)
    assert [y.at_risk for y in found.yields] == [150, 140, 45, 45, 45, 45, 45, 45]
    assert any("before touch 8; it takes 8 (hearsay)" in fact for fact in found.facts)


def test_rows_that_do_not_say_leave_the_yield_open():
    plain = Cadence.of(variant("a", [cohort(0, 50, 4)]), [cohort(0, 50, 4)])
    found = touches([plain], Assumptions(), 0.05)
    assert found.yields == ()
    assert (found.rows, found.all_rows) == (0, 1)
    assert "write responses_by_touch" in found.facts[0]
    assert touches([], Assumptions(), 0.05) is None
    assert plain.touches == len({TOUCH.number})


def test_an_assumption_must_exist_to_be_changed():
    with pytest.raises(KeyError):
        Assumptions({"luck": (1.0, "")})
    own = Assumptions({"touches_to_reach": (5, "our own count")})["touches_to_reach"]
    assert (own.value, own.hearsay, own.source) == (5, False, "our own count")
    guessed = Assumptions({"touches_to_reach": (5, "")})["touches_to_reach"]
    assert guessed.hearsay
    assert str(guessed) == "5 (hearsay)"


def test_everything_beyond_the_verdicts_goes_into_json():
    good, poor = ([cohort(w, 60, n, meetings=1) for w in range(12)] for n in (13, 2))
    found = {"dock": experiment({"a": poor, "b": good}, lever="message")}
    report = analyze(Experiments(found, Plan(), "messages"), as_of=AS_OF)
    told = json.loads(json.dumps(gather(report).to_dict(), allow_nan=False))
    assert told["version"] == 1
    assert told["as_of"] == AS_OF.isoformat()
    assert [case["id"] for case in told["investigations"]] == ["dock/a"]
    assert [f["id"] for f in told["funnels"]] == ["", "dock", "dock/a", "dock/b"]
    assert told["weeks"][0]["count"] == "meetings"
    assert told["levers"] == [{"lever": "message", "won": ["dock"], "even": [], "open": []}]
    assert {a["name"] for a in told["assumptions"]} == set(Assumptions())
