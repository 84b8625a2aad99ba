"""The evidence on each variant over time: the plausible range that narrows towards a verdict."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from markupsafe import Markup

from abtest import wording
from abtest.report import ExperimentResult, MetricResult, VariantResult
from abtest.site import charts, curves
from abtest.site.labels import state_of, word_of
from abtest.site.templating import day


@dataclass(frozen=True, slots=True)
class Curve:
    """The evidence on one variant over time, with its numbers for those who want a table."""

    title: str
    value: str
    word: str
    state: str
    drawing: Markup
    rows: tuple[tuple[str, str, str, str], ...]


def evidence_curves(result: ExperimentResult) -> list[Curve]:
    """One drawing a variant, all on one scale; none before there are two looks to join."""
    series = {v.id: s for v in result.variants if (s := _moments(v.metrics[result.metric]))}
    if max(map(len, series.values()), default=0) < 2:
        return []
    highest = max(moments[-1].rate for moments in series.values())
    scale = charts.rate_scale(
        [moment.high for moments in series.values() for moment in moments[-3:]],
        result.target,
        limit=min(1.0, 4 * max(result.target or 0.25, highest)),
    )
    labels = [wording.short_percent(tick) for tick in scale.ticks]
    return [
        _curve(variant, variant.metrics[result.metric], series[variant.id], scale, labels)
        for variant in result.variants
        if variant.id in series
    ]


def _moments(metric: MetricResult) -> list[curves.Moment]:
    looks = metric.target.looks if metric.target else ()
    return [
        curves.Moment(date, look.rate or 0.0, look.low, look.high)
        for date, look in zip(metric.look_dates, looks, strict=True)
        if look.nobs
    ]


def _curve(
    variant: VariantResult,
    metric: MetricResult,
    series: list[curves.Moment],
    scale: charts.Scale,
    labels: list[str],
) -> Curve:
    state = state_of(metric)
    target = metric.target.value if metric.target else None
    looks = metric.target.looks if metric.target else ()
    return Curve(
        title=variant.title,
        value=wording.percent(metric.rate),
        word=word_of(metric) + _since(metric.decided_at),
        state=state,
        drawing=curves.evidence(
            series,
            scale,
            labels,
            state=state,
            target=target,
            decided_at=metric.decided_at,
            label=_curve_label(variant, series),
        ),
        rows=tuple(
            (
                day(date),
                wording.fraction(look.count, look.nobs),
                wording.percent(look.rate),
                f"{wording.percent(look.low)} to {wording.percent(look.high)}",
            )
            for date, look in zip(metric.look_dates, looks, strict=True)
        ),
    )


def _since(date: dt.date | None) -> str:
    return f" since {day(date)}" if date else ""


def _curve_label(variant: VariantResult, series: list[curves.Moment]) -> str:
    first, last = series[0], series[-1]
    return (
        f"{variant.title}: from {day(first.date)} to {day(last.date)} the plausible range went "
        f"from {wording.percent(first.low)} to {wording.percent(first.high)}, to "
        f"{wording.percent(last.low)} to {wording.percent(last.high)}."
    )
