"""The evidence on many pairs at every look, each pair by the faster way."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import NamedTuple, TypeAlias

import numpy as np

from abtest.stats import counts, dispersion, odds_ratio, one_stratum
from abtest.stats.hypergeometric import Strata

#: Successes and prospects of a, then of b, and the look at which they were first seen.
Stratum: TypeAlias = tuple[int, int, int, int, int]


class LogE(NamedTuple):
    """Log e-values: two-sided, for "a beats b", and for "b beats a"."""

    both: float = 0.0
    a: float = 0.0
    b: float = 0.0


class AtLook(NamedTuple):
    """The evidence at a look, as plain numbers.

    Attributes:
        log_e: The e-values.
        bounds: Of the log odds ratio, infinite for unbounded.
        estimate: Of the log odds ratio, infinite at the ends, NaN without information.
    """

    log_e: LogE = LogE()
    bounds: tuple[float, float] = (-math.inf, math.inf)
    estimate: float = math.nan


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence on one pair at each of its looks; plain numbers are made as they are asked for.

    Attributes:
        columns: The evidence on this pair and others.
        own: Where the looks of this one are.
    """

    columns: odds_ratio.Evidence
    own: range

    def __len__(self) -> int:
        return len(self.own)

    def __iter__(self) -> Iterator[AtLook]:
        return map(self.__getitem__, range(len(self)))

    def __getitem__(self, look: int) -> AtLook:
        at = self.own[look]
        both, a, b, low, high, estimate = (column.item(at) for column in self.columns)
        return AtLook(LogE(both, a, b), (low, high), estimate)


@dataclass(frozen=True, slots=True)
class Side:
    """Two arms whose n-th cohorts were sent side by side.

    Attributes:
        strata: Those that can tell the arms apart.
        n_looks: How many looks there are.
        phi: Dispersion of the strata at each look, None with fewer than four.
    """

    strata: list[Stratum]
    n_looks: int
    phi: list[float | None]

    @classmethod
    def by_side(cls, a: counts.Cohorts, b: counts.Cohorts) -> Side:
        """The arms' cohorts, of one length and the same looks."""
        strata = [
            stratum
            for stratum in zip(a.count, a.nobs, b.count, b.nobs, a.looks, strict=True)
            if stratum[1] and stratum[3] and 0 < stratum[0] + stratum[2] < stratum[1] + stratum[3]
        ]
        return cls(strata, a.n_looks, dispersion.running_pair(strata, a.n_looks))

    def total(self) -> Stratum | None:
        """The only stratum at the only look, where its outcomes are few enough to list."""
        if self.n_looks != 1 or len(self.strata) != 1:
            return None
        x_a, n_a, x_b, n_b, _ = only = self.strata[0]
        few = min(x_a + x_b, n_a, n_b) < one_stratum.MOST_OUTCOMES
        return only if few else None


def evidence(sides: Sequence[Side], alpha: float, *, tempered: bool = False) -> list[Evidence]:
    """The evidence on each pair.

    Args:
        sides: Any number of pairs, computed together.
        alpha: Error rate of the confidence sequences.
        tempered: Whether it is weakened by the dispersion.
    """
    found = [None if tempered else _once(side.total(), alpha) for side in sides]
    rest = [side for side, single in zip(sides, found, strict=True) if single is None]
    watched = iter(_watched(rest, alpha, tempered))
    return [single or next(watched) for single in found]


def _once(total: Stratum | None, alpha: float) -> Evidence | None:
    if total is None:
        return None
    single = one_stratum.evidence(*total[:4], alpha)
    return Evidence(odds_ratio.Evidence(*np.array([single]).T), range(1))


def _watched(sides: Sequence[Side], alpha: float, tempered: bool) -> list[Evidence]:
    sizes = [side.n_looks for side in sides]
    strata = Strata(*np.fromiter(_numbers(sides), dtype=np.int64).reshape(-1, 6).T)
    phi = None
    if tempered:
        phi = np.array([factor or 1.0 for side in sides for factor in side.phi])
    found = odds_ratio.evidence(strata, sizes, alpha, phi)
    ends = accumulate(sizes)
    return [Evidence(found, range(end - size, end)) for end, size in zip(ends, sizes, strict=True)]


def _numbers(sides: Sequence[Side]) -> Iterator[int]:
    """All numbers of all strata, each stratum's with the number of its pair."""
    for i, side in enumerate(sides):
        for stratum in side.strata:
            yield from stratum
            yield i
