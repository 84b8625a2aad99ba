"""`abtest report`: verdicts in sentences, then the numbers behind them, in 80 columns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from abtest import wording
from abtest.formats.escaping import log
from abtest.formats.table import shorten, table
from abtest.stats.results import TargetState

if TYPE_CHECKING:
    from abtest.report import ExperimentResult, MetricResult, Report, VariantResult

_COLUMNS = 80
_NAME = 24
_COLORS = {TargetState.MEETS: "green", TargetState.BELOW: "red"}


def render(report: Report) -> str:
    """All experiments, then what false discovery control says of them together."""
    if not report.experiments:
        return "No experiments yet. Start one: abtest new experiment NAME\n"
    blocks = [_experiment_text(result) for result in report]
    found = report.portfolio
    if len(found.discoveries) > 1:
        surviving = sum(discovery.survives for discovery in found.discoveries)
        blocks.append(
            f"{surviving} of {len(found.discoveries)} declared results survive false discovery "
            f"control;\nat most {found.expected_false:.1f} of them are expected to be false."
        )
    return "\n\n".join(blocks) + "\n"


def _experiment_text(result: ExperimentResult) -> str:
    """One experiment: headline, what to do next, table, sentences, warnings."""
    lines = [click.style(log(result.title), bold=True), _about(result), ""]
    lines += _wrap(result.verdict.headline)
    lines += _wrap(f"Next: {result.verdict.next}")
    lines += ["", *_table(result), ""]
    lines += [line for variant in result.variants for line in _item(variant, result)]
    lines += [line for pair in result.comparisons for line in _wrap(pair.sentence, "- ")]
    if result.next_split is not None:
        lines += _wrap(result.next_split.sentence, "- ")
    for check in result.checks:
        if check.ok is False:
            lines += _wrap(f"{check.sentence} {check.advice}", "! ")
    return "\n".join(lines)


def _about(result: ExperimentResult) -> str:
    typed_in = result.experiment is None
    parts = [] if typed_in else [result.id, result.status, f"{result.lead_type} leads"]
    if result.target is not None:
        parts.append(f"target {wording.short_percent(result.target)}")
    if result.fixed is not None:
        parts.append(f"judged once, at {result.fixed:,} per variant")
    if result.sample:
        parts.append("SAMPLE DATA, made up")
    return " · ".join(parts)


def _table(result: ExperimentResult) -> list[str]:
    level = wording.short_percent(1 - result.alpha)
    head = ["", wording.did(result.metric), "rate", f"{level} range", "", "meetings"]
    rows = [_row(variant, variant.metrics[result.metric]) for variant in result.variants]
    columns = len(head) - all(variant.variant is None for variant in result.variants)
    return table(head[:columns], [row[:columns] for row in rows], right="lrrrlr"[:columns])


def _row(variant: VariantResult, metric: MetricResult) -> list[str]:
    name = variant.id.rpartition("/")[2]
    state = ""
    if metric.target is not None:
        state = _colored(metric.target.state)
    low, high = metric.plausible.low, metric.plausible.high
    meetings = variant.metrics.get("meetings")
    return [
        shorten(name, _NAME),
        wording.fraction(metric.count, metric.per),
        wording.percent(metric.rate),
        f"{wording.percent(low)}–{wording.percent(high)}",
        state,
        "–" if meetings is None else str(meetings.count),
    ]


def _colored(state: TargetState) -> str:
    word = wording.STATE_WORDS[state]
    return click.style(word, fg=_COLORS[state]) if state in _COLORS else word


def _item(variant: VariantResult, result: ExperimentResult) -> list[str]:
    name = variant.id.rpartition("/")[2]
    said = variant.sentence == result.verdict.headline
    lines = [] if said else _wrap(f"{name}: {variant.sentence}", "- ")
    waiting = variant.maturing
    if waiting.sent and result.is_judged_once(variant):
        lines += _wrap(
            f"{waiting.sent:,} more prospects ({waiting.responses:,} answered so far) came after "
            f"the planned number; they are shown, not judged.",
            "  ",
        )
    elif waiting.sent:
        lines += _wrap(
            f"{waiting.sent:,} more prospects are maturing ({waiting.responses:,} answered so "
            f"far); they count once the response window has passed.",
            "  ",
        )
    return lines


def _wrap(text: str, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        log(text), _COLUMNS, initial_indent=bullet, subsequent_indent=" " * len(bullet)
    )
