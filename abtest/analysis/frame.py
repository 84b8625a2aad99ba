"""What is measured in an experiment, and against what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from abtest.model import Experiment
from abtest.plan import Metric, Plan

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
