"""Run the rules: over one variant, or over everything a team has."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from abtest.critique.rule import Rule, all_rules
from abtest.critique.style import Style, style
from abtest.critique.views import (
    ExperimentView,
    MessageView,
    Problem,
    TeamView,
    VariantView,
    View,
)
from abtest.errors import Finding
from abtest.plan import Plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from abtest.model import Experiment, Experiments, Variant


def findings(
    variant: Variant, experiment: Experiment | None = None, plan: Plan | None = None
) -> tuple[Finding, ...]:
    """What a critic says about one variant's messages, cadence and rows.

    Without its experiment the profile and the language (then English) are unknown, without the plan
    the sender and the team's settings.

    Raises:
        UsageError: The plan names a house style that does not exist.
    """
    view = VariantView(variant, experiment, plan or Plan())
    return _sorted(_in_variant(view, style(view.plan.critique)))


def examine(experiments: Experiments, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    """What a critic says about everything: messages, profiles, rows, reviews, experiments.

    Args:
        experiments: Everything, as `load` returns it.
        as_of: Today; without it, nothing is said about how long things have waited.

    Raises:
        UsageError: The plan names a house style that does not exist.
    """
    found = list(of_team(experiments, as_of))
    for each in experiments.values():
        found += of_experiment(each, experiments.plan, as_of)
    return _sorted(found)


def of_team(experiments: Experiments, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    """What a critic says of the experiments side by side, and of the plan."""
    plan = experiments.plan
    views = tuple(ExperimentView(each, plan, as_of) for each in experiments.values())
    team, chosen = TeamView(views, plan, experiments.root), style(plan.critique)
    return _sorted(found for rule in _rules("team") for found in _found(rule, team, chosen))


def of_experiment(
    experiment: Experiment, plan: Plan, as_of: dt.date | None = None
) -> tuple[Finding, ...]:
    """What a critic says of one experiment, looking at nothing else but the plan."""
    view, chosen = ExperimentView(experiment, plan, as_of), style(plan.critique)
    found = [found for rule in _rules("experiment") for found in _found(rule, view, chosen)]
    for variant in view.variants:
        found += _in_variant(variant, chosen)
    return _sorted(found)


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=Finding.sort_key))


def _in_variant(variant: VariantView, chosen: Style) -> Iterator[Finding]:
    for message in variant.messages:
        for rule in _rules("message", message.touch.channel):
            yield from _found(rule, message, chosen)
    for rule in _rules("variant"):
        yield from _found(rule, variant, chosen)


@cache
def _rules(unit: str, channel: str = "") -> tuple[Rule, ...]:
    """The rules on a unit; of those on messages, the ones on a channel."""
    return tuple(
        rule
        for rule in all_rules()
        if unit == rule.UNIT and (unit != "message" or channel == rule.CHANNEL)
    )


def _found(rule: Rule, view: View, chosen: Style) -> Iterator[Finding]:
    variant = _variant(view)
    if not chosen.has(rule) or (variant and _is_silent(rule, variant)):
        return
    for problem in rule.check(view, chosen.numbers(rule)):
        yield _finding(rule, problem, view, chosen)


def _is_silent(rule: Rule, variant: VariantView) -> bool:
    """Is a rule ignored with a reason, or one on English where another language is written?"""
    return rule.CODE in variant.variant.ignore or (rule.ENGLISH and not variant.is_english)


def _variant(view: View) -> VariantView | None:
    if isinstance(view, MessageView):
        return view.variant
    return view if isinstance(view, VariantView) else None


def _finding(rule: Rule, problem: Problem, view: View, chosen: Style) -> Finding:
    path, experiment, variant = _place(view)
    return Finding(
        path=problem.path or path,
        line=problem.line,
        column=problem.column,
        code=rule.CODE,
        severity=chosen.weigh(rule, problem.severity),
        message=problem.message,
        suggestion=problem.suggestion,
        experiment=experiment,
        variant=variant,
    )


def _place(view: View) -> tuple[str, str | None, str | None]:
    """The file of a view, the experiment's id and the variant's."""
    if isinstance(view, TeamView):
        return f"{view.root}/plan.yml", None, None
    if isinstance(view, ExperimentView):
        return view.experiment.path, view.experiment.id, None
    found = view.variant.variant if isinstance(view, MessageView) else view.variant
    return found.path, found.experiment_id, found.id
