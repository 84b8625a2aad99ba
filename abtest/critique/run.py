"""Run the rules: over one variant, or over everything a team has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.critique.rule import Rule, all_rules
from abtest.critique.style import style
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
    from collections.abc import Iterable, Iterator, Mapping

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
    plan = plan or Plan()
    return _sorted(Critic(plan).of_variant(VariantView(variant, experiment, plan)))


def examine(experiments: Experiments, as_of: dt.date | None = None) -> tuple[Finding, ...]:
    """What a critic says about everything: messages, profiles, rows, reviews, experiments.

    Args:
        experiments: Everything, as `load` returns it.
        as_of: Today; without it, nothing is said about how long things have waited.

    Raises:
        UsageError: The plan names a house style that does not exist.
    """
    critic = Critic(experiments.plan, as_of)
    found = list(critic.of_team(experiments))
    for each in experiments.values():
        found += critic.of_experiment(each)
    return _sorted(found)


class Critic:
    """The rules that a team's plan leaves switched on, with the numbers of its house style.

    Args:
        plan: The team's plan.
        as_of: Today; without it, nothing is said about how long things have waited.

    Raises:
        UsageError: The plan names a house style that does not exist.
    """

    def __init__(self, plan: Plan, as_of: dt.date | None = None) -> None:
        self._plan = plan
        self._as_of = as_of
        self._style = style(plan.critique)
        self._rules: dict[tuple[str, str], list[tuple[Rule, Mapping[str, float]]]] = {}

    def of_team(self, experiments: Experiments) -> tuple[Finding, ...]:
        """What there is to say of the experiments side by side, and of the plan."""
        views = tuple(
            ExperimentView(each, self._plan, self._as_of) for each in experiments.values()
        )
        return _sorted(self._found(TeamView(views, self._plan, experiments.root), "team"))

    def of_experiment(self, experiment: Experiment) -> tuple[Finding, ...]:
        """What there is to say of one experiment, looking at nothing else but the plan."""
        view = ExperimentView(experiment, self._plan, self._as_of)
        found = list(self._found(view, "experiment"))
        for variant in view.variants:
            found += self.of_variant(variant)
        return _sorted(found)

    def of_variant(self, variant: VariantView) -> Iterator[Finding]:
        """What there is to say of one variant, in no particular order."""
        for message in variant.messages:
            yield from self._found(message, "message", message.touch.channel, variant)
        yield from self._found(variant, "variant", of=variant)

    def _found(
        self, view: View, unit: str, channel: str = "", of: VariantView | None = None
    ) -> Iterator[Finding]:
        for rule, numbers in self._switched_on(unit, channel):
            if of is None or not _is_silent(rule, of):
                for problem in rule.check(view, numbers):
                    yield self._finding(rule, problem, view)

    def _switched_on(self, unit: str, channel: str) -> list[tuple[Rule, Mapping[str, float]]]:
        """The rules on a unit, with their numbers; of those on messages, the ones on a channel."""
        if (unit, channel) not in self._rules:
            self._rules[unit, channel] = [
                (rule, self._style.numbers(rule))
                for rule in all_rules()
                if unit == rule.UNIT and channel in ("", rule.CHANNEL) and self._style.has(rule)
            ]
        return self._rules[unit, channel]

    def _finding(self, rule: Rule, problem: Problem, view: View) -> Finding:
        path, experiment, variant = _place(view)
        return Finding(
            path=problem.path or path,
            line=problem.line,
            column=problem.column,
            code=rule.CODE,
            severity=self._style.weigh(rule, problem.severity),
            message=problem.message,
            suggestion=problem.suggestion,
            experiment=experiment,
            variant=variant,
        )


def _sorted(found: Iterable[Finding]) -> tuple[Finding, ...]:
    return tuple(sorted(found, key=Finding.sort_key))


def _is_silent(rule: Rule, variant: VariantView) -> bool:
    """Is a rule ignored with a reason, or one on English where another language is written?"""
    return rule.CODE in variant.variant.ignore or (rule.ENGLISH and not variant.is_english)


def _place(view: View) -> tuple[str, str | None, str | None]:
    """The file of a view, the experiment's id and the variant's."""
    if isinstance(view, TeamView):
        return f"{view.root}/plan.yml", None, None
    if isinstance(view, ExperimentView):
        return view.experiment.path, view.experiment.id, None
    found = view.variant.variant if isinstance(view, MessageView) else view.variant
    return found.path, found.experiment_id, found.id
