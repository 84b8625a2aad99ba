"""Why are we below target? Expectations, then profile, then words, for each message below."""

from __future__ import annotations

from dataclasses import dataclass

from abtest import wording
from abtest.insight import Inquiry, Insight, Investigation, StepState
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.labels import is_below, is_published
from abtest.site.links import variant_url, why_anchor, why_url
from abtest.site.page import Page
from abtest.site.templating import render

#: The mark and the word of a step.
_MARKS = {
    StepState.PASSED: ("ok", "passed"),
    StepState.STOPPED: ("attention", "look here"),
    StepState.NOT_REACHED: ("unknown", "not asked yet"),
}


@dataclass(frozen=True, slots=True)
class Question:
    """One step as the page shows it."""

    step: Inquiry
    mark: str
    word: str


@dataclass(frozen=True, slots=True)
class Case:
    """One message below its target."""

    found: Investigation
    anchor: str
    url: str
    questions: tuple[Question, ...]


def why_page(insight: Insight) -> Page:
    """Every message that is known to be below its target, with the step that says what to do."""
    cases = [_case(found) for found in insight.investigations]
    html = render("why.jinja", depth=1, cases=cases)
    return Page(
        "why/index.md", "Why are we below target?", html, parent="team/index.md", search=1.2,
        description="Expectations first, then the profile, and only then the words.",
    )  # fmt: skip


def _case(found: Investigation) -> Case:
    questions = tuple(Question(step, *_MARKS[step.state]) for step in found.steps)
    return Case(found, why_anchor(found.id), variant_url(found.id), questions)


def why_link(result: ExperimentResult, variant: VariantResult, report: Report) -> str:
    """The way to the inquiry into a message, empty where there is none.

    There is one for every message of the team's own that is known to be below its target.
    """
    own = result.experiment is not None and not is_published(result)
    below = is_below(variant.metrics[result.metric])
    return why_url(variant.id) if report.insight and own and below else ""


def why_question(result: ExperimentResult, report: Report) -> tuple[str, str]:
    """Why an experiment's messages are below, as a question, and where it is answered; or empty."""
    below = [variant for variant in result.variants if why_link(result, variant, report)]
    if not below:
        return "", ""
    first = why_link(result, below[0], report)
    if len(below) == len(result.variants):
        return "Why below target?", first
    if len(below) == 1:
        return f"Why is {wording.quoted(below[0].title)} below target?", first
    return f"Why are {len(below)} of {len(result.variants)} below target?", first


def why_below(insight: Insight | None) -> str:
    """The question where the inquiries stop, where all stop at the same; empty without any."""
    asked = {found.stopped.question for found in insight.investigations} if insight else set()
    return f"Why? {asked.pop()}" if len(asked) == 1 else "Why?" if asked else ""
