"""Does our critique predict answers? Findings and scores, held against what came of them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from abtest.critique import rule
from abtest.insight import Insight, Lesson
from abtest.site.levers import MARKS
from abtest.site.links import rule_url
from abtest.site.page import Page
from abtest.site.templating import render
from abtest.stats.segment_results import SegmentState


@dataclass(frozen=True, slots=True)
class Prediction:
    """One lesson with its mark, and the rule that it is about, where it is one."""

    lesson: Lesson
    mark: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Predictions:
    """Those that are shown to raise or lower answers, and those of which too little is known."""

    shown: tuple[Prediction, ...]
    open: tuple[Prediction, ...]


def foresight_page(insight: Insight) -> Page:
    """What findings and scores say of the answers."""
    found = [_prediction(lesson) for lesson in insight.predictions]
    html = render(
        "foresight.jinja",
        depth=1,
        rules=_predictions(each for each in found if each.url),
        scores=_predictions(each for each in found if not each.url),
        sample=insight.sample,
    )
    return Page(
        "foresight/index.md", "Does our critique predict answers?", html, parent="team/index.md",
        search=1.2, description="Findings and scores of the critique, held against results.",
    )  # fmt: skip


def _predictions(found: Iterable[Prediction]) -> Predictions:
    every = list(found)
    still_open = tuple(each for each in every if each.lesson.state is SegmentState.UNDECIDED)
    return Predictions(tuple(each for each in every if each not in still_open), still_open)


def _prediction(lesson: Lesson) -> Prediction:
    if lesson.factor not in rule.codes():
        return Prediction(lesson, MARKS[lesson.state], lesson.factor, "")
    title = rule.title(lesson.factor).rstrip(".")
    return Prediction(lesson, MARKS[lesson.state], title, rule_url(lesson.factor))
