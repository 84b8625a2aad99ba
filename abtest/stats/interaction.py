"""Does the effect of the words differ between segments?

A single look at data that were not collected for the question: whatever turns up is a reason for
an experiment of its own, never a verdict.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from scipy.special import gammaincc

from abtest.stats.levels import Row, dimensions, merge_rare, sizes
from abtest.stats.segment_results import Interaction, Table
from abtest.stats.single_look import SMALLEST_P, newcombe


def interactions(
    rows: Sequence[Row], control: str, *, alpha: float = 0.05
) -> tuple[Interaction, ...]:
    """Every dimension with every variant but the control; by name.

    Args:
        rows: Any number; rare levels are merged first.
        control: The arm to compare the others with.
        alpha: Chance that any of them is suspected wrongly, at this one look.
    """
    rows = merge_rare([row for row in rows if row.nobs])
    arms = sorted({row.arm for row in rows} - {control})
    asked = [
        (d, arm, _tables(rows, d, control, arm, alpha)) for d in dimensions(rows) for arm in arms
    ]
    p_values = [tarone(tables) for *_, tables in asked]
    return tuple(
        Interaction(*which, p, adjusted, adjusted is not None and adjusted <= alpha)
        for which, p, adjusted in zip(asked, p_values, holm(p_values), strict=True)
    )


def _tables(rows: Iterable[Row], dimension: str, a: str, b: str, alpha: float) -> tuple[Table, ...]:
    known = [row for row in rows if dimension in row.levels]
    return tuple(
        _table(level, [row for row in known if row.levels[dimension] == level], a, b, alpha)
        for level in sorted(sizes(known, dimension))
    )


def _table(level: str, rows: Sequence[Row], a: str, b: str, alpha: float) -> Table:
    count_a, count_b = (sum(row.count for row in rows if row.arm == arm) for arm in (a, b))
    nobs_a, nobs_b = (sum(row.nobs for row in rows if row.arm == arm) for arm in (a, b))
    interval = newcombe(count_a, nobs_a, count_b, nobs_b, alpha)
    return Table(level, count_a, nobs_a, count_b, nobs_b, interval)


def tarone(tables: Sequence[Table]) -> float | None:
    """P-value of equal odds ratios: Breslow & Day (1980) with Tarone's correction (1985).

    Levels on which nobody, or everybody, succeeded say nothing and are left out.

    Returns:
        None with fewer than two levels left, or where the common odds ratio is 0 or infinite.
    """
    kept = [t for t in tables if t.nobs_a and t.nobs_b and 0 < t.count_a + t.count_b < _all(t)]
    above = math.fsum(t.count_b * (t.nobs_a - t.count_a) / _all(t) for t in kept)
    below = math.fsum(t.count_a * (t.nobs_b - t.count_b) / _all(t) for t in kept)
    if len(kept) < 2 or not (above and below):
        return None
    expected = [_expected(t, above / below) for t in kept]
    variances = [_variance(t, b) for t, b in zip(kept, expected, strict=True)]
    residuals = [t.count_b - b for t, b in zip(kept, expected, strict=True)]
    breslow_day = math.fsum(r * r / v for r, v in zip(residuals, variances, strict=True))
    statistic = breslow_day - math.fsum(residuals) ** 2 / math.fsum(variances)
    return max(float(gammaincc((len(kept) - 1) / 2, max(statistic, 0.0) / 2)), SMALLEST_P)


def _all(table: Table) -> int:
    return table.nobs_a + table.nobs_b


def _expected(table: Table, ratio: float) -> float:
    """Successes of b that give exactly this odds ratio with the table's margins."""
    successes = table.count_a + table.count_b
    if ratio == 1.0:
        return successes * table.nobs_b / _all(table)
    a = 1.0 - ratio
    b = table.nobs_a - successes + ratio * (table.nobs_b + successes)
    c = -ratio * table.nobs_b * successes
    root = math.sqrt(b * b - 4.0 * a * c)
    return -2.0 * c / (b + root)


def _variance(table: Table, expected: float) -> float:
    """Of b's successes, given the margins and the odds ratio behind `expected`."""
    successes = table.count_a + table.count_b
    rest = (successes - expected, table.nobs_b - expected, table.nobs_a - successes + expected)
    return 1.0 / math.fsum(1.0 / cell for cell in (expected, *rest))


def holm(p_values: Sequence[float | None]) -> list[float | None]:
    """Holm's adjusted p-values (1979); None stays None and counts for nothing."""
    order = sorted((p, i) for i, p in enumerate(p_values) if p is not None)
    adjusted: list[float | None] = [None] * len(p_values)
    highest = 0.0
    for rank, (p, i) in enumerate(order):
        highest = max(highest, min(p * (len(order) - rank), 1.0))
        adjusted[i] = highest
    return adjusted
