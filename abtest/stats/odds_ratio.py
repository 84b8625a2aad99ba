"""E-values and confidence sequences for the odds ratio of two arms sent side by side.

Given each stratum's total of successes, the likelihood ratio of a log odds ratio lam to equality
is free of the base rate; its mixture over lam ~ Normal(0, 0.5²) is a martingale under equality in
every stratum, whatever the rates and the splits do from week to week (a sequential exact
Mantel–Haenszel test; Robbins 1970 for the mixture; Turner & Grünwald 2023 for strata).

The log partition functions of all strata are computed once, at Chebyshev points, and summed over
looks; everything else reads that table by barycentric interpolation. Many pairs are read together,
each from points of its own.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from abtest.stats.hypergeometric import Floats, Ints, Strata, chebyshev_sizes
from abtest.stats.mixture import (
    DROP,
    FARTHEST,
    PRECISION,
    REACH,
    Table,
    chebyshev,
    log_halves,
    reach,
    roots,
)

#: Possible outcomes of the strata that are worked on at once: memory stays flat.
_OUTCOMES = 4096


class Evidence(NamedTuple):
    """The evidence at every look; arrays of one entry a look, those of a pair in one stretch.

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

    @classmethod
    def none(cls, n_looks: int) -> Evidence:
        """Looks without information."""
        log_e, log_e_a, log_e_b = np.zeros((3, n_looks))
        infinite, unknown = np.full(n_looks, np.inf), np.full(n_looks, np.nan)
        return cls(log_e, log_e_a, log_e_b, -infinite, infinite, unknown)

    def put(self, rows: Any, found: Evidence) -> None:
        """Write what was found at some looks."""
        for column, values in zip(self, found, strict=True):
            column[rows] = values


class _Span(NamedTuple):
    """The log odds ratios that the table of each pair goes from and to."""

    low: Floats
    high: Floats


def evidence(
    strata: Strata, n_looks: Sequence[int], alpha: float, phi: Floats | None = None
) -> Evidence:
    """The evidence at every look; each pair's is the same to the last digit in any company.

    Args:
        strata: Only informative ones, of any number of pairs.
        n_looks: How many looks each pair has.
        alpha: Error rate of the confidence sequences.
        phi: Dispersion at each look by which the log-likelihood is tempered; 1 by default.
    """
    found = Evidence.none(sum(n_looks))
    if not len(strata):
        return found
    reader = _Reader.of(strata, n_looks, phi)
    span, waiting = reader.first_span(), np.flatnonzero(reader.outcomes)
    while len(waiting):
        sizes = reader.table_sizes(span)
        short: list[int] = []
        for group in _groups(waiting, sizes, reader.outcomes):
            own, asked = reader.only(group), _Span(span.low[group], span.high[group])
            read, wanted = own.read(asked, int(sizes[group[0]]), alpha)
            found.put(own.place, read)
            if wanted is not None:
                span.low[group], span.high[group] = wanted
                short += group[(wanted.low < asked.low) | (wanted.high > asked.high)].tolist()
        waiting = np.sort(np.array(short, dtype=np.int64))
    return found


