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
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from abtest.stats.hypergeometric import Floats, Ints, Strata, chebyshev_size

#: Standard deviation of the log odds ratio under the mixture.
TAU = 0.5

#: Standard deviations either side of the mode over which the mixture is integrated.
_REACH = 8.5

#: Below its peak by this much in its logarithm, the mixture is negligible.
_DROP = 45.0

#: A bound beyond this log odds ratio counts as infinite.
_FARTHEST = 60.0

_PRECISION = TAU**-2
_LOG_SCALE = math.log(2.0 / (TAU * math.sqrt(2.0 * math.pi)))
_LEGENDRE = np.polynomial.legendre.leggauss(36)
_UNIT, _LOG_WEIGHT = (1.0 + _LEGENDRE[0]) / 2.0, np.log(_LEGENDRE[1] / 2.0)
_SIDES = np.array([-1.0, 1.0])


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
    if first == n_looks:
        return _uninformed(n_looks)
    looks = np.arange(first, n_looks)
    upto = np.searchsorted(strata.look, looks, side="right") - 1
    informed = _Reader(strata, upto, np.ones(len(looks)) if phi is None else phi[looks]).read(alpha)
    if first == 0:
        return informed
    pairs = zip(_uninformed(first), informed, strict=True)
    return Evidence(*(np.concatenate(pair) for pair in pairs))


def _uninformed(n_looks: int) -> Evidence:
    nothing, unbounded = np.zeros(n_looks), np.full(n_looks, np.inf)
    return Evidence(nothing, nothing, nothing, -unbounded, unbounded, np.full(n_looks, np.nan))


@dataclass(frozen=True)
class _Table:
    """Log-likelihood ratio f of lam to 0 and its derivatives at Chebyshev points, by look.

    Attributes:
        lam: The points, rising.
        weight: Their barycentric weights.
        values: Shape (looks, points, 4): f, f', −f'' and a column of ones, the denominator of
            the interpolation.
    """

    lam: Floats
    weight: Floats
    values: Floats

    def at(self, lam: Floats) -> Floats:
        """The values at (looks, k) other points: shape (looks, k, 3)."""
        gap = lam[..., None] - self.lam
        gap += 1e-300  # a point of the table itself: all weight goes to it
        weighted = np.divide(self.weight, gap, out=gap) @ self.values
        interpolated: Floats = weighted[..., :3] / weighted[..., 3:]
        return interpolated


