"""When one rate will be decided: exact, over every future that its counts allow.

Futures follow a known rate, or the posterior predictive, which is Pólya's urn. The paths that are
still undecided form a narrow band of counts, carried from look to look. Urn paths are weighed by
their likelihood ratio to paths at the target, which stays moderate inside the band: undecided
means that the e-value is small.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

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
    steps = tuple(int(step) for step in further)
    drawn_at = target if rate is None else rate
    region = regions(tuple(nobs + step for step in steps), target, alpha, margin)
    leaving = _Leaving()
    x, band, before = count, np.ones(1), 0
    for look, now in enumerate(steps):
        first, chances = likely_successes(now - before, drawn_at)
        x, band, before = x + first, np.convolve(band, chances), now
        below, above, at_target = region.slices(look, x, len(band))
        for kind, (start, stop) in enumerate((below, above, at_target)):
            leaving.add(kind * len(steps) + look, x + start - count, now, band[start:stop])
        band[slice(*at_target)] = 0.0
        if below[1] >= above[0]:
            break
        x, band = x + below[1], band[below[1] : above[0]]
    prior = Prior.at(target)
    urn = Prior(prior.a + count, prior.b + nobs - count) if rate is None else None
    found = leaving.summed(3 * len(steps), target, urn).reshape(3, -1)
    return Decided(np.array(steps, dtype=np.int64), *np.minimum(found.cumsum(axis=1), 1.0))


def looks_ahead(nobs: int, horizon: int, batch: int, growth: float = 0.02) -> list[int]:
    """Further prospects at the looks to come: every batch, later every few batches.

    The totals at the looks are round and the same from wherever one starts, so that what decides
    there is computed once. There is at least one.
    """
    totals = round_totals(nobs, nobs + horizon, horizon, batch, growth)
    return [total - nobs for total in totals] or [horizon]


def round_totals(
    after: int, upto: int, horizon: int, batch: int, growth: float = 0.02
) -> list[int]:
    """The totals at which looks are taken; no two are farther apart than horizon / 20."""
    widest = max(horizon // 20 // batch, 1)
    totals = _first_totals(batch, widest, growth)
    found = list(totals[bisect_right(totals, after) : bisect_right(totals, upto)])
    step = batch * widest
    found += range((max(after, totals[-1]) // step + 1) * step, upto + 1, step)
    return found


@lru_cache(maxsize=32)
def _first_totals(batch: int, widest: int, growth: float) -> tuple[int, ...]:
    """Totals at the looks until these are as far apart as they get, and multiples of that."""
    totals, step = [0], batch
    while step < batch * widest or totals[-1] % step:
        step = batch * min(max(round(growth * totals[-1] / batch), 1), widest)
        totals.append((totals[-1] // step + 1) * step)
    return tuple(totals[1:] or [0])


@dataclass(frozen=True, slots=True)
class Regions:
    """Counts that decide at each look: up to `low`, from `high`, and between `near` and `far`."""

    low: list[int]
    high: list[int]
    near: list[int]
    far: list[int]

    def slices(self, look: int, first: int, size: int) -> list[tuple[int, int]]:
        """Where, among `size` counts from `first` on, lie those below, above, at the target."""
        low = min(max(self.low[look] + 1 - first, 0), size)
        high = max(min(self.high[look] - first, size), low)
        near, far = max(self.near[look] - first, low), min(self.far[look] + 1 - first, high)
        return [(0, low), (high, size), (near, max(near, far))]

    def undecided(self, look: int) -> Ints:
        """All counts that do not decide."""
        counts = np.arange(self.low[look] + 1, self.high[look])
        return counts[(counts < self.near[look]) | (counts > self.far[look])]


@lru_cache(maxsize=512)
def regions(totals: tuple[int, ...], target: float, alpha: float, margin: float) -> Regions:
    """What decides at each of these totals; the arguments are those of `decided_by`."""
    n, prior = np.array(totals, dtype=np.int64), Prior.at(target)
    low, high = critical_counts(n, target, prior, alpha)
    near, far = n + 1, np.full_like(n, -1)
    if margin > 0.0:
        near = critical_counts(n, max(target - margin, 1e-12), prior, alpha)[1]
        far = critical_counts(n, min(target + margin, 1.0 - 1e-12), prior, alpha)[0]
        near = near if target > margin else np.zeros_like(n)
    return Regions(*(counts.tolist() for counts in (low, high, near, far)))


@dataclass(frozen=True, slots=True)
class _Leaving:
    """Stretches of counts that leave the band, with the chances of their paths."""

    places: list[int] = field(default_factory=list)
    successes: list[Floats] = field(default_factory=list)
    further: list[int] = field(default_factory=list)
    chances: list[Floats] = field(default_factory=list)

    def add(self, place: int, first: int, further: int, chances: Floats) -> None:
        """A stretch that begins at `first` further successes, to be counted at `place`."""
        if len(chances):
            self.places.append(place)
            self.successes.append(np.arange(first, first + len(chances), dtype=np.float64))
            self.further.append(further)
            self.chances.append(chances.copy())

    def summed(self, size: int, target: float, urn: Prior | None) -> Floats:
        """The chances at each place, weighed from paths at the target to paths of the urn."""
        if not self.places:
            return np.zeros(size)
        lengths = [len(stretch) for stretch in self.chances]
        chances = np.concatenate(self.chances)
        if urn is not None:
            s = np.concatenate(self.successes)
            k = np.repeat(np.array(self.further, dtype=np.float64), lengths)
            log_ratio = betaln(urn.a + s, urn.b + k - s) - betaln(*urn)
            chances *= np.exp(log_ratio - s * math.log(target) - (k - s) * math.log1p(-target))
        places = np.repeat(self.places, lengths)
        return np.bincount(places, weights=chances, minlength=size).astype(np.float64)


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


@lru_cache(maxsize=512)
def likely_successes(trials: int, rate: float) -> tuple[int, Floats]:
    """The likely successes of a batch: the first one, and all their probabilities."""
    reach = 9.0 * math.sqrt(trials * rate * (1.0 - rate)) + 20.0
    first = max(0, math.floor(trials * rate - reach))
    s = np.arange(first, min(trials, math.ceil(trials * rate + reach)) + 1)
    log_p = gammaln(trials + 1.0) - gammaln(s + 1.0) - gammaln(trials - s + 1.0)
    chances: Floats = np.exp(log_p + xlogy(s, rate) + xlog1py(trials - s, -rate))
    return first, chances
