"""E-values and confidence sequences for the odds ratio of two arms sent side by side.

Given each stratum's total of successes, the likelihood ratio of a log odds ratio lam to equality
is free of the base rate; its mixture over lam ~ Normal(0, 0.5²) is a martingale under equality in
every stratum, whatever the rates and the splits do from week to week (a sequential exact
Mantel–Haenszel test; Robbins 1970 for the mixture; Turner & Grünwald 2023 for strata).

The log partition functions of all strata are computed once, at Chebyshev points, and summed over
looks; everything else reads that table by barycentric interpolation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from abtest.stats.hypergeometric import Floats, Strata, chebyshev_size

#: Standard deviation of the log odds ratio under the mixture.
TAU = 0.5

#: Standard deviations either side of the mode over which the mixture is integrated.
_REACH = 12.0

#: No log odds ratio beyond this is looked at.
_FARTHEST = 120.0

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(64)
_LOG_WEIGHTS = np.log(_WEIGHTS)


class Evidence(NamedTuple):
    """The evidence at every look; arrays of one entry a look.

    Attributes:
        log_e: Log two-sided e-value against equality.
        log_e_a: Log e-value for "a beats b".
        log_e_b: Log e-value for "b beats a".
        low: Lower bound of the log odds ratio, −inf for unbounded.
        high: Upper bound, inf for unbounded.
        estimate: Conditional maximum-likelihood log odds ratio; infinite at the ends, NaN without
            information.
    """

    log_e: Floats
    log_e_a: Floats
    log_e_b: Floats
    low: Floats
    high: Floats
    estimate: Floats


def evidence(strata: Strata, n_looks: int, alpha: float, phi: Floats | None = None) -> Evidence:
    """The evidence at every look.

    Args:
        strata: Only informative ones.
        n_looks: How many looks there are.
        alpha: Error rate of the confidence sequence.
        phi: Dispersion at each look by which the log-likelihood is tempered; 1 by default.
    """
    first = int(strata.look[0]) if len(strata) else n_looks
    uninformed = _uninformed(first)
    if first == n_looks:
        return uninformed
    informed = _at_informed_looks(strata, np.arange(first, n_looks), alpha, phi)
    return Evidence(*(np.concatenate(pair) for pair in zip(uninformed, informed, strict=True)))


def _uninformed(n_looks: int) -> Evidence:
    nothing, unbounded = np.zeros(n_looks), np.full(n_looks, np.inf)
    return Evidence(nothing, nothing, nothing, -unbounded, unbounded, np.full(n_looks, np.nan))


def _at_informed_looks(
    strata: Strata, looks: np.ndarray, alpha: float, phi: Floats | None
) -> Evidence:
    temper = np.ones(len(looks)) if phi is None else phi[looks]
    upto = np.searchsorted(strata.look, looks, side="right") - 1
    low, high = _first_range(strata, upto, temper)
    while True:
        table = _Table.over(low, high, strata, upto, temper)
        found, lacks_low, lacks_high = _read(table, strata, upto, alpha)
        if found is not None:
            return found
        width = high - low
        low = max(low - width * lacks_low, -_FARTHEST)
        high = min(high + width * lacks_high, _FARTHEST)


def _first_range(strata: Strata, upto: np.ndarray, temper: Floats) -> tuple[float, float]:
    """Log odds ratios that hold the mixture and the bounds, by normal approximation."""
    information = np.cumsum(strata.information)[upto] / temper
    score = np.cumsum(strata.score)[upto] / temper
    precision = information + TAU**-2
    mode, reach = score / precision, (_REACH + 1.0) / np.sqrt(precision)
    return float(min((mode - reach).min(), -1e-3)), float(max((mode + reach).max(), 1e-3))


@dataclass(frozen=True)
class _Table:
    """Log-likelihood ratio, its slope and its curvature at Chebyshev points, for every look.

    Attributes:
        lam: The points, rising.
        weight: Their barycentric weights.
        values: Shape (3, looks, points): f, f', −f''.
    """

    lam: Floats
    weight: Floats
    values: Floats

    @classmethod
    def over(
        cls, low: float, high: float, strata: Strata, upto: np.ndarray, temper: Floats
    ) -> _Table:
        """The table from `low` to `high`."""
        half = (high - low) / 2
        size = chebyshev_size(half, int((strata.x_a + strata.x_b).sum()))
        angle = (np.arange(size) + 0.5) * (math.pi / size)
        lam = (low + high) / 2 - half * np.cos(angle)
        weight = np.sin(angle) * (1.0 - 2.0 * (np.arange(size) % 2))
        summed = np.cumsum(strata.cumulants(lam), axis=1)[:, upto] / temper[:, None]
        summed[:2] *= -1.0
        return cls(lam, weight, summed)

    def at(self, lam: Floats) -> Floats:
        """F, f' and −f'' at points of shape (looks, k): shape (3, looks, k)."""
        gap = lam[..., None] - self.lam
        gap[gap == 0.0] = 1e-300
        weight = self.weight / gap
        weight /= weight.sum(axis=-1, keepdims=True)
        interpolated: Floats = np.einsum("jkm,cjm->cjk", weight, self.values)
        return interpolated


