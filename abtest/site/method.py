"""The method page: how the numbers are made, shown on this team's own numbers."""

from __future__ import annotations

from dataclasses import dataclass

from abtest import wording
from abtest.insight import Replay
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.labels import is_published
from abtest.site.links import experiment_url, variant_url
from abtest.site.page import Page
from abtest.site.templating import day, plural, render
from abtest.stats.results import TargetTest

#: How many replayed questions the page shows.
MOST_REPLAYS = 12


@dataclass(frozen=True, slots=True)
class Example:
    """A message of the team's own with every number that its verdict is made of.

    Attributes:
        single: The range that is plausible at a single look; empty where there is none.
        always: The range that is plausible at every look.
        looks: How many weeks it was looked at.
    """

    title: str
    url: str
    sample: bool
    sent: str
    bounced: str
    fraction: str
    rate: str
    single: str
    always: str
    looks: str
    test: TargetTest | None
    sentence: str


@dataclass(frozen=True, slots=True)
class Peek:
    """One question as a plain test would have answered it, beside the method."""

    question: str
    title: str
    url: str
    called: str
    since: str
    shaky: bool
    method: str


def method_page(report: Report) -> Page:
    """How the numbers are made, in plain words."""
    example = _example(report)
    html = render(
        "method.jinja",
        depth=1,
        plan=report.plan,
        example=_worked(*example) if example else None,
        portfolio=report.portfolio,
        peeking=report.insight.peeking if report.insight else None,
        peeks=_peeks(report),
        more_peeks=max(0, len(_called(report)) - MOST_REPLAYS),
    )
    return Page(
        "method/index.md", "Method", html, listed=True, search=1.5,
        description="How the numbers are made, and why they may be looked at every day.",
    )  # fmt: skip


def _example(report: Report) -> tuple[ExperimentResult, VariantResult] | None:
    """The message with the most weeks behind it, the team's own before any other."""
    candidates = [
        (result, variant)
        for result in report
        for variant in result.variants
        if variant.metrics[result.metric].target is not None
        and variant.metrics[result.metric].per > 0
    ]
    return max(candidates, key=_telling, default=None)


def _telling(candidate: tuple[ExperimentResult, VariantResult]) -> tuple[bool, bool, int, str]:
    """A message of our own before a study's, a decided one before an open one, then the longest."""
    result, variant = candidate
    metric = variant.metrics[result.metric]
    own, decided = not is_published(result), metric.decided_at is not None
    return (own, decided, len(metric.look_dates), variant.id)


def _worked(result: ExperimentResult, variant: VariantResult) -> Example:
    metric = variant.metrics[result.metric]
    return Example(
        title=variant.title,
        url=variant_url(variant.id),
        sample=result.sample,
        sent=f"{variant.sent:,}",
        bounced=f"{variant.bounced:,}",
        fraction=wording.fraction(metric.count, metric.per),
        rate=wording.percent(metric.rate),
        single=wording.between(metric.interval) if metric.interval else "",
        always=wording.between(metric.sequence),
        looks=plural(len(metric.look_dates), "week"),
        test=metric.target,
        sentence=variant.sentence,
    )


def _called(report: Report) -> list[Replay]:
    found = report.insight.peeking if report.insight else None
    return [replay for replay in found.replays if replay.called] if found else []


def _peeks(report: Report) -> list[Peek]:
    """The questions that a plain test would have called, the shakiest first."""
    return [_peek(replay) for replay in _called(report)[:MOST_REPLAYS]]


def _peek(replay: Replay) -> Peek:
    assert replay.called is not None
    decided = f", since {day(replay.decided)}" if replay.decided else ""
    return Peek(
        question=replay.question,
        title=replay.title,
        url=experiment_url(replay.experiment),
        called=f"“{replay.call}” in the week to {day(replay.called)}",
        since=_since(replay),
        shaky=bool(replay.withdrawn),
        method=f"{replay.verdict}{decided}",
    )


def _since(replay: Replay) -> str:
    if not replay.withdrawn:
        return "stood at every look"
    now = "stands again" if replay.stands else "no longer stands"
    return f"taken back at {plural(replay.withdrawn, 'later look')}, {now}"
