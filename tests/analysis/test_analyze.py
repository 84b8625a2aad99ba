"""From cohorts to verdicts: what decides, what does not, and what nobody may change."""

import copy
import datetime as dt
import json
import pickle
import random
from dataclasses import replace

import pytest
from builders import AS_OF, MONDAY, cohort, experiment, experiments

from abtest.analysis import analyze
from abtest.model import Decision, Experiments
from abtest.plan import Metric, Plan


def judge(arms, plan=None, as_of=AS_OF, **more):
    return analyze(experiments(arms, plan, **more), as_of=as_of)["dock"]


def weeks(per_week, answers, *, rep="kim", **more):
    return [cohort(week, per_week, count, rep=rep, **more) for week, count in enumerate(answers)]


GOOD = weeks(60, [13, 11, 14, 12, 13, 12, 14, 11])
POOR = weeks(60, [2, 3, 1, 2, 2, 3, 2, 1])
PLAIN = weeks(60, [6, 5, 7, 6, 6, 7, 5, 6])


def test_a_clear_winner_is_named_with_its_numbers():
    result = judge({"a": POOR, "b": GOOD})
    assert result.verdict.state == "winner"
    assert result.verdict.winner == "dock/b"
    assert result.verdict.headline == "“B” wins: 20.8% answered, against 3.3% with “A”."
    assert str(result["b"].metrics["responses"].target.state) == "meets"
    assert str(result["a"].metrics["responses"].target.state) == "below"


def test_the_decision_is_dated_by_the_week_that_first_decided():
    result = judge({"a": POOR, "b": GOOD})
    decided = result.comparisons[0].decided_at
    assert decided.weekday() == 6
    before = judge({"a": POOR, "b": GOOD}, as_of=decided + dt.timedelta(days=7))
    assert before.verdict.state == "undecided"
    after = judge({"a": POOR, "b": GOOD}, as_of=decided + dt.timedelta(days=14))
    assert after.verdict.winner == "dock/b"


def test_young_cohorts_are_shown_and_not_judged():
    young = cohort(15, 500, 400)
    with_young = judge({"a": PLAIN, "b": [*PLAIN, young]})
    without = judge({"a": PLAIN, "b": PLAIN})
    assert with_young["b"].metrics == without["b"].metrics
    assert with_young["b"].maturing.sent == 500
    assert with_young["b"].maturing.responses == 400


def test_what_was_sent_after_the_day_has_not_happened():
    future = cohort(40, 100, 50)
    assert (
        judge({"a": PLAIN, "b": [*PLAIN, future]}).to_dict()
        == judge({"a": PLAIN, "b": PLAIN}).to_dict()
    )


@pytest.mark.parametrize("seed", range(3))
def test_order_of_rows_names_of_reps_and_splitting_rows_change_nothing(seed):
    def numbers(arms):
        return json.dumps(judge(arms).to_dict())

    chance = random.Random(seed)
    arms = {"a": PLAIN + weeks(30, [3] * 8, rep="lee"), "b": GOOD + weeks(30, [4] * 8, rep="lee")}
    shuffled = {name: chance.sample(rows, len(rows)) for name, rows in arms.items()}
    renamed = {
        name: [replace(row, rep={"kim": "zoe", "lee": "bob"}[row.rep]) for row in rows]
        for name, rows in arms.items()
    }
    split = {
        name: [
            part
            for row in rows
            for part in (
                replace(row, counts={"sent": 10, "responses": 1}),
                replace(
                    row,
                    date=row.date + dt.timedelta(days=chance.randrange(5)),
                    counts={"sent": row.sent - 10, "responses": row.counts["responses"] - 1},
                ),
            )
        ]
        for name, rows in arms.items()
    }
    assert numbers(shuffled) == numbers(renamed) == numbers(split) == numbers(arms)


def test_swapping_the_variants_mirrors_the_comparison():
    one = judge({"a": PLAIN, "b": GOOD}).comparisons[0].test
    other = judge({"a": GOOD, "b": PLAIN}).comparisons[0].test
    assert one.difference == pytest.approx(-other.difference)
    assert one.log_e_value == pytest.approx(other.log_e_value)
    assert one.odds_ratio == pytest.approx(1 / other.odds_ratio)


def test_one_rep_one_variant_is_refused_never_pooled():
    result = judge({"a": POOR, "b": [replace(row, rep="lee") for row in GOOD]})
    assert result.verdict.state == "invalid"
    assert result.verdict.winner is None
    assert result.check("rep_imbalance").ok is False
    assert "nothing can be said of the difference" in result.comparisons[0].sentence


def test_weeks_that_never_overlap_say_nothing_of_the_difference():
    later = [replace(row, date=row.date + dt.timedelta(weeks=8)) for row in GOOD]
    result = judge({"a": POOR, "b": later}, as_of=dt.date(2027, 3, 1))
    assert result.verdict.state == "undecided"
    assert "side by side" in result.verdict.next


