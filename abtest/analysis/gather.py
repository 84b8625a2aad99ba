"""Everything beyond the verdicts, for the pages of a site."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from abtest.analysis import cohorts, factors, foresight, funnel, sources
from abtest.analysis.breakdown import breakdown
from abtest.analysis.factors import Tried
from abtest.analysis.funnel import Group
from abtest.analysis.investigate import Inquest
from abtest.analysis.peeking import peeking
from abtest.analysis.touches import Cadence, touches
from abtest.analysis.weeks import weeks
from abtest.assumptions import Assumptions
from abtest.insight import Breakdown, Funnel, Insight, Investigation, Weeks
from abtest.model import Cohort, Experiment
from abtest.report import ExperimentResult, Report
from abtest.stats.results import TargetState

#: Results held with people, by week: never how often somebody dialed.
_WEEKLY = ("meetings", "second_meetings", "scoping_calls")


def gather(report: Report, assumptions: Assumptions | None = None) -> Insight:
    """Ask every further question of a judged report.

    The team's own experiments count; made-up ones only where there are no others, and studies
    that somebody else published never.

    Args:
        report: With the experiments that it was made from.
        assumptions: Numbers of hearsay; the defaults without.
    """
    assumed = assumptions or Assumptions()
    plan = report.plan
    own, sample = _own(report)
    mature = {r.id: _mature(r.experiment, report) for r in own if r.experiment}
    everyone = [cohort for found in mature.values() for cohort in found]
    tried = list(_tried(own, report))
    cadences = [Cadence.of(one.variant, one.mature) for one in tried]
    groups = [Group(r.id, r.title, mature[r.id], r.sample) for r in own]
    together = Group("", "All experiments together", everyone, sample)
    return Insight(
        as_of=report.as_of,
        investigations=tuple(_investigations(report, assumed)),
        funnels=tuple(_funnels(own, [together, *groups], report)),
        promises=funnel.promises([together, *groups], plan),
        weeks=tuple(_weeks(own, report, assumed)),
        touches=touches(cadences, assumed, plan.alpha),
        lessons=factors.lessons(tried, plan.metric_named(plan.metric), plan.alpha),
        levers=factors.levers(own),
        streaks=sources.streaks(everyone, sources.quality(plan), assumed, plan.alpha),
        assumptions=tuple(assumed.values()),
        sample=sample,
        predictions=foresight.predictions(
            tried, report.findings, plan.rubric, plan.metric_named(plan.metric), plan.alpha
        ),
        peeking=peeking(own, sample=sample),
        breakdowns=dict(_breakdowns(report)),
    )


def _own(report: Report) -> tuple[list[ExperimentResult], bool]:
    """The experiments that count, and whether they are made up."""
    own = [r for r in report if r.experiment is not None and not r.experiment.source]
    real = [r for r in own if not r.sample]
    return (real, False) if real else (own, bool(own))


def _mature(experiment: Experiment, report: Report) -> list[Cohort]:
    return [c for variant in experiment for c in _old(variant.cohorts, report)]


def _old(found: Iterable[Cohort], report: Report) -> tuple[Cohort, ...]:
    window = report.plan.response_window
    return cohorts.split(found, as_of=report.as_of, window=window).mature


def _tried(own: Iterable[ExperimentResult], report: Report) -> Iterator[Tried]:
    for result in own:
        for variant in result.experiment or ():
            assert result.experiment is not None
            control = variant.name == result.experiment.control
            yield Tried(result.id, variant, _old(variant.cohorts, report), control)


def _investigations(report: Report, assumptions: Assumptions) -> Iterator[Investigation]:
    """Every variant of the team's own that is known to be below its target."""
    for result in report:
        experiment = result.experiment
        below = [v for v in result.variants if _is_below(result, v.id)]
        if below and experiment is not None and not experiment.source:
            inquest = Inquest(result, report.plan, report.as_of, report.findings, assumptions)
            yield from (inquest.investigate(variant) for variant in below)


def _breakdowns(report: Report) -> Iterator[tuple[str, Breakdown]]:
    """Every experiment whose rows say who was reached; studies of others, too."""
    for result in report:
        arms = {v.id: _old(v.cohorts, report) for v in result.experiment or ()}
        metric = report.plan.metric_named(result.metric)
        if (found := breakdown(arms, metric, result.target, result.alpha)) is not None:
            yield result.id, found


def _is_below(result: ExperimentResult, variant: str) -> bool:
    test = result[variant].metrics[result.metric].target
    return test is not None and test.state is TargetState.BELOW


def _funnels(
    own: Iterable[ExperimentResult], groups: Sequence[Group], report: Report
) -> Iterator[Funnel]:
    alpha = report.plan.alpha
    yield from (funnel.funnel(group, alpha) for group in groups)
    for result in own:
        for variant in result.variants:
            if variant.variant is not None:
                old = _old(variant.variant.cohorts, report)
                group = Group(variant.id, variant.title, old, result.sample)
                yield funnel.funnel(group, alpha, funnel.gate(result, variant))


def _weeks(
    own: Sequence[ExperimentResult], report: Report, assumptions: Assumptions
) -> Iterator[Weeks]:
    rows = [c for r in own if r.experiment for v in r.experiment for c in v.cohorts]
    written = {key for row in rows for key in row.counts}
    for count in _WEEKLY:
        if count in written:
            found = weeks(
                rows,
                count,
                as_of=report.as_of,
                window=report.plan.response_window,
                assumptions=assumptions,
                alpha=report.plan.alpha,
            )
            if found is not None:
                yield found
