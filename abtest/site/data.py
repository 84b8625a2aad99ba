"""The report as data: one JSON file for the site, one CSV file for each experiment."""

from __future__ import annotations

import json

from abtest.report import ExperimentResult, Report
from abtest.site.page import Asset
from abtest.spreadsheet import csv_text

_HEAD = (
    "variant", "title", "sent", "bounced", "metric", "count", "per", "rate",
    "plausible_low", "plausible_high", "target", "state", "sample",
)  # fmt: skip


def results_json(report: Report) -> Asset:
    """The whole report, with the keys of `abtest report --format json`."""
    text = json.dumps(report.to_dict(), ensure_ascii=False, allow_nan=False)
    return Asset("results.json", f"{text}\n".encode())


def results_csv(result: ExperimentResult) -> Asset:
    """The variants of an experiment, a row for each metric."""
    sample = "yes" if result.sample else "no"
    rows = (
        (
            variant.id, variant.title, variant.sent, variant.bounced, metric.name,
            metric.count, metric.per, metric.rate, metric.plausible.low, metric.plausible.high,
            metric.target and metric.target.value, metric.target and metric.target.state, sample,
        )
        for variant in result.variants
        for metric in variant.metrics.values()
    )  # fmt: skip
    return Asset(f"experiments/{result.id}/results.csv", csv_text(_HEAD, rows).encode())