def _read(
    table: _Table, strata: Strata, upto: np.ndarray, alpha: float
) -> tuple[Evidence | None, bool, bool]:
    """Everything the table says, or None and at which ends it is too short."""
    mode, sd = _mode(table)
    left, right = table.lam[0], table.lam[-1]
    lacks = [bool((mode - _REACH * sd < left).any()), bool((mode + _REACH * sd > right).any())]
    if any(lacks):
        return None, lacks[0], lacks[1]
    log_a = _log_half(table, mode, sd, -1.0)
    log_b = _log_half(table, mode, sd, 1.0)
    log_e = np.logaddexp(log_a, log_b) - math.log(2.0)
    level = log_e + math.log(alpha)
    at_low = np.cumsum(strata.x_b - strata.low)[upto] == 0
    at_high = np.cumsum(strata.high - strata.x_b)[upto] == 0
    lacks[0] |= bool(((table.values[0, :, 0] >= level) & ~at_low).any()) and left > -_FARTHEST
    lacks[1] |= bool(((table.values[0, :, -1] >= level) & ~at_high).any()) and right < _FARTHEST
    if any(lacks):
        return None, lacks[0], lacks[1]
    low, high, estimate = _roots(table, level, at_low, at_high)
    return Evidence(log_e, log_a, log_b, low, high, estimate), False, False


def _mode(table: _Table) -> tuple[Floats, Floats]:
    """Mode of likelihood times prior, and the standard deviation there, at every look."""
    posterior = table.values[0] - table.lam**2 / (2.0 * TAU**2)
    mode = table.lam[posterior.argmax(axis=1)]
    for _ in range(3):
        _, slope, curvature = table.at(mode[:, None])[:, :, 0]
        precision = np.maximum(curvature, 0.0) + TAU**-2
        step = (slope - mode / TAU**2) / precision
        mode = np.clip(mode + step, table.lam[0], table.lam[-1])
    return mode, 1.0 / np.sqrt(precision)


def _log_half(table: _Table, mode: Floats, sd: Floats, side: float) -> Floats:
    """Log of twice the mixture over log odds ratios on one side of 0."""
    near = np.maximum(side * mode - _REACH * sd, 0.0)
    far = np.maximum(side * mode, 0.0) + _REACH * sd
    end = table.lam[-1] if side > 0 else -table.lam[0]
    far = np.minimum(far, end)
    middle, half = (near + far) / 2, (far - near) / 2
    lam = side * (middle[:, None] + half[:, None] * _NODES)
    f = table.at(lam)[0] - lam**2 / (2.0 * TAU**2) + _LOG_WEIGHTS
    top = f.max(axis=1)
    total = np.exp(f - top[:, None]).sum(axis=1) * half
    log_half: Floats = np.log(total) + top + math.log(2.0 / (TAU * math.sqrt(2.0 * math.pi)))
    return log_half


def _roots(
    table: _Table, level: Floats, at_low: np.ndarray, at_high: np.ndarray
) -> tuple[Floats, Floats, Floats]:
    """Where f crosses `level` on either side, and where it peaks: Newton from close by.

    f is concave: from outside a crossing the steps close in on it without overshooting.
    """
    f, lam = table.values[0], table.lam
    peak = f.argmax(axis=1)
    above = f >= level[:, None]
    first = np.maximum(above.argmax(axis=1) - 1, 0)
    last = np.minimum(len(lam) - above[:, ::-1].argmax(axis=1), len(lam) - 1)
    x = lam[np.stack([first, last, peak], axis=1)]
    for _ in range(12):
        value, slope, curvature = table.at(x)
        step = np.empty_like(x)
        step[:, :2] = (value[:, :2] - level[:, None]) / np.where(
            slope[:, :2] == 0.0, 1.0, slope[:, :2]
        )
        step[:, 2] = -slope[:, 2] / np.where(curvature[:, 2] <= 0.0, 1.0, curvature[:, 2])
        x = np.clip(x - step, lam[0], lam[-1])
        if np.abs(step).max() < 1e-12:
            break
    low = np.where(at_low, -np.inf, x[:, 0])
    high = np.where(at_high, np.inf, x[:, 1])
    ends = np.where(at_low & at_high, np.nan, np.where(at_low, -np.inf, np.inf))
    return low, high, np.where(at_low | at_high, ends, x[:, 2])
