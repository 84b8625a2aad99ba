"""When many rates will be decided: one table for all that start near each other.

Futures by the posterior predictive depend on where a rate stands and on nothing before that:
Pólya's urn is a Markov chain in successes and prospects. So the chance to be still undecided at
each coming look is found once for every count, backwards from the horizon; each rate then costs
one product with that table. The numbers are those of `futures.decided_by`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import numpy as np
from scipy.special import betaln

from abtest.stats.anytime import Prior, log_e_value
from abtest.stats.futures import likely_successes, regions, round_totals
from abtest.stats.hypergeometric import Floats, Ints
from abtest.stats.proportion import AT_TARGET_MARGIN

#: Rates with this many prospects or more share no table: it would be too large.
MOST_PROSPECTS = 4096

#: The first table is for fewer prospects than this, each further one for up to twice as many.
_FIRST = 256


@dataclass(frozen=True, slots=True)
class _Open:
    """The undecided counts at a look.

    Attributes:
        total: Prospects.
        counts: Successes.
        weight: E-values against the target, which turn paths at the target into the urn's.
    """

    total: int
    counts: Ints
    weight: Floats

    @classmethod
    def at(cls, total: int, counts: Ints, target: float) -> _Open:
        """With the weights."""
        a, b = Prior.at(target)
        log_e = betaln(a + counts, b + total - counts) - betaln(a, b)
        log_e -= counts * math.log(target) + (total - counts) * math.log1p(-target)
        return cls(total, counts, np.exp(log_e))

    def until(self, later: _Open, target: float) -> Floats:
        """The chances to come from each of these counts to each of the later ones."""
        before, chances = _steps(later.total - self.total, target)
        steps = later.counts - (self.counts[:, None] + before)
        at_target = chances[np.minimum(np.maximum(steps, 0), len(chances) - 1)]
        moves: Floats = at_target * later.weight / self.weight[:, None]
        return moves


@lru_cache(maxsize=1024)
def _steps(trials: int, target: float) -> tuple[int, Floats]:
    """The successes before the first likely ones, and all their chances between two zeros."""
    first, chances = likely_successes(trials, target)
    return first - 1, np.concatenate([[0.0], chances, [0.0]])


@dataclass(frozen=True, slots=True)
class Outlook:
    """Chances to be undecided at the looks to come, from many starting points.

    Attributes:
        target: What the rate is held to.
        totals: Prospects at each look, rising.
        first: The looks that may come first.
        chances: For each of these the chance to be undecided at each later look, from each of
            its undecided counts.
    """

    target: float
    totals: Ints
    first: list[_Open]
    chances: list[Floats]

    def decided_by(self, count: int, nobs: int, horizon: int) -> tuple[Ints, Floats]:
        """Further prospects at the looks within the horizon, and the chance of a decision by each.

        Args:
            count: Successes now; undecided.
            nobs: Prospects now, as many as this table is for.
            horizon: Most further prospects, at most the table's.
        """
        start, stop = self.totals.searchsorted((nobs, nobs + horizon), side="right").tolist()
        weight = math.exp(log_e_value(count, nobs, self.target, Prior.at(self.target)))
        now = _Open(nobs, np.array([count]), np.array([weight]))
        moves = now.until(self.first[start], self.target)[0]
        undecided = np.append(moves.sum(), moves @ self.chances[start])[: stop - start]
        return self.totals[start:stop] - nobs, 1.0 - undecided


def table_of(nobs: int) -> int:
    """The number of prospects below which a rate shares a table."""
    return max(_FIRST, 1 << nobs.bit_length())


@lru_cache(maxsize=32)
def outlook(below: int, target: float, alpha: float, horizon: int, batch: int) -> Outlook:
    """The table for rates with fewer than `below` prospects, and at least half as many.

    Args:
        below: As `table_of` says; from the first one also for all smaller numbers.
        target: The proportion.
        alpha: Error rate over all looks.
        horizon: Most further prospects.
        batch: Prospects between the first looks.
    """
    least = below // 2 if below > _FIRST else 0
    totals = round_totals(least, below + horizon, horizon, batch)
    deciding = regions(tuple(totals), target, alpha, AT_TARGET_MARGIN)
    looks = [_Open.at(n, deciding.undecided(i), target) for i, n in enumerate(totals)]
    size = sum(1 for total in totals if total < below) + 1
    chances = [np.empty((len(looks[-1].counts), 0))]
    for later, look in pairwise(reversed(looks)):
        following = np.hstack([np.ones((len(later.counts), 1)), chances[-1]])
        chances.append(look.until(later, target) @ following)
    return Outlook(target, np.array(totals), looks[:size], chances[: -size - 1 : -1])
