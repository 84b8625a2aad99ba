"""Reviews taken together: means for WHAT and HOW apart, agreement, what is missing, what is open.

Nothing here ranks people: scores are about a message.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import permutations
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping, Sequence

    from abtest.model import Experiment, Observation, Review, Variant
    from abtest.plan import Plan, Rubric

#: Reviews by people other than the author before a message is sent, from a team of three on.
WANTED = 2

#: The body that a new review starts with: as long as it stands alone, nobody has said a thing.
UNTOUCHED = "What I noticed, and where."

#: Days after which an open must-fix has waited too long.
PATIENCE = 14

#: Below this many reviews, agreement beyond chance means nothing.
FEWEST_FOR_ALPHA = 5


@dataclass(frozen=True, slots=True)
class Dimension:
    """The scores of one dimension of the rubric.

    Attributes:
        name: As the rubric names it.
        scores: 1 to 5, in the order of the reviews' dates.
    """

    name: str
    scores: tuple[int, ...]

    @property
    def mean(self) -> float:
        """The mean score."""
        return sum(self.scores) / len(self.scores)

    @property
    def spread(self) -> int:
        """The highest less the lowest."""
        return max(self.scores) - min(self.scores)


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """A must-fix that is still open, and how many days it has waited (None without today)."""

    observation: Observation
    review: Review
    days: int | None


@dataclass(frozen=True, slots=True)
class ReviewSummary:
    """What people said about one variant.

    Attributes:
        reviewers: Who reviewed and said something, other than the author, in alphabetical order.
        what: The dimensions of WHAT is said that were scored, in the rubric's order.
        how: The same of HOW it is said.
        what_mean: The mean of all WHAT scores, None without any.
        how_mean: The mean of all HOW scores, None without any.
        alpha: Krippendorff's alpha over all dimensions; None where it means nothing.
        missing: How many more reviewers are wanted before it is sent.
        open: Must-fixes that are open, the oldest first.
    """

    reviewers: tuple[str, ...]
    what: tuple[Dimension, ...]
    how: tuple[Dimension, ...]
    what_mean: float | None
    how_mean: float | None
    alpha: float | None
    missing: int
    open: tuple[OpenPoint, ...]


def summarize(
    variant: Variant, rubric: Rubric, as_of: dt.date | None = None, wanted: int = WANTED
) -> ReviewSummary:
    """What people said about a variant, taken together; `wanted` reviewers are enough."""
    reviews = sorted(variant.reviews, key=lambda review: (review.date, review.file))
    said = {review.by for review in reviews if is_filled(review)}
    reviewers = tuple(sorted(said - {variant.author}))
    what, how = (_dimensions(reviews, names) for names in (rubric.what, rubric.how))
    return ReviewSummary(
        reviewers=reviewers,
        what=what,
        how=how,
        what_mean=_mean(what),
        how_mean=_mean(how),
        alpha=agreement(reviews),
        missing=max(0, wanted - len(reviewers)),
        open=open_points(reviews, as_of),
    )


def reviewers_wanted(experiment: Experiment, plan: Plan) -> int:
    """How many reviewers a message needs: two, or one where a team has no more than two people.

    A team is who signs, by plan.yml, or who writes, sends and reviews in the experiment: whichever
    are more.
    """
    seen = {variant.author for variant in experiment}
    seen |= {cohort.rep for variant in experiment for cohort in variant.cohorts}
    seen |= {review.by for variant in experiment for review in variant.reviews}
    people = max(len(seen - {""}), len(plan.sender.names))
    return WANTED if people > WANTED else 1


def is_filled(review: Review) -> bool:
    """Does it say anything: a score, a must-fix, or a word that is not the template's?"""
    body = " ".join(review.body.split())
    return bool(review.scores or review.must_fix) or body not in ("", UNTOUCHED)


def _dimensions(reviews: Sequence[Review], names: Iterable[str]) -> tuple[Dimension, ...]:
    scored = (
        Dimension(name, tuple(r.scores[name] for r in reviews if name in r.scores))
        for name in names
    )
    return tuple(dimension for dimension in scored if dimension.scores)


def _mean(dimensions: tuple[Dimension, ...]) -> float | None:
    scores = [score for dimension in dimensions for score in dimension.scores]
    return sum(scores) / len(scores) if scores else None


def open_points(reviews: Iterable[Review], as_of: dt.date | None = None) -> tuple[OpenPoint, ...]:
    """The must-fixes that are open, the oldest first."""
    points = [
        OpenPoint(item, review, (as_of - review.date).days if as_of else None)
        for review in reviews
        for item in review.must_fix
        if item.state == "open"
    ]
    return tuple(sorted(points, key=lambda point: (point.review.date, point.review.file)))


def agreement(reviews: Sequence[Review]) -> float | None:
    """How far reviewers agree beyond chance; None below five reviews, or where it is undefined."""
    if len(reviews) < FEWEST_FOR_ALPHA:
        return None
    names = sorted({name for review in reviews for name in review.scores})
    return krippendorff_alpha(
        [[review.scores[name] for review in reviews if name in review.scores] for name in names]
    )


def krippendorff_alpha(units: Sequence[Sequence[int]]) -> float | None:
    """Krippendorff's alpha for ordered scores (Krippendorff 2011, "Computing alpha-reliability").

    Args:
        units: For each thing that was scored, the scores it got, from any number of people.

    Returns:
        1 for full agreement, 0 for agreement by chance, below 0 for less; None where no two scores
        can be compared, or where all are the same.

    >>> round(krippendorff_alpha([[1, 1], [2, 2], [3, 3], [3, 2]]), 3)
    0.79
    """
    coincidences: dict[tuple[int, int], float] = {}
    for scores in units:
        for pair in permutations(scores, 2):
            coincidences[pair] = coincidences.get(pair, 0.0) + 1 / (len(scores) - 1)
    totals = _marginals(coincidences)
    number = sum(totals.values())
    distance = _ordinal_distance(totals)
    observed = sum(weight * distance[pair] for pair, weight in coincidences.items())
    expected = sum(totals[a] * totals[b] * distance[a, b] for a in totals for b in totals)
    return 1 - (number - 1) * observed / expected if expected else None


def _marginals(coincidences: Mapping[tuple[int, int], float]) -> dict[int, float]:
    totals: dict[int, float] = {}
    for (a, _), weight in sorted(coincidences.items()):
        totals[a] = totals.get(a, 0.0) + weight
    return totals


def _ordinal_distance(totals: Mapping[int, float]) -> dict[tuple[int, int], float]:
    """The squared ordinal difference of each pair of scores."""
    return {
        (a, b): (
            sum(n for score, n in totals.items() if min(a, b) <= score <= max(a, b))
            - (totals[a] + totals[b]) / 2
        )
        ** 2
        for a in totals
        for b in totals
    }
