"""Segments: which kinds of prospects answer more, and which less?

How big an effect is comes from one penalized regression on all dimensions, so that a small
segment is drawn towards the average and one dimension is not mistaken for another. Whether it is
there comes from an exact e-value: the segment against the rest within cells that agree in the
variant and in every other dimension, but for those that leave nothing to compare. All segments
together are held by Holm's procedure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from typing import TypeAlias

from abtest.stats import multiplicity, single_look
from abtest.stats.adjusted import Adjusted
from abtest.stats.compare import compare
from abtest.stats.levels import Row, dimensions, merge_rare, sizes
from abtest.stats.results import Comparison, Interval, PairState
from abtest.stats.segment_results import Segment, SegmentState

#: A dimension is held fixed only where this share of the information is kept.
_LEAST_KEPT = 0.5

#: Successes and prospects by cell.
_Cells: TypeAlias = dict[tuple[str, ...], tuple[int, int]]


def segments(rows: Sequence[Row], *, alpha: float = 0.05) -> tuple[Segment, ...]:
    """Every level of every dimension, judged together; dimensions and levels by name.

    Args:
        rows: Any number; rare levels are merged first.
        alpha: Chance that any segment is called wrongly.

    Returns:
        One entry a level that has prospects inside and outside; none without two levels.
    """
    rows = merge_rare([row for row in rows if row.nobs])
    names = dimensions(rows)
    if not names:
        return ()
    found = [(d, level) for d in names for level in sorted(sizes(rows, d))]
    fixed = [_comparable(rows, names, *which) for which in found]
    tests = [
        _inside_against_outside(rows, held, *which, alpha)
        for which, held in zip(found, fixed, strict=True)
    ]
    rejected = _rejected(found, tests, alpha)
    model = Adjusted.of(rows, names)
    return tuple(
        replace(
            _segment(which, test, called, *model.rate(*which, alpha)),
            entangled=tuple(name for name in names if name not in (which[0], *held)),
        )
        for which, test, called, held in zip(found, tests, rejected, fixed, strict=True)
    )


def _segment(
    which: tuple[str, str], test: Comparison, called: bool, rate: float, spread: Interval
) -> Segment:
    interval = single_look.wilson(test.count_b, test.nobs_b, 1.0 - spread.level)
    assert interval is not None
    state = SegmentState.UNDECIDED
    if called:
        higher = test.state is PairState.BETTER
        state = SegmentState.CARRIES if higher else SegmentState.DRAGS
    return Segment(
        *which,
        count=test.count_b,
        nobs=test.nobs_b,
        interval=interval,
        rest_count=test.count_a,
        rest_nobs=test.nobs_a,
        adjusted=rate,
        adjusted_interval=spread,
        log_e=test.log_e_value,
        state=state,
    )


def _rejected(
    found: Sequence[tuple[str, str]], tests: Sequence[Comparison], alpha: float
) -> list[bool]:
    """Which segments differ from the rest, the chance of any mistake at most alpha.

    The two levels of a dimension with two ask one question, which counts once. Each needs evidence
    that holds also when tempered by the dispersion of the cells.
    """
    asked: dict[object, float] = {}
    for which, test in zip(found, tests, strict=True):
        asked.setdefault(_question(which, found), test.log_e_value)
    answers = dict(zip(asked, multiplicity.e_holm(list(asked.values()), alpha=alpha), strict=True))
    return [
        answers[_question(which, found)] and test.state in (PairState.BETTER, PairState.WORSE)
        for which, test in zip(found, tests, strict=True)
    ]


def _question(which: tuple[str, str], found: Sequence[tuple[str, str]]) -> object:
    levels = [level for dimension, level in found if dimension == which[0]]
    return which[0] if len(levels) == 2 else which


def _comparable(
    rows: Sequence[Row], names: Sequence[str], dimension: str, level: str
) -> tuple[str, ...]:
    """The other dimensions that can be held fixed and leave something to compare.

    One that goes together with this one leaves inside and outside in cells of their own. Which
    these are depends on who was sent what, never on who answered.
    """
    held: tuple[str, ...] = ()
    for name in names:
        if name != dimension:
            outside, inside = _sides(rows, (*held, name), dimension, level)
            if _kept(outside, inside) >= _LEAST_KEPT:
                held = (*held, name)
    return held


def _kept(outside: _Cells, inside: _Cells) -> float:
    """Share of the information on a difference that comparing within cells keeps."""
    n_a, n_b = (sum(nobs for _, nobs in side.values()) for side in (outside, inside))
    cells = [(outside[key][1], inside[key][1]) for key in outside.keys() & inside.keys()]
    kept = sum(a * b / (a + b) for a, b in cells if a and b)
    return kept * (n_a + n_b) / (n_a * n_b) if n_a and n_b else 0.0


def _inside_against_outside(
    rows: Sequence[Row], held: Sequence[str], dimension: str, level: str, alpha: float
) -> Comparison:
    outside, inside = _sides(rows, held, dimension, level)
    keys = sorted({*outside, *inside})
    return compare(
        [outside.get(key, (0, 0)) for key in keys],
        [inside.get(key, (0, 0)) for key in keys],
        alpha=alpha,
        looks=[0] * len(keys),
    )


def _sides(
    rows: Sequence[Row], held: Sequence[str], dimension: str, level: str
) -> tuple[_Cells, _Cells]:
    """Those outside a level and those inside, by arm and by the dimensions that are held fixed."""

    def cell(row: Row) -> tuple[str, ...]:
        return (row.arm, *(row.levels.get(name, "") for name in held))

    known = [row for row in rows if dimension in row.levels]
    outside = _cells((r for r in known if r.levels[dimension] != level), cell)
    inside = _cells((r for r in known if r.levels[dimension] == level), cell)
    return outside, inside


def _cells(rows: Iterable[Row], cell: Callable[[Row], tuple[str, ...]]) -> _Cells:
    cells: _Cells = defaultdict(lambda: (0, 0))
    for row in rows:
        count, nobs = cells[cell(row)]
        cells[cell(row)] = (count + row.count, nobs + row.nobs)
    return cells
