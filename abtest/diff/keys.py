"""What a file says above its text, key by key: title, status, decision, target and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest import wording
from abtest.diff.results import KeyChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from abtest.model import Decision, Experiment, Variant
    from abtest.plan import Metric, Plan


def experiment_keys(old: Experiment | None, new: Experiment | None) -> tuple[KeyChange, ...]:
    """The keys of an experiment that have other values; none of one that came or went."""
    if old is None or new is None:
        return ()
    return tuple(_differing(_of_experiment(old), _of_experiment(new)))


def variant_keys(old: Variant | None, new: Variant | None) -> tuple[KeyChange, ...]:
    """The keys of a variant that have other values; none of one that came or went."""
    if old is None or new is None:
        return ()
    return tuple(_differing(_of_variant(old), _of_variant(new)))


def plan_keys(old: Plan, new: Plan) -> tuple[KeyChange, ...]:
    """The settings of plan.yml that have other values, written out or by default."""
    return tuple(_differing(_of_plan(old), _of_plan(new)))


def _differing(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[KeyChange]:
    for key in dict.fromkeys((*old, *new)):
        before, after = old.get(key) or None, new.get(key) or None
        if before != after:
            yield KeyChange(key, before, after)


def _of_experiment(experiment: Experiment) -> dict[str, str]:
    """Key → its value as people write it, empty where there is none."""
    effect = experiment.smallest_effect
    return {
        "title": experiment.title,
        "status": experiment.status,
        **{f"profile.{key}": value for key, value in experiment.profile.wanted.items()},
        "control": experiment.control,
        "lead_type": experiment.lead_type,
        "target": "" if experiment.target is None else wording.short_percent(experiment.target),
        "metric": experiment.metric or "",
        "lever": experiment.lever,
        "lang": experiment.lang,
        "allocation": _split(experiment.allocation),
        "design": f"fixed: {experiment.fixed}" if experiment.fixed else "sequential",
        "smallest_effect": "" if effect is None else _points(effect),
        "sample": "true" if experiment.sample else "",
        "source": experiment.source,
        "decision": _decided(experiment.decision),
    }


def _of_variant(variant: Variant) -> dict[str, str]:
    """Key → its value as people write it, empty where there is none."""
    change = variant.text_change
    return {
        "title": variant.title,
        "author": variant.author,
        "recording": variant.recording.path if variant.recording else "",
        "factors": _pairs(variant.factors),
        "text_change": f"{change.date}: {change.why}" if change else "",
        "ignore": _pairs(variant.ignore),
    }


def _of_plan(plan: Plan) -> dict[str, str]:
    """Key → its value as people write it, empty where there is none."""
    sender, critique = plan.sender, plan.critique
    return {
        "target": wording.short_percent(plan.target),
        "metric": plan.metric,
        "alpha": f"{plan.alpha:g}",
        "response_window": f"{plan.response_window} days",
        "smallest_effect": _points(plan.smallest_effect),
        **{f"metrics.{metric.name}": _metric(metric) for metric in plan.metrics},
        "counts": ", ".join(plan.counts),
        "dimensions": ", ".join(plan.dimensions),
        "sender.names": ", ".join(sender.names),
        "sender.company": sender.company,
        "sender.phone": sender.phone,
        "sender.website": sender.website,
        "sender.address": sender.address,
        "critique.profile": critique.profile,
        "critique.disable": ", ".join(critique.disable),
        "critique.severity": _pairs(critique.severity),
        **{f"critique.phrases.{name}": ", ".join(own) for name, own in critique.phrases.items()},
        "rubric.what": _pairs(plan.rubric.what),
        "rubric.how": _pairs(plan.rubric.how),
    }


def _metric(metric: Metric) -> str:
    target = "" if metric.target is None else f", target {wording.short_percent(metric.target)}"
    return f"{metric.count} per {metric.per}{target}"


def _points(effect: float) -> str:
    return f"{round(100 * effect, 2):g}pp"


def _pairs(values: Mapping[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in values.items())


def _split(allocation: Mapping[str, float]) -> str:
    """The planned split; that all are equal does not change as variants come and go."""
    if len(set(allocation.values())) < 2:
        return "equal"
    return _pairs({name: f"{share:g}" for name, share in allocation.items()})


def _decided(decision: Decision | None) -> str:
    if decision is None:
        return ""
    why = f": {decision.why}" if decision.why else ""
    return f"keep {decision.keep}, {decision.date}{why}"
