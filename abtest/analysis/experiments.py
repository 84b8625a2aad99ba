"""Every published experiment, judged on one day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TypeAlias

from abtest import clock
from abtest.analysis import checks, cohorts, pairs, verdict
from abtest.analysis.allocation import next_split
from abtest.analysis.frame import Frame
from abtest.analysis.portfolio import portfolio
from abtest.analysis.trial import Trial
from abtest.analysis.variants import judge_all as judge_variants
from abtest.errors import Finding
from abtest.model import Cohort, Experiment, Experiments
from abtest.plan import Plan
from abtest.report import (
    Check,
    ComparisonResult,
    ExperimentResult,
    NextSplit,
    Report,
    VariantResult,
    Verdict,
)

#: Experiments that are computed together.
_TOGETHER = 500

#: Weeks over which the pace of sending is averaged.
_PACE_WEEKS = 8


#: `judge_all`, or what remembers some of its answers: one result an experiment, in their order.
Judge: TypeAlias = Callable[
    [Sequence[Experiment], Plan, dt.date, frozenset[str]], Iterable[ExperimentResult]
]


def analyze(
    experiments: Experiments,
    *,
    as_of: dt.date | None = None,
    findings: Iterable[Finding] = (),
    text_changed: Iterable[str] = (),
    judge: Judge | None = None,
) -> Report:
    """Judge every experiment that is not a draft folder.

    Args:
        experiments: As `load` returns them.
        as_of: The day that counts as today; SOURCE_DATE_EPOCH's, else today.
        findings: The critique's findings, carried along for the pages.
        text_changed: Ids of variants whose words changed after their first results.
        judge: Judges them, and may remember what it said; `judge_all` by default.

    Returns:
        The report; the same for the same files and day.
    """
    day = as_of or clock.today()
    changed = frozenset(text_changed)
    plan = experiments.plan
    results = tuple((judge or judge_all)(experiments.published, plan, day, changed))
    return Report(
        as_of=day,
        plan=plan,
        experiments=results,
        portfolio=portfolio((r for r in results if not r.sample), plan.alpha),
        findings=tuple(findings),
    )


def judge_experiment(
    experiment: Experiment, plan: Plan, as_of: dt.date, text_changed: frozenset[str] = frozenset()
) -> ExperimentResult:
    """One experiment: its variants, their comparisons, the checks and the verdict."""
    return next(judge_all([experiment], plan, as_of, text_changed))


def judge_all(
    experiments: Iterable[Experiment],
    plan: Plan,
    as_of: dt.date,
    text_changed: frozenset[str] = frozenset(),
) -> Iterator[ExperimentResult]:
    """Many experiments, so many at a time that computing them together pays."""
    waiting = iter(experiments)
    while batch := list(islice(waiting, _TOGETHER)):
        trials = [Trial.of(experiment, plan, as_of) for experiment in batch]
        variants = judge_variants(trials)
        sides = [pairs.Side(trial.ids, trial.strata(), trial.rules) for trial in trials]
        compared = pairs.compare_all(sides, plan.alpha)
        found = checks.examine_all(trials, compared)
        for judged in map(_Judged, trials, variants, compared, found):
            yield _result(judged, as_of, text_changed)


@dataclass(frozen=True, slots=True)
class _Judged:
    """A trial and what came of it; `variants` by local id, the control first."""

    trial: Trial
    variants: Mapping[str, VariantResult]
    compared: pairs.Pairs
    checks: tuple[Check, ...]

    def comparisons(self) -> tuple[ComparisonResult, ...]:
        """Those to show, the winner's included."""
        titles = {variant.id: variant.title for variant in self.variants.values()}
        metric, control = self.trial.frame.primary.name, next(iter(titles))
        return pairs.results(self.compared, metric, titles, control, winner=True)


def _result(judged: _Judged, as_of: dt.date, text_changed: frozenset[str]) -> ExperimentResult:
    trial = judged.trial
    experiment, measured, plan = trial.experiment, trial.frame, trial.frame.plan
    shown = tuple(judged.variants[name] for name in sorted(judged.variants))
    comparisons = judged.comparisons()
    drawn = verdict.draw(_evidence(judged, shown, comparisons))
    return ExperimentResult(
        id=experiment.id,
        title=experiment.title,
        status=experiment.status,
        lead_type=experiment.lead_type,
        profile=experiment.profile.wanted,
        target=measured.target,
        metric=measured.primary.name,
        alpha=plan.alpha,
        smallest_effect=trial.rules.smallest_effect,
        fixed=experiment.fixed,
        sample=experiment.sample,
        verdict=drawn,
        checks=judged.checks,
        variants=shown,
        comparisons=comparisons,
        text_changed=tuple(variant.id for variant in shown if variant.id in text_changed),
        next_split=_next_split(drawn, experiment, shown, measured),
        weekly_pace=_pace(trial.splits.values(), as_of),
        experiment=experiment,
    )


def _evidence(
    judged: _Judged, shown: Sequence[VariantResult], comparisons: Sequence[ComparisonResult]
) -> verdict.Evidence:
    trial, control = judged.trial, judged.trial.ids[0]
    experiment = trial.experiment
    return verdict.Evidence(
        metric=trial.frame.primary.name,
        control=control,
        variants=shown,
        comparisons=[pair for pair in comparisons if control in (pair.a, pair.b)],
        checks=judged.checks,
        winner=judged.compared.winner,
        fixed=experiment.fixed,
        matures=_matures(trial.splits.values(), trial.frame.plan.response_window),
        status=experiment.status,
        decision=experiment.decision,
    )


def _next_split(
    drawn: Verdict, experiment: Experiment, variants: Sequence[VariantResult], measured: Frame
) -> NextSplit | None:
    """Only a running, sequential experiment that is open has a next batch to share out."""
    if drawn.state != "undecided" or experiment.status != "running" or experiment.fixed is not None:
        return None
    center = measured.target or measured.plan.target
    return next_split(variants, measured.primary.name, center)


def _matures(splits: Iterable[cohorts.Split], window: int) -> dt.date | None:
    waiting: list[Cohort] = [cohort for split in splits for cohort in split.maturing]
    if not waiting:
        return None
    return min(cohort.date for cohort in waiting) + dt.timedelta(days=window)


def _pace(splits: Iterable[cohorts.Split], as_of: dt.date) -> float | None:
    """Prospects a week and variant over the last weeks; None when nothing was sent in them."""
    since = as_of - dt.timedelta(weeks=_PACE_WEEKS)
    arms = [(*split.mature, *split.maturing) for split in splits]
    recent = [cohort for arm in arms for cohort in arm if cohort.date > since]
    if not recent:
        return None
    weeks = {clock.week_end(cohort.date) for cohort in recent}
    return cohorts.total(recent, "sent") / len(weeks) / len(arms)
