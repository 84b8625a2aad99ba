"""From prospects reached to clients won, and what marketing and sales promised each other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from abtest import wording
from abtest.analysis import cohorts, measured
from abtest.insight import Funnel, Promise
from abtest.insight.team import Gate
from abtest.model import Cohort
from abtest.plan import REACHED, Metric, Plan
from abtest.report import ExperimentResult, VariantResult
from abtest.stats import pipeline, planning
from abtest.stats.flow_results import Step
from abtest.stats.results import TargetState, TargetTest

#: The stages, the widest first; those that nobody recorded are left out.
STAGES = (REACHED, "responses", "meetings", "second_meetings", "opportunities", "wins")

_PROMISE_WORDS = {
    TargetState.MEETS: "met",
    TargetState.BELOW: "missed",
    TargetState.AT_TARGET: "met, give or take",
    TargetState.UNDECIDED: "not yet known",
    TargetState.NO_DATA: "not yet known",
}


@dataclass(frozen=True, slots=True)
class Group:
    """Cohorts to show as one funnel.

    Attributes:
        id: Of the experiment or the variant; empty for all together.
        title: What to call it.
        cohorts: Old enough to judge.
        sample: The numbers are made up.
    """

    id: str
    title: str
    cohorts: Sequence[Cohort]
    sample: bool = False


def funnel(group: Group, alpha: float, gate: Gate | None = None) -> Funnel:
    """A group's way from prospects to clients, each stage with its conversion."""
    written = {key for cohort in group.cohorts for key in cohort.counts}
    stages = [
        (stage, cohorts.total(group.cohorts, stage))
        for stage in STAGES
        if stage == REACHED or stage in written
    ]
    steps = pipeline.funnel(stages, alpha=alpha)
    counts = dict(stages)
    wins, reached = counts.get("wins", 0), counts[REACHED]
    amount = cohorts.total(group.cohorts, "amount")
    return Funnel(
        id=group.id,
        title=group.title,
        steps=steps,
        hollow=hollow(group.cohorts),
        needed=pipeline.needed(1, wins, reached, alpha=alpha) if "wins" in counts else None,
        value=pipeline.value(wins, reached, amount, alpha=alpha) if amount else None,
        sentence=_narrowest(steps),
        gate=gate,
        sample=group.sample,
    )


def hollow(found: Iterable[Cohort]) -> int:
    """Opportunities that no second meeting stands behind: at least so many, row by row."""
    return sum(max(c.get("opportunities") - c.get("second_meetings"), 0) for c in found)


def _narrowest(steps: Sequence[Step]) -> str:
    """Where the most are lost, of the stages that most could have passed."""
    if not steps[0].count:
        return "Nothing old enough to judge yet."
    lost = [step for step in steps[2:] if step.rate is not None]
    if not lost:
        return "No stage behind the response has been recorded."
    worst = min(lost, key=lambda step: (step.rate or 0.0, -step.per))
    name = worst.name.replace("_", " ")
    rate = f"{wording.fraction(worst.count, worst.per)} ({wording.percent(worst.rate)})"
    return f"After the response most are lost before {name}: {rate} get there."


def gate(result: ExperimentResult, variant: VariantResult) -> Gate:
    """May a variant be sent to everyone? Only one that wins, and that wins clients."""
    title = wording.quoted(variant.title)
    ahead = result.verdict.winner == variant.id or _meets(result, variant)
    wins, second = variant.counts.get("wins", 0), variant.counts.get("second_meetings", 0)
    if not ahead:
        return Gate(False, f"Do not scale {title} yet: it neither wins nor meets its target.")
    if not second:
        return Gate(False, f"Do not scale {title} yet: it has led to no second meeting.")
    if not wins:
        met = "a second meeting" if second == 1 else f"{second:,} second meetings"
        return Gate(False, f"Do not scale {title} yet: it led to {met}, but has won no client.")
    clients = "a client" if wins == 1 else f"{wins:,} clients"
    return Gate(True, f"{title} may be scaled: it has won {clients}.")


def _meets(result: ExperimentResult, variant: VariantResult) -> bool:
    test = variant.metrics[result.metric].target
    return test is not None and test.state is TargetState.MEETS


def promises(groups: Iterable[Group], plan: Plan) -> tuple[Promise, ...]:
    """Every metric of plan.yml that has a target of its own, for each group."""
    groups = list(groups)
    return tuple(
        _promise(metric, group, plan.alpha)
        for metric in plan.metrics
        if metric.target is not None
        for group in groups
        if _recorded(metric, group.cohorts)
    )


def _recorded(metric: Metric, found: Iterable[Cohort]) -> bool:
    """Some row has written what the metric counts, or what it is out of."""
    keys: set[str] = set()
    for cohort in found:
        keys.update(cohort.counts)
    return metric.count in keys or metric.per in keys


def _promise(metric: Metric, group: Group, alpha: float) -> Promise:
    rate = measured.rate(group.cohorts, metric, alpha, metric.target)
    test = measured.against(group.cohorts, metric, metric.target, alpha)
    more = None
    if test is not None and test.state is TargetState.UNDECIDED:
        more = planning.more_needed(test.count, test.nobs, test.value, alpha=alpha)
    return Promise(
        metric=metric.name,
        where=group.title if group.id else "",
        rate=rate,
        target=metric.target,
        state=test.state if test else None,
        word=_word(test),
        sentence=_promise_sentence(metric, test),
        more_needed=more,
    )


def _word(test: TargetTest | None) -> str:
    return "not a proportion" if test is None else _PROMISE_WORDS[test.state]


def _promise_sentence(metric: Metric, test: TargetTest | None) -> str:
    name = metric.name.replace("_", " ")
    if test is None:
        return (
            f"{metric.count} is more than {metric.per} in some week, so that {name} is no "
            f"proportion: see whether both are counted for the same people."
        )
    if not test.nobs:
        return f"Nothing old enough to judge {name} by."
    return (
        f"{name[:1].upper()}{name[1:]}: {wording.fraction(test.count, test.nobs)} "
        f"({wording.percent(test.rate)}) against {wording.short_percent(test.value)}, plausibly "
        f"between {wording.between(test.sequence)}: {_PROMISE_WORDS[test.state]}."
    )
