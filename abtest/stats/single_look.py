"""Figures for one planned look: right once, wrong when repeated on every push.

Closed forms, equal to statsmodels' and scipy's wherever those are right.
"""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv

from abtest.stats.hypergeometric import log_weights
from abtest.stats.results import Interval

#: P-values below this are given as this: never 0.
SMALLEST_P = 1e-300

#: Tables within this relative tolerance count as equally likely, as in R's fisher.test.
_TIE = 1e-7

_NORMAL = NormalDist()


def wilson(count: int, nobs: int, alpha: float) -> Interval | None:
    """Wilson's score interval (1927) of a proportion; None without prospects."""
    if nobs == 0:
        return None
    low, high = _wilson(count, nobs, normal_quantile(alpha))
    return Interval(low, high, 1.0 - alpha, "wilson")


def clopper_pearson(count: int, nobs: int, alpha: float) -> tuple[float, float]:
    """The exact interval (Clopper & Pearson 1934): the dual of the exact one-sided tails."""
    low = float(betaincinv(count, nobs - count + 1, alpha / 2)) if count else 0.0
    high = float(betaincinv(count + 1, nobs - count, 1.0 - alpha / 2)) if count < nobs else 1.0
    return low, high


def binomial_tails(count: int, nobs: int, rate: float) -> tuple[float, float]:
    """P(X ≥ count) and P(X ≤ count) for X ~ Binomial(nobs, rate), never below 1e-300."""
    above = float(betainc(count, nobs - count + 1, rate)) if count else 1.0
    below = float(betainc(nobs - count, count + 1, 1.0 - rate)) if count < nobs else 1.0
    return max(above, SMALLEST_P), max(below, SMALLEST_P)


def target_z(count: int, nobs: int, target: float) -> float | None:
    """Score statistic against a target, with the target's variance; None without prospects."""
    if nobs == 0:
        return None
    return (count / nobs - target) / math.sqrt(target * (1.0 - target) / nobs)


def newcombe(count_a: int, nobs_a: int, count_b: int, nobs_b: int, alpha: float) -> Interval | None:
    """Newcombe's hybrid score interval of rate b − rate a (1998, method 10).

    None where an arm is empty.
    """
    if nobs_a == 0 or nobs_b == 0:
        return None
    z = normal_quantile(alpha)
    a, b = count_a / nobs_a, count_b / nobs_b
    low_a, high_a = _wilson(count_a, nobs_a, z)
    low_b, high_b = _wilson(count_b, nobs_b, z)
    low = b - a - math.hypot(b - low_b, high_a - a)
    high = b - a + math.hypot(high_b - b, a - low_a)
    return Interval(max(low, -1.0), min(high, 1.0), 1.0 - alpha, "newcombe")


def pooled_z(count_a: int, nobs_a: int, count_b: int, nobs_b: int) -> float | None:
    """Pooled score statistic, positive when b is above a; None where it is 0 / 0."""
    count, nobs = count_a + count_b, nobs_a + nobs_b
    if nobs_a == 0 or nobs_b == 0 or count in (0, nobs):
        return None
    rate = count / nobs
    variance = rate * (1.0 - rate) * (1.0 / nobs_a + 1.0 / nobs_b)
    return (count_b / nobs_b - count_a / nobs_a) / math.sqrt(variance)


def two_sided_p(z: float | None) -> float | None:
    """Two-sided p-value of a standard normal statistic, never below 1e-300."""
    return None if z is None else max(math.erfc(abs(z) / math.sqrt(2.0)), SMALLEST_P)


def fisher(count_a: int, nobs_a: int, count_b: int, nobs_b: int) -> float | None:
    """Fisher's exact test, two-sided: the sum of all tables no likelier than the one seen.

    None where an arm is empty.
    """
    if nobs_a == 0 or nobs_b == 0:
        return None
    count = count_a + count_b
    y = _likely_range(count, nobs_a, nobs_b)
    if not y[0] <= count_b <= y[-1]:
        return SMALLEST_P
    weights = log_weights(y, nobs_a, nobs_b, count)
    odds = np.exp(weights - weights.max())
    seen = odds[count_b - y[0]] * (1.0 + _TIE)
    p = float(odds[odds <= seen].sum() / odds.sum())
    return min(max(p, SMALLEST_P), 1.0)


def normal_quantile(alpha: float) -> float:
    """The two-sided standard normal quantile: 1.96 for alpha = 0.05."""
    return -_NORMAL.inv_cdf(alpha / 2)


def _wilson(count: int, nobs: int, z: float) -> tuple[float, float]:
    z2 = z * z
    middle = count + z2 / 2
    half = z * math.sqrt(count * (nobs - count) / nobs + z2 / 4)
    low = (middle - half) / (nobs + z2) if count else 0.0
    high = (middle + half) / (nobs + z2) if count < nobs else 1.0
    return max(low, 0.0), min(high, 1.0)


def _likely_range(count: int, nobs_a: int, nobs_b: int) -> NDArray[np.int64]:
    """B's possible successes, without those that have less than 1e-300 of the probability."""
    total = nobs_a + nobs_b
    mean = count * nobs_b / total
    variance = mean * (nobs_a / total) * ((total - count) / max(total - 1, 1))
    reach = 40.0 * math.sqrt(variance) + 200.0
    low = max(0, count - nobs_a, math.floor(mean - reach))
    high = min(count, nobs_b, math.ceil(mean + reach))
    return np.arange(low, high + 1)