def _groups(pairs: Ints, sizes: Ints, outcomes: Floats) -> Iterator[Ints]:
    """Pairs whose tables are of one size, and together not too large."""
    if len(pairs) == 1:
        yield pairs
        return
    for size in np.unique(sizes[pairs]):
        alike = pairs[sizes[pairs] == size]
        chunk = (outcomes[alike].cumsum() // _OUTCOMES).astype(np.int64)
        yield from np.split(alike, np.flatnonzero(np.diff(chunk)) + 1)


@dataclass(frozen=True)
class _Reader:
    """Reads the evidence at looks that have some.

    Attributes:
        strata: All strata.
        pairs: How many pairs there are.
        pair: The pair of each look.
        upto: Index of the last stratum that each look has seen.
        temper: Dispersion at each look.
        place: Where each look is among all that were asked for.
    """

    strata: Strata
    pairs: int
    pair: Ints
    upto: Ints
    temper: Floats
    place: Ints

    @classmethod
    def of(cls, strata: Strata, n_looks: Sequence[int], phi: Floats | None) -> _Reader:
        """The looks that have some evidence."""
        sizes = np.asarray(n_looks)
        pair = np.arange(len(sizes)).repeat(sizes)
        first = sizes.cumsum() - sizes
        row = strata.look + first[strata.pair]
        upto = row.searchsorted(np.arange(len(pair)), side="right") - 1
        place = np.flatnonzero((upto >= 0) & (strata.pair[upto] == pair))
        temper = np.ones(len(place)) if phi is None else phi[place]
        return cls(strata, len(sizes), pair[place], upto[place], temper, place)

    def only(self, pairs: Ints) -> _Reader:
        """The looks of some pairs, which are numbered anew."""
        if len(pairs) == self.pairs:
            return self
        number = np.full(self.pairs, -1)
        number[pairs] = np.arange(len(pairs))
        looks, rows = (np.flatnonzero(number[p] >= 0) for p in (self.pair, self.strata.pair))
        return _Reader(
            strata=self.strata.only(rows, number),
            pairs=len(pairs),
            pair=number[self.pair[looks]],
            upto=rows.searchsorted(self.upto[looks]),
            temper=self.temper[looks],
            place=self.place[looks],
        )

    @cached_property
    def outcomes(self) -> Floats:
        """How many outcomes the strata of each pair have."""
        return self._by_strata(self.strata.outcomes)

    def _by_strata(self, values: Ints) -> Floats:
        """The sum over all strata of each pair."""
        return np.bincount(self.strata.pair, values, self.pairs).astype(np.float64)

    def table_sizes(self, span: _Span) -> Ints:
        """How many points the table of each pair needs, rounded up so that many pairs agree."""
        half = (span.high - span.low) / 2.0
        return -(-chebyshev_sizes(half, self._by_strata(self.strata.total)) // 4) * 4

    def read(self, span: _Span, size: int, alpha: float) -> tuple[Evidence, _Span | None]:
        """The evidence, and how wide the tables should have been, where they were too short."""
        table = self._table(span, size)
        near, far = reach(table, self.sums[:, 0] / self.temper)
        ends = np.array([-span.low, span.high])[:, self.pair]
        log_a, log_b = log_halves(table, near, np.minimum(far, ends))
        log_e = np.logaddexp(log_a, log_b) - math.log(2.0)
        level = log_e + math.log(alpha)
        at_low, at_high = self.sums[:, 2] == 0.0, self.sums[:, 3] == 0.0
        open_low = at_low | (table.values[:, 0, 0] >= level)
        open_high = at_high | (table.values[:, -1, 0] >= level)
        unknown = np.array([open_low, open_high, at_low | at_high]).T
        x = roots(table, level, ~unknown)
        read = Evidence(
            log_e=log_e,
            log_e_a=log_a,
            log_e_b=log_b,
            low=np.where(open_low, -np.inf, x[:, 0]),
            high=np.where(open_high, np.inf, x[:, 1]),
            estimate=np.where(at_low, -np.inf, np.where(at_high, np.inf, x[:, 2])),
        )
        missing = (open_low & ~at_low, open_high & ~at_high)
        if (far <= ends).all() and not np.logical_or(*missing).any():
            return read, None
        return read, self._wanted(span, far, missing)

    @cached_property
    def sums(self) -> Floats:
        """Score, information, and b's successes above the fewest and below the most, by look."""
        strata = self.strata
        room = (strata.x_b - strata.low, strata.high - strata.x_b)
        return self._summed(np.array([strata.score, strata.information, *room]).T)

    def first_span(self) -> _Span:
        """Log odds ratios that hold the mixture, by normal approximation."""
        score, information = (self.sums[:, :2] / self.temper[:, None]).T
        precision = information + PRECISION
        mode, width = score / precision, REACH / np.sqrt(precision)
        fall = 1.1 * np.minimum(width, DROP / np.maximum(np.abs(score), 1e-9))
        low = np.minimum(mode - 1.3 * width, -fall)
        return self._by_pair(low, np.maximum(mode + 1.3 * width, fall))

    def _by_pair(self, low: Floats, high: Floats) -> _Span:
        """The widest span over the looks of each pair."""
        lowest, highest = np.full(self.pairs, -1e-3), np.full(self.pairs, 1e-3)
        np.minimum.at(lowest, self.pair, np.maximum(low, -FARTHEST))
        np.maximum.at(highest, self.pair, np.minimum(high, FARTHEST))
        return _Span(lowest, highest)

    def _wanted(
        self, span: _Span, far: Floats, missing: tuple[NDArray[np.bool_], NDArray[np.bool_]]
    ) -> _Span:
        """Wide enough for the mixture, and for bounds that were not met with."""
        low, high = span.low[self.pair], span.high[self.pair]
        wanted_low = np.where(-low < far[0], -1.1 * far[0], low)
        wanted_high = np.where(high < far[1], 1.1 * far[1], high)
        return self._by_pair(
            np.where(missing[0], 2.0 * low - high, wanted_low),
            np.where(missing[1], 2.0 * high - low, wanted_high),
        )

    def _summed(self, values: Floats) -> Floats:
        """The sum over the strata that each look has seen."""
        if len(values) == self.pairs == len(self.upto):
            return values
        running = np.empty_like(values)
        starts = self.strata.pair.searchsorted(np.arange(self.pairs + 1)).tolist()
        for start, stop in pairwise(starts):
            np.cumsum(values[start:stop], axis=0, out=running[start:stop])
        return running[self.upto]

    def _table(self, span: _Span, size: int) -> Table:
        half = (span.high - span.low) / 2.0
        cosine, weight = chebyshev(size)
        lam = ((span.low + span.high) / 2.0)[:, None] - half[:, None] * cosine
        values = np.ones((len(self.upto), size, 4))
        values[..., :3] = self._summed(self.strata.cumulants(lam)) / self.temper[:, None, None]
        values[..., :2] *= -1.0
        return Table(lam[self.pair], weight, values)
