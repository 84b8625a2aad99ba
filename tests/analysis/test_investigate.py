"""Expectations, profile, message: in this order, and no further than the first that fails."""

import datetime as dt
import json
from dataclasses import replace

import pytest
from builders import AS_OF, MONDAY, cohort, experiments

from abtest.analysis.investigate import investigate
from abtest.assumptions import Assumptions
from abtest.errors import Finding, Severity, UsageError
from abtest.insight import StepState
from abtest.model import Experiments, Observation, Profile, Review, Touch

FIT = {"industry": "logistics", "location": "Chicago", "title": "VP Operations"}
STRAY = {"industry": "retail", "location": "Chicago", "title": "CFO"}


def ask(arms, *, because="", findings=(), assumptions=None, as_of=AS_OF, change=None, **more):
    found = experiments(arms, **more)
    if change is not None:
        found = change(found)
    return investigate(
        found, "dock/a", as_of=as_of, because=because, findings=findings, assumptions=assumptions
    )


def weeks(per_week, answers, **more):
    return [cohort(week, per_week, count, **more) for week, count in enumerate(answers)]


def states(investigation):
    return [str(step.state) for step in investigation.steps]


POOR = weeks(60, [2, 3, 1, 2, 2, 3, 2, 1], **FIT)
GOOD = weeks(60, [13, 11, 14, 12, 13, 12, 14, 11], **FIT)


def test_too_few_prospects_stop_the_inquiry_at_expectations():
    found = ask({"a": weeks(30, [1, 2], **FIT)})
    assert states(found) == ["stopped", "not_reached", "not_reached"]
    step = found.stopped
    assert step.name == "expectations"
    assert step.detail.ordinary == (2, 11)
    assert "2 to 11 answers from 60 prospects" in " ".join(step.facts)
    assert step.detail.more_needed.n is not None
    assert f"{step.detail.more_needed.n:,} more" in step.next
    assert "Fork" not in step.next


def test_a_message_on_target_has_nothing_to_explain():
    found = ask({"a": GOOD})
    assert states(found) == ["stopped", "not_reached", "not_reached"]
    assert "nothing to explain" in found.stopped.headline


def test_nothing_sent_is_said_and_not_judged():
    found = ask({"a": []})
    assert "nothing old enough" in found.stopped.headline
    assert found.stopped.detail.rate.rate is None
    assert found.stopped.detail.ordinary is None


def test_leads_without_a_target_cannot_be_below_it():
    found = ask({"a": POOR}, lead_type="warm")
    assert "No target holds for warm leads" in found.stopped.headline
    assert found.stopped.detail.reported == ()


def test_no_answer_at_all_is_told_with_its_chance():
    found = ask({"a": weeks(15, [0], **FIT)})
    assert any("chance of 20.6%" in fact for fact in found.steps[0].facts)


def test_a_rate_that_changed_is_no_reason_to_rewrite():
    # 30 % in the first weeks, 1 % in the last
    found = ask({"a": weeks(100, [30, 30, 30, 30, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1], **FIT)})
    assert found.stopped.name == "expectations"
    assert "has changed over the weeks" in found.stopped.headline


def test_rows_without_a_profile_stop_the_inquiry_there():
    found = ask({"a": weeks(60, [2, 3, 1, 2, 2, 3, 2, 1])})
    assert states(found) == ["passed", "stopped", "not_reached"]
    assert found.stopped.detail.unknown == 480
    assert "Record industry, location and title" in found.stopped.next


def test_a_profile_that_lets_anyone_in_is_no_profile():
    def open_up(found):
        one = replace(found["dock"], profile=Profile("any", "any", "any"))
        return Experiments({"dock": one}, found.plan, "messages")

    found = ask({"a": POOR}, change=open_up)
    assert "lets anyone in" in found.stopped.headline


def test_a_list_of_misfits_is_mended_before_the_words():
    found = ask({"a": weeks(40, [1, 1, 2, 1, 1, 2, 1, 1], **STRAY) + weeks(20, [1] * 8, **FIT)})
    assert states(found) == ["passed", "stopped", "not_reached"]
    step = found.stopped
    assert (step.detail.fit, step.detail.misfit) == (160, 320)
    assert "160 of 480 prospects fit" in step.headline
    assert "80% (our choice)" in step.headline
    assert "CFO (320)" in step.next
    assert "Fork" not in step.next


