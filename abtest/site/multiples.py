"""Small multiples: the same small forest table for each kind of prospect, all on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from markupsafe import Markup

from abtest import wording
from abtest.insight import Breakdown, Dimension, Panel, Rate
from abtest.report import ExperimentResult, Report
from abtest.site import charts
from abtest.site.templating import plural
from abtest.stats.levels import OTHERS
from abtest.stats.segment_results import SegmentState

#: Mark and word of a level whose prospects answer differently; others get none.
_CALLED = {
    SegmentState.CARRIES: ("better", "answers more than the rest"),
    SegmentState.DRAGS: ("worse", "answers less than the rest"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One variant on one level."""

    title: str
    fraction: str
    value: str
    spread: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Small:
    """One panel: a level with a line for each variant, and what is proven of it."""

    level: str
    size: str
    state: str
    word: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Multiples:
    """The panels of one dimension, with the axis that they share."""

    name: str
    panels: tuple[Small, ...]
    axis: Markup
    note: str


def multiples(result: ExperimentResult, report: Report) -> tuple[tuple[str, ...], list[Multiples]]:
    """What is proven of the segments, and the panels; nothing where rows record no segments."""
    found = report.insight.breakdowns.get(result.id) if report.insight else None
    if found is None:
        return (), []
    scale = _scale(found, result.target)
    titles = {variant.id: variant.title for variant in result.variants}
    return found.facts, [_dimension(d, titles, scale, result.target) for d in found.dimensions]


def _scale(found: Breakdown, target: float | None) -> charts.Scale:
    """One scale for all panels; what reaches beyond four times the largest rate gets an arrow."""
    rates = [
        rate for d in found.dimensions for panel in d.panels for _, rate in panel.rates if rate.per
    ]
    most = max([rate.rate or 0.0 for rate in rates] + [target or 0.0])
    highs = [rate.sequence.high or 1.0 for rate in rates]
    return charts.rate_scale(highs, target, limit=min(1.0, max(4 * most, 0.02)))


def _dimension(
    found: Dimension, titles: Mapping[str, str], scale: charts.Scale, target: float | None
) -> Multiples:
    notes = []
    if found.hidden:
        notes.append(f"{plural(found.hidden, 'smaller group')} not drawn.")
    if found.unknown:
        notes.append(f"Not written down for {plural(found.unknown, 'prospect')}.")
    return Multiples(
        name=found.name.replace("_", " ").capitalize(),
        panels=tuple(_panel(panel, titles, scale, target) for panel in found.panels),
        axis=charts.axis(scale, [wording.short_percent(tick) for tick in scale.ticks]),
        note=" ".join(notes),
    )


def _panel(
    found: Panel, titles: Mapping[str, str], scale: charts.Scale, target: float | None
) -> Small:
    state, word = _CALLED.get(found.state, ("", ""))
    return Small(
        level="All rare ones together" if found.level == OTHERS else found.level,
        size=plural(found.per, "prospect"),
        state=state,
        word=word,
        lines=tuple(_line(titles[name], rate, scale, target) for name, rate in found.rates),
    )


def _line(title: str, rate: Rate, scale: charts.Scale, target: float | None) -> Line:
    """A variant's line: never colored, since no panel is judged by itself."""
    value = rate.rate if rate.per else None
    low, high = rate.sequence.low or 0.0, rate.sequence.high or 1.0
    state = "undecided" if rate.per else "no_data"
    return Line(
        title=title,
        fraction=wording.fraction(rate.count, rate.per) if rate.per else "nobody reached",
        value=wording.percent(value),
        spread=f"plausibly between {wording.between(rate.sequence)}" if rate.per else "",
        drawing=charts.interval_row(scale, state, value, low, high, line=target),
    )
