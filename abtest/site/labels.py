"""What pages call an experiment and its messages, in few words: the same on every page."""

from __future__ import annotations

from collections.abc import Sequence

from abtest import wording
from abtest.plan import REACHED, Plan
from abtest.report import ExperimentResult, MetricResult, VariantResult
from abtest.stats.results import TargetState

STATUS_WORDS = {
    "draft": "Being written",
    "running": "Running",
    "decided": "Decided",
    "archived": "Archived",
}
_VERDICT_WORDS = {
    "winner": "Winner found",
    "no_difference": "No difference that matters",
    "undecided": "Not yet known",
    "no_data": "No results yet",
    "invalid": "Cannot be compared",
}
_CHANNELS = {"voicemail": "voicemail", "email": "email", "combo": "voicemail + email"}


def verdict_of(result: ExperimentResult) -> tuple[str, str]:
    """The state of an experiment, and what it is called; that all are below is known, too."""
    state = result.verdict.state
    if state == "undecided" and all_below(result):
        return str(TargetState.BELOW), "All below target"
    return state, _VERDICT_WORDS[state]


def all_below(result: ExperimentResult) -> bool:
    """Whether every variant is known to be below target: no answer to come will mend that."""
    return all(is_below(variant.metrics[result.metric]) for variant in result.variants)


def is_below(metric: MetricResult) -> bool:
    """Whether a rate is known to be below its target."""
    return metric.target is not None and metric.target.state is TargetState.BELOW


def is_published(result: ExperimentResult) -> bool:
    """A study that others published: evidence, but none of our messages to send."""
    return bool(result.experiment and result.experiment.source)


def audience(result: ExperimentResult) -> str:
    """Who a message is for, in one line; what anyone may have is left out."""
    profile = result.profile
    parts = [profile.get(key, "") for key in ("title", "industry", "location")]
    return " · ".join(part for part in parts if part and part.lower() != "any") or "anyone"


def state_of(metric: MetricResult) -> str:
    """The state against the target; a rate without a target is only known or not."""
    if metric.target is not None:
        return str(metric.target.state)
    return str(TargetState.UNDECIDED if metric.per else TargetState.NO_DATA)


def word_of(metric: MetricResult) -> str:
    """The state in words; nothing is claimed about a rate without a target."""
    if metric.target is not None:
        return wording.STATE_WORDS[metric.target.state]
    return "no target" if metric.per else wording.STATE_WORDS[TargetState.NO_DATA]


def facts_of(variant: VariantResult, primary: str) -> str:
    """The primary fraction, and how many meetings came of it."""
    metric = variant.metrics[primary]
    beside = "responses" if primary == "meetings" else "meetings"
    parts = [f"{wording.fraction(metric.count, metric.per)} {wording.did(primary)}"]
    if beside in variant.metrics and _is_recorded(variant, beside):
        count = variant.metrics[beside].count
        noun = beside if count != 1 else beside.removesuffix("s")
        parts.append(f"{count:,} {noun}")
    return " · ".join(parts)


def _is_recorded(variant: VariantResult, count: str) -> bool:
    """Did anybody write this count down? What nobody counted is not zero."""
    if variant.variant is None:
        return count in variant.counts
    return any(count in cohort.counts for cohort in variant.variant.cohorts)


def shown_metrics(variants: Sequence[VariantResult], plan: Plan) -> list[str]:
    """The metrics that somebody recorded, none of them twice under two names."""
    renamed = {m.count for m in plan.metrics if m.per == REACHED}
    names = [name for name in variants[0].metrics if name not in renamed]
    counts = {name: plan.metric_named(name).count for name in names}
    return [name for name in names if any(_is_recorded(v, counts[name]) for v in variants)]


def channel_of(variant: VariantResult) -> str:
    """What a prospect gets, in words; a cadence says how many touches."""
    words = _CHANNELS[variant.channel or "email"]
    return words if variant.touches <= 2 else f"{words}, {variant.touches} touches"
