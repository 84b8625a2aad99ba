"""Overdispersion: do cohorts differ more than chance, and by how much is evidence weakened?

The dispersion phi is Pearson's chi-square over its degrees of freedom, shrunk towards 1.5 with
the weight of five cohorts and never below 1. Tempered evidence divides the counts, or the
log-likelihood, by phi.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy.special import gammaincc

from abtest.stats.single_look import SMALLEST_P

#: With fewer cohorts the dispersion says nothing.
MIN_COHORTS = 4

_PRIOR, _WEIGHT = 1.5, 5.0


def shrunk(chi2: float, n_cohorts: int) -> float:
    """Phi of a chi-square over this many cohorts."""
    return max(1.0, (_WEIGHT * _PRIOR + chi2) / (_WEIGHT + n_cohorts - 1))


def running_rate(
    count: Sequence[int], nobs: Sequence[int], looks: Sequence[int], n_looks: int
) -> list[float | None]:
    """Phi of one rate at each look, from the cohorts so far; None below four cohorts."""
    phi: list[float | None] = [None] * n_looks
    squares, successes, total, used = 0.0, 0, 0, 0
    for x, n, look in zip(count, nobs, looks, strict=True):
        if n:
            squares, successes, total, used = (
                squares + x * x / n,
                successes + x,
                total + n,
                used + 1,
            )
        if used >= MIN_COHORTS:
            phi[look] = shrunk(_pearson(squares, successes, total), used)
    return _carried(phi)


def chi_square(count: Sequence[int], nobs: Sequence[int]) -> tuple[float, int]:
    """Pearson's chi-square of cohorts with one rate, and its degrees of freedom."""
    pairs = [(x, n) for x, n in zip(count, nobs, strict=True) if n]
    successes, total = sum(x for x, _ in pairs), sum(n for _, n in pairs)
    squares = math.fsum(x * x / n for x, n in pairs)
    return _pearson(squares, successes, total), max(len(pairs) - 1, 0)


def chi_square_p(chi2: float, freedom: int) -> float | None:
    """Upper tail of a chi-square, never below 1e-300; None without degrees of freedom."""
    return max(float(gammaincc(freedom / 2, chi2 / 2)), SMALLEST_P) if freedom > 0 else None


def running_pair(
    strata: Sequence[tuple[int, int, int, int, int]], n_looks: int
) -> list[float | None]:
    """Phi of a pair at each look, around its common log odds ratio; None below four strata.

    Args:
        strata: Successes and prospects of a, of b, and the look, nondecreasing; each informative.
        n_looks: How many looks there are.
    """
    phi: list[float | None] = [None] * n_looks
    if len(strata) < MIN_COHORTS:
        return phi
    squares = score = information = 0.0
    following = [*(look for *_, look in strata[1:]), n_looks]
    pairs = zip(strata, following, strict=True)
    for used, ((x_a, n_a, x_b, n_b, look), later) in enumerate(pairs, 1):
        total, size = x_a + x_b, n_a + n_b
        share = n_b / size
        excess = x_b - total * share
        variance = share * (1.0 - share) * total * ((size - total) / (size - 1))
        squares, score = squares + excess * excess / variance, score + excess
        information += variance
        if look != later and used >= MIN_COHORTS:
            phi[look] = shrunk(max(squares - score * score / information, 0.0), used)
    return _carried(phi)


def _pearson(squares: float, successes: int, total: int) -> float:
    if successes in (0, total):
        return 0.0
    rate = successes / total
    return max((squares - successes * rate) / (rate * (1.0 - rate)), 0.0)


def _carried(values: list[float | None]) -> list[float | None]:
    """Each missing value as the one before it."""
    for i in range(1, len(values)):
        if values[i] is None:
            values[i] = values[i - 1]
    return values
