"""Streaks of bad leads from a source, and how likely luck alone makes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby

from abtest import wording
from abtest.assumptions import Assumptions
from abtest.insight import Streak
from abtest.model import Cohort
from abtest.plan import Metric, Plan
from abtest.stats.luck import run_chance

#: The dimension that names where leads come from.
SOURCE = "source"


def quality(plan: Plan) -> Metric:
    """What makes a lead a good one: acceptance where it is declared, else an answer."""
    declared = [metric for metric in plan.metrics if metric.name == "acceptance"]
    return declared[0] if declared else plan.metric_named("responses")


def streaks(
    cohorts: Iterable[Cohort], metric: Metric, assumptions: Assumptions, alpha: float
) -> tuple[Streak, ...]:
    """The longest streak of each source, the least likely by luck first.

    Rows do not say in which order leads came, so that a streak is as many whole rows in a row
    without a good lead as there are: the true one may be longer.

    Args:
        cohorts: Rows of any experiments, old enough to judge.
        metric: What makes a lead a good one, out of how many.
        assumptions: How many bad leads in a row turn reps off a source.
        alpha: Chance that any source alarms by luck.
    """
    by_source: dict[str, list[Cohort]] = defaultdict(list)
    for cohort in cohorts:
        if SOURCE in cohort.dimensions and cohort.get(metric.count) <= cohort.get(metric.per):
            by_source[cohort.dimensions[SOURCE]].append(cohort)
    everyone = [cohort for found in by_source.values() for cohort in found]
    leads = sum(cohort.get(metric.per) for cohort in everyone)
    if not leads:
        return ()
    bad = 1.0 - sum(cohort.get(metric.count) for cohort in everyone) / leads
    level = alpha / len(by_source)
    found = [
        _streak(source, rows, metric, bad, level, assumptions)
        for source, rows in sorted(by_source.items())
    ]
    return tuple(sorted(found, key=lambda streak: (streak.chance, streak.source)))


def _streak(
    source: str,
    rows: Sequence[Cohort],
    metric: Metric,
    bad: float,
    level: float,
    assumptions: Assumptions,
) -> Streak:
    ordered = sorted(rows, key=lambda cohort: (cohort.date, cohort.line))
    leads = sum(cohort.get(metric.per) for cohort in ordered)
    good = sum(cohort.get(metric.count) for cohort in ordered)
    runs = [
        (none_good, sum(cohort.get(metric.per) for cohort in run))
        for none_good, run in groupby(ordered, key=lambda cohort: not cohort.get(metric.count))
    ]
    longest = max((length for none_good, length in runs if none_good), default=0)
    chance = run_chance(leads, longest, bad) if longest else 1.0
    alarming = longest >= assumptions.number("bad_streak") and chance < level
    found = Streak(source, leads, good, longest, runs[-1][0], chance, alarming, "")
    return replace(found, sentence=_sentence(found, assumptions))


def _sentence(found: Streak, assumptions: Assumptions) -> str:
    good = wording.fraction(found.good, found.leads)
    counts = f"{wording.quoted(found.source)}: {good} leads were good"
    patience = assumptions["bad_streak"]
    if found.longest < patience.value:
        return f"{counts}, and never {patience.value:g} bad ones in a row."
    streak = f"{found.longest:,} or more bad ones in a row"
    odds = f"luck alone makes such a streak with a chance of {_chance(found.chance)}"
    if found.alarming:
        return f"{counts}; {streak}: {odds}. Look at the source before reps give it up."
    return f"{counts}; {streak}, which is no reason to give it up: {odds}."


def _chance(value: float) -> str:
    """A chance that is never quite 0 or 1.

    >>> _chance(0.11), _chance(1e-9), _chance(0.99999)
    ('11.0%', 'less than 0.1%', 'more than 99.9%')
    """
    if value < 0.001:
        return "less than 0.1%"
    return "more than 99.9%" if value > 0.999 else wording.percent(value)