def test_those_who_fit_and_answer_clear_the_words():
    fitting, strays = weeks(54, [11] * 12, **FIT), weeks(200, [0] * 12, **STRAY)
    found = ask({"a": [*fitting, *strays]}, assumptions=Assumptions({"fit_share": (0.2, "")}))
    step = found.stopped
    assert step.name == "profile"
    assert (step.detail.inside.count, step.detail.outside.count) == (132, 0)
    assert "The list misses the target, not the words" in step.headline
    assert "Fork" not in step.next


def test_too_few_of_those_who_fit_are_too_few_to_blame_the_words():
    found = ask(
        {"a": [*weeks(30, [1, 2], **FIT), *weeks(200, [2, 2], **STRAY)]},
        assumptions=Assumptions({"fit_share": (0.1, "")}),
    )
    assert "too few were asked" in found.stopped.headline
    assert found.stopped.detail.inside.per == 60


def test_a_narrower_profile_is_proposed_where_a_part_of_it_answers():
    """All fit the profile, but only one of its industries answers."""
    rows = []
    for industry, answers in (("trucking", 9), ("rail", 0), ("sea", 0), ("air", 0)):
        row = {"location": "Chicago", "title": "VP Operations", "industry": industry}
        rows += weeks(40, [answers] * 8, **row)

    def widen(found):
        profile = Profile("Logistics (trucking, rail, sea, air)", "Chicago", "VP of Operations")
        return Experiments({"dock": replace(found["dock"], profile=profile)}, found.plan, "m")

    found = ask({"a": rows}, change=widen)
    step = found.stopped
    assert step.name == "profile"
    assert "A part of the profile does answer" in step.headline
    assert {c["industry"] for c in step.detail.filter.filter.dropped} == {"rail", "sea", "air"}
    assert "keep a tenth" in step.next


def finding(line, severity=Severity.WARNING, code="VM001"):
    return Finding(
        "messages/dock/a.md", line, 1, code, severity, "Too long.", experiment="dock",
        variant="dock/a",
    )  # fmt: skip


def combo(found):
    one = found["dock"]
    touches = (
        Touch("voicemail", 1, None, None, "Hi", 11, 10),
        Touch("email", 1, None, "Docks", "Hi", 23, 20, 21),
    )
    variants = {name: replace(v, touches=touches) for name, v in one.variants.items()}
    return Experiments({"dock": replace(one, variants=variants)}, found.plan, "messages")


def test_the_right_crowd_that_does_not_answer_leaves_the_words():
    found = ask({"a": POOR}, findings=[finding(11), finding(11), finding(24)], change=combo)
    assert states(found) == ["passed", "passed", "stopped"]
    step = found.stopped
    assert step.name == "message"
    assert "3 findings" in step.headline
    assert "Most of it is about the voicemail" in step.headline
    assert [part.name for part in step.detail.parts] == ["Voicemail", "Email"]
    assert [len(part.findings) for part in step.detail.parts] == [2, 1]
    assert "Fork this message" in step.next
    assert step.next.endswith("abtest new variant dock/NEW-NAME --from a")


def test_findings_of_other_variants_and_hints_are_nothing_against_the_words():
    stray = replace(finding(11), variant="dock/b")
    found = ask({"a": POOR}, findings=[stray, finding(11, Severity.INFO)], change=combo)
    assert "too few people have looked" in found.stopped.headline
    assert "abtest new review dock/a" in found.stopped.next


def reviewed(*reviews):
    def change(found):
        one = found["dock"]
        variants = {n: replace(v, reviews=reviews, author="kim") for n, v in one.variants.items()}
        return Experiments({"dock": replace(one, variants=variants)}, found.plan, "messages")

    return change


def review(by, **scores):
    return Review(f"a-{by}.md", "a", by, MONDAY, "read", scores)


def test_what_reviewers_want_mended_counts():
    wish = replace(review("lee", ask=2, fit=5), must_fix=(Observation("Ask for a name."),))
    found = ask({"a": POOR}, change=reviewed(wish, review("max", ask=1, fit=4)))
    assert found.stopped.name == "message"
    assert found.stopped.detail.weak == (("ask", 1.5),)
    assert "1 open must-fix and weak scores for ask" in found.stopped.headline
    assert any("Ask for a name." in fact for fact in found.stopped.facts)


def test_words_that_nobody_can_fault_are_not_rewritten():
    found = ask({"a": POOR}, change=reviewed(review("lee", ask=4), review("max", ask=5)))
    assert states(found) == ["passed", "passed", "passed"]
    assert "test another idea" in found.stopped.next


