"""The critique of a message: what the rules found, how it sounds, what people noticed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from abtest.critique.speech import Measure
from abtest.errors import Finding
from abtest.model import Observation, Review, Touch, Variant
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.contributed import contributed
from abtest.site.links import experiment_url, rule_url, variant_url
from abtest.site.page import Page
from abtest.site.script import heard
from abtest.site.surroundings import Surroundings, review_recording
from abtest.site.templating import render

if TYPE_CHECKING:
    from abtest.plan import Rubric

_KINDS = {"read": "read it", "role-play": "role-played it", "recording": "listened to it"}
_DECISIONS = {"use": "Use it as it is", "fork": "Fork it", "drop": "Drop it"}
_SEVERITIES = {"error": "must change", "warning": "worth changing", "info": "worth a look"}

#: The first text of a new review, for the forge's editor.
REVIEW_TEMPLATE = """\
---
of: {variant}
by: your-name
date: {date}
kind: read
scores: {{fit: 3, reason: 3, one_idea: 3, ask: 3}}
must_fix: []
---
What I noticed …
"""


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding of the rules, with the line it is about."""

    code: str
    url: str
    severity: str
    weight: str
    message: str
    suggestion: str
    line: int
    quote: str


@dataclass(frozen=True, slots=True)
class Trait:
    """A number of how a touch sounds, with its range."""

    label: str
    value: str
    range: str
    state: str
    word: str


@dataclass(frozen=True, slots=True)
class Dimension:
    """What the reviewers scored: the dimension, its anchors, each score."""

    name: str
    anchors: str
    scores: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Half:
    """WHAT is said, or HOW: a mean of its own and the dimensions that were scored."""

    title: str
    mean: str
    out_of: str
    dimensions: tuple[Dimension, ...]


@dataclass(frozen=True, slots=True)
class Opinion:
    """One review, ready to show."""

    review: Review
    kind: str
    body: Markup
    recording: str
    decision: str


@dataclass(frozen=True, slots=True)
class Fix:
    """A must-fix item with the review it came from."""

    item: Observation
    by: str
    state: str


def critique_page(
    result: ExperimentResult,
    variant: VariantResult,
    said: Variant,
    report: Report,
    findings: Sequence[Finding],
    around: Surroundings,
) -> Page:
    """Everything that was noticed about one message."""
    html = render(
        "critique.jinja",
        depth=4,
        result=result,
        variant=variant,
        variant_url=variant_url(variant.id),
        experiment_url=experiment_url(result.id),
        remarks=[_remark(finding, said) for finding in findings],
        ignored=[(code, rule_url(code), why) for code, why in said.ignore.items()],
        sounds=[(touch, _traits(touch, said)) for touch in said.touches],
        several=len(said.touches) > 2,
        halves=halves(said.reviews, report.plan.rubric),
        fixes=_fixes(said.reviews),
        opinions=[_opinion(review, around.recordings) for review in said.reviews],
        review_link=_review_link(result, said, report, around),
        folder=f"{result.id}/reviews/",
    )
    return Page(
        f"experiments/{variant.id}/critique/index.md",
        f"Critique: {variant.title}",
        html,
        label="Critique",
        parent=f"experiments/{variant.id}/index.md",
        search=None,
    )


def _remark(finding: Finding, said: Variant) -> Remark:
    return Remark(
        code=finding.code,
        url=rule_url(finding.code),
        severity=str(finding.severity),
        weight=_SEVERITIES[str(finding.severity)],
        message=finding.message,
        suggestion=finding.suggestion,
        line=finding.line,
        quote=_line_of(said, finding.line),
    )


def _line_of(said: Variant, line: int) -> str:
    """The words of a line of the file, where it belongs to a touch; a whole touch has no quote."""
    for touch in said.touches:
        if touch.subject is not None and line == touch.subject_line:
            return f"Subject: {touch.subject}"
        lines = touch.text.split("\n")
        if touch.line <= line < touch.line + len(lines):
            return lines[line - touch.line].strip()
    return ""


def _traits(touch: Touch, said: Variant) -> list[Trait]:
    return [_trait(m) for m in heard(touch, said.recording) if m.value is not None]


def _trait(measure: Measure) -> Trait:
    value = f"{measure.value:.1f}".removesuffix(".0")
    state, word = ("attention", "outside") if measure.ok is False else ("ok", "in range")
    return Trait(measure.label, f"{value} {measure.unit}".strip(), _range(measure), state, word)


def _range(measure: Measure) -> str:
    low, high = measure.low, measure.high
    if low is not None and high is not None:
        return f"{low:g}" if low == high else f"{low:g} to {high:g}"
    if high is not None:
        return f"up to {high:g}"
    return f"at least {low:g}" if low is not None else "–"


def halves(reviews: tuple[Review, ...], rubric: Rubric) -> list[Half]:
    """WHAT you say and HOW you say it, side by side and never as one number."""
    return [
        _half("What you say", rubric.what, reviews),
        _half("How you say it", rubric.how, reviews),
    ]


def _half(title: str, anchors: Mapping[str, str], reviews: tuple[Review, ...]) -> Half:
    dimensions = tuple(
        Dimension(name.replace("_", " "), text, scores)
        for name, text in anchors.items()
        if (scores := tuple((r.by, r.scores[name]) for r in reviews if name in r.scores))
    )
    every = [score for dimension in dimensions for _, score in dimension.scores]
    if not every:
        return Half(title, "–", "not scored yet", ())
    plural = "score" if len(every) == 1 else "scores"
    return Half(title, f"{sum(every) / len(every):.1f}", f"of 5, {len(every)} {plural}", dimensions)


def _fixes(reviews: tuple[Review, ...]) -> list[Fix]:
    """Must-fix items, open ones first."""
    states = {"open": "attention", "fixed": "ok", "declined": "unknown"}
    found = [Fix(i, r.by, states.get(i.state, "unknown")) for r in reviews for i in r.must_fix]
    return sorted(found, key=lambda fix: fix.item.state != "open")


def _opinion(review: Review, recordings: Mapping[str, str]) -> Opinion:
    return Opinion(
        review,
        _KINDS.get(review.kind, review.kind),
        contributed(review.body),
        recordings.get(review_recording(review), ""),
        _DECISIONS.get(review.decision, review.decision),
    )


def _review_link(
    result: ExperimentResult, said: Variant, report: Report, around: Surroundings
) -> str:
    if around.editor is None:
        return ""
    date = report.as_of.isoformat()
    text = REVIEW_TEMPLATE.format(variant=said.name, date=date)
    return around.editor.new_url(f"{result.id}/reviews", f"{said.name}-{date}.md", text)
