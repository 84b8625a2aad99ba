"""Rates of any set of cohorts, as insights carry them."""

from __future__ import annotations

from collections.abc import Iterable

from abtest.analysis import cohorts
from abtest.insight import Rate
from abtest.model import Cohort
from abtest.plan import Metric
from abtest.report import MetricResult
from abtest.stats.proportion import against_target, estimate
from abtest.stats.results import Interval, TargetState, TargetTest


def rate_of(result: MetricResult) -> Rate:
    """A metric's rate without its test."""
    return Rate(result.count, result.per, result.rate, result.interval, result.sequence)


def rate(
    found: Iterable[Cohort], metric: Metric, alpha: float, target: float | None = None
) -> Rate:
    """A metric's rate over cohorts, its sequence over their weeks; of a ratio only the counts.

    With a target the sequence is the one that the target is judged by.
    """
    weeks = cohorts.series(found, metric.count, metric.per)
    if any(count > nobs for count, nobs in zip(weeks.count, weeks.nobs, strict=True)):
        count, per = sum(weeks.count), sum(weeks.nobs)
        return Rate(count, per, None, None, Interval(0.0, 1.0, 1.0 - alpha))
    center = 0.10 if target is None else target
    known = estimate(weeks.count, weeks.nobs, alpha=alpha, prior_mean=center, looks=weeks.looks)
    return Rate(known.count, known.nobs, known.rate, known.interval, known.sequence)


def against(
    found: Iterable[Cohort], metric: Metric, target: float | None, alpha: float
) -> TargetTest | None:
    """A metric over cohorts against a target, with a look a week; None where it has none."""
    weeks = cohorts.series(found, metric.count, metric.per)
    ratio = any(count > nobs for count, nobs in zip(weeks.count, weeks.nobs, strict=True))
    if target is None or ratio:
        return None
    return against_target(weeks.count, weeks.nobs, target, alpha=alpha, looks=weeks.looks)


def state_of(
    found: Iterable[Cohort], metric: Metric, target: float | None, alpha: float
) -> TargetState | None:
    """Where cohorts stand against a target; None where there is none."""
    test = against(found, metric, target, alpha)
    return None if test is None else test.state
