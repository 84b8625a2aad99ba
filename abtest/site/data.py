"""The report as data: one JSON file for the site, one CSV file for each experiment."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

from abtest.report import ExperimentResult, Report
from abtest.site.page import Asset

#: First characters that a spreadsheet takes for a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def results_json(report: Report) -> Asset:
    """The whole report, with the keys of `abtest report --format json`."""
    text = json.dumps(report.to_dict(), ensure_ascii=False, allow_nan=False)
    return Asset("results.json", f"{text}\n".encode())


def results_csv(result: ExperimentResult) -> Asset:
    """The variants of an experiment, a row for each metric."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(
        ["variant", "title", "sent", "bounced", "metric", "count", "per", "rate",
         "plausible_low", "plausible_high", "target", "state", "sample"]
    )  # fmt: skip
    for variant in result.variants:
        for metric in variant.metrics.values():
            test = metric.target
            row: list[Any] = [
                variant.id, variant.title, variant.sent, variant.bounced, metric.name,
                metric.count, metric.per, metric.rate, metric.plausible.low, metric.plausible.high,
                test.value if test else None, str(test.state) if test else None, result.sample,
            ]  # fmt: skip
            table.writerow([_cell(value) for value in row])
    return Asset(f"experiments/{result.id}/results.csv", out.getvalue().encode())


def _cell(value: Any) -> Any:
    """A cell that a spreadsheet shows and never runs."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value