def test_a_fixed_design_says_what_its_one_look_says():
    arm = weeks(65, [13, 40])
    result = judge({"a": arm, "b": arm}, fixed=65)
    metric = result["a"].metrics["responses"]
    assert str(metric.target.state) == "meets"
    assert metric.sequence.low < 0.10 < metric.plausible.low
    assert "between 11.1% and 31.8%" in result["a"].sentence
    assert result.comparisons[0].plausible == result.comparisons[0].interval
    assert result.verdict.headline.startswith("Judged once, at 65 prospects per variant: none is")
    assert "Keep sending" not in result.verdict.next
    assert "cannot be told apart" in result.comparisons[0].sentence


def test_a_fixed_design_asks_for_no_more_prospects():
    open_ = judge({"a": weeks(65, [8]), "b": weeks(65, [8])}, fixed=65)
    assert open_["a"].metrics["responses"].more_needed is None
    assert open_["a"].sentence.endswith("judged once, not clear either way of 10%.")
    assert open_.is_judged_once(open_["a"])
    assert not judge({"a": weeks(65, [8])}).is_judged_once(open_["a"])


def test_results_have_the_names_of_the_json():
    report = analyze(experiments({"a": POOR, "b": GOOD}, None), as_of=AS_OF)
    found = report.to_dict()
    pair, target = (
        found["experiments"][0]["comparisons"][0],
        found["experiments"][0]["variants"][0]["metrics"]["responses"]["target"],
    )
    result = report["dock"]
    assert all(hasattr(result.comparisons[0], name) for name in pair)
    assert result.comparisons[0].e_value == pair["e_value"]
    assert all(hasattr(result["a"].metrics["responses"].target, name) for name in target)
    assert (report.version, result.design) == (found["version"], "sequential")
    assert copy.copy(result.comparisons[0]) == result.comparisons[0]
    assert pickle.loads(pickle.dumps(result.comparisons[0])) == result.comparisons[0]


def test_a_fixed_design_is_withheld_until_every_variant_has_its_number():
    arms = {"a": POOR, "b": GOOD}
    early = judge(arms, fixed=600)
    assert early.verdict.state == "undecided"
    assert "600" in early.verdict.headline
    assert {str(v.metrics["responses"].target.state) for v in early.variants} == {"undecided"}
    assert str(early.comparisons[0].test.state) == "undecided"
    ready = judge(arms, fixed=240)
    assert ready["a"].reached == 240
    assert ready["a"].maturing.sent == 240
    assert ready.verdict.winner == "dock/b"


def test_no_data_says_what_to_do():
    assert judge({"a": [], "b": []}).verdict.state == "no_data"
    waiting = judge({"a": [cohort(15, 40, 3)], "b": []})
    assert waiting.verdict.state == "no_data"
    assert "2026-11-30" in waiting.verdict.next


def test_one_variant_is_judged_against_the_target_alone():
    result = judge({"a": GOOD})
    assert result.comparisons == ()
    assert "meets the 10% target" in result.verdict.headline


def test_all_below_asks_why():
    result = judge({"a": POOR, "b": weeks(60, [1, 2, 2, 2, 1, 3, 2, 2])})
    assert "Every variant is below target" in result.verdict.headline
    assert "abtest investigate dock/a" in result.verdict.next


def test_only_cold_leads_are_held_to_the_team_target():
    assert judge({"a": PLAIN}, lead_type="warm").target is None
    assert judge({"a": PLAIN}, lead_type="warm", target=0.3).target == 0.3
    assert judge({"a": PLAIN}).target == 0.10


def test_the_plan_can_make_meetings_the_metric():
    rows = weeks(60, [6] * 8, meetings=1)
    result = judge({"a": rows, "b": rows}, Plan(metric="meetings", target=0.05))
    assert result.metric == "meetings"
    assert result["a"].metrics["meetings"].target.value == 0.05
    assert result["a"].metrics["responses"].target is None


def test_a_declared_metric_is_held_to_its_own_target():
    plan = Plan(
        counts=("accepted", "handed_over"),
        metrics=(Metric("acceptance", "accepted", "handed_over", 0.8),),
    )
    rows = weeks(60, [6] * 8, handed_over=20, accepted=5)
    acceptance = judge({"a": rows}, plan)["a"].metrics["acceptance"]
    assert (acceptance.count, acceptance.per) == (40, 160)
    assert str(acceptance.target.state) == "below"


def test_more_accepted_than_handed_over_is_no_proportion():
    plan = Plan(
        counts=("accepted", "handed_over"),
        metrics=(Metric("acceptance", "accepted", "handed_over"),),
    )
    rows = weeks(60, [6] * 8, handed_over=2, accepted=5)
    assert judge({"a": rows}, plan)["a"].metrics["acceptance"].rate is None


def test_a_winner_that_annoys_is_not_called_without_saying_so_first():
    calm = weeks(60, [2] * 8, optouts=0)
    angry = weeks(60, [13] * 8, optouts=9)
    result = judge({"a": calm, "b": angry})
    assert result.verdict.winner == "dock/b"
    assert result.verdict.headline.startswith("Careful: “B” draws clearly more opt-outs")


