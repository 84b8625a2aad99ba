"""One variant: its counts, and each of its metrics against its target."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from abtest import wording
from abtest.analysis import cohorts
from abtest.model import Cohort, Experiment, Variant
from abtest.plan import REACHED, Metric, Plan
from abtest.report import Maturing, MetricResult, VariantResult
from abtest.stats import planning, proportion
from abtest.stats.results import Interval, TargetState, TargetTest

#: Shown for every variant, whether or not anything was counted.
_ALWAYS = ("responses", "meetings")


def _always(experiment: Experiment, written: set[str]) -> tuple[str, ...]:
    """What is shown without being recorded; a published study has no meetings to be 0 of."""
    studied = bool(experiment.source) and "meetings" not in written
    return ("responses",) if studied else _ALWAYS


@dataclass(frozen=True, slots=True)
class Frame:
    """What holds for all variants of an experiment.

    Attributes:
        primary: The metric that decides.
        target: The target of the primary metric, None where none applies.
        metrics: All metrics to show, the primary one first, with their targets.
        planned: Prospects per variant that a fixed design judges, None for a sequential one.
    """

    plan: Plan
    primary: Metric
    target: float | None
    metrics: tuple[Metric, ...]
    planned: int | None


def frame(experiment: Experiment, plan: Plan, planned: int | None) -> Frame:
    """What is measured in an experiment, and against what."""
    name = experiment.metric or plan.metric
    declared = plan.metric_named(name)
    target = _target(experiment, declared, plan)
    primary = Metric(declared.name, declared.count, declared.per, target)
    written = _written(experiment)
    others = [plan.metric_named(other) for other in _always(experiment, written) if other != name]
    others += [metric for metric in plan.metrics if metric.name != name]
    shown = {metric.name for metric in (primary, *others)}
    others += _counted(written, plan, shown)
    return Frame(plan, primary, target, (primary, *others), planned)


def _target(experiment: Experiment, metric: Metric, plan: Plan) -> float | None:
    """Its own target first; the team's holds for cold leads alone."""
    if experiment.target is not None:
        return experiment.target
    if metric.target is not None:
        return metric.target
    return plan.target if experiment.lead_type == "cold" else None


def _written(experiment: Experiment) -> set[str]:
    """The count keys of all rows."""
    return {key for variant in experiment for cohort in variant.cohorts for key in cohort.counts}


def _counted(written: set[str], plan: Plan, shown: set[str]) -> Iterable[Metric]:
    """Built-in metrics that someone recorded and that are not shown yet."""
    for key in plan.all_counts:
        if key in written and key not in shown and key not in ("sent", "bounced", "amount"):
            yield Metric(key, key)


def judge(variant: Variant, split: cohorts.Split, frame: Frame) -> VariantResult:
    """All metrics of a variant on its mature cohorts."""
    metrics = {metric.name: measure(split.mature, metric, frame) for metric in frame.metrics}
    return VariantResult(
        id=variant.id,
        title=variant.title,
        channel=variant.channel,
        touches=len({touch.number for touch in variant.touches}),
        sent=cohorts.total(split.mature, "sent"),
        bounced=cohorts.total(split.mature, "bounced"),
        reached=cohorts.total(split.mature, "reached"),
        counts=_counts(split.mature, frame),
        maturing=Maturing(
            sent=cohorts.total(split.maturing, "sent"),
            responses=cohorts.total(split.maturing, "responses"),
        ),
        metrics=metrics,
        sentence=_sentence(metrics[frame.primary.name]),
        variant=variant,
    )


def _counts(mature: Sequence[Cohort], frame: Frame) -> Mapping[str, int]:
    """Every count that some metric shows or someone recorded here."""
    written = {key for cohort in mature for key in cohort.counts}
    shown = written.union(metric.count for metric in frame.metrics if metric.per == REACHED)
    keys = (key for key in frame.plan.all_counts if key not in ("sent", "bounced"))
    return {key: cohorts.total(mature, key) for key in keys if key in shown}


def _sentence(metric: MetricResult) -> str:
    if metric.target is not None:
        return wording.target_sentence(metric.target, metric.name, metric.more_needed)
    if not metric.per:
        return wording.NO_RESULTS
    return wording.count_sentence(metric.count, metric.per, metric.name)


def measure(mature: Iterable[Cohort], metric: Metric, frame: Frame) -> MetricResult:
    """One metric: against its target if it has one, else its rate and its range."""
    weeks = cohorts.series(mature, metric.count, metric.per)
    if any(count > nobs for count, nobs in zip(weeks.count, weeks.nobs, strict=True)):
        return _undefined(metric, sum(weeks.count), sum(weeks.nobs), frame)
    if metric.target is None:
        return _rate(metric, sum(weeks.count), sum(weeks.nobs), frame)
    test = _against_target(weeks, metric.target, frame)
    return from_test(metric.name, test, weeks.dates, frame.plan.alpha, frame.planned)


def _against_target(weeks: cohorts.Series, target: float, frame: Frame) -> TargetTest:
    alpha = frame.plan.alpha
    if frame.planned is None:
        return proportion.against_target(
            weeks.count, weeks.nobs, target, alpha=alpha, looks=weeks.looks
        )
    return proportion.fixed_against_target(
        sum(weeks.count), sum(weeks.nobs), target, alpha=alpha, planned=frame.planned
    )


def from_test(
    name: str,
    test: TargetTest,
    dates: tuple[dt.date, ...],
    alpha: float,
    planned: int | None = None,
) -> MetricResult:
    """A metric's result from its test, with how many more prospects should settle it.

    A fixed design (`planned`) has its number: further prospects would settle nothing.
    """
    decided = None if test.decided_at is None or not dates else dates[test.decided_at]
    more = None
    if planned is None and test.state in (TargetState.UNDECIDED, TargetState.NO_DATA):
        more = planning.more_needed(test.count, test.nobs, test.value, alpha=alpha)
    return MetricResult(
        name=name,
        count=test.count,
        per=test.nobs,
        rate=test.rate,
        interval=test.interval,
        sequence=test.sequence,
        target=replace(test, more_needed=more),
        decided_at=decided,
        look_dates=dates,
    )


def _rate(metric: Metric, count: int, nobs: int, frame: Frame) -> MetricResult:
    estimate = proportion.estimate(count, nobs, alpha=frame.plan.alpha)
    return MetricResult(
        metric.name, count, nobs, estimate.rate, estimate.interval, estimate.sequence
    )


def _undefined(metric: Metric, count: int, nobs: int, frame: Frame) -> MetricResult:
    """More successes than prospects in some week: a ratio, not a proportion."""
    return MetricResult(
        metric.name, count, nobs, None, None, Interval(0.0, 1.0, 1 - frame.plan.alpha)
    )
