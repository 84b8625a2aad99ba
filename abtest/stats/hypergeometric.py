"""Strata of two arms, given their totals: Fisher's noncentral hypergeometric distribution.

Within a stratum, given its total of successes, the successes y of arm b follow weights
h(y) exp(lam · y), where h are the hypergeometric weights and lam is the log odds ratio. The
cumulants here are those of y − (the y that was seen), so that the log-likelihood ratio of lam to
0 is minus the first column.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]

#: Up to this many possible outcomes a stratum is summed outright.
_LISTED = 1500

#: Logarithms of factorials that are looked up.
_LOG_FACTORIALS = gammaln(np.arange(1.0, 4097.0))

#: Points of a window either side of its mode; its stride is at most half a standard deviation.
_REACH = 40


@dataclass(frozen=True)
class Strata:
    """Two arms side by side, as columns; only strata that can tell the arms apart.

    Attributes:
        x_a: Successes of arm a; `n_a`, `x_b`, `n_b` alike.
        look: The look at which each stratum is first seen, nondecreasing.
    """

    x_a: Ints
    n_a: Ints
    x_b: Ints
    n_b: Ints
    look: Ints

    def __len__(self) -> int:
        return len(self.look)

    @cached_property
    def total(self) -> Ints:
        """Successes of both arms."""
        return self.x_a + self.x_b

    @cached_property
    def low(self) -> Ints:
        """Fewest successes that b can have."""
        fewest: Ints = np.maximum(0, self.total - self.n_a)
        return fewest

    @cached_property
    def high(self) -> Ints:
        """Most successes that b can have."""
        most: Ints = np.minimum(self.total, self.n_b)
        return most

    @cached_property
    def share(self) -> Floats:
        """B's share of the prospects."""
        share: Floats = self.n_b / (self.n_a + self.n_b)
        return share

    @cached_property
    def score(self) -> Floats:
        """B's successes less those expected under equality."""
        score: Floats = self.x_b - self.total * self.share
        return score

    @cached_property
    def information(self) -> Floats:
        """Variance of b's successes under equality."""
        size = self.n_a + self.n_b
        rest = (size - self.total) / (size - 1)
        variance: Floats = self.share * (1.0 - self.share) * self.total * rest
        return variance

    def cumulants(self, lam: Floats) -> Floats:
        """Log partition function (0 at lam = 0), mean and variance at each log odds ratio.

        Returns:
            Shape (strata, len(lam), 3).
        """
        listed = self.high - self.low < _LISTED
        if listed.all():
            return self._sums(np.arange(len(self)), lam)
        result = np.empty((len(self), len(lam), 3))
        if listed.any():
            rows = np.flatnonzero(listed)
            result[rows] = self._sums(rows, lam)
        for i in np.flatnonzero(~listed):
            result[i] = self._windowed(int(i), lam)
        return result

    def _sums(self, rows: Ints, lam: Floats) -> Floats:
        """All outcomes of these strata, laid end to end."""
        low, size = self.low[rows], self.high[rows] - self.low[rows] + 1
        starts = np.cumsum(size) - size
        y = np.arange(size.sum()) - np.repeat(starts - low, size)
        row = np.repeat(rows, size)
        log_h = self._log_weights(y, row)
        log_h -= np.repeat(np.maximum.reduceat(log_h, starts), size)
        seen = (y - self.x_b[row]).astype(np.float64)
        at_zero = np.log(np.add.reduceat(np.exp(log_h), starts))
        result = _moments(log_h, seen, lam, starts, size)
        result[..., 0] -= at_zero[:, None]
        return result

    def _windowed(self, i: int, lam: Floats) -> Floats:
        """One stratum with very many outcomes: for each lam, a window around the mode.

        Where the standard deviation allows, every k-th outcome is enough: the error of such a sum
        falls as exp(−2 (pi sd / k)²).
        """
        tilts = np.append(lam, 0.0)
        mode, sd = self._mode(i, np.exp(tilts))
        stride = np.maximum(np.floor(sd / 2.0), 1.0)
        y = np.rint(mode) + stride * np.arange(-_REACH, _REACH + 1)[:, None]
        inside = (y >= self.low[i]) & (y <= self.high[i])
        log_h = np.where(inside, self._log_weights(np.where(inside, y, self.x_b[i]), i), -np.inf)
        seen = y - float(self.x_b[i])
        exponent = log_h + seen * tilts
        top = exponent.max(axis=0)
        weight = np.exp(exponent - top)
        total = weight.sum(axis=0)
        mean = (weight * seen).sum(axis=0) / total
        variance = (weight * (seen - mean) ** 2).sum(axis=0) / total
        log_z = np.log(total * stride) + top
        return np.stack([log_z - log_z[-1], mean, variance], axis=-1)[:-1]

    def _mode(self, i: int, odds_ratio: Floats) -> tuple[Floats, Floats]:
        """Mode of b's successes and the standard deviation around it, nearly.

        The mode solves u (u + d) = odds_ratio (r − u) (s − u), where u counts from the fewest.
        """
        n_a, n_b, t = int(self.n_a[i]), int(self.n_b[i]), int(self.total[i])
        low = int(self.low[i])
        d, r, s = float(abs(n_a - t)), float(n_b - low), float(t - low)
        linear = odds_ratio * (r + s) + d
        # linear² − 4 (odds_ratio − 1) odds_ratio r s, without its cancellation:
        square = (
            (odds_ratio * (r - s)) ** 2 + 2.0 * odds_ratio * (d * (r + s) + 2.0 * r * s) + d * d
        )
        root = np.sqrt(square)
        u = 2.0 * odds_ratio * r * s / (linear + root)
        precision = 1 / (u + 1) + 1 / (u + d + 1) + 1 / (r - u + 1) + 1 / (s - u + 1)
        return u + low, np.sqrt(1.0 / precision)

    def _log_weights(self, y: NDArray[Any], row: Ints | int) -> Floats:
        """Log of h(y), but for a constant of the stratum."""
        return log_weights(y, self.n_a[row], self.n_b[row], self.total[row])


