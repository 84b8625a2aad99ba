"""`abtest report --format markdown`: for a job summary; contributed text shows as typed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest import wording
from abtest.formats.escaping import code_span, markdown

if TYPE_CHECKING:
    from abtest.report import ExperimentResult, Report, VariantResult


def render(report: Report) -> str:
    """A heading, a verdict and a table an experiment."""
    blocks = [f"## Results on {report.as_of.isoformat()}"]
    blocks += [_experiment(result) for result in report]
    if not report.experiments:
        blocks.append("No experiments yet.")
    return "\n\n".join(blocks) + "\n"


def _experiment(result: ExperimentResult) -> str:
    sample = " (sample data, made up)" if result.sample else ""
    head = [
        f"### {markdown(result.title)}{sample}",
        "",
        f"**{markdown(result.verdict.headline)}** {markdown(result.verdict.next)}",
        "",
        f"| variant | {wording.did(result.metric)} | rate | plausible range | state |",
        "|---|--:|--:|--:|---|",
    ]
    rows = [_row(variant, result.metric) for variant in result.variants]
    warnings = [
        f"* {markdown(check.sentence)} {markdown(check.advice)}"
        for check in result.checks
        if check.ok is False
    ]
    return "\n".join([*head, *rows, *([""] if warnings else []), *warnings])


def _row(variant: VariantResult, primary: str) -> str:
    metric = variant.metrics[primary]
    state = wording.STATE_WORDS[metric.target.state] if metric.target else ""
    cells = (
        code_span(variant.id),
        wording.fraction(metric.count, metric.per),
        wording.percent(metric.rate),
        f"{wording.percent(metric.plausible.low)} to {wording.percent(metric.plausible.high)}",
        state,
    )
    return "| " + " | ".join(cells) + " |"
