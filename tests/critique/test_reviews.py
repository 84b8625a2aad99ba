"""Reviews taken together: means apart, agreement, what is missing and what is open."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from abtest.critique.reviews import (
    UNTOUCHED,
    agreement,
    is_filled,
    krippendorff_alpha,
    open_points,
    summarize,
)
from abtest.messages import templates
from abtest.model import Observation, Review, Touch, Variant
from abtest.plan import Plan, Rubric

TOUCH = Touch("voicemail", 1, None, None, "Hi", 5, 4)
REVIEW = Review("lee.md", "a", "lee", dt.date(2026, 11, 2), "recording", {"fit": 4, "pace": 2})


def variant(*reviews: Review) -> Variant:
    return Variant("e/a", "a", "A", "e/a.md", (TOUCH,), author="kim", reviews=reviews)


# Krippendorff (2011), "Computing Krippendorff's Alpha-Reliability": four observers, twelve units,
# with missing scores; the published alpha for ordinal data is 0.815.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
    [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
]


def test_alpha_is_the_published_one() -> None:
    units = [[score for score in unit if score] for unit in zip(*OBSERVERS, strict=True)]
    assert krippendorff_alpha(units) == pytest.approx(0.815, abs=5e-4)


def test_alpha_of_full_agreement_is_one() -> None:
    assert krippendorff_alpha([[1, 1], [4, 4, 4], [2, 2]]) == pytest.approx(1.0)


@pytest.mark.parametrize("units", [[], [[3]], [[3], [4]], [[3, 3], [3, 3]]])
def test_alpha_without_pairs_or_variety_is_none(units: list[list[int]]) -> None:
    assert krippendorff_alpha(units) is None


@given(st.lists(st.lists(st.integers(1, 5), max_size=6), max_size=8))
def test_alpha_is_at_most_one_or_none(units: list[list[int]]) -> None:
    alpha = krippendorff_alpha(units)
    assert alpha is None or alpha <= 1 + 1e-9


def test_what_and_how_stay_apart() -> None:
    second = replace(REVIEW, file="max.md", by="max", scores={"fit": 2, "reason": 5, "energy": 3})
    summary = summarize(variant(REVIEW, second), Rubric())
    assert summary.reviewers == ("lee", "max")
    assert summary.what_mean == pytest.approx(11 / 3)
    assert summary.how_mean == pytest.approx(2.5)
    assert [(d.name, d.scores, d.spread, d.mean) for d in summary.what] == [
        ("fit", (4, 2), 2, 3.0),
        ("reason", (5,), 0, 5.0),
    ]
    assert summary.missing == 0


def test_the_author_does_not_count_as_a_reviewer() -> None:
    summary = summarize(variant(replace(REVIEW, by="kim")), Rubric())
    assert summary.reviewers == ()
    assert summary.missing == 2
    assert summarize(variant(), Rubric()).what_mean is None


@pytest.mark.parametrize("body", ["", " \n", UNTOUCHED, "What I noticed,\nand where.\n"])
def test_a_review_that_says_nothing_does_not_count(body: str) -> None:
    empty = replace(REVIEW, file="max.md", by="max", scores={}, body=body)
    assert not is_filled(empty)
    summary = summarize(variant(REVIEW, empty), Rubric())
    assert summary.reviewers == ("lee",)
    assert summary.missing == 1


@pytest.mark.parametrize(
    "said",
    [
        {"scores": {"fit": 3}},
        {"must_fix": (Observation("Slower."),)},
        {"body": f"{UNTOUCHED} At 0:07 the voice drops."},
    ],
)
def test_a_score_a_must_fix_or_a_word_counts(said: dict[str, object]) -> None:
    review = replace(REVIEW, **{"scores": {}, "body": UNTOUCHED, **said})
    assert summarize(variant(review), Rubric()).reviewers == ("lee",)


@pytest.mark.parametrize("kind", templates.KINDS)
def test_a_new_review_ends_with_the_untouched_words(kind: str) -> None:
    made = templates.review("a", "lee", REVIEW.date, kind, Plan())
    assert made.endswith(f"---\n{UNTOUCHED}\n")


def test_agreement_needs_five_reviews() -> None:
    reviews = [replace(REVIEW, by=f"r{n}", scores={"fit": 4, "ask": 2}) for n in range(5)]
    assert agreement(reviews[:4]) is None
    assert agreement(reviews) == pytest.approx(1.0)


def test_open_points_wait_the_oldest_first() -> None:
    old = replace(
        REVIEW,
        file="old.md",
        date=dt.date(2026, 10, 1),
        must_fix=(Observation("Slower.", 7), Observation("Louder.", state="fixed")),
    )
    new = replace(REVIEW, must_fix=(Observation("Shorter."),))
    points = open_points([new, old], as_of=dt.date(2026, 11, 22))
    assert [(p.observation.text, p.days) for p in points] == [("Slower.", 52), ("Shorter.", 20)]
    assert [p.days for p in open_points([new])] == [None]