@dataclass(frozen=True)
class _Reader:
    """Reads the evidence at looks that have some.

    Attributes:
        strata: All strata.
        upto: Index of the last stratum that each look has seen.
        temper: Dispersion at each look.
    """

    strata: Strata
    upto: Ints
    temper: Floats

    def read(self, alpha: float) -> Evidence:
        """Tabulate, and tabulate wider while the table is too short."""
        score = self._summed(self.strata.score) / self.temper
        low, high = self._first_range(score)
        at_low, at_high = self._at_ends()
        while True:
            table = self._table(low, high)
            near, far = _spans(table, score)
            wanted = far.max(axis=1)
            if -low < wanted[0] or high < wanted[1]:
                low, high = min(low, -1.1 * wanted[0]), max(high, 1.1 * wanted[1])
                continue
            log_a, log_b = _log_halves(table, near, far)
            log_e = np.logaddexp(log_a, log_b) - math.log(2.0)
            level = log_e + math.log(alpha)
            open_low = at_low | (table.values[:, 0, 0] >= level)
            open_high = at_high | (table.values[:, -1, 0] >= level)
            if (open_low & ~at_low).any() and low > -_FARTHEST:
                low = max(2.0 * low - high, -_FARTHEST)
            elif (open_high & ~at_high).any() and high < _FARTHEST:
                high = min(2.0 * high - low, _FARTHEST)
            else:
                unknown = np.array([open_low, open_high, at_low | at_high]).T
                x = _roots(table, level, ~unknown)
                return Evidence(
                    log_e=log_e,
                    log_e_a=log_a,
                    log_e_b=log_b,
                    low=np.where(open_low, -np.inf, x[:, 0]),
                    high=np.where(open_high, np.inf, x[:, 1]),
                    estimate=np.where(at_low, -np.inf, np.where(at_high, np.inf, x[:, 2])),
                )

    def _first_range(self, score: Floats) -> tuple[float, float]:
        """Log odds ratios that hold the mixture, by normal approximation."""
        information = self._summed(self.strata.information) / self.temper
        precision = information + _PRECISION
        mode, reach = score / precision, 1.3 * _REACH / np.sqrt(precision)
        low, high = float((mode - reach).min()), float((mode + reach).max())
        return max(min(low, -1e-3), -_FARTHEST), min(max(high, 1e-3), _FARTHEST)

    def _at_ends(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Looks at which b has its fewest, or its most, successes in every stratum."""
        strata = self.strata
        at_low = self._summed(strata.x_b - strata.low) == 0
        at_high = self._summed(strata.high - strata.x_b) == 0
        return at_low, at_high

    def _summed(self, values: NDArray[Any]) -> NDArray[Any]:
        """The sum over the strata that each look has seen."""
        running: NDArray[Any] = np.cumsum(values, axis=0) if len(values) > 1 else values
        return running[self.upto]

    def _table(self, low: float, high: float) -> _Table:
        half = (high - low) / 2.0
        size = chebyshev_size(half, int(self.strata.total.sum()))
        angle = (np.arange(size) + 0.5) * (math.pi / size)
        lam = (low + high) / 2.0 - half * np.cos(angle)
        weight = np.sin(angle)
        weight[1::2] *= -1.0
        values = np.ones((len(self.upto), size, 4))
        values[..., :3] = self._summed(self.strata.cumulants(lam)) / self.temper[:, None, None]
        values[..., :2] *= -1.0
        return _Table(lam, weight, values)


def _spans(table: _Table, score: Floats) -> tuple[Floats, Floats]:
    """For lam < 0 and for lam > 0, where |lam| matters to the mixture: shapes (2, looks).

    Up to 8.5 standard deviations either side of the mode; on the side without the mode, until the
    slope at 0 alone has made the mixture negligible.
    """
    values, rows = table.values, np.arange(len(score))
    peak = (values[:, :, 0] - (_PRECISION / 2.0) * table.lam**2).argmax(axis=1)
    lam = table.lam[peak]
    precision = values[rows, peak, 2] + _PRECISION
    mode = lam + (values[rows, peak, 1] - _PRECISION * lam) / precision
    mode = np.minimum(np.maximum(mode, table.lam[0]), table.lam[-1])
    reach = _REACH / np.sqrt(precision)
    mirrored = _SIDES[:, None] * mode
    fall = np.minimum(reach, _DROP / np.maximum(np.abs(score), 1e-9))
    far = np.where(mirrored >= 0.0, mirrored + reach, fall)
    return np.maximum(mirrored - reach, 0.0), far


def _log_halves(table: _Table, near: Floats, far: Floats) -> Floats:
    """Log of twice the mixture over lam < 0 and over lam > 0, by Gauss–Legendre: (2, looks)."""
    width = far - near
    lam = _SIDES[:, None, None] * (near[..., None] + width[..., None] * _UNIT)
    by_look = np.moveaxis(lam, 0, 1).reshape(lam.shape[1], -1)
    f = table.at(by_look)[..., 0].reshape(lam.shape[1], 2, -1).swapaxes(0, 1)
    log_mixture = f - (_PRECISION / 2.0) * lam**2 + _LOG_WEIGHT
    top = log_mixture.max(axis=-1)
    total = np.exp(log_mixture - top[..., None]).sum(axis=-1)
    log_halves: Floats = np.log(total * width) + top + _LOG_SCALE
    return log_halves


def _roots(table: _Table, level: Floats, exist: NDArray[np.bool_]) -> Floats:
    """Where f crosses `level` on either side, and where it peaks: shape (looks, 3).

    Newton's method from the solution of the parabola at the nearest point outside. f is concave,
    so that from outside a crossing the steps close in on it without overshooting.
    """
    f, last = table.values[:, :, 0], len(table.lam) - 1
    above = f >= level[:, None]
    left = np.maximum(above.argmax(axis=1) - 1, 0)
    right = np.minimum(last + 1 - above[:, ::-1].argmax(axis=1), last)
    start = np.array([left, right, f.argmax(axis=1)]).T
    x = table.lam[start]
    step = _parabola_steps(table.values[np.arange(len(f))[:, None], start], level)
    tolerance = 1e-7 * (table.lam[-1] - table.lam[0])
    for _ in range(50):
        step = np.where(exist, step, 0.0)
        x = np.minimum(np.maximum(x + step, table.lam[0]), table.lam[-1])
        if np.abs(step).max() < tolerance:
            break
        step = _newton_steps(table.at(x), level)
    found: Floats = x
    return found


def _parabola_steps(values: Floats, level: Floats) -> Floats:
    slope, curvature = values[..., 1], np.maximum(values[..., 2], 1e-300)
    step = slope / curvature
    missing = np.maximum(level[:, None] - values[:, :2, 0], 0.0)
    root = np.sqrt(np.maximum(slope[:, :2] ** 2 - 2.0 * curvature[:, :2] * missing, 0.0))
    outer = _SIDES * np.maximum(-_SIDES * slope[:, :2], 1e-300)
    step[:, :2] = -2.0 * missing / (outer + _SIDES * root)
    return step


def _newton_steps(values: Floats, level: Floats) -> Floats:
    slope = values[..., 1]
    step = slope / np.maximum(values[..., 2], 1e-300)
    safe = np.where(slope[:, :2] == 0.0, 1.0, slope[:, :2])
    step[:, :2] = (level[:, None] - values[:, :2, 0]) / safe
    return step
