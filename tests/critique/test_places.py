"""A must-fix is found again by its words, wherever rows have pushed them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest
from critique_examples import EXPERIMENT, TODAY

from abtest.critique.places import Place, is_gone, locate
from abtest.critique.run import examine
from abtest.messages import templates
from abtest.model import Experiments, Observation, Touch, Variant
from abtest.plan import Plan

Read = Callable[[str, str], Experiments]
TOUCHES = (
    Touch("voicemail", 1, None, None, "Got half\nan hour? You’ll like it.", 30, 29),
    Touch("email", 1, None, "Got half an hour?", "Worth a look? 100% yours.", 36, 33, 34),
)
VARIANT = Variant("e/a", "a", "A", "e/a.md", TOUCHES)


@pytest.mark.parametrize(
    ("observation", "place"),
    [
        (Observation("Too much.", quote="half an hour"), Place(30, "half an hour")),
        (Observation("Too much.", 33, quote="half an hour"), Place(34, "half an hour")),
        (Observation("Too much.", 7, quote="an hour? you'll"), Place(31, "an hour? You’ll")),
        (Observation("“Worth a look?” asks nothing."), Place(36, "Worth a look?")),
        (Observation('Say "Who decides?", and drop "100% yours".'), Place(36, "100% yours")),
        (Observation("Ask “Who decides?” instead.", 30), None),
        (Observation("Too much.", 30), None),
        (Observation("Too much.", quote="alf an hou"), None),
    ],
)
def test_words_are_found_again(observation: Observation, place: Place | None) -> None:
    assert locate(observation, VARIANT) == place


def test_only_words_under_quote_can_be_gone() -> None:
    assert is_gone(Observation("Too much.", quote="a whole day"), VARIANT)
    assert not is_gone(Observation("Too much.", quote="half an hour"), VARIANT)
    assert not is_gone(Observation("Ask “Who decides?” instead."), VARIANT)
    assert not is_gone(Observation("Too much.", 99), VARIANT)


REVIEWED = """\
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
=== reviews/lee.md
---
of: a
by: lee
date: 2026-10-20
kind: read
must_fix:
  - text: The ask does not say which drill.
    quote: worth a look at a drill
    line: 99
  - {text: Who is in it?, state: fixed}
  - {text: Say how long it takes., quote: ten minutes}
---
"""


def test_an_open_must_fix_is_told_with_its_line_and_gone_words_are_named(read: Read) -> None:
    found = examine(read(REVIEWED, "email"), as_of=TODAY)
    told = [(f.path.rpartition("/")[2], f.line, f.message) for f in found if f.code == "CR005"]
    assert told == [
        ("lee.md", 7, "“The ask does not say which drill.” has been open for 33 days."),
        (
            "lee.md",
            11,
            "“Say how long it takes.” is open, and the message no longer says “ten minutes”.",
        ),
    ]


def test_a_new_review_shows_how_to_quote(read: Read) -> None:
    made = templates.review("a", "lee", dt.date(2026, 10, 20), "read", Plan())
    example = made.partition("must_fix: []             # ")[2].partition("\n")[0]
    written = made.replace("must_fix: []", f"must_fix:\n  {example}")
    files = REVIEWED.partition("=== reviews/lee.md\n")[0] + f"=== reviews/lee.md\n{written}"
    (review,) = read(files, "email")["e"]["a"].reviews
    (item,) = review.must_fix
    assert written.split("\n")[item.review_line - 1].startswith("  - {text: What must change.")
    assert replace(item, review_line=0) == Observation("What must change.", quote="the words")


def _team(*others: str, names: str = "") -> str:
    plan = f"=== plan.yml\nsender: {{names: [{names}]}}\n" if names else ""
    rows = "".join(
        f"  {rep}:\n    - {{date: 2026-10-0{day}, sent: 10}}\n" for day, rep in enumerate(others, 1)
    )
    results = f"results:\n{rows}" if rows else ""
    words = REVIEWED.partition("=== reviews")[0].removeprefix("=== a.md\n---\n")
    return f"{plan}=== experiment.md\n{EXPERIMENT}=== a.md\n---\nauthor: kim\n{results}{words}"


@pytest.mark.parametrize(
    ("files", "missing"),
    [
        (_team(), 1),
        (_team("kim", "lee"), 1),
        (_team("kim", "lee", "max"), 2),
        (_team(names="Kim Ito, Lee Park"), 1),
        (_team(names="Kim Ito, Lee Park, Max Roy"), 2),
    ],
)
def test_a_team_of_two_needs_one_reviewer(read: Read, files: str, missing: int) -> None:
    (told,) = [f for f in examine(read(files, "email"), as_of=TODAY) if f.code == "CR001"]
    assert told.suggestion == f"Ask for {missing} more: `abtest new review e/a --by NAME`."
