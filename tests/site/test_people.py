"""What people noticed, on the page of a critique: figures with their n, and what is still to do."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace

import pytest
import samples
from markupsafe import Markup

from abtest.analysis import analyze
from abtest.critique import rule
from abtest.errors import Finding, Severity
from abtest.model import Observation, Review, Variant
from abtest.plan import Plan, Rubric
from abtest.site.pages import pages
from abtest.site.people import agreement, fixes, halves
from abtest.site.surroundings import Surroundings

DAY = dt.date(2026, 11, 2)


def review(by: str, **scores: int) -> Review:
    return Review(f"{by}.md", "referral-ask", by, DAY, "read", scores, path=f"reviews/{by}.md")


def reviewed(*reviews: Review) -> Variant:
    return replace(samples.winner().variants["referral-ask"], reviews=reviews)


def told(
    *reviews: Review, names: tuple[str, ...] = (), status: str = "decided", sent: bool = True
) -> dict[str, str]:
    said = reviewed(*reviews)
    said = said if sent else replace(said, cohorts=())
    experiment = replace(samples.winner(), status=status)
    plan = Plan(sender=replace(Plan().sender, names=names))
    return dict(agreement(said, replace(experiment, variants={said.name: said}), plan))


def test_reviews_still_missing_are_counted() -> None:
    three = ("Kim Ito", "Lee Park", "Max Roy")
    unsent = told(names=three, status="draft", sent=False)["Reviewers"]
    assert unsent.endswith("2 wanted before it is sent: 2 missing")
    assert told(review("lee", fit=4), status="running", sent=False)["Reviewers"] == (
        "1 besides the author, 1 wanted before it is sent"
    )
    published = replace(samples.winner(), source="Table 2")
    assert agreement(reviewed(), published, Plan()) == []


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("running", "2 wanted, and it is being sent already: 2 missing"),
        ("decided", "2 were wanted before it was sent"),
        ("archived", "2 were wanted before it was sent"),
    ],
)
def test_whom_a_message_that_was_sent_has_missed_is_told_by_its_status(
    status: str, words: str
) -> None:
    three = ("Kim Ito", "Lee Park", "Max Roy")
    assert told(names=three, status=status)["Reviewers"] == f"0 besides the author, {words}"


def test_one_reviewer_was_wanted_of_a_small_team() -> None:
    assert told()["Reviewers"] == "0 besides the author, 1 was wanted before it was sent"


def test_spread_has_its_n_and_names_the_widest() -> None:
    shown = told(review("lee", fit=4, ask=2, proof=3), review("max", fit=5, ask=5))
    assert shown["Spread"] == (
        "2.0 of 4 points from the lowest score to the highest on average, at most 3 (ask); "
        "2 dimensions scored more than once"
    )
    assert "Spread" not in told(review("lee", fit=4))
    assert "from 5 reviews on; there are 2" in shown["Agreement"]


def test_alpha_is_told_from_five_reviews_on() -> None:
    five = [review(f"r{n}", fit=4, ask=2) for n in range(5)]
    assert told(*five)["Agreement"].startswith("Krippendorff’s alpha 1.00 over 5 reviews")
    alike = [review(f"r{n}", fit=4, ask=4) for n in range(5)]
    assert told(*alike)["Agreement"].startswith("Undefined")


def test_a_half_that_nobody_scored_has_no_card() -> None:
    (what,) = halves((review("lee", fit=4), review("max", fit=4)), Rubric())
    assert (what.title, what.out_of) == ("What you say", "of 5, 2 scores")
    assert [dimension.spread for dimension in what.dimensions] == ["all the same"]
    assert halves((), Rubric()) == []


@pytest.mark.parametrize(
    ("item", "place"),
    [
        (Observation("Who?", 3, quote="Denver team"), "Line 14: “Denver team”."),
        (
            Observation("Who?", 3, quote="a free trial"),
            "The message no longer says “a free trial”.",
        ),
        (Observation("Who?", 3), "Line 3 on 2 Nov 2026."),
        (Observation("Who?"), ""),
    ],
)
def test_a_must_fix_says_where_its_words_are_today(item: Observation, place: str) -> None:
    said = reviewed(replace(review("lee"), must_fix=(item,)))
    assert [fix.place for fix in fixes(said, DAY, running=True)] == [place]


def test_a_must_fix_that_waits_too_long_says_so() -> None:
    items = (Observation("Slower.", state="fixed"), Observation("Who?"))
    said = reviewed(replace(review("lee"), must_fix=items))
    late = DAY + dt.timedelta(days=15)
    words = [fix.word for fix in fixes(said, late, running=True)]
    assert words == [
        "open for 15 days, longer than it should while the message is being sent",
        "fixed",
    ]
    assert fixes(said, late, running=False)[0].word == "open for 15 days"
    assert fixes(said, late - dt.timedelta(days=1), running=True)[0].word == "open for 14 days"


def text(html: str) -> str:
    return " ".join(str(Markup(html.replace("<", " <")).striptags()).split())


def test_a_finding_in_a_review_is_not_quoted_from_the_message() -> None:
    said = samples.winner().variants["referral-ask"]
    path = said.reviews[0].path
    finding = Finding(path, 15, 0, "CR005", Severity.WARNING, "Open.", "Fix.", None, said.id)
    report = analyze(samples.collected(samples.winner()), as_of=samples.AS_OF, findings=(finding,))
    page = {page.path: page.html for page in pages(report, Surroundings())}[
        f"experiments/{said.id}/critique/index.md"
    ]
    assert "CR005 worth changing, line 15 of lee-2026-10-02.md Open. Fix." in text(page)
    assert f"abtest new review {said.id} --by NAME" in text(page)


def test_every_code_is_listed_once_under_a_heading() -> None:
    report = analyze(samples.collected(samples.winner()), as_of=samples.AS_OF)
    page = {page.path: page.html for page in pages(report, Surroundings())}["rules/index.md"]
    listed = re.findall(r">([A-Z]{2}\d{3})</a></th>", page)
    assert sorted(listed) == sorted(rule.codes())
    assert ">Templates</h2>" in page


def test_no_message_waits_twice() -> None:
    """A message stands under what it waits for, and only the others under nothing left to do."""
    report = analyze(samples.collected(samples.winner()), as_of=samples.AS_OF)
    page = {page.path: page.html for page in pages(report, Surroundings())}["critiques/index.md"]
    assert page.count(">Pitch straight away</a>") == page.count(">Ask who looks after it</a>") == 1
    assert "no must-fix open" not in page
    two = replace(samples.winner()["referral-ask"].reviews[0], must_fix=())
    done = {n: replace(v, reviews=(two,)) for n, v in samples.winner().variants.items()}
    report = analyze(
        samples.collected(replace(samples.winner(), variants=done)), as_of=samples.AS_OF
    )
    page = {page.path: page.html for page in pages(report, Surroundings())}["critiques/index.md"]
    assert page.count(">Pitch straight away</a>") == page.count(">Ask who looks after it</a>") == 1
    assert "no must-fix open" in page
