"""`abtest report --format csv`: one row a variant and metric, for a spreadsheet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.spreadsheet import csv_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.report import ExperimentResult, MetricResult, Report, VariantResult

HEAD = (
    "experiment", "variant", "title", "channel", "sample", "metric", "count", "per", "rate",
    "range_low", "range_high", "target", "state", "decided_at", "verdict",
)  # fmt: skip


def render(report: Report) -> str:
    """A header, then the rows; an undefined value is an empty cell."""
    rows = (
        row for result in report for variant in result.variants for row in _rows(result, variant)
    )
    return csv_text(HEAD, rows)


def _rows(result: ExperimentResult, variant: VariantResult) -> Iterator[list[object]]:
    for metric in variant.metrics.values():
        yield [
            result.id, variant.id, variant.title, variant.channel, result.sample, metric.name,
            metric.count, metric.per, *_numbers(metric), result.verdict.state,
        ]  # fmt: skip


def _numbers(metric: MetricResult) -> list[object]:
    test = metric.target
    decided = metric.decided_at.isoformat() if metric.decided_at else None
    numbers = [metric.rate, metric.plausible.low, metric.plausible.high, test and test.value]
    return [*numbers, test.state if test else None, decided]
