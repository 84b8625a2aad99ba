"""A suggestion for the next batch: favor what looks best, and say what that costs the test."""

from __future__ import annotations

from collections.abc import Sequence

from abtest import wording
from abtest.report import NextSplit, VariantResult
from abtest.stats import bayes
from abtest.stats.anytime import Prior

#: No variant gets less than this share, so that the test goes on.
_FLOOR = 0.10


def next_split(variants: Sequence[VariantResult], metric: str, target: float) -> NextSplit | None:
    """Thompson shares with a floor; None where there is nothing to choose from.

    The cost is how many times as many prospects the comparison of the favorite with the others
    needs, against an equal split: information on a pair grows with the product of its shares over
    their sum.
    """
    results = [variant.metrics[metric] for variant in variants]
    if len(variants) < 2 or not all(result.per for result in results):
        return None
    prior = Prior.at(target)
    posteriors = [bayes.posterior(result.count, result.per, prior) for result in results]
    shares = [float(share) for share in bayes.next_shares(posteriors, _FLOOR)]
    named = dict(zip((variant.id for variant in variants), shares, strict=True))
    return NextSplit(named, _cost(shares), _sentence(variants, shares, _cost(shares)))


def _cost(shares: Sequence[float]) -> float:
    favorite = max(shares)
    rest = sorted(shares)[:-1]
    informed = min(favorite * share / (favorite + share) for share in rest)
    return 1.0 / (2.0 * len(shares)) / informed


def _sentence(variants: Sequence[VariantResult], shares: Sequence[float], cost: float) -> str:
    parts = [
        f"{wording.percent(share, digits=0)} {wording.quoted(variant.title)}"
        for variant, share in zip(variants, shares, strict=True)
    ]
    return (
        "An equal split learns fastest. To favor what looks best so far, send "
        f"{wording.listed(parts)}; the verdict then needs {cost:.1f} times as many prospects."
    )
