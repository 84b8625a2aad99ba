"""The forest table: each variant's rate with its plausible range against the target line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from abtest import wording
from abtest.report import ComparisonResult, ExperimentResult, VariantResult
from abtest.site import charts
from abtest.site.labels import channel_of, facts_of, state_of, word_of
from abtest.site.links import experiment_url, variant_url
from abtest.site.tables import compared

#: On a page of many experiments a rate beyond this many times the target gets an arrow instead of
#: squeezing everyone else against the left edge.
_BEYOND = 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """One variant, or one comparison, as the table shows it.

    Attributes:
        title: Whose row it is.
        url: Where its page is, relative to the site's root; empty for none.
        facts: The fractions below the title.
        value: The estimate as people read it.
        spread: The plausible range in words, for those who do not see the bar.
        state: The state by name: shape and color follow it.
        word: The state as people say it.
        drawing: The bar.
    """

    title: str
    url: str
    facts: str
    value: str
    spread: str
    state: str
    word: str
    drawing: Markup


@dataclass(frozen=True, slots=True)
class Group:
    """The rows of one experiment.

    Attributes:
        title: Its title; empty where the page is about that one alone.
        url: Where its page is.
        sample: Whether its numbers are made up.
        more: How many variants are left out.
    """

    rows: tuple[Row, ...]
    title: str = ""
    url: str = ""
    sample: bool = False
    more: int = 0


@dataclass(frozen=True, slots=True)
class Forest:
    """A whole table with its axis, and a caption where it needs one."""

    groups: tuple[Group, ...]
    axis: Markup
    caption: str
    columns: tuple[str, str, str]


def experiment_forest(result: ExperimentResult) -> Forest:
    """All variants of one experiment."""
    return _forest((result,), limit=1.0, most=None)


def overview_forest(results: Sequence[ExperimentResult], most: int) -> Forest:
    """The variants of several experiments, at most so many of each, grouped, on one scale."""
    targets = [r.target for r in results if r.target is not None]
    return _forest(results, limit=_BEYOND * max(targets, default=1.0), most=most)


def _forest(results: Sequence[ExperimentResult], *, limit: float, most: int | None) -> Forest:
    targets = [r.target for r in results if r.target is not None]
    scale = charts.rate_scale(_highs(results), max(targets, default=None), limit=limit)
    groups = tuple(_group(result, scale, most) for result in results)
    labels = [wording.short_percent(tick) for tick in scale.ticks]
    return Forest(
        groups,
        charts.axis(scale, labels),
        _caption(results),
        ("Message", "Plausible range", "Rate"),
    )


def _highs(results: Iterable[ExperimentResult]) -> list[float]:
    """The upper ends that the scale must reach; rows without results do not stretch it."""
    return [
        metric.plausible.high or 0.0
        for result in results
        for variant in result.variants
        if (metric := variant.metrics[result.metric]).per
    ]


def _group(result: ExperimentResult, scale: charts.Scale, most: int | None) -> Group:
    """The variants with the highest rates; all of them where the page is about them alone."""
    ranked = sorted(result.variants, key=lambda v: -(v.metrics[result.metric].rate or 0.0))
    rows = tuple(_row(result, variant, scale) for variant in ranked[:most])
    if most is None:
        return Group(rows)
    url = experiment_url(result.id)
    return Group(rows, result.title, url, result.sample, len(ranked) - len(rows))


def _row(result: ExperimentResult, variant: VariantResult, scale: charts.Scale) -> Row:
    metric = variant.metrics[result.metric]
    state = state_of(metric)
    low, high = metric.plausible.low or 0.0, metric.plausible.high or 1.0
    rate = metric.rate if metric.per else None
    return Row(
        title=variant.title,
        url=variant_url(variant.id),
        facts=facts_of(variant, result.metric) if metric.per else channel_of(variant),
        value=wording.percent(rate),
        spread=f"plausibly between {wording.between(metric.plausible)}" if metric.per else "",
        state=state,
        word=word_of(metric),
        drawing=charts.interval_row(scale, state, rate, low, high, line=result.target),
    )


def _caption(results: Sequence[ExperimentResult]) -> str:
    level = wording.short_percent(1 - results[0].alpha) if results else "95%"
    text = (
        f"Each mark is the observed rate, each bar the range that is plausible with {level} "
        "confidence, at this look and every earlier one."
    )
    targets = {r.target for r in results if r.target is not None}
    if not targets:
        return text
    lines = " or ".join(wording.short_percent(t) for t in sorted(targets))
    return f"{text} The dashed line is the {lines} target."


def comparison_forest(result: ExperimentResult) -> Forest | None:
    """The differences from the control, or None where nothing can be compared."""
    shown = compared(result)
    if not shown:
        return None
    ends = [abs(end) for c in shown for end in (c.test.plausible.low, c.test.plausible.high) if end]
    scale = charts.difference_scale(ends, result.smallest_effect)
    titles = {variant.id: variant.title for variant in result.variants}
    rows = tuple(_difference(c, titles, scale, result.smallest_effect) for c in shown)
    return Forest(
        (Group(rows),),
        charts.axis(scale, [wording.points(t).replace(".0 pp", "") for t in scale.ticks]),
        "Percentage points between the two rates. The dashed line is no difference; inside the "
        f"shaded band the difference is smaller than {wording.points(result.smallest_effect)[1:]}, "
        "too small to act on.",
        ("Comparison", "Plausible difference", "Difference"),
    )


def _difference(
    comparison: ComparisonResult, titles: dict[str, str], scale: charts.Scale, smallest: float
) -> Row:
    test = comparison.test
    state = str(test.state)
    low = scale.low if test.plausible.low is None else test.plausible.low
    high = scale.high if test.plausible.high is None else test.plausible.high
    return Row(
        title=titles.get(comparison.b, comparison.b),
        url="",
        facts=f"against {titles.get(comparison.a, comparison.a)}",
        value=wording.points(test.difference),
        spread=f"plausibly between {wording.between_points(test.plausible)}",
        state=state,
        word=wording.PAIR_WORDS[test.state],
        drawing=charts.interval_row(
            scale, state, test.difference, low, high, line=0.0, band=(-smallest, smallest)
        ),
    )
