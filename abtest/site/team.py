"""The team lead's page: meetings and second meetings by week, on one printable sheet."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from markupsafe import Markup

from abtest.clock import week_end
from abtest.report import ExperimentResult, Report
from abtest.site import curves
from abtest.site.decisions import decisions_needed
from abtest.site.insights import insight_links
from abtest.site.labels import is_published
from abtest.site.links import experiment_url
from abtest.site.page import Page
from abtest.site.templating import day, render

#: How many weeks the sheet shows.
WEEKS = 12


@dataclass(frozen=True, slots=True)
class Week:
    """One calendar week, by the day the prospects were contacted."""

    end: str
    reached: int
    responses: int
    meetings: int
    second_meetings: int
    young: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """A row of bars with its total."""

    title: str
    total: int
    drawing: Markup


def team_page(report: Report) -> Page:
    """What the team's work came to, week by week."""
    counted, sample = _counted(report)
    weeks = _weeks(counted, report)
    html = render(
        "team.jinja",
        depth=1,
        weeks=list(reversed(weeks)),
        strips=_strips(weeks),
        sample=sample,
        decisions=decisions_needed(report),
        running=[(r, experiment_url(r.id)) for r in report if r.status == "running"],
        further=insight_links(report),
        as_of=report.as_of,
        window=report.plan.response_window,
    )
    return Page(
        "team/index.md", "Team lead", html, listed=True, wide=True,
        description="Meetings and second meetings by week.",
    )  # fmt: skip


def _counted(report: Report) -> tuple[list[ExperimentResult], bool]:
    """The team's own experiments; made-up ones only where there is nothing else to show."""
    own = [r for r in report if not is_published(r)]
    real = [r for r in own if not r.sample]
    return (real, False) if real else (own, bool(own))


def _weeks(results: list[ExperimentResult], report: Report) -> list[Week]:
    """The last weeks up to the latest row, oldest first; an empty week is a row of zeros."""
    sums: dict[dt.date, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for result in results:
        for variant in result.experiment or ():
            for cohort in variant.cohorts:
                week = sums[week_end(cohort.date)]
                for key in ("reached", "responses", "meetings", "second_meetings"):
                    week[key] += cohort.get(key)
    if not sums:
        return []
    last = max(sums)
    first = max(min(sums), last - dt.timedelta(weeks=WEEKS - 1))
    ends = [first + dt.timedelta(weeks=i) for i in range((last - first).days // 7 + 1)]
    window = dt.timedelta(days=report.plan.response_window)
    return [_week(end, sums[end], young=end + window > report.as_of) for end in ends]


def _week(end: dt.date, counts: dict[str, int], *, young: bool) -> Week:
    return Week(
        day(end),
        counts["reached"],
        counts["responses"],
        counts["meetings"],
        counts["second_meetings"],
        young,
    )


def _strips(weeks: list[Week]) -> list[Strip]:
    series = {
        "Meetings held": [week.meetings for week in weeks],
        "Second meetings": [week.second_meetings for week in weeks],
        "Reached": [week.reached for week in weeks],
    }
    span = f"{weeks[0].end} to {weeks[-1].end}" if weeks else ""
    return [
        Strip(
            title, sum(values), curves.bars(values, f"{title} by week, {span}: {_listed(values)}")
        )
        for title, values in series.items()
        if weeks
    ]


def _listed(values: list[int]) -> str:
    return ", ".join(f"{value:,}" for value in values)
