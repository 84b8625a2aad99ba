"""Ebb and flow: what each week's sends brought, which weeks are out of the ordinary, which empty.

Events are counted in the week of the send that led to them, so that a week is complete once its
response window has passed. Only results are shown, never how often somebody dialed.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import groupby

from abtest import wording
from abtest.assumptions import Assumptions
from abtest.clock import week_end
from abtest.insight import Weeks
from abtest.insight.team import Dip
from abtest.model import Cohort
from abtest.stats.flow_results import Chart, Point, Shift
from abtest.stats.luck import shift
from abtest.stats.trend import LEAST_WEEKS, p_chart, u_chart

#: Weeks on either side of the comparison with the time before.
BACKFILL = 8

#: How many weeks out of the ordinary are told in sentences.
_MOST = 3


def weeks(
    cohorts: Iterable[Cohort],
    count: str,
    *,
    as_of: dt.date,
    window: int,
    assumptions: Assumptions,
    alpha: float = 0.05,
) -> Weeks | None:
    """A count by week, from the first send to today; None before anything was sent.

    Weeks in which the dip of the last gap has passed as well belong to no series any more.

    Args:
        cohorts: Rows of any experiments; those sent after `as_of` have not happened.
        count: A count key, such as `meetings`.
        as_of: The day that counts as today.
        window: Days until a week is old enough to judge.
        assumptions: When a gap is one, and how long its dip takes to come.
        alpha: Error rate of the comparison with the time before.
    """
    sent: dict[dt.date, list[Cohort]] = defaultdict(list)
    for cohort in cohorts:
        if cohort.date <= as_of:
            sent[week_end(cohort.date)].append(cohort)
    if not sent:
        return None
    lag = dt.timedelta(weeks=assumptions.number("lag_weeks"))
    ends = _sundays(min(sent), min(as_of, max(sent) + lag))
    old = [end for end in ends if end + dt.timedelta(days=window) <= as_of]
    events = [sum(c.get(count) for c in sent[end]) for end in old]
    reached = [sum(c.reached for c in sent[end]) for end in old]
    volume = u_chart(events, [1] * len(events))
    proportion = all(x <= n for x, n in zip(events, reached, strict=True))
    rate = p_chart(events, reached) if proportion else u_chart(events, reached)
    backfill = _backfill(events, alpha)
    dips = _dips([(end, sum(c.sent for c in sent[end])) for end in ends], assumptions)
    return Weeks(
        count=count,
        ends=tuple(old),
        young=len(ends) - len(old),
        volume=volume,
        rate=rate,
        backfill=backfill,
        dips=dips,
        facts=tuple(_facts(count, old, volume, rate, backfill, dips, assumptions)),
    )


def _sundays(first: dt.date, as_of: dt.date) -> list[dt.date]:
    """The end of each week that has ended."""
    last = week_end(as_of) if week_end(as_of) == as_of else week_end(as_of) - dt.timedelta(weeks=1)
    return [first + dt.timedelta(weeks=i) for i in range((last - first).days // 7 + 1)]


def _backfill(events: Sequence[int], alpha: float) -> Shift | None:
    if len(events) < 2 * BACKFILL:
        return None
    before, after = sum(events[-2 * BACKFILL : -BACKFILL]), sum(events[-BACKFILL:])
    return shift(before, after, alpha=alpha)


def _dips(sent: Sequence[tuple[dt.date, int]], assumptions: Assumptions) -> tuple[Dip, ...]:
    """Stretches of empty weeks that are long enough to count, each with when it will be felt."""
    dips = []
    for empty, run in groupby(sent, key=lambda week: week[1] == 0):
        ends = [end for end, _ in run]
        if empty and len(ends) >= assumptions.number("empty_weeks"):
            lag = dt.timedelta(weeks=assumptions.number("lag_weeks"))
            dips.append(Dip(ends[0], len(ends), ends[0] + lag))
    return tuple(dips)


def _facts(
    count: str,
    ends: Sequence[dt.date],
    volume: Chart,
    rate: Chart,
    backfill: Shift | None,
    dips: Sequence[Dip],
    assumptions: Assumptions,
) -> list[str]:
    name = count.replace("_", " ")
    facts = [_mean(name, volume)]
    facts += _signals(name, ends, volume, rate)
    if backfill is not None:
        facts.append(_backfill_fact(name, backfill))
    lag = assumptions["lag_weeks"]
    facts += [
        f"Nothing was sent for {dip.weeks} weeks from the week to {dip.since.isoformat()} on: "
        f"expect fewer {name} around {dip.expected.isoformat()}, {lag} weeks later."
        for dip in dips[-_MOST:]
    ]
    return facts


def _mean(name: str, volume: Chart) -> str:
    number = len(volume.points)
    if volume.center is None:
        return f"No week is old enough to judge its {name}."
    first = volume.points[0]
    some = sum(point.count > 0 for point in volume.points)
    which = "each" if some == number else f"{some}"
    facts = f"{volume.center:.1f} {name} a week over {number} weeks, some in {which} of them"
    if volume.spread is None:
        return f"{facts}; limits of an ordinary week need {LEAST_WEEKS} weeks with results."
    low, high = (round((bound or 0.0) * first.size) for bound in (first.low, first.high))
    return f"{facts}; an ordinary week brings {low:,} to {high:,}."


def _signals(name: str, ends: Sequence[dt.date], volume: Chart, rate: Chart) -> list[str]:
    facts = []
    for end, point, share in zip(ends, volume.points, rate.points, strict=True):
        if point.signal:
            facts.append(
                f"The week to {end.isoformat()} is {point.signal} the limits with {point.count:,} "
                f"{name}{_with_rate(share)}."
            )
    facts = facts[-_MOST:]
    if not facts and volume.spread is not None:
        facts.append("No week is out of the ordinary: the ups and downs are what chance makes.")
    latest = rate.points[-1] if rate.points else None
    if latest is not None and latest.drifted:
        word = "fallen" if latest.drifted == "below" else "risen"
        facts.append(f"The rate of {name} has slowly {word} over the last weeks.")
    return facts


def _with_rate(point: Point) -> str:
    """The rate of the same week, since a count alone says how many were sent."""
    if point.rate is None:
        return ""
    counted = wording.fraction(point.count, int(point.size))
    return f" ({counted} reached, {wording.percent(point.rate)})"


def _backfill_fact(name: str, backfill: Shift) -> str:
    facts = f"The last {BACKFILL} weeks brought {backfill.after:,} {name}, the {BACKFILL} before "
    facts += f"{backfill.before:,}"
    if backfill.high is not None and backfill.high < 1.0:
        return f"{facts}: what is closed is not being replaced."
    if backfill.low > 1.0:
        return f"{facts}: more than before."
    return f"{facts}: no more of a change than chance makes."
