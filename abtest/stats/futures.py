"""When one rate will be decided: exact, over every future that its counts allow.

Futures follow a known rate, or the posterior predictive, which is Pólya's urn. The paths that are
still undecided form a narrow band of counts, carried from look to look. Urn paths are weighed by
their likelihood ratio to paths at the target, which stays moderate inside the band: undecided
means that the e-value is small.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaln, gammaln, xlog1py, xlogy

from abtest.stats.anytime import Prior
from abtest.stats.hypergeometric import Floats, Ints
from abtest.stats.proportion import AT_TARGET_MARGIN

#: Steps between looks less likely than this are left out.
_NEGLIGIBLE = 1e-18


@dataclass(frozen=True, slots=True)
class Decided:
    """Probabilities that a rate is decided by each look, cumulative.

    Attributes:
        further: Prospects after now at each look.
        below: Decided as below the target.
        above: Decided as above it.
        at_target: Decided as at it.
    """

    further: Ints
    below: Floats
    above: Floats
    at_target: Floats

    @property
    def total(self) -> Floats:
        """Decided either way."""
        total: Floats = self.below + self.above + self.at_target
        return total

    def quantile(self, probability: float) -> int | None:
        """Further prospects at the first look by which that much is decided, None beyond."""
        reached = np.flatnonzero(self.total >= probability)
        return int(self.further[reached[0]]) if len(reached) else None


def decided_by(
    count: int,
    nobs: int,
    target: float,
    further: Sequence[int],
    *,
    alpha: float = 0.05,
    rate: float | None = None,
    margin: float = AT_TARGET_MARGIN,
) -> Decided:
    """How likely a decision is by each of the coming looks.

    Args:
        count: Successes now.
        nobs: Prospects now.
        target: The proportion to decide against.
        further: Prospects after now at each look, rising.
        alpha: Error rate over all looks.
        rate: The true rate; unknown by default, so that futures follow the posterior.
        margin: Distance from the target within which a rate is at the target; 0 for never.
    """
    steps = np.asarray(further, dtype=np.int64)
    prior, drawn_at = Prior.at(target), target if rate is None else rate
    regions = _Regions.at(nobs + steps, target, prior, alpha, margin)
    found = np.zeros((3, len(steps)))
    offset, band = count, np.ones(1)
    for i, step in enumerate(np.diff(steps, prepend=0)):
        first, chances = likely_successes(int(step), drawn_at)
        offset, band = offset + first, np.convolve(band, chances)
        x = offset + np.arange(len(band))
        weight = (
            band if rate is not None else band * _ratio(x, count, nobs, steps[i], prior, target)
        )
        removed = regions.of(i, x)
        found[:, i] = [weight[region].sum() for region in removed]
        band[np.any(removed, axis=0)] = 0.0
        alive = np.flatnonzero(band)
        if not len(alive):
            break
        offset, band = offset + int(alive[0]), band[alive[0] : alive[-1] + 1]
    below, above, at_target = np.minimum(np.cumsum(found, axis=1), 1.0)
    return Decided(steps, below, above, at_target)


def looks_ahead(nobs: int, horizon: int, batch: int, growth: float = 0.02) -> list[int]:
    """Further prospects at the looks to come: every batch, later every few batches."""
    looks: list[int] = []
    now, widest = 0, max(horizon // 20 // batch, 1)
    while now < horizon:
        batches = min(max(round(growth * (nobs + now) / batch), 1), widest)
        now = min(now + batch * batches, horizon)
        looks.append(now)
    return looks


@dataclass(frozen=True, slots=True)
class _Regions:
    """Counts that decide at each look: up to `low`, from `high`, and between `near` and `far`."""

    low: Ints
    high: Ints
    near: Ints
    far: Ints

    @classmethod
    def at(cls, totals: Ints, target: float, prior: Prior, alpha: float, margin: float) -> _Regions:
        low, high = critical_counts(totals, target, prior, alpha)
        near, far = totals + 1, np.full_like(totals, -1)
        if margin > 0.0:
            near = critical_counts(totals, max(target - margin, 1e-12), prior, alpha)[1]
            far = critical_counts(totals, min(target + margin, 1.0 - 1e-12), prior, alpha)[0]
            near = near if target > margin else np.zeros_like(totals)
        return cls(low, high, near, far)

    def of(self, look: int, x: Ints) -> list[NDArray[np.bool_]]:
        """Which of these counts decide below, above, at the target."""
        below, above = x <= self.low[look], x >= self.high[look]
        at_target = (x >= self.near[look]) & (x <= self.far[look]) & ~below & ~above
        return [below, above, at_target]


def critical_counts(totals: Ints, rate: float, prior: Prior, alpha: float) -> tuple[Ints, Ints]:
    """The most successes that refute a rate from below, and the fewest from above.

    Args:
        totals: Prospects.
        rate: The rate to refute by a two-sided e-value of 1 / alpha.
        prior: Of the e-value.
        alpha: Error rate.

    Returns:
        At each total; −1 and total + 1 where no count refutes.
    """
    enough = -math.log(alpha)

    def refutes(x: Ints) -> NDArray[np.bool_]:
        log_e = betaln(prior.a + x, prior.b + totals - x) - betaln(*prior)
        refuted: NDArray[np.bool_] = log_e - xlogy(x, rate) - xlog1py(totals - x, -rate) >= enough
        return refuted

    middle = np.rint(totals * rate).astype(np.int64)
    low = largest(refutes, middle)
    high = totals - largest(lambda failures: refutes(totals - failures), totals - middle)
    return low, high


def largest(holds: Callable[[Ints], NDArray[np.bool_]], highest: Ints) -> Ints:
    """The largest number at which a condition holds that fails from there on; −1 for none."""
    low, high = np.full_like(highest, -1), highest + 1
    while (high - low > 1).any():
        middle = np.maximum((low + high) // 2, 0)
        open_ = high - low > 1
        true = holds(middle)
        low, high = np.where(open_ & true, middle, low), np.where(open_ & ~true, middle, high)
    return low


def likely_successes(trials: int, rate: float) -> tuple[int, Floats]:
    """The likely successes of a batch: the first one, and all their probabilities."""
    reach = 9.0 * math.sqrt(trials * rate * (1.0 - rate)) + 20.0
    first = max(0, math.floor(trials * rate - reach))
    s = np.arange(first, min(trials, math.ceil(trials * rate + reach)) + 1)
    log_p = gammaln(trials + 1.0) - gammaln(s + 1.0) - gammaln(trials - s + 1.0)
    chances: Floats = np.exp(log_p + xlogy(s, rate) + xlog1py(trials - s, -rate))
    return first, chances


def _ratio(x: Ints, count: int, nobs: int, further: int, prior: Prior, target: float) -> Floats:
    """Likelihood ratio of the urn to the target, of paths from now to x successes."""
    s, a, b = x - count, prior.a + count, prior.b + nobs - count
    log_ratio = betaln(a + s, b + further - s) - betaln(a, b)
    ratio: Floats = np.exp(log_ratio - xlogy(s, target) - xlog1py(further - s, -target))
    return ratio