def log_weights(y: NDArray[Any], n_a: Any, n_b: Any, total: Any) -> Floats:
    """Log hypergeometric weights of b's successes, but for a constant.

    Args:
        y: B's successes.
        n_a: Prospects of a; a number, or one for each of `y`, as the following.
        n_b: Prospects of b.
        total: Successes of both.
    """
    cells = np.array([y, n_b - y, total - y, n_a - total + y])
    small = cells.dtype.kind == "i" and cells.size and cells.max() < len(_LOG_FACTORIALS)
    logs = _LOG_FACTORIALS[cells] if small else gammaln(cells + 1.0)
    weights: Floats = -logs.sum(axis=0)
    return weights


def _moments(log_h: Floats, seen: Floats, lam: Floats, starts: Ints, size: Ints) -> Floats:
    """Log sum, mean and variance of every stratum at every tilt: (strata, tilts, 3)."""
    weight = np.multiply.outer(seen, lam)
    weight += log_h[:, None]
    top = np.maximum.reduceat(weight, starts)
    weight -= top if len(starts) == 1 else np.repeat(top, size, axis=0)
    np.exp(weight, out=weight)
    total = np.add.reduceat(weight, starts)
    weight *= seen[:, None]
    first = np.add.reduceat(weight, starts)
    weight *= seen[:, None]
    second = np.add.reduceat(weight, starts)
    result = np.empty((*total.shape, 3))
    result[..., 0] = np.log(total) + top
    result[..., 1] = first / total
    result[..., 2] = np.maximum(second / total - result[..., 1] ** 2, 0.0)
    return result


def informative(x_a: Ints, n_a: Ints, x_b: Ints, n_b: Ints, look: Ints) -> Strata:
    """The strata that hold both arms, and both successes and failures."""
    t = x_a + x_b
    keep = (n_a > 0) & (n_b > 0) & (t > 0) & (t < n_a + n_b)
    return Strata(x_a[keep], n_a[keep], x_b[keep], n_b[keep], look[keep])


def chebyshev_size(half_range: float, count: int) -> int:
    """Points that interpolate a log partition function over a range of log odds ratios.

    It is analytic in the strip |Im lam| < pi, since the zeros of the generating function are real
    and negative (Harkness 1965), so that the error falls as rho**-size (Trefethen 2013, ch. 8).
    """
    slope = math.pi / half_range
    log_rho = math.log(slope + math.hypot(1.0, slope))
    return max(12, math.ceil((28.0 + math.log1p(count)) / log_rho))