def test_a_touch_that_draws_nothing_is_named():
    def cadence(found):
        one = found["dock"]
        touches = tuple(Touch("email", n, None, "Docks", "Hi", 9 * n, 9 * n - 2) for n in (1, 2, 3))
        variants = {
            name: replace(
                v,
                touches=touches,
                cohorts=tuple(replace(c, responses_by_touch=(1, 1, 0)) for c in v.cohorts),
            )
            for name, v in one.variants.items()
        }
        return Experiments({"dock": replace(one, variants=variants)}, found.plan, "messages")

    found = ask({"a": weeks(60, [2] * 8, **FIT)}, change=cadence, findings=[finding(8)])
    detail = found.stopped.detail
    assert [y.count for y in detail.touches] == [8, 8, 0]
    assert [y.at_risk for y in detail.touches] == [480, 472, 464]
    assert any("Touch 3 drew none of the 464" in fact for fact in found.stopped.facts)
    assert detail.parts[0].name == "Email 1"


def test_a_reason_leads_on_to_the_words_and_is_kept():
    found = ask(
        {"a": weeks(30, [1, 2], **FIT)}, because="the ask is illegal in Ohio", findings=[finding(4)]
    )
    assert states(found) == ["stopped", "stopped", "stopped"]
    assert found.stopped.name == "message"
    assert "Fork" in found.stopped.next
    assert found.because == "the ask is illegal in Ohio"


def test_without_a_reason_nobody_is_told_to_fork_before_the_words_are_asked_about():
    for arms in ({"a": weeks(30, [1, 2])}, {"a": weeks(60, [2] * 8)}, {"a": GOOD}):
        found = ask(arms, findings=[finding(4)])
        assert all("Fork" not in step.next for step in found.steps)


def test_hearsay_is_marked_as_such():
    found = ask({"a": weeks(30, [1, 2], **FIT)})
    assert any("2% to 8%" in fact and "(hearsay)" in fact for fact in found.steps[0].facts)
    measured = Assumptions(
        {"reported_low": (0.03, "our 2025"), "reported_high": (0.05, "our 2025")}
    )
    found = ask({"a": weeks(30, [1, 2], **FIT)}, assumptions=measured)
    assert any("3% to 5%" in fact and "own figure" in fact for fact in found.steps[0].facts)


def test_a_voicemail_reaches_those_who_listen():
    found = ask({"a": weeks(30, [1, 2], **FIT)}, change=combo)
    told = "If 33% (hearsay) of business people listen to a voicemail"
    fact = next(fact for fact in found.steps[0].facts if fact.startswith(told))
    assert "10% would mean that 30.3% of the listeners answer" in fact
    assert not any("listen" in f for f in ask({"a": weeks(30, [1], **FIT)}).steps[0].facts)


def test_only_what_is_old_enough_is_asked_about():
    young = AS_OF - dt.timedelta(days=3)
    late = replace(cohort(0, 500, 0, **STRAY), date=young)
    found = ask({"a": [*POOR, late]})
    assert found.steps[1].detail.misfit == 0


def test_an_unknown_variant_is_told_with_the_known_ones():
    with pytest.raises(UsageError, match="There is dock/a"):
        investigate(experiments({"a": POOR}), "dock/z", as_of=AS_OF)


def test_it_goes_into_json_whole():
    found = ask({"a": POOR, "b": GOOD}, findings=[finding(4)])
    told = json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert told["version"] == 1
    assert [step["state"] for step in told["steps"]] == ["passed", "passed", "stopped"]
    assert told["steps"][1]["detail"]["fit"] == 480
    assert told["next"] == found.stopped.next
    assert StepState(told["steps"][0]["state"]) is StepState.PASSED


def test_words_that_work_in_one_segment_only_are_told_as_a_question():
    """The new message wins in one industry and loses in the other: no verdict, an experiment."""
    plain = {"location": "Chicago", "title": "VP Operations"}
    arms = {
        "a": [
            *weeks(60, [3] * 6, industry="logistics", **plain),
            *weeks(60, [7] * 6, industry="logistics rail", **plain),
        ],
        "b": [
            *weeks(60, [12] * 6, industry="logistics", **plain),
            *weeks(60, [2] * 6, industry="logistics rail", **plain),
        ],
    }
    found = ask(arms, because="to see the segments")
    (suspected,) = found.steps[1].detail.interactions
    assert (suspected.dimension, suspected.arm) == ("industry", "dock/b")
    fact = next(fact for fact in found.steps[1].facts if "may work differently" in fact)
    assert "“B” may work differently by industry: +15.0 pp with “logistics”" in fact
    assert "make it an experiment of its own" in fact
