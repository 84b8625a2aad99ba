"""The variants of an experiment by segment: each rate with its range, and what is proven."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from abtest import wording
from abtest.analysis import segments as words
from abtest.insight import Breakdown, Dimension, Panel, Rate
from abtest.model import Cohort
from abtest.plan import Metric
from abtest.stats.levels import Row, dimensions, merge_rare
from abtest.stats.proportion import estimate
from abtest.stats.segment_results import Segment, SegmentState
from abtest.stats.segments import segments

#: How many levels of a dimension are drawn, the largest, and how many sentences are said.
MOST_PANELS, MOST_FACTS = 6, 4

#: A wave of a mailing is no kind of prospect.
_NO_SEGMENT = "batch"


def breakdown(
    arms: Mapping[str, Iterable[Cohort]], metric: Metric, target: float | None, alpha: float
) -> Breakdown | None:
    """Every variant on every level of every dimension; None where rows record no two levels.

    Args:
        arms: Variant id → its mature rows.
        metric: What is counted.
        target: Where the ranges' prior is centered.
        alpha: Error rate of each range, and of all calls of segments together.
    """
    rows = merge_rare([_described(row) for row in words.rows(arms, metric) if row.nobs])
    names = dimensions(rows)
    if not names:
        return None
    judged = {(s.dimension, s.level): s for s in segments(rows, alpha=alpha)}
    found = [_dimension(name, rows, list(arms), judged, target, alpha) for name in names]
    return Breakdown(tuple(found), _facts(judged.values(), metric))


def _described(row: Row) -> Row:
    levels = {name: level for name, level in row.levels.items() if name != _NO_SEGMENT}
    return replace(row, levels=levels)


def _dimension(
    name: str,
    rows: Sequence[Row],
    arms: Sequence[str],
    judged: Mapping[tuple[str, str], Segment],
    target: float | None,
    alpha: float,
) -> Dimension:
    by_level: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        by_level[row.levels.get(name, "")].append(row)
    unknown = sum(row.nobs for row in by_level.pop("", []))
    panels = [
        Panel(
            level,
            tuple((arm, _rate([r for r in known if r.arm == arm], target, alpha)) for arm in arms),
            judged[name, level].state if (name, level) in judged else SegmentState.UNDECIDED,
        )
        for level, known in by_level.items()
    ]
    panels.sort(key=lambda panel: (-panel.per, panel.level))
    shown = tuple(panels[:MOST_PANELS])
    return Dimension(name, shown, unknown, len(panels) - len(shown))


def _rate(rows: Sequence[Row], target: float | None, alpha: float) -> Rate:
    """The rate of some rows, its range safe at every look: a look a week."""
    weeks: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    for row in rows:
        weeks[row.order][0] += row.count
        weeks[row.order][1] += row.nobs
    ordered = [weeks[week] for week in sorted(weeks)] or [[0, 0]]
    known = estimate(
        [count for count, _ in ordered],
        [nobs for _, nobs in ordered],
        alpha=alpha,
        prior_mean=0.10 if target is None else target,
    )
    return Rate(known.count, known.nobs, known.rate, known.interval, known.sequence)


def _facts(judged: Iterable[Segment], metric: Metric) -> tuple[str, ...]:
    """The segments that are proven to differ; that none is, is worth a sentence, too."""
    called = [s for s in judged if s.state is not SegmentState.UNDECIDED]
    if not called:
        return ("No group is shown to answer more or less than the others.",)
    called.sort(key=lambda segment: (-abs(segment.excess), segment.dimension, segment.level))
    said = [s for i, s in enumerate(called) if not any(_same(s, other) for other in called[:i])]
    facts = [_fact(segment, metric) for segment in said[:MOST_FACTS]]
    if len(said) > MOST_FACTS:
        facts.append(f"{len(said) - MOST_FACTS} more groups are shown to differ.")
    return tuple(facts)


def _same(one: Segment, other: Segment) -> bool:
    """Whether two levels are each other's rest: what is said of one says all."""
    return one.dimension == other.dimension and one.nobs == other.rest_nobs


def _fact(segment: Segment, metric: Metric) -> str:
    more = "more" if segment.state is SegmentState.CARRIES else "less"
    tangled = [name.replace("_", " ") for name in segment.entangled]
    together = (
        f" It goes together with the {wording.listed(tangled)}: nobody can tell them apart."
        if tangled
        else ""
    )
    return (
        f"{words.segment_name(segment.dimension, segment.level)} answers {more} than the rest: "
        f"{wording.fraction(segment.count, segment.nobs)} {wording.did(metric.name)} "
        f"({wording.percent(segment.rate)}), against "
        f"{wording.fraction(segment.rest_count, segment.rest_nobs)} "
        f"({wording.percent(segment.rest_rate)}).{together}"
    )
