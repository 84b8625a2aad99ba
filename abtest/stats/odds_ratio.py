"""E-values and confidence sequences for the odds ratio of two arms sent side by side.

Given each stratum's total of successes, the likelihood ratio of a log odds ratio lam to equality
is free of the base rate; its mixture over lam ~ Normal(0, 0.5²) is a martingale under equality in
every stratum, whatever the rates and the splits do from week to week (a sequential exact
Mantel–Haenszel test; Robbins 1970 for the mixture; Turner & Grünwald 2023 for strata).

The log partition functions of all strata are computed once, at Chebyshev points, and summed over
looks; everything else reads that table by barycentric interpolation. Many pairs are read together,
each from points of its own, and so many looks at a time that memory stays flat in their number.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
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
    stretches,
    summed,
)


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

    def widen(self, pair: Ints, low: Floats, high: Floats) -> None:
        """Let the tables of these pairs reach so far, within reason."""
        np.minimum.at(self.low, pair, np.maximum(low, -FARTHEST))
        np.maximum.at(self.high, pair, np.minimum(high, FARTHEST))


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
    span, waiting = reader.first_span(), np.unique(strata.pair)
    while len(waiting):
        sizes = reader.table_sizes(span)[waiting]
        short: list[int] = []
        for size in np.unique(sizes).tolist():
            group = waiting[sizes == size]
            own, asked = reader.only(group), _Span(span.low[group], span.high[group])
            read, wanted = own.read(asked, size, alpha)
            found.put(own.place, read)
            span.low[group], span.high[group] = wanted
            short += group[(wanted.low < asked.low) | (wanted.high > asked.high)].tolist()
        waiting = np.sort(np.array(short, dtype=np.int64))
    return found


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

    def table_sizes(self, span: _Span) -> Ints:
        """How many points the table of each pair needs, rounded up so that many pairs agree."""
        half = (span.high - span.low) / 2.0
        successes = np.bincount(self.strata.pair, self.strata.total, self.pairs)
        return -(-chebyshev_sizes(half, successes.astype(np.float64)) // 4) * 4

    def read(self, span: _Span, size: int, alpha: float) -> tuple[Evidence, _Span]:
        """The evidence, and how wide the tables should have been."""
        found, wanted = Evidence.none(len(self.upto)), _Span(span.low.copy(), span.high.copy())
        for looks, table in self._tables(span, size):
            found.put(looks, self._read(looks, table, span, wanted, alpha))
        return found, wanted

    def _read(
        self, looks: slice, table: Table, span: _Span, wanted: _Span, alpha: float
    ) -> Evidence:
        """The evidence at some looks; `wanted` grows where their tables are too short."""
        sums, pair = self.sums[looks], self.pair[looks]
        near, far = reach(table, sums[:, 0] / self.temper[looks])
        ends = np.array([-span.low, span.high])[:, pair]
        log_a, log_b = log_halves(table, near, np.minimum(far, ends))
        log_e = np.logaddexp(log_a, log_b) - math.log(2.0)
        level = log_e + math.log(alpha)
        at_low, at_high = sums[:, 2] == 0.0, sums[:, 3] == 0.0
        open_low = at_low | (table.values[:, 0, 0] >= level)
        open_high = at_high | (table.values[:, -1, 0] >= level)
        unknown = np.array([open_low, open_high, at_low | at_high]).T
        x = roots(table, level, ~unknown)
        missing = (open_low & ~at_low, open_high & ~at_high)
        if (far > ends).any() or np.logical_or(*missing).any():
            wanted.widen(pair, *self._wanted(pair, span, far, missing))
        return Evidence(
            log_e=log_e,
            log_e_a=log_a,
            log_e_b=log_b,
            low=np.where(open_low, -np.inf, x[:, 0]),
            high=np.where(open_high, np.inf, x[:, 1]),
            estimate=np.where(at_low, -np.inf, np.where(at_high, np.inf, x[:, 2])),
        )

    @cached_property
    def sums(self) -> Floats:
        """Score, information, and b's successes above the fewest and below the most, by look."""
        strata = self.strata
        room = (strata.x_b - strata.low, strata.high - strata.x_b)
        values = np.array([strata.score, strata.information, *room]).T
        return summed(values, strata.pair)[self.upto]

    def first_span(self) -> _Span:
        """Log odds ratios that hold the mixture, by normal approximation."""
        score, information = (self.sums[:, :2] / self.temper[:, None]).T
        precision = information + PRECISION
        mode, width = score / precision, REACH / np.sqrt(precision)
        fall = 1.1 * np.minimum(width, DROP / np.maximum(np.abs(score), 1e-9))
        span = _Span(np.full(self.pairs, -1e-3), np.full(self.pairs, 1e-3))
        low = np.minimum(mode - 1.3 * width, -fall)
        span.widen(self.pair, low, np.maximum(mode + 1.3 * width, fall))
        return span

    def _wanted(
        self,
        pair: Ints,
        span: _Span,
        far: Floats,
        missing: tuple[NDArray[np.bool_], NDArray[np.bool_]],
    ) -> tuple[Floats, Floats]:
        """Wide enough for the mixture, and for bounds that were not met with."""
        low, high = span.low[pair], span.high[pair]
        wanted_low = np.where(-low < far[0], -1.1 * far[0], low)
        wanted_high = np.where(high < far[1], 1.1 * far[1], high)
        return (
            np.where(missing[0], 2.0 * low - high, wanted_low),
            np.where(missing[1], 2.0 * high - low, wanted_high),
        )

    def _tables(self, span: _Span, size: int) -> Iterator[tuple[slice, Table]]:
        """The table of every look, some looks at a time; the sums so far go on with the next."""
        half = (span.high - span.low) / 2.0
        cosine, weight = chebyshev(size)
        lam = ((span.low + span.high) / 2.0)[:, None] - half[:, None] * cosine
        before = np.zeros((1, size, 3))
        for rows, looks in stretches(self.strata.outcomes, self.upto, size):
            strata = self.strata.part(rows)
            pair = np.append(self.strata.pair[max(rows.start - 1, 0)], strata.pair)
            sums = summed(np.concatenate([before, strata.cumulants(lam)]), pair)
            values = np.ones((looks.stop - looks.start, size, 4))
            values[..., :3] = sums[self.upto[looks] - rows.start + 1]
            values[..., :3] /= self.temper[looks, None, None]
            values[..., :2] *= -1.0
            yield looks, Table(lam[self.pair[looks]], weight, values)
            before = sums[-1:].copy()
