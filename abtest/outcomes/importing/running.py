"""Running totals become rows: what each day added to those before it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from abtest.errors import AbtestError
from abtest.outcomes.importing.cohorts import Imported

if TYPE_CHECKING:
    from abtest.model import Experiment
    from abtest.outcomes.importing.totals import Group, Summary


def rows_of(summary: Summary, cumulative: bool, experiment: Experiment) -> list[Imported]:
    """The rows of results that a summary comes to.

    Args:
        summary: As it was read.
        cumulative: Whether it counts from the beginning.
        experiment: Holds the rows that are recorded already.

    Raises:
        AbtestError: A running total falls, or answers have no sends that they could be to.
    """
    rows = []
    for group, days in summary.series.items():
        if not cumulative:
            found = dict(days)
        elif summary.dated:
            found = _differences(days, {}, summary.name)
        else:
            found = _differences(days, _recorded(group, days, experiment), summary.name)
        dimensions = dict(group.dimensions)
        rows += [
            Imported(group.variant, group.rep, day, dict(counts), dimensions)
            for day, counts in sorted(found.items())
        ]
    return rows


def _recorded(
    group: Group, days: Mapping[dt.date, Counter[str]], experiment: Experiment
) -> dict[dt.date, Counter[str]]:
    """What is recorded of a group on other days."""
    return {
        cohort.date: Counter(cohort.counts)
        for cohort in experiment[group.variant].cohorts
        if cohort.rep == group.rep
        and frozenset(cohort.dimensions.items()) == group.dimensions
        and cohort.date not in days
    }


def _differences(
    days: Mapping[dt.date, Counter[str]], before: Mapping[dt.date, Counter[str]], name: str
) -> dict[dt.date, Counter[str]]:
    """What each day added to those before it.

    Answers on a day without enough sends are to earlier ones, and are added to the latest day
    that has room for them.
    """
    rows = {day: Counter(counts) for day, counts in before.items()}
    reached: Counter[str] = Counter()
    for counts in before.values():
        reached.update(counts)
    changed: dict[dt.date, Counter[str]] = {}
    for day, counts in sorted(days.items()):
        added = Counter({key: counts[key] - reached[key] for key in counts})
        fallen = [key for key, number in added.items() if number < 0]
        if fallen:
            key = fallen[0]
            raise AbtestError(
                f"{name}: {key} is {counts[key]:,} on {day}, and was {reached[key]:,} before: a "
                "running total does not fall. If these are counts per period, say --per-period."
            )
        reached = counts
        sends = Counter({key: added.pop(key, 0) for key in ("sent", "bounced")})
        if sends["sent"]:
            rows[day] = changed[day] = sends
        if added.total():
            home = _room(rows, added["responses"], name)
            rows[home].update(added)
            changed[home] = rows[home]
        elif day in changed:
            changed[day].update(added)
    return changed


def _room(rows: Mapping[dt.date, Counter[str]], responses: int, name: str) -> dt.date:
    """The latest day whose prospects can have given so many answers more."""
    for day in sorted(rows, reverse=True):
        counts = rows[day]
        if counts["responses"] + responses <= counts["sent"] - counts["bounced"]:
            return day
    raise AbtestError(f"{name}: there are more answers than prospects to have given them.")
