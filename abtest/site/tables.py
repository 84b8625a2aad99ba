"""The numbers of an experiment as tables: what came of it, and every figure of the method."""

from __future__ import annotations

from dataclasses import dataclass

from abtest import wording
from abtest.plan import Plan
from abtest.report import ComparisonResult, ExperimentResult, MetricResult, VariantResult
from abtest.site.labels import shown_metrics
from abtest.site.templating import plural
from abtest.stats.results import Comparison, TargetTest


@dataclass(frozen=True, slots=True)
class CountRow:
    """A variant's counts as text; a cell is a fraction with its rate."""

    title: str
    sent: str
    bounced: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CountTable:
    """Every metric that somebody recorded, of every variant."""

    names: tuple[str, ...]
    rows: tuple[CountRow, ...]


@dataclass(frozen=True, slots=True)
class MethodTable:
    """Every number of the method, for whoever wants to check.

    Attributes:
        design: When it is judged, in words.
        targets: Title and test of each variant against its target.
        pairs: Titles of a variant and of what it is compared with, and their test.
    """

    design: str
    targets: tuple[tuple[str, TargetTest], ...]
    pairs: tuple[tuple[str, str, Comparison], ...]


def count_table(result: ExperimentResult, plan: Plan) -> CountTable:
    """What came of it."""
    names = shown_metrics(result.variants, plan)
    return CountTable(
        tuple(name.replace("_", " ") for name in names),
        tuple(_count_row(variant, names) for variant in result.variants),
    )


def _count_row(variant: VariantResult, names: list[str]) -> CountRow:
    cells = tuple(_cell(variant.metrics[name]) for name in names)
    return CountRow(variant.title, f"{variant.sent:,}", f"{variant.bounced:,}", cells)


def _cell(metric: MetricResult) -> tuple[str, str]:
    if not metric.per:
        return "–", ""
    return wording.fraction(metric.count, metric.per), wording.percent(metric.rate)


def method_table(result: ExperimentResult) -> MethodTable:
    """How the numbers are made."""
    tests = [(v.title, v.metrics[result.metric].target) for v in result.variants]
    return MethodTable(
        design=f"judged once, at {plural(result.fixed, 'prospect')} per variant"
        if result.fixed
        else "sequential: may be looked at after every push",
        targets=tuple((title, test) for title, test in tests if test is not None and test.nobs),
        pairs=tuple((result[c.b].title, result[c.a].title, c.test) for c in compared(result)),
    )


def compared(result: ExperimentResult) -> list[ComparisonResult]:
    """The comparisons of which anything can be said."""
    return [c for c in result.comparisons if c.test.difference is not None]
