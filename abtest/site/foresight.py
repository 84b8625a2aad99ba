"""Does our critique predict answers? Findings and scores, held against what came of them."""

from __future__ import annotations

from dataclasses import dataclass

from abtest.critique import rule
from abtest.insight import Insight, Lesson
from abtest.site.levers import MARKS
from abtest.site.links import rule_url
from abtest.site.page import Page
from abtest.site.templating import render


@dataclass(frozen=True, slots=True)
class Prediction:
    """One lesson with its mark, and the rule that it is about, where it is one."""

    lesson: Lesson
    mark: str
    title: str
    url: str


def foresight_page(insight: Insight) -> Page:
    """What findings and scores say of the answers."""
    shown = [_shown(lesson) for lesson in insight.predictions]
    html = render(
        "foresight.jinja",
        depth=1,
        rules=[each for each in shown if each.url],
        scores=[each for each in shown if not each.url],
        sample=insight.sample,
    )
    return Page(
        "foresight/index.md", "Does our critique predict answers?", html, parent="team/index.md",
        search=1.2, description="Findings and scores of the critique, held against results.",
    )  # fmt: skip


def _shown(lesson: Lesson) -> Prediction:
    if lesson.factor not in rule.codes():
        return Prediction(lesson, MARKS[lesson.state], lesson.factor, "")
    title = rule.title(lesson.factor)
    return Prediction(lesson, MARKS[lesson.state], title, rule_url(lesson.factor))
