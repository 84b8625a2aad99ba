"""The critique of a message: what the rules found, how it sounds, what people noticed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import PurePosixPath

from abtest.critique.speech import Measure
from abtest.errors import Finding
from abtest.messages import templates
from abtest.model import Touch, Variant
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.links import rule_url, variant_url
from abtest.site.page import Page
from abtest.site.people import agreement, fixes, halves, opinion
from abtest.site.script import heard
from abtest.site.surroundings import Surroundings
from abtest.site.templating import render

_SEVERITIES = {"error": "must change", "warning": "worth changing", "info": "worth a look"}


@dataclass(frozen=True, slots=True)
class Remark:
    """A finding of the rules, with the place it is about and the words that stand there."""

    code: str
    url: str
    severity: str
    weight: str
    message: str
    suggestion: str
    place: str
    quote: str


@dataclass(frozen=True, slots=True)
class Trait:
    """A number of how a touch sounds, with its range."""

    label: str
    value: str
    range: str
    state: str
    word: str


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
        remarks=_remarks(findings, said),
        ignored=[(code, rule_url(code), why) for code, why in said.ignore.items()],
        sounds=[(touch, _traits(touch, said)) for touch in said.touches],
        several=len(said.touches) > 2,
        halves=halves(said.reviews, report.plan.rubric),
        agreement=_agreement(result, said, report),
        fixes=fixes(said, report.as_of, result.status == "running"),
        opinions=[opinion(review, around.recordings) for review in said.reviews],
        review_link=_review_link(result, said, report, around),
    )
    return Page(
        f"experiments/{variant.id}/critique/index.md",
        f"Critique: {variant.title}",
        html,
        label="Critique",
        parent=f"experiments/{variant.id}/index.md",
        search=None,
    )


def _remarks(findings: Sequence[Finding], said: Variant) -> list[Remark]:
    """The findings in order; a line that several are about is quoted once."""
    found = [_remark(finding, said) for finding in findings]
    return found[:1] + [
        replace(remark, quote="") if remark.quote == before.quote else remark
        for before, remark in pairwise(found)
    ]


def _remark(finding: Finding, said: Variant) -> Remark:
    return Remark(
        code=finding.code,
        url=rule_url(finding.code),
        severity=str(finding.severity),
        weight=_SEVERITIES[str(finding.severity)],
        message=finding.message,
        suggestion=finding.suggestion,
        place=_place(finding, said),
        quote=_line_of(said, finding.line) if finding.path == said.path else "",
    )


def _place(finding: Finding, said: Variant) -> str:
    """The line, and the file where it is another than the message's."""
    line = f"line {finding.line}" if finding.line else ""
    file = "" if finding.path == said.path else PurePosixPath(finding.path).name
    return " of ".join(filter(None, (line, file)))


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


def _agreement(result: ExperimentResult, said: Variant, report: Report) -> list[tuple[str, str]]:
    return agreement(said, result.experiment, report.plan) if result.experiment else []


def _review_link(
    result: ExperimentResult, said: Variant, report: Report, around: Surroundings
) -> str:
    if around.editor is None:
        return ""
    text = templates.review(said.name, "your-name", report.as_of, "read", report.plan)
    file = f"{said.name}-{report.as_of.isoformat()}.md"
    return around.editor.new_url(f"{result.id}/reviews", file, text)
