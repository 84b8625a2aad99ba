"""What a file says above its text, key by key: title, status, decision, target and the like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest import wording
from abtest.diff.results import KeyChange

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from abtest.model import Decision, Experiment, Variant


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
        "smallest_effect": "" if effect is None else f"{round(100 * effect, 2):g}pp",
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
