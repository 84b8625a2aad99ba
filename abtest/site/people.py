"""What people noticed about a message: scores, how far they agree, must-fixes, opinions.

Nothing here compares people: every figure is about a message.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from abtest.critique.places import is_gone, locate
from abtest.critique.reviews import (
    FEWEST_FOR_ALPHA,
    PATIENCE,
    ReviewSummary,
    is_filled,
    reviewers_wanted,
    summarize,
)
from abtest.model import Experiment, Observation, Review, Variant
from abtest.site.contributed import contributed
from abtest.site.surroundings import review_recording
from abtest.site.templating import day, plural

if TYPE_CHECKING:
    from abtest.plan import Plan, Rubric

_KINDS = {"read": "read it", "role-play": "role-played it", "recording": "listened to it"}
_DECISIONS = {"use": "Use it as it is", "fork": "Fork it", "drop": "Drop it"}
_STATES = {"open": "attention", "fixed": "ok", "declined": "unknown"}


@dataclass(frozen=True, slots=True)
class Dimension:
    """What the reviewers scored: the dimension, its anchors, each score, and their spread."""

    name: str
    anchors: str
    scores: tuple[tuple[str, int], ...]
    spread: str


@dataclass(frozen=True, slots=True)
class Half:
    """WHAT is said, or HOW: a mean of its own and the dimensions that were scored."""

    title: str
    mean: str
    out_of: str
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One review, ready to show."""

    review: Review
    kind: str
    body: Markup
    recording: str
    decision: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A must-fix item: its state in words, and where the words are that it is about."""

    item: Observation
    state: str
    word: str
    place: str
    by: str


def halves(reviews: tuple[Review, ...], rubric: Rubric) -> list[Half]:
    """WHAT you say and HOW you say it, side by side and never as one number."""
    both = [
        _half("What you say", rubric.what, reviews),
        _half("How you say it", rubric.how, reviews),
    ]
    return [half for half in both if half.dimensions]


def _half(title: str, anchors: Mapping[str, str], reviews: tuple[Review, ...]) -> Half:
    dimensions = tuple(
        Dimension(name.replace("_", " "), text, scores, _spread([score for _, score in scores]))
        for name, text in anchors.items()
        if (scores := tuple((r.by, r.scores[name]) for r in reviews if name in r.scores))
    )
    every = [score for dimension in dimensions for _, score in dimension.scores]
    mean = f"{sum(every) / len(every):.1f}" if every else "–"
    return Half(title, mean, f"of 5, {plural(len(every), 'score')}", dimensions)


def _spread(scores: list[int]) -> str:
    """How far the scores of a dimension lie apart; nothing to say of a single one."""
    if len(scores) < 2:
        return ""
    apart = max(scores) - min(scores)
    return f"{apart} apart" if apart else "all the same"


def agreement(said: Variant, experiment: Experiment, plan: Plan) -> list[tuple[str, str]]:
    """Who is still to be asked, and how far the reviews agree: each a term and its explanation."""
    wanted = reviewers_wanted(experiment, plan)
    summary = summarize(said, plan.rubric, wanted=wanted)
    count = sum(map(is_filled, said.reviews))
    reviewers = _reviewers(summary, wanted, said, experiment.status)
    told = [("Reviewers", reviewers)] if not experiment.source else []
    spread = _spread_in_words(summary)
    if spread:
        told.append(("Spread", spread))
        told.append(("Agreement", _alpha(summary.alpha, count)))
    return told


def _reviewers(summary: ReviewSummary, wanted: int, said: Variant, status: str) -> str:
    """How many there are and are wanted; none is missing once all is decided."""
    there = f"{len(summary.reviewers)} besides the author"
    if status in ("decided", "archived"):
        return f"{there}, {wanted} {'was' if wanted == 1 else 'were'} wanted before it was sent"
    when = ", and it is being sent already" if said.cohorts else " before it is sent"
    there += f", {wanted} wanted{when}"
    return f"{there}: {summary.missing} missing" if summary.missing else there


def _spread_in_words(summary: ReviewSummary) -> str:
    shared = [d for d in (*summary.what, *summary.how) if len(d.scores) > 1]
    if not shared:
        return ""
    mean = sum(dimension.spread for dimension in shared) / len(shared)
    most = max(shared, key=lambda dimension: dimension.spread)
    where = f", at most {most.spread} ({most.name.replace('_', ' ')})" if most.spread else ""
    return (
        f"{mean:.1f} of 4 points from the lowest score to the highest on average{where}; "
        f"{plural(len(shared), 'dimension')} scored more than once"
    )


def _alpha(alpha: float | None, reviews: int) -> str:
    """Krippendorff's alpha, or why it would mean nothing."""
    if reviews < FEWEST_FOR_ALPHA:
        return (
            f"A coefficient means something from {FEWEST_FOR_ALPHA} reviews on; there are {reviews}"
        )
    if alpha is None:
        return f"Undefined: all scores of the {reviews} reviews are the same"
    return (
        f"Krippendorff’s alpha {alpha:.2f} over {reviews} reviews; 1 is full agreement, 0 is what "
        "dice would give. A low one asks for a talk about the anchors"
    )


def fixes(said: Variant, as_of: dt.date, running: bool) -> list[Fix]:
    """Must-fix items, open ones first, and of those the oldest."""
    found = [
        (review, Fix(item, _STATES[item.state], _word(item, review, as_of, running), *rest))
        for review in said.reviews
        for item in review.must_fix
        for rest in [(_place(item, review, said), review.by)]
    ]
    found.sort(key=lambda pair: (pair[1].item.state != "open", pair[0].date))
    return [fix for _, fix in found]


def _word(item: Observation, review: Review, as_of: dt.date, running: bool) -> str:
    if item.state != "open":
        return item.state
    days = max(0, (as_of - review.date).days)
    late = ", longer than it should while the message is being sent"
    return f"open for {plural(days, 'day')}{late if running and days > PATIENCE else ''}"


def _place(item: Observation, review: Review, said: Variant) -> str:
    """The words that an item is about and their line today; else the line it was written for."""
    place = locate(item, said)
    if place is not None:
        return f"Line {place.line}: “{place.words}”."
    if is_gone(item, said):
        return f"The message no longer says “{item.quote}”."
    return f"Line {item.line} on {day(review.date)}." if item.line else ""


def opinion(review: Review, recordings: Mapping[str, str]) -> Opinion:
    """A review as the page shows it, with the address of its recording."""
    return Opinion(
        review,
        _KINDS.get(review.kind, review.kind),
        contributed(review.body),
        recordings.get(review_recording(review), ""),
        _DECISIONS.get(review.decision, review.decision),
    )
