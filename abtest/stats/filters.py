"""Which prospects to leave alone: a filter chosen on one half and judged on the other.

A filter that is judged on the data it was chosen on always looks good. The earlier half chooses
and the later one judges; where one half has not seen what the other holds, each row's prospects
are split by a lottery that is the same on every machine.
"""

from __future__ import annotations

import math
import zlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np

from abtest.stats import single_look
from abtest.stats.adjusted import Adjusted
from abtest.stats.compare import compare
from abtest.stats.levels import Row, dimensions, merge_rare
from abtest.stats.segment_results import Filter, Judged

#: The share of prospects to cut, and of those the share that keeps being sent to.
CUT, HOLDOUT = 0.6, 0.1

#: Fewer successes than this in the choosing half say nothing about whom to choose.
_LEAST_SUCCESSES = 5

#: What may be cut beyond what was asked, as a factor.
_SLACK = 1.05

#: Scores that agree to so many digits are equal.
_DIGITS = 9

#: A half must have seen the levels of this share of the other half's prospects.
_KNOWN = 0.9


def propose(rows: Sequence[Row], *, cut: float = CUT, alpha: float = 0.05) -> Judged | None:
    """The filter that drops about the worst-fitting `cut`, and what came of it elsewhere.

    Args:
        rows: Prospects by what is known of them.
        cut: The share to drop. Where the combinations of levels do not allow it, less; where
            even the smallest is more, that.
        alpha: Error rate of the judgment.

    Returns:
        None where there is nothing to choose by: no dimension, or too few successes.

    Raises:
        ValueError: `cut` is not between 0 and 1.
    """
    if not 0 < cut < 1:
        raise ValueError(f"cut must lie between 0 and 1, not {cut!r}.")
    rows = merge_rare([row for row in rows if row.nobs])
    if not dimensions(rows):
        return None
    first, second, by_date = halves(rows)
    chosen = choose(first, cut=cut)
    return None if chosen is None else _judge(chosen, second, by_date, alpha)


def choose(rows: Sequence[Row], *, cut: float = CUT) -> Filter | None:
    """The filter by the points of a penalized regression; None where they say nothing."""
    names = dimensions(rows)
    if not names or sum(row.count for row in rows) < _LEAST_SUCCESSES:
        return None
    model = Adjusted.of(rows, names)
    points = {key: model.effect(*key) for key in model.effects if key[0]}
    scored = Filter(points, 0.0, 0.0, (), ())
    sizes: dict[tuple[tuple[str, str], ...], int] = defaultdict(int)
    for row in rows:
        sizes[tuple(sorted((d, v) for d, v in row.levels.items() if d in names))] += row.nobs
    scores = {levels: round(scored.score(dict(levels)), _DIGITS) for levels in sizes}
    ranked = sorted(sizes, key=lambda levels: (scores[levels], levels))
    # Combinations with equal scores stay together: a threshold cannot tell them apart.
    ends = [i for i, (a, b) in enumerate(pairwise(ranked), 1) if scores[a] < scores[b]]
    if not ends:
        return None
    dropped = _cut_at([sizes[levels] for levels in ranked], ends, cut)
    share = sum(sizes[levels] for levels in ranked[:dropped]) / sum(sizes.values())
    largest = sorted(ranked, key=lambda levels: (-sizes[levels], levels))
    worst = set(ranked[:dropped])
    return Filter(
        points,
        scores[ranked[dropped]],
        share,
        dropped=tuple(dict(levels) for levels in largest if levels in worst),
        kept=tuple(dict(levels) for levels in largest if levels not in worst),
    )


def _cut_at(sizes: Sequence[int], ends: Sequence[int], cut: float) -> int:
    """After which of the first cells to cut: as many as may be, and hardly more than asked."""
    total = sum(sizes)
    shares = {end: sum(sizes[:end]) / total for end in ends}
    within = [end for end in ends if shares[end] <= cut * _SLACK]
    return max(within) if within else min(ends)


def _judge(chosen: Filter, rows: Sequence[Row], by_date: bool, alpha: float) -> Judged:
    arms = sorted({row.arm for row in rows})
    dropped, kept = (
        [_total(r for r in rows if r.arm == arm and chosen.keeps(r.levels) == keep) for arm in arms]
        for keep in (False, True)
    )
    test = compare(dropped, kept, alpha=alpha, looks=[0] * len(arms))
    successes = test.count_a + test.count_b
    return Judged(
        filter=chosen,
        by_date=by_date,
        test=test,
        lost=test.count_a / successes if successes else None,
        lost_interval=single_look.wilson(test.count_a, successes, alpha),
        holdout=math.ceil(HOLDOUT * test.nobs_a),
    )


def _total(rows: Iterable[Row]) -> tuple[int, int]:
    rows = list(rows)
    return sum(row.count for row in rows), sum(row.nobs for row in rows)


def halves(rows: Sequence[Row]) -> tuple[list[Row], list[Row], bool]:
    """The half that chooses, the half that judges, and whether they are divided by date."""
    first, second = _by_date(rows)
    if first and second and _known(first, second):
        return first, second, True
    pairs = [_lottery(row) for row in rows]
    return [a for a, _ in pairs], [b for _, b in pairs], False


def _by_date(rows: Sequence[Row]) -> tuple[list[Row], list[Row]]:
    """The earlier and the later rows, as near to one half as whole days allow."""
    days = sorted({row.order for row in rows})
    sizes = [sum(row.nobs for row in rows if row.order == day) for day in days]
    half = sum(sizes) / 2
    last = days[min(range(len(days)), key=lambda i: abs(sum(sizes[: i + 1]) - half))]
    return [r for r in rows if r.order <= last], [r for r in rows if r.order > last]


def _known(first: Sequence[Row], second: Sequence[Row]) -> bool:
    seen = {item for row in first for item in row.levels.items()}
    known = sum(row.nobs for row in second if seen.issuperset(row.levels.items()))
    return known >= _KNOWN * sum(row.nobs for row in second)


def _lottery(row: Row) -> tuple[Row, Row]:
    """A row's prospects dealt into two halves, which its own words decide.

    Prospects of a row cannot be told apart, so that drawing the successes of a half from the
    hypergeometric distribution is what dealing them out one by one would give.
    """
    words = f"{row.arm}|{row.order}|{sorted(row.levels.items())}|{row.nobs}"
    lots = np.random.default_rng(zlib.crc32(words.encode()))
    size = (row.nobs + int(lots.integers(2))) // 2
    count = int(lots.hypergeometric(row.count, row.nobs - row.count, size))
    return replace(row, count=count, nobs=size), replace(
        row, count=row.count - count, nobs=row.nobs - size
    )
