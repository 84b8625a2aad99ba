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
        look: The look at which each stratum is first seen, nondecreasing within a pair.
        pair: Which pair of arms each stratum belongs to: 0, 1 …, nondecreasing.
    """

    x_a: Ints
    n_a: Ints
    x_b: Ints
    n_b: Ints
    look: Ints
    pair: Ints

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

    @cached_property
    def outcomes(self) -> Ints:
        """How many successes of b are possible."""
        outcomes: Ints = self.high - self.low + 1
        return outcomes

    def only(self, rows: Ints, number: Ints) -> Strata:
        """Some of the strata, with new numbers for their pairs."""
        columns = (self.x_a, self.n_a, self.x_b, self.n_b, self.look, number[self.pair])
        return Strata(*(column[rows] for column in columns))

    def part(self, rows: slice) -> Strata:
        """Some of the strata, one after the other."""
        columns = (self.x_a, self.n_a, self.x_b, self.n_b, self.look, self.pair)
        return Strata(*(column[rows] for column in columns))

    def cumulants(self, lam: Floats) -> Floats:
        """Log partition function (0 at lam = 0), mean and variance at each log odds ratio.

        Args:
            lam: Shape (pairs, points), or (1, points) for the same ones in every stratum.

        Returns:
            Shape (strata, points, 3).
        """
        listed = self.outcomes <= _LISTED
        if listed.all():
            return self._sums(slice(None), lam)
        result = np.empty((len(self), lam.shape[1], 3))
        if listed.any():
            result[listed] = self._sums(np.flatnonzero(listed), lam)
        for i in np.flatnonzero(~listed):
            own = lam[self.pair[i] if len(lam) > 1 else 0]
            result[i] = self._windowed(int(i), own)
        return result

    def _sums(self, rows: Ints | slice, lam: Floats) -> Floats:
        """All outcomes of these strata, laid end to end."""
        size = self.outcomes[rows]
        starts = size.cumsum() - size
        columns = (self.low, self.x_b, self.n_a, self.n_b, self.total, self.pair)
        repeated = np.array([column[rows] for column in columns]).repeat(size, axis=1)
        first, x_b, n_a, n_b, total, pair = repeated
        y = np.arange(len(first)) - starts.repeat(size) + first
        log_h = log_weights(y, n_a, n_b, total)
        seen = (y - x_b).astype(np.float64)
        tilted = seen[:, None] * (lam[pair] if len(lam) > 1 else lam)
        return _moments(log_h, seen[:, None], tilted, starts, size)

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
        log_h = log_weights(
            np.where(inside, y, self.x_b[i]), self.n_a[i], self.n_b[i], self.total[i]
        )
        log_h = np.where(inside, log_h, -np.inf)
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


def _moments(log_h: Floats, seen: Floats, weight: Floats, starts: Ints, size: Ints) -> Floats:
    """Log partition function (0 at lam = 0), mean and variance of every stratum at every tilt.

    Args:
        log_h: Log weight of each outcome, but for a constant of the stratum.
        seen: Each outcome less the one seen: shape (outcomes, 1).
        weight: `seen` times each tilt: shape (outcomes, tilts); worked on in place.
        starts: Where each stratum begins among the outcomes.
        size: How many outcomes it has.

    Returns:
        Shape (strata, tilts, 3).
    """
    log_h = log_h - _repeated(np.maximum.reduceat(log_h, starts), size)
    at_zero = np.log(np.add.reduceat(np.exp(log_h), starts))
    weight += log_h[:, None]
    top = np.maximum.reduceat(weight, starts)
    weight -= _repeated(top, size)
    np.exp(weight, out=weight)
    total = np.add.reduceat(weight, starts)
    weight *= seen
    mean = np.add.reduceat(weight, starts) / total
    weight *= seen
    result = np.empty((*total.shape, 3))
    result[..., 0] = np.log(total) + top - at_zero[:, None]
    result[..., 1] = mean
    result[..., 2] = np.maximum(np.add.reduceat(weight, starts) / total - mean**2, 0.0)
    return result


def _repeated(values: Floats, size: Ints) -> Floats:
    """The value of its stratum for every outcome."""
    return values if len(values) == 1 else values.repeat(size, axis=0)


def informative(
    x_a: Ints, n_a: Ints, x_b: Ints, n_b: Ints, look: Ints, pair: Ints | None = None
) -> Strata:
    """The strata that hold both arms, and both successes and failures; of one pair by default."""
    t = x_a + x_b
    keep = (n_a > 0) & (n_b > 0) & (t > 0) & (t < n_a + n_b)
    pair = np.zeros_like(look) if pair is None else pair
    return Strata(x_a[keep], n_a[keep], x_b[keep], n_b[keep], look[keep], pair[keep])


def chebyshev_sizes(half_range: Floats, count: Floats) -> Ints:
    """Points that interpolate log partition functions over ranges of log odds ratios.

    They are analytic in the strip |Im lam| < pi, since the zeros of the generating function are
    real and negative (Harkness 1965), so that the error falls as rho**-size (Trefethen 2013,
    ch. 8).

    Args:
        half_range: Half the width of each range.
        count: Successes in all strata.
    """
    slope = math.pi / half_range
    log_rho = np.log(slope + np.hypot(1.0, slope))
    return np.maximum(12, np.ceil((28.0 + np.log1p(count)) / log_rho)).astype(np.int64)
