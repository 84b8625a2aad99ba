"""A report in a notebook: verdicts and the table behind them, all text escaped."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from abtest import wording

if TYPE_CHECKING:
    from abtest.report.experiments import ExperimentResult
    from abtest.report.variants import VariantResult

_HEAD = ("variant", "rate", "plausible range", "against the target")


def html(results: Iterable[ExperimentResult]) -> str:
    """One heading, one verdict and one table an experiment."""
    return "".join(map(_experiment, results)) or "<p>No experiments yet.</p>"


def _experiment(result: ExperimentResult) -> str:
    sample = " <em>(sample data)</em>" if result.sample else ""
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    rows = "".join(_row(variant, result.metric) for variant in result.variants)
    return (
        f"<h4>{escape(result.title)}{sample}</h4><p>{escape(result.verdict.headline)}</p>"
        f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"
    )


def _row(variant: VariantResult, primary: str) -> str:
    metric = variant.metrics[primary]
    cells = (
        variant.title,
        f"{wording.percent(metric.rate)} ({wording.fraction(metric.count, metric.per)})",
        f"{wording.percent(metric.plausible.low)} to {wording.percent(metric.plausible.high)}",
        wording.STATE_WORDS[metric.target.state] if metric.target else "",
    )
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"
