"""The evidence of `odds_ratio` for a single stratum: totals of two arms, looked at once.

The same mixture and the same bounds, summed over all outcomes outright and solved in plain
numbers: for one pair of totals a table costs more than it saves.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from abtest.stats.hypergeometric import Floats, log_weights
from abtest.stats.mixture import DROP, FARTHEST, LOG_SCALE, LOG_WEIGHT, PRECISION, REACH, UNIT

#: With more possible outcomes a table is faster.
MOST_OUTCOMES = 400

#: Exponents up to this size need no scaling.
_SAFE = 600.0

#: Steps until a root is given up as found; it takes two or three.
_MAX_STEPS = 60


class Single(NamedTuple):
    """The columns of `odds_ratio.Evidence` at the only look."""

    log_e: float
    log_e_a: float
    log_e_b: float
    low: float
    high: float
    estimate: float


def evidence(x_a: int, n_a: int, x_b: int, n_b: int, alpha: float) -> Single:
    """The evidence on one pair of totals that hold both arms, successes and failures."""
    low, high = max(0, x_a + x_b - n_a), min(x_a + x_b, n_b)
    y = np.arange(low, high + 1)
    weights = log_weights(y, n_a, n_b, x_a + x_b)
    stratum = _Stratum((y - x_b).astype(np.float64), weights - weights.max())
    log_a, log_b = _log_halves(stratum)
    top = max(log_a, log_b)
    log_e = top + math.log1p(math.exp(-abs(log_a - log_b))) - math.log(2.0)
    at_low, at_high = x_b == low, x_b == high
    peak = stratum.peak if not (at_low or at_high) else -math.inf if at_low else math.inf
    level = log_e + math.log(alpha)
    return Single(
        log_e,
        log_a,
        log_b,
        -math.inf if at_low else stratum.crossing(level, -1.0),
        math.inf if at_high else stratum.crossing(level, 1.0),
        peak,
    )


@dataclass(frozen=True)
class _Stratum:
    """All outcomes of a stratum.

    Attributes:
        seen: Successes of b, less those seen.
        log_h: Log weight of each outcome, at most 0.
    """

    seen: Floats
    log_h: Floats

    @cached_property
    def powers(self) -> Floats:
        """Powers 0 to 2 of the outcomes: shape (3, outcomes)."""
        return np.array([np.ones_like(self.seen), self.seen, self.seen * self.seen])

    @cached_property
    def farthest(self) -> float:
        """How far an outcome is from the one seen, at most."""
        return max(-float(self.seen[0]), float(self.seen[-1]))

    @cached_property
    def at_zero(self) -> float:
        """Log partition function at equality, but for the constant of the weights."""
        return math.log(np.exp(self.log_h).sum())

    def at(self, lam: float) -> tuple[float, float, float]:
        """Log-likelihood ratio f of lam to 0, its slope, and minus its curvature."""
        exponent = self.log_h + lam * self.seen
        top = 0.0 if abs(lam) * self.farthest < _SAFE else float(exponent.max())
        total, first, second = (self.powers @ np.exp(exponent - top)).tolist()
        mean = first / total
        f = self.at_zero - math.log(total) - top
        return f, -mean, max(second / total - mean * mean, 1e-300)

    def log_likelihood_ratios(self, lam: Floats) -> Floats:
        """The log-likelihood ratio at many points."""
        exponent = lam[:, None] * self.seen
        exponent += self.log_h
        top = np.zeros(len(lam))
        if float(np.abs(lam).max()) * self.farthest >= _SAFE:
            top = exponent.max(axis=1)
            exponent -= top[:, None]
        f: Floats = self.at_zero - top - np.log(np.exp(exponent, out=exponent).sum(axis=1))
        return f

    @cached_property
    def mixture(self) -> tuple[float, float]:
        """Where the mixture of f peaks, and its standard deviation there, nearly."""
        lam, (_, slope, curvature) = 0.0, self.equality
        for _ in range(_MAX_STEPS):  # pragma: no branch  a guard: a few steps are enough
            precision = curvature + PRECISION
            step = (slope - PRECISION * lam) / precision
            lam += min(max(step, -1.0), 1.0)
            if step * step * precision < 0.01:
                break
            _, slope, curvature = self.at(lam)
        return lam, precision**-0.5

    @cached_property
    def equality(self) -> tuple[float, float, float]:
        """f, its slope and minus its curvature at 0."""
        return self.at(0.0)

    @cached_property
    def start(self) -> tuple[float, float, float]:
        """f, its slope and minus its curvature where the mixture peaks: all roots are near."""
        return self.at(self.mixture[0])

    @cached_property
    def peak(self) -> float:
        """Where f peaks; it must have a peak."""
        lam, (_, slope, curvature) = self.mixture[0], self.start
        for _ in range(_MAX_STEPS):  # pragma: no branch  a guard: a few steps are enough
            step = slope / curvature
            lam += min(max(step, -1.0), 1.0)
            if abs(step) < 1e-5:
                break
            _, slope, curvature = self.at(lam)
        return lam

    def crossing(self, level: float, side: float) -> float:
        """Where f falls to `level` below (−1) or above (1) its peak; infinite if far away."""
        lam, (f, slope, curvature) = self.mixture[0], self.start
        for _ in range(_MAX_STEPS):  # pragma: no branch  a guard: a few steps are enough
            # The outer root of the parabola, without cancellation on either side of its peak.
            root = side * math.sqrt(max(slope * slope + 2.0 * curvature * (f - level), 0.0))
            falling = side * slope < 0.0
            step = 2.0 * (level - f) / (slope - root) if falling else (slope + root) / curvature
            lam += min(max(step, -4.0), 4.0)
            if abs(step) < 2e-4 or abs(lam) > FARTHEST:
                break
            f, slope, curvature = self.at(lam)
        return lam if abs(lam) <= FARTHEST else side * math.inf


def _log_halves(stratum: _Stratum) -> tuple[float, float]:
    """Log of twice the mixture over lam < 0 and over lam > 0, as in `odds_ratio`."""
    mode, sd = stratum.mixture
    slope = abs(stratum.equality[1])
    fall = min(REACH * sd, DROP / max(slope, 1e-9))
    spans = []
    for mirrored in (-mode, mode):
        near = max(mirrored - REACH * sd, 0.0)
        far = mirrored + REACH * sd if mirrored >= 0.0 else fall
        spans.append((near, far - near))
    nodes = np.array([near + width * UNIT for near, width in spans])
    lam = nodes * ((-1.0,), (1.0,))
    f = stratum.log_likelihood_ratios(lam.ravel()).reshape(lam.shape)
    log_mixture = f - (PRECISION / 2.0) * nodes**2 + LOG_WEIGHT
    top = log_mixture.max(axis=1, keepdims=True)
    total = np.exp(log_mixture - top).sum(axis=1).tolist()
    log_a, log_b = (
        math.log(sum_ * width) + peak + LOG_SCALE
        for sum_, (_, width), peak in zip(total, spans, top[:, 0].tolist(), strict=True)
    )
    return log_a, log_b
