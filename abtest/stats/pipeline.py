"""From a response to a client and back: conversion, coverage, and what a better rate saves.

Arithmetic that every sales meeting does in its head, here with the range that the counts leave.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence

import numpy as np
from scipy.special import betaln, gammaln

from abtest.stats import counts
from abtest.stats.flow_results import Forgone, Needed, Saved, Step, Value
from abtest.stats.hypergeometric import Floats
from abtest.stats.results import Interval
from abtest.stats.single_look import newcombe, wilson


def funnel(stages: Sequence[tuple[str, int]], *, alpha: float = 0.05) -> tuple[Step, ...]:
    """Each stage with its conversion.

    Args:
        stages: Name and count of each stage, the widest first.
        alpha: Error rate of each interval.
    """
    numbers = [count for _, count in stages]
    before, first = numbers[:1] + numbers[:-1], numbers[0] if numbers else 0
    return tuple(
        Step(
            name,
            count,
            per,
            *_proportion(count, per, alpha),
            *_proportion(count, first, alpha),
        )
        for (name, count), per in zip(stages, before, strict=True)
    )


def _proportion(count: int, per: int, alpha: float) -> tuple[float | None, Interval | None]:
    if not per or count > per:
        return None, None
    return count / per, wilson(count, per, alpha)


def implied_loss(coverage: float) -> float:
    """The share of a pipeline that must be lost for the target to be just met.

    Args:
        coverage: Pipeline over target, 8.0 for 800 %; at least 1.

    Raises:
        ValueError: Below 1 the pipeline cannot meet the target at all.

    >>> implied_loss(8.0), round(implied_loss(3.0), 3)
    (0.875, 0.667)
    """
    if not coverage >= 1:
        raise ValueError(f"A coverage below 100% cannot meet the target, {coverage!r} was given.")
    return 1.0 - 1.0 / coverage


def coverage_needed(wins: int, opportunities: int, *, alpha: float = 0.05) -> Interval | None:
    """Pipeline over target that this rate of winning asks for: 1 / rate, and its range.

    Returns:
        None without opportunities; no upper end where no rate is too low.
    """
    interval = wilson(wins, opportunities, alpha)
    return None if interval is None else _reciprocal(interval)


def needed(target: int, count: int, nobs: int, *, alpha: float = 0.05) -> Needed | None:
    """How many prospects bring so many successes on average, back from the rate so far.

    Args:
        target: Successes wanted.
        count: Successes so far.
        nobs: Prospects so far.
        alpha: Error rate of the range.

    Returns:
        None without prospects.

    >>> needed(10, 4, 400)
    Needed(n=1000, low=394, high=2568)
    """
    counts.cohorts(count, nobs)
    interval = wilson(count, nobs, alpha)
    if interval is None or interval.low is None or interval.high is None:
        return None
    return Needed(
        math.ceil(target * nobs / count) if count else None,
        math.ceil(target / interval.high),
        math.ceil(target / interval.low) if count else None,
    )


def saved(target: int, rate: float, better: float) -> Saved:
    """Prospects that a better rate saves on the way to a target.

    Raises:
        ValueError: A rate is not between 0 and 1.

    >>> saved(100, 0.05, 0.10)
    Saved(now=2000, then=1000, share=0.5)
    """
    counts.proportion(rate, "rate")
    counts.proportion(better, "better")
    now, then = math.ceil(target / rate), math.ceil(target / better)
    return Saved(now, then, (now - then) / now if now else 0.0)


def expected(nobs: int, count: int, seen: int, *, level: float = 0.9) -> tuple[int, int]:
    """Successes that so many more prospects will bring, at least and at most.

    The prediction of the posterior (Jeffreys prior): it holds the luck of the new prospects and
    what is not known of the rate.

    Args:
        nobs: Further prospects.
        count: Successes so far.
        seen: Prospects so far.
        level: Chance that the number lies in the range.

    >>> expected(300, 10, 100)
    (16, 50)
    """
    counts.cohorts(count, seen)
    tail = (1.0 - counts.proportion(level, "level")) / 2.0
    cumulative = _predictive(nobs, count + 0.5, seen - count + 0.5)
    low, high = (min(bisect_left(cumulative, share), nobs) for share in (tail, 1.0 - tail))
    return low, high


def _predictive(nobs: int, a: float, b: float) -> Floats:
    """The beta-binomial distribution function at 0 … nobs."""
    k = np.arange(nobs + 1)
    ways = gammaln(nobs + 1) - gammaln(k + 1) - gammaln(nobs - k + 1)
    return np.asarray(np.cumsum(np.exp(ways + betaln(a + k, b + nobs - k) - betaln(a, b))), float)


def forgone(
    without: tuple[int, int],
    with_it: tuple[int, int],
    prospects: int,
    meetings_per_response: float | None = None,
    *,
    alpha: float = 0.05,
) -> Forgone | None:
    """The cost of not leaving a voicemail, or of anything else that was tested.

    Args:
        without: (responses, prospects) of those who got none.
        with_it: (responses, prospects) of those who got one.
        prospects: How many are on the list.
        meetings_per_response: How many meetings a response brings.
        alpha: Error rate of the range: Newcombe's interval of the difference.

    Returns:
        None where one group is empty.
    """
    interval = newcombe(*without, *with_it, alpha)
    if interval is None or interval.low is None or interval.high is None:
        return None
    difference = with_it[0] / with_it[1] - without[0] / without[1]
    mean, low, high = (prospects * share for share in (difference, interval.low, interval.high))
    each = meetings_per_response
    if each is None:
        return Forgone(mean, low, high, None, None, None)
    return Forgone(mean, low, high, each * mean, each * low, each * high)


def value(wins: int, nobs: int, amount: int, *, alpha: float = 0.05) -> Value | None:
    """Expected money per 100 prospects; what a win brings is taken as it was.

    Returns:
        None without a win, or without prospects.
    """
    interval = wilson(wins, nobs, alpha)
    if interval is None or not wins or interval.low is None or interval.high is None:
        return None
    each = 100.0 * amount / wins
    return Value(each * wins / nobs, each * interval.low, each * interval.high)


def _reciprocal(interval: Interval) -> Interval:
    low = 1.0 / interval.high if interval.high else None
    return Interval(low, 1.0 / interval.low if interval.low else None, interval.level)