def test_a_split_that_was_not_planned_is_an_alarm():
    result = judge({"a": weeks(60, [6] * 8), "b": weeks(20, [2] * 8)})
    assert result.check("split").ok is False
    planned = judge(
        {"a": weeks(60, [6] * 8), "b": weeks(20, [2] * 8)}, allocation={"a": 3.0, "b": 1.0}
    )
    assert planned.check("split").ok is True


def test_a_reversal_between_segments_is_told():
    def arm(small, large):
        return [
            cohort(0, small[1], small[0], title="Owner"),
            cohort(0, large[1], large[0], title="VP"),
        ]

    # Kidney stones (Charig et al. 1986): better in both sizes, worse in total.
    result = judge({"a": arm((81, 87), (192, 263)), "b": arm((234, 270), (55, 80))})
    assert result.check("simpson").ok is False
    assert result.check("simpson").numbers["dimension"] == "title"


def test_weeks_that_differ_more_than_chance_are_told():
    wild = weeks(60, [0, 15, 1, 14, 0, 16, 1, 13])
    assert judge({"a": wild, "b": PLAIN}).check("heterogeneity").ok is False


def test_one_variant_of_many_that_differs_a_little_more_is_what_chance_makes():
    uneven = weeks(40, [1, 8, 1, 8, 3, 7])
    crowd = dict.fromkeys("bcdefgh", PLAIN)
    assert judge({"a": uneven, "b": PLAIN}).check("heterogeneity").ok is False
    check = judge({"a": uneven, **crowd}).check("heterogeneity")
    assert (check.ok, check.sentence) == (True, "")


def test_a_decided_experiment_says_what_was_decided():
    result = judge(
        {"a": POOR, "b": GOOD},
        status="decided",
        decision=Decision(dt.date(2026, 11, 1), "b", "More answers."),
    )
    assert result.verdict.next == "Decided on 2026-11-01: keep “B”. More answers."
    nothing = judge({"a": POOR, "b": GOOD}, status="archived")
    assert "no decision was noted" in nothing.verdict.next


def test_three_variants_need_more_evidence_than_two():
    two = judge({"a": POOR, "b": GOOD}).comparisons[0]
    three = judge({"a": POOR, "b": GOOD, "c": POOR}).comparisons[0]
    assert two.decided_at <= three.decided_at
    assert judge({"a": POOR, "b": GOOD, "c": POOR}).verdict.winner == "dock/b"
    shown = {(pair.a, pair.b) for pair in judge({"a": POOR, "b": GOOD, "c": POOR}).comparisons}
    assert shown == {("dock/a", "dock/b"), ("dock/a", "dock/c"), ("dock/b", "dock/c")}


def test_drafts_and_samples_stay_out_of_the_portfolio():
    real = experiment({"a": POOR, "b": GOOD})
    both = {
        "dock": real,
        "made-up": experiment({"a": POOR, "b": GOOD}, id="made-up", sample=True),
        "_draft": experiment({"a": POOR, "b": GOOD}, id="_draft", draft=True),
    }
    report = analyze(Experiments(both, Plan(), "messages"), as_of=AS_OF)
    assert [result.id for result in report] == ["dock", "made-up"]
    assert {found.experiment for found in report.portfolio.discoveries} == {"dock"}
    assert report.portfolio.expected_false == pytest.approx(0.05 * 3)


def test_the_json_has_no_nan_and_the_keys_of_the_contract():
    result = judge({"a": PLAIN, "b": [], "c": [cohort(0, 0, 0)]})
    document = json.loads(json.dumps(result.to_dict(), allow_nan=False))
    assert list(document) == [
        "id", "title", "status", "lead_type", "profile", "target", "metric", "alpha", "design",
        "sample", "verdict", "checks", "variants", "comparisons", "next_split",
    ]  # fmt: skip
    assert document["variants"][1]["metrics"]["responses"]["rate"] is None
    assert document["variants"][1]["metrics"]["responses"]["target"]["state"] == "no_data"
    assert MONDAY.weekday() == 0


def test_a_notebook_shows_the_report_with_all_text_escaped():
    content = experiments({"a": POOR, "b": GOOD}, sample=True)
    content["dock"].variants["a"] = replace(content["dock"].variants["a"], title="<script>")
    html = analyze(content, as_of=AS_OF)._repr_html_()
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "20.8% (100 of 480)" in html
    assert "sample data" in html
    assert "No experiments yet" in analyze(Experiments({}, Plan(), "m"))._repr_html_()


def test_the_next_split_favors_what_looks_best_and_says_what_it_costs():
    result = judge({"a": PLAIN[:2], "b": weeks(60, [9, 8])})
    assert result.verdict.state == "undecided"
    split = result.next_split
    assert sum(split.shares.values()) == pytest.approx(1)
    assert split.shares["dock/b"] > split.shares["dock/a"] >= 0.10
    assert split.cost > 1
    assert f"{split.cost:.1f} times as many prospects" in split.sentence
    assert judge({"a": POOR, "b": GOOD}).next_split is None
    assert judge({"a": PLAIN[:2], "b": PLAIN[:2]}, status="archived").next_split is None
    even = judge({"a": PLAIN[:2], "b": PLAIN[:2]}).next_split
    assert even.cost == pytest.approx(1)
