"""The variants: their counts, and each of their metrics against its target."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from abtest import wording
from abtest.analysis import cohorts
from abtest.analysis.frame import Frame
from abtest.analysis.trial import Trial
from abtest.model import Cohort
from abtest.plan import REACHED, Metric
from abtest.report import Maturing, MetricResult, VariantResult
from abtest.stats import planning, proportion
from abtest.stats.proportion import RateEstimate
from abtest.stats.results import Interval, MoreNeeded, TargetState, TargetTest

#: A metric of a variant: against its target if it has one, else its rate and its range; None
#: where it is a ratio and no proportion.
_Measured: TypeAlias = TargetTest | RateEstimate | None


@dataclass(frozen=True, slots=True)
class _Found:
    """One metric of one variant of a trial, measured."""

    trial: Trial
    name: str
    metric: Metric
    measured: _Measured


def judge_all(trials: Sequence[Trial]) -> list[dict[str, VariantResult]]:
    """For each trial its variants by local id, the control first, on their mature cohorts."""
    found = [
        _Found(trial, name, metric, _measure(trial.series(name, metric), metric, trial.frame))
        for trial in trials
        for name in trial.names
        for metric in trial.frame.metrics
    ]
    needed = _more_needed(found)
    results = iter([_result(each, more) for each, more in zip(found, needed, strict=True)])
    return [
        {
            name: _variant(trial, name, [next(results) for _ in trial.frame.metrics])
            for name in trial.names
        }
        for trial in trials
    ]


def _variant(trial: Trial, name: str, results: Sequence[MetricResult]) -> VariantResult:
    variant, split = trial.experiment[name], trial.judged[name]
    metrics = {result.name: result for result in results}
    return VariantResult(
        id=variant.id,
        title=variant.title,
        channel=variant.channel,
        touches=len({touch.number for touch in variant.touches}),
        sent=cohorts.total(split.mature, "sent"),
        bounced=cohorts.total(split.mature, "bounced"),
        reached=cohorts.total(split.mature, "reached"),
        counts=_counts(split.mature, trial.frame),
        maturing=Maturing(
            sent=cohorts.total(split.maturing, "sent"),
            responses=cohorts.total(split.maturing, "responses"),
        ),
        metrics=metrics,
        sentence=_sentence(metrics[trial.frame.primary.name]),
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


def _measure(weeks: cohorts.Series, metric: Metric, frame: Frame) -> _Measured:
    if any(count > nobs for count, nobs in zip(weeks.count, weeks.nobs, strict=True)):
        return None
    alpha = frame.plan.alpha
    if metric.target is None:
        return proportion.estimate(sum(weeks.count), sum(weeks.nobs), alpha=alpha)
    if frame.planned is None:
        return proportion.against_target(
            weeks.count, weeks.nobs, metric.target, alpha=alpha, looks=weeks.looks
        )
    return proportion.fixed_against_target(
        sum(weeks.count), sum(weeks.nobs), metric.target, alpha=alpha, planned=frame.planned
    )


def _more_needed(found: Sequence[_Found]) -> list[MoreNeeded | None]:
    """How many more prospects should settle each, where that is open.

    A fixed design has its number: further prospects would settle nothing.
    """
    asked: dict[tuple[float, float], dict[int, tuple[int, int]]] = defaultdict(dict)
    for i, each in enumerate(found):
        test, frame = each.measured, each.trial.frame
        if isinstance(test, TargetTest) and frame.planned is None and _is_open(test):
            asked[test.value, frame.plan.alpha][i] = (test.count, test.nobs)
    needed: list[MoreNeeded | None] = [None] * len(found)
    for (target, alpha), rates in asked.items():
        answers = planning.more_needed_for_all(list(rates.values()), target, alpha=alpha)
        for i, answer in zip(rates, answers, strict=True):
            needed[i] = answer
    return needed


def _is_open(test: TargetTest) -> bool:
    return test.state in (TargetState.UNDECIDED, TargetState.NO_DATA)


def _result(found: _Found, more: MoreNeeded | None) -> MetricResult:
    metric, test = found.metric, found.measured
    weeks = found.trial.series(found.name, metric)
    if isinstance(test, TargetTest):
        return from_test(metric.name, test, weeks.dates, more)
    if test is None:
        everything = Interval(0.0, 1.0, 1 - found.trial.frame.plan.alpha)
        count, nobs = sum(weeks.count), sum(weeks.nobs)
        return MetricResult(metric.name, count, nobs, None, None, everything)
    return MetricResult(metric.name, test.count, test.nobs, test.rate, test.interval, test.sequence)


def from_test(
    name: str, test: TargetTest, dates: tuple[dt.date, ...], more: MoreNeeded | None
) -> MetricResult:
    """A metric's result from its test, with how many more prospects should settle it."""
    decided = None if test.decided_at is None or not dates else dates[test.decided_at]
    return MetricResult(
        name=name,
        count=test.count,
        per=test.nobs,
        rate=test.rate,
        interval=test.interval,
        sequence=test.sequence,
        target=test if more is None else replace(test, more_needed=more),
        decided_at=decided,
        look_dates=dates,
    )


def more_needed(test: TargetTest, alpha: float) -> MoreNeeded | None:
    """How many more prospects should settle a test, None where nothing is open."""
    if not _is_open(test):
        return None
    return planning.more_needed(test.count, test.nobs, test.value, alpha=alpha)
