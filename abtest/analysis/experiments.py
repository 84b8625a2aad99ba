"""Every published experiment, judged on one day."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence

from abtest import clock
from abtest.analysis import checks, cohorts, pairs, verdict
from abtest.analysis.allocation import next_split
from abtest.analysis.portfolio import portfolio
from abtest.analysis.variants import Frame, frame, judge
from abtest.errors import Finding
from abtest.model import Cohort, Experiment, Experiments
from abtest.plan import Plan
from abtest.report import ExperimentResult, NextSplit, Report, VariantResult, Verdict
from abtest.stats.planning import first_cohorts

#: Weeks over which the pace of sending is averaged.
_PACE_WEEKS = 8


def analyze(
    experiments: Experiments,
    *,
    as_of: dt.date | None = None,
    findings: Iterable[Finding] = (),
    text_changed: Iterable[str] = (),
) -> Report:
    """Judge every experiment that is not a draft folder.

    Args:
        experiments: As `load` returns them.
        as_of: The day that counts as today; SOURCE_DATE_EPOCH's, else today.
        findings: The critique's findings, carried along for the pages.
        text_changed: Ids of variants whose words changed after their first results.

    Returns:
        The report; the same for the same files and day.
    """
    day = as_of or clock.today()
    changed = frozenset(text_changed)
    results = tuple(
        judge_experiment(experiment, experiments.plan, day, changed)
        for experiment in experiments.published
    )
    return Report(
        as_of=day,
        plan=experiments.plan,
        experiments=results,
        portfolio=portfolio((r for r in results if not r.sample), experiments.plan.alpha),
        findings=tuple(findings),
    )


def judge_experiment(
    experiment: Experiment, plan: Plan, as_of: dt.date, text_changed: frozenset[str] = frozenset()
) -> ExperimentResult:
    """One experiment: its variants, their comparisons, the checks and the verdict."""
    order = _control_first(experiment)
    splits = {
        name: cohorts.split(experiment[name].cohorts, as_of=as_of, window=plan.response_window)
        for name in order
    }
    judged = _judged(splits, experiment.fixed)
    planned = _planned(judged.values(), experiment.fixed)
    measured = frame(experiment, plan, planned)
    variants = {name: judge(experiment[name], judged[name], measured) for name in order}
    effect = (
        plan.smallest_effect if experiment.smallest_effect is None else experiment.smallest_effect
    )
    rules = pairs.Rules(plan.alpha, effect, measured.target or plan.target, planned)
    ids = [experiment[name].id for name in order]
    arms = [judged[name].mature for name in order]
    strata = cohorts.strata(arms, measured.primary.count, measured.primary.per)
    compared = pairs.compare_all(ids, strata, rules)
    titles = {variant.id: variant.title for variant in variants.values()}
    comparisons = pairs.results(compared, measured.primary.name, titles, ids[0], winner=True)
    found = checks.examine(
        checks.Material(
            experiment=experiment,
            metric=measured.primary,
            sent={experiment[name].id: splits[name].sent for name in order},
            arms=dict(zip(ids, arms, strict=True)),
            compared=compared,
            rules=rules,
        )
    )
    shown = tuple(variants[name] for name in sorted(order))
    evidence = verdict.Evidence(
        metric=measured.primary.name,
        control=ids[0],
        variants=shown,
        comparisons=[pair for pair in comparisons if ids[0] in (pair.a, pair.b)],
        checks=found,
        winner=compared.winner,
        fixed=experiment.fixed,
        matures=_matures(splits.values(), plan.response_window),
        status=experiment.status,
        decision=experiment.decision,
    )
    drawn = verdict.draw(evidence)
    return ExperimentResult(
        id=experiment.id,
        title=experiment.title,
        status=experiment.status,
        lead_type=experiment.lead_type,
        profile=experiment.profile.wanted,
        target=measured.target,
        metric=measured.primary.name,
        alpha=plan.alpha,
        smallest_effect=effect,
        fixed=experiment.fixed,
        sample=experiment.sample,
        verdict=drawn,
        checks=found,
        variants=shown,
        comparisons=comparisons,
        text_changed=tuple(variant_id for variant_id in sorted(ids) if variant_id in text_changed),
        next_split=_next_split(drawn, experiment, shown, measured),
        weekly_pace=_pace(splits.values(), as_of),
        experiment=experiment,
    )


def _control_first(experiment: Experiment) -> list[str]:
    return sorted(experiment.variants, key=lambda name: (name != experiment.control, name))


def _judged(splits: Mapping[str, cohorts.Split], fixed: int | None) -> dict[str, cohorts.Split]:
    """What is judged: all mature cohorts, or in a fixed design the first n of each variant."""
    if fixed is None:
        return dict(splits)
    return {name: _first(split, fixed) for name, split in splits.items()}


def _planned(judged: Iterable[cohorts.Split], fixed: int | None) -> int | None:
    """Prospects per variant that a fixed design judges; out of reach until all have them."""
    if fixed is None:
        return None
    ready = all(cohorts.total(split.mature, "reached") >= fixed for split in judged)
    return fixed if ready else sys.maxsize


def _first(split: cohorts.Split, fixed: int) -> cohorts.Split:
    kept = first_cohorts([cohort.reached for cohort in split.mature], fixed)
    return cohorts.Split(split.mature[:kept], split.mature[kept:] + split.maturing)


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
