"""Ebb and flow: what each week's sends brought, and whether a week is out of the ordinary."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from abtest import wording
from abtest.insight import Insight, Weeks
from abtest.site.control import control_chart
from abtest.site.page import Page
from abtest.site.templating import day, render
from abtest.stats.flow_results import Chart, Point


@dataclass(frozen=True, slots=True)
class Week:
    """One row of the table."""

    end: str
    count: str
    reached: str
    rate: str
    ordinary: str
    word: str


@dataclass(frozen=True, slots=True)
class Series:
    """One count over the weeks, as the page shows it."""

    name: str
    anchor: str
    facts: tuple[str, ...]
    volume: Markup | None
    rate: Markup | None
    first: str
    last: str
    weeks: tuple[Week, ...]
    young: int


def flow_page(insight: Insight) -> Page:
    """Meetings and other results by week, with the limits of an ordinary week."""
    series = [_series(weeks) for weeks in insight.weeks]
    html = render("flow.jinja", depth=1, series=series, sample=insight.sample)
    return Page(
        "weeks/index.md", "Ebb and flow", html, parent="team/index.md", wide=True,
        description="Which weeks are out of the ordinary, which were empty, and what it will cost.",
    )  # fmt: skip


def _series(weeks: Weeks) -> Series:
    name = weeks.count.replace("_", " ")
    return Series(
        name=name.capitalize(),
        anchor=weeks.count.replace("_", "-"),
        facts=weeks.facts,
        volume=_drawing(weeks.volume, f"{name} by week", lambda value: f"{value:.1f}"),
        rate=_drawing(weeks.rate, f"{name} per prospect by week", wording.percent),
        first=day(weeks.ends[0]) if weeks.ends else "",
        last=day(weeks.ends[-1]) if weeks.ends else "",
        weeks=tuple(
            _week(end, count, rate)
            for end, count, rate in reversed(
                list(zip(weeks.ends, weeks.volume.points, weeks.rate.points, strict=True))
            )
        ),
        young=weeks.young,
    )


def _drawing(chart: Chart, label: str, tick: Callable[[float], str]) -> Markup | None:
    """The chart, None where there is nothing to draw."""
    if not chart.center:
        return None
    return control_chart(chart, f"{label}, {tick(chart.center)} on average", tick)


def _week(end: dt.date, count: Point, rate: Point) -> Week:
    ordinary = "–" if count.low is None else f"{count.low:.0f} to {count.high or 0.0:.0f}"
    word = count.signal or rate.signal
    return Week(
        end=day(end),
        count=f"{count.count:,}",
        reached=f"{rate.size:,.0f}",
        rate=wording.percent(rate.rate),
        ordinary=ordinary,
        word=f"{word} the limits" if word else "nothing sent" if not rate.size else "",
    )
