"""The first page: where every message stands in one line, however many there are."""

from __future__ import annotations

from dataclasses import replace

import samples
from test_insight_pages import with_insight
from test_pages import by_path, report_on, text

from abtest.analysis import analyze
from abtest.model import Experiment
from abtest.report import Check, Report
from abtest.site.decisions import decisions_needed

FORTY = "Which of forty subject lines draws answers?"


def forty() -> Experiment:
    """An experiment of forty variants, none of which is decided yet."""
    only = samples.undecided()
    one = only["question"]
    many = {
        f"v{i}": replace(one, id=f"subject-line/v{i}", name=f"v{i}", title=f"Subject {i}")
        for i in range(40)
    }
    return replace(only, title=FORTY, variants=many, control="v0")


def below() -> Experiment:
    """Two messages that fall below the target, still being sent."""
    return replace(samples.all_below(), status="running", decision=None)


def test_one_line_says_what_meets_what_falls_below_and_what_is_open() -> None:
    report = with_insight(samples.collected(samples.winner(), below(), samples.undecided()))
    home = text(by_path(report)["index.md"])
    standings = home.partition("How sure are we?")[2].partition("Message Plausible")[0]
    assert " ".join(standings.split()) == (
        "1 meets target 2 below target Why? Did it go to the right people? 3 not yet known"
    )


def test_without_inquiries_nobody_is_sent_to_their_page() -> None:
    assert "Why?" not in text(by_path(report_on(below()))["index.md"])


def test_an_experiment_of_forty_leaves_room_for_the_others() -> None:
    site = by_path(report_on(forty(), samples.winner()))
    home = site["index.md"]
    assert "35 more messages, with lower rates" in text(home)
    assert home.html.count('class="ab-who"') == 5 + 2
    assert site["experiments/subject-line/index.md"].html.count('class="ab-who"') == 40 + 39


def with_checks(report: Report, *checks: Check) -> Report:
    results = tuple(replace(result, checks=checks) for result in report)
    return replace(report, experiments=results)


def test_what_asks_for_a_decision_says_what_is_wrong() -> None:
    report = report_on(samples.undecided())
    assert decisions_needed(with_checks(report, Check("split", True))) == []
    split = Check("split", False, sentence="The split is another one.", advice="Find out why.")
    (item,) = decisions_needed(with_checks(report, split))
    assert item.text == "The split is another one. Find out why."
    (item,) = decisions_needed(with_checks(report_on(samples.winner()), split))
    assert item.text.startswith("“Ask who looks after it” wins")
    assert item.text.endswith("The split is another one. Find out why.")


def test_words_that_changed_ask_for_a_decision() -> None:
    found = samples.collected(samples.undecided())
    report = analyze(found, as_of=samples.AS_OF, text_changed=["subject-line/question"])
    (item,) = decisions_needed(report)
    assert item.text == "The words of “Subject as a question” changed after its first results."


def test_why_is_asked_of_those_that_are_below() -> None:
    one = samples.all_below()
    short, long = one["fifty-words"], samples.undecided()["question"]
    mixed = replace(one, status="running", decision=None, variants={"fifty-words": short})
    other = replace(long, id="short-email/question")
    mixed = replace(mixed, variants={**mixed.variants, "question": other}, control="question")
    page = text(by_path(with_insight(samples.collected(mixed)))["experiments/short-email/index.md"])
    assert "Why is “Fifty words” below target?" in page
    all_of_them = with_insight(samples.collected(below()))
    page = text(by_path(all_of_them)["experiments/short-email/index.md"])
    assert "All below target Every variant is below target" in page
    assert "Why below target?" in page


def test_nobody_is_told_to_go_on_with_what_is_known_to_fail() -> None:
    home = text(by_path(report_on(below()))["index.md"])
    assert "Nothing to send Find out why before you send more" in home
    assert "Keep sending" not in home
    home = text(by_path(report_on(below(), samples.undecided()))["index.md"])
    assert "No winner yet Keep sending every message you test" in home


def test_a_fixed_design_asks_for_its_decision_once_it_is_judged() -> None:
    report = report_on(samples.undecided())
    (result,) = report
    due = [replace(report, experiments=(replace(result, fixed=size),)) for size in (80, 10_000)]
    assert [len(decisions_needed(each)) for each in due] == [1, 0]
