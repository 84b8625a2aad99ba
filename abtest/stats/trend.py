"""Ebb and flow: is a week out of the ordinary, or is it what chance does every week?

Charts for weeks of unequal size whose rates wander more than chance alone: Laney's p-prime and
u-prime (2002), with the width taken from neighboring weeks. Limits are quantiles of a
distribution with that spread (beta-binomial, negative binomial), since three standard deviations
are no limit for a week with two meetings.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import NormalDist
from typing import TypeAlias

import numpy as np
from scipy.special import betainc, betaln, gammaincc, gammaln

from abtest.stats.flow_results import Chart, Point
from abtest.stats.hypergeometric import Floats

#: With fewer weeks there are no limits: the spread is not known.
LEAST_WEEKS = 8

#: Tail beyond each limit: what three standard deviations leave out of a normal distribution.
TAIL = NormalDist().cdf(-3.0)

#: Mean moving range of two standard normal numbers.
_D2 = 1.128

#: Weeks with more events than this have normal limits: the same, and quicker.
_LARGE = 2_000

#: Weight of the newest week in the moving mean, and its limit in standard deviations (Lucas &
#: Saccucci 1990: a false alarm about once in 500 weeks).
_NEWEST, _EWMA_LIMIT = 0.2, 2.962

#: Size, rate, spread → the cumulative probabilities of 0, 1, 2 … events.
_Cumulative: TypeAlias = Callable[[float, float, float], Floats]


def p_chart(count: Sequence[int], nobs: Sequence[int], *, exact: bool = True) -> Chart:
    """Proportions by week, for unequal numbers of prospects.

    Args:
        count: Successes of each week.
        nobs: Prospects of each week.
        exact: Limits from the beta-binomial distribution; else p ± 3 sigma, as in Laney (2002).

    Raises:
        ValueError: A count is negative or above its number of prospects.
    """
    if any(not 0 <= x <= n for x, n in zip(count, nobs, strict=True)):
        raise ValueError("Each count must lie between 0 and its number of prospects.")
    center = sum(count) / sum(nobs) if sum(nobs) else None
    variance = 0.0 if center is None else center * (1.0 - center)
    return _chart(count, nobs, center, variance, _beta_binomial if exact else None, highest=1.0)


def u_chart(count: Sequence[int], size: Sequence[float], *, exact: bool = True) -> Chart:
    """Counts by week and size, for events that one prospect may bring more than once.

    Args:
        count: Events of each week.
        size: Exposure of each week, 1 for "per week".
        exact: Limits from the negative binomial distribution; else u ± 3 sigma.

    Raises:
        ValueError: A count or a size is negative.
    """
    if any(x < 0 or e < 0 for x, e in zip(count, size, strict=True)):
        raise ValueError("Counts and sizes must not be negative.")
    center = sum(count) / sum(size) if sum(size) else None
    return _chart(
        count, size, center, center or 0.0, _negative_binomial if exact else None, highest=math.inf
    )


def _chart(
    count: Sequence[int],
    size: Sequence[float],
    center: float | None,
    variance: float,
    cumulative: _Cumulative | None,
    *,
    highest: float,
) -> Chart:
    points = tuple(Point(x, e, x / e if e else None) for x, e in zip(count, size, strict=True))
    known = [(point.rate, point.size) for point in points if point.rate is not None]
    if center is None or not variance or len(known) < LEAST_WEEKS:
        return Chart(center, None, points)
    plain = [(rate - center) / math.sqrt(variance / e) for rate, e in known]
    spread = sigma_z(plain)
    if cumulative is not None:
        spread = max(spread, 1.0)

    def limits(size: float) -> tuple[float, float]:
        if cumulative is not None and center * size <= _LARGE:
            low, high = _ordinary(cumulative(size, center, spread))
            return low / size, high / size
        reach = 3.0 * spread * math.sqrt(variance / size)
        return max(center - reach, 0.0), min(center + reach, highest)

    limited = [p if p.rate is None else _limited(p, p.rate, *limits(p.size)) for p in points]
    return Chart(center, spread, _drifting(limited, [z / spread if spread else 0.0 for z in plain]))


def _limited(point: Point, rate: float, low: float, high: float) -> Point:
    return replace(point, low=low, high=high, signal=_outside(rate, low, high))


def sigma_z(standardized: Sequence[float]) -> float:
    """Laney's sigma z: the mean moving range of standardized rates over 1.128.

    >>> round(sigma_z([0.5, -0.5, 1.0, 0.0]), 4)
    1.0343
    """
    moves = [abs(b - a) for a, b in pairwise(standardized)]
    return math.fsum(moves) / len(moves) / _D2 if moves else 1.0


def _outside(rate: float, low: float, high: float) -> str | None:
    if rate < low - 1e-12:
        return "below"
    return "above" if rate > high + 1e-12 else None


def _ordinary(cumulative: Floats) -> tuple[int, int]:
    """The fewest and the most events of an ordinary week: at most `TAIL` lies beyond either."""
    low, high = np.searchsorted(cumulative, [TAIL, 1.0 - TAIL])
    return int(low), int(high)


def moving_mean(
    standardized: Sequence[float], *, newest: float = _NEWEST, limit: float = _EWMA_LIMIT
) -> list[tuple[float, float]]:
    """The exponentially weighted moving mean (Roberts 1959), which sees slow changes.

    Args:
        standardized: Values with mean 0 and standard deviation 1 where nothing changes.
        newest: Weight of the newest value.
        limit: In standard deviations of the mean.

    Returns:
        For each value the mean so far, and how far from 0 it ordinarily stays.
    """
    means, mean, kept = [], 0.0, 1.0
    for value in standardized:
        mean = newest * value + (1.0 - newest) * mean
        kept *= (1.0 - newest) ** 2
        means.append((mean, limit * math.sqrt(newest / (2.0 - newest) * (1.0 - kept))))
    return means


def _drifting(points: Sequence[Point], standardized: Sequence[float]) -> tuple[Point, ...]:
    """The weeks with their moving means; an empty week has none."""
    means = iter(moving_mean(standardized))
    return tuple(
        point if point.rate is None else _with_drift(point, *next(means)) for point in points
    )


def _with_drift(point: Point, mean: float, limit: float) -> Point:
    return replace(point, drift=mean, drifted=_outside(mean, -limit, limit))


def _beta_binomial(size: float, rate: float, spread: float) -> Floats:
    n = int(size)
    k = np.arange(n + 1)
    correlation = min((spread**2 - 1.0) / (n - 1.0), 0.99) if n > 1 else 0.0
    ways = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    if correlation < 1e-9:
        logs = ways + k * math.log(rate) + (n - k) * math.log1p(-rate)
    else:
        scale = (1.0 - correlation) / correlation
        a, b = rate * scale, (1.0 - rate) * scale
        logs = ways + betaln(k + a, n - k + b) - betaln(a, b)
    return np.asarray(np.cumsum(np.exp(logs)), float)


def _negative_binomial(size: float, rate: float, spread: float) -> Floats:
    mean = rate * size
    k = np.arange(int(mean + 40.0 * spread * math.sqrt(mean)) + 40)
    if spread**2 < 1.0 + 1e-9:
        return np.asarray(gammaincc(k + 1, mean), float)
    return np.asarray(betainc(mean / (spread**2 - 1.0), k + 1, spread**-2), float)
