"""The mixture over log odds ratios, read from a table of the log-likelihood ratio.

The table holds it at Chebyshev points; the halves of the mixture, the peak and the bounds are read
by barycentric interpolation, of many looks at once.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from abtest.stats.hypergeometric import Floats, Ints

#: Standard deviation of the log odds ratio under the mixture.
TAU = 0.5

#: Standard deviations either side of the mode over which the mixture is integrated.
REACH = 8.5

#: Below its peak by this much in its logarithm, the mixture is negligible.
DROP = 45.0

#: A bound beyond this log odds ratio counts as infinite.
FARTHEST = 60.0

#: Numbers in an array that is worked on at once: memory stays flat in the number of looks, and a
#: processor's cache holds it.
_CELLS = 2**16

#: As how many possible outcomes of a stratum a look counts in such an array.
_LOOK = 8

PRECISION = TAU**-2
LOG_SCALE = math.log(2.0 / (TAU * math.sqrt(2.0 * math.pi)))
_LEGENDRE = np.polynomial.legendre.leggauss(36)
UNIT, LOG_WEIGHT = (1.0 + _LEGENDRE[0]) / 2.0, np.log(_LEGENDRE[1] / 2.0)
_SIDES = np.array([-1.0, 1.0])


@dataclass(frozen=True)
class Table:
    """Log-likelihood ratio f of lam to 0 and its derivatives at Chebyshev points, by look.

    Attributes:
        lam: The points of each look, rising: shape (looks, points).
        weight: Their barycentric weights.
        values: Shape (looks, points, 4): f, f', −f'' and a column of ones, the denominator of
            the interpolation.
    """

    lam: Floats
    weight: Floats
    values: Floats

    def at(self, lam: Floats) -> Floats:
        """The values at (looks, k) other points: shape (looks, k, 3)."""
        gap = lam[..., None] - self.lam[:, None, :]
        gap += 1e-300  # a point of the table itself: all weight goes to it
        weighted = np.divide(self.weight, gap, out=gap) @ self.values
        interpolated: Floats = weighted[..., :3] / weighted[..., 3:]
        return interpolated

    def blocks(self, places: int) -> Iterator[tuple[slice, Table]]:
        """The table in pieces of so many looks as may be read at that many places each."""
        looks = max(_CELLS // (places * len(self.weight)), 1)
        for start in range(0, len(self.lam), looks):
            rows = slice(start, start + looks)
            yield rows, Table(self.lam[rows], self.weight, self.values[rows])


@lru_cache(maxsize=256)
def chebyshev(size: int) -> tuple[Floats, Floats]:
    """Chebyshev points, falling, and the barycentric weights."""
    angle = (np.arange(size) + 0.5) * (math.pi / size)
    weight = np.sin(angle)
    weight[1::2] *= -1.0
    return np.cos(angle), weight


def stretches(outcomes: Ints, upto: Ints, size: int) -> Iterator[tuple[slice, slice]]:
    """Strata and looks, in order, so many at a time as are worked on at once.

    Args:
        outcomes: How many outcomes each stratum has.
        upto: The last stratum that each look has seen, nondecreasing.
        size: How many points the tables have.
    """
    most = -(-_CELLS // size)
    done = np.minimum(outcomes, most).cumsum()
    seen = upto.searchsorted(np.arange(len(done)))
    rows = (done + _LOOK * seen) // most
    looks = (done[upto] + _LOOK * np.arange(1, len(upto) + 1)) // most
    numbers = np.append(np.unique(np.append(rows, looks)), rows[-1] + looks[-1] + 1)
    starts = (rows.searchsorted(numbers).tolist(), looks.searchsorted(numbers).tolist())
    for (row, look), (later_row, later_look) in pairwise(zip(*starts, strict=True)):
        yield slice(row, later_row), slice(look, later_look)


def summed(values: Floats, pair: Ints) -> Floats:
    """The sums over the strata of a pair so far, in place.

    Args:
        values: One row a stratum, those of a pair one after the other.
        pair: The pair of each.
    """
    starts = (np.flatnonzero(np.diff(pair)) + 1).tolist()
    for start, stop in pairwise([0, *starts, len(pair)]):
        np.cumsum(values[start:stop], axis=0, out=values[start:stop])
    return values


def reach(table: Table, score: Floats) -> tuple[Floats, Floats]:
    """For lam < 0 and for lam > 0, where |lam| matters to the mixture: shapes (2, looks).

    Up to 8.5 standard deviations either side of the mode; on the side without the mode, until the
    slope at 0 alone has made the mixture negligible.
    """
    rows = np.arange(len(score))
    peak = (table.values[:, :, 0] - (PRECISION / 2.0) * table.lam**2).argmax(axis=1)
    lam, (_, slope, curvature, _) = table.lam[rows, peak], table.values[rows, peak].T
    precision = curvature + PRECISION
    mode = lam + (slope - PRECISION * lam) / precision
    mode = np.minimum(np.maximum(mode, table.lam[:, 0]), table.lam[:, -1])
    width = REACH / np.sqrt(precision)
    mirrored = _SIDES[:, None] * mode
    fall = np.minimum(width, DROP / np.maximum(np.abs(score), 1e-9))
    far = np.where(mirrored >= 0.0, mirrored + width, fall)
    return np.maximum(mirrored - width, 0.0), far


def log_halves(table: Table, near: Floats, far: Floats) -> Floats:
    """Log of twice the mixture over lam < 0 and over lam > 0, by Gauss–Legendre: (2, looks)."""
    width = far - near
    lam = (_SIDES[:, None, None] * (near[..., None] + width[..., None] * UNIT)).swapaxes(0, 1)
    f = np.empty(lam.shape)
    for rows, block in table.blocks(2 * len(UNIT)):
        own = lam[rows]
        f[rows] = block.at(own.reshape(len(own), -1))[..., 0].reshape(own.shape)
    log_mixture = f - (PRECISION / 2.0) * lam**2 + LOG_WEIGHT
    top = log_mixture.max(axis=-1)
    total = np.exp(log_mixture - top[..., None]).sum(axis=-1)
    log_halves: Floats = (np.log(total * width.T) + top + LOG_SCALE).T
    return log_halves


def roots(table: Table, level: Floats, exist: NDArray[np.bool_]) -> Floats:
    """Where f crosses `level` on either side, and where it peaks: shape (looks, 3).

    From the nearest point outside, solve the parabola of f there, again and again: the error of a
    crossing is cubed by each step, that of the peak squared.
    """
    f, last, rows = table.values[:, :, 0], table.lam.shape[1] - 1, np.arange(len(level))[:, None]
    above = f >= level[:, None]
    left = np.maximum(above.argmax(axis=1) - 1, 0)
    right = np.minimum(last + 1 - above[:, ::-1].argmax(axis=1), last)
    start = np.array([left, right, f.argmax(axis=1)]).T
    x: Floats = table.lam[rows, start]
    values = table.values[rows, start]
    open_ = exist
    for _ in range(50):
        step = np.where(open_, _parabola_steps(values, level), 0.0)
        x = np.minimum(np.maximum(x + step, table.lam[:, :1]), table.lam[:, -1:])
        open_ = np.abs(step) >= 2e-6
        if not open_.any():
            break
        values = table.at(x)
    return x


def _parabola_steps(values: Floats, level: Floats) -> Floats:
    slope, curvature = values[..., 1], np.maximum(values[..., 2], 1e-300)
    step = slope / curvature
    missing = level[:, None] - values[:, :2, 0]
    root = np.sqrt(np.maximum(slope[:, :2] ** 2 - 2.0 * curvature[:, :2] * missing, 0.0))
    outer = _SIDES * np.maximum(-_SIDES * slope[:, :2], 1e-300)
    step[:, :2] = -2.0 * missing / (outer + _SIDES * root)
    return step
