"""What was learned on each lever, which sources give bad leads, and what is only hearsay."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from abtest.assumptions import Assumption
from abtest.insight import Insight, Lesson, Lever
from abtest.report import Report
from abtest.site.links import experiment_url
from abtest.site.page import Page
from abtest.site.templating import render
from abtest.stats.segment_results import SegmentState

#: The mark of a lesson.
MARKS = {
    SegmentState.CARRIES: "better",
    SegmentState.DRAGS: "worse",
    SegmentState.UNDECIDED: "undecided",
}


@dataclass(frozen=True, slots=True)
class Learned:
    """One lesson with its mark."""

    lesson: Lesson
    mark: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """One lever with its experiments: (title, address) by what came of them."""

    name: str
    won: tuple[tuple[str, str], ...]
    even: tuple[tuple[str, str], ...]
    open: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Number:
    """One assumption as text."""

    value: str
    about: str
    source: str
    kind: str
    name: str


def levers_page(insight: Insight, report: Report) -> Page:
    """Factors, levers, sources of leads and assumptions."""
    html = render(
        "levers.jinja",
        depth=1,
        lessons=[Learned(lesson, MARKS[lesson.state]) for lesson in insight.lessons],
        levers=[_pulled(lever, report) for lever in insight.levers],
        streaks=insight.streaks,
        assumptions=[_number(assumption) for assumption in insight.assumptions],
        sample=insight.sample,
    )
    return Page(
        "levers/index.md", "What moves answers?", html, parent="team/index.md", search=1.2,
        description="What was learned on each lever, and what is only hearsay.",
    )  # fmt: skip


def _pulled(lever: Lever, report: Report) -> Pulled:
    def named(ids: Iterable[str]) -> tuple[tuple[str, str], ...]:
        return tuple((report[name].title, experiment_url(name)) for name in ids)

    return Pulled(lever.lever, named(lever.won), named(lever.even), named(lever.open))


def _number(assumption: Assumption) -> Number:
    value, _, _ = str(assumption).partition(" ")
    kind = "hearsay" if assumption.hearsay else "chosen or counted"
    return Number(value, assumption.about, assumption.source, kind, assumption.name)
