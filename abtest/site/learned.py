"""What the team has learned: its decisions in sentences, newest first, also as a feed."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from abtest.report import ExperimentResult, Report
from abtest.site.labels import audience, facts_of
from abtest.site.links import experiment_url
from abtest.site.page import Asset, Page
from abtest.site.templating import environment, render

#: Characters that no XML document may hold, not even escaped (XML 1.0, production 2).
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Lesson:
    """One decision."""

    experiment: str
    title: str
    url: str
    date: dt.date
    kept: str
    why: str
    verdict: str
    results: tuple[tuple[str, str], ...]
    audience: str
    lever: str
    sample: bool
    source: str


def lessons(report: Report) -> list[Lesson]:
    """Every decision, newest first."""
    found = [lesson for result in report if (lesson := _lesson(result)) is not None]
    return sorted(found, key=lambda lesson: (-lesson.date.toordinal(), lesson.experiment))


def _lesson(result: ExperimentResult) -> Lesson | None:
    experiment = result.experiment
    if experiment is None or experiment.decision is None:
        return None
    decision = experiment.decision
    return Lesson(
        experiment=result.id,
        title=result.title,
        url=experiment_url(result.id),
        date=decision.date,
        kept="" if decision.keep == "none" else result[decision.keep].title,
        why=decision.why,
        verdict=result.verdict.headline,
        results=tuple((v.title, facts_of(v, result.metric)) for v in result.variants),
        audience=audience(result),
        lever=experiment.lever,
        sample=result.sample,
        source=experiment.source,
    )


def learned_page(report: Report) -> Page:
    """The decisions as a page."""
    html = render("learned.jinja", depth=1, lessons=lessons(report))
    return Page(
        "learned/index.md", "Learned", html, listed=True, wide=True, search=1.5,
        description="What the team decided, and why, newest first.",
    )  # fmt: skip


def feed(report: Report, url: str) -> Asset:
    """The decisions as an Atom feed (RFC 4287).

    Args:
        report: Holds the decisions.
        url: The site's address with a slash; without one the links are relative to the feed.
    """
    found = lessons(report)
    updated = found[0].date if found else report.as_of
    text = (
        environment().get_template("feed.xml.jinja").render(lessons=found, updated=updated, url=url)
    )
    return Asset("learned/feed.xml", _NO_XML.sub("", text).encode())
