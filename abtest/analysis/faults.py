"""What is wrong with the words: by rules, by people, and by the touch that draws nothing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from abtest.analysis.touches import Cadence, by_touch
from abtest.critique.reviews import summarize
from abtest.errors import Finding, Severity
from abtest.insight.inquiry import MessageFault, Part
from abtest.model import Cohort, Touch, Variant
from abtest.plan import Rubric
from abtest.stats.flow_results import TouchYield

#: A rubric dimension with a lower mean score is weak: 3 is what the rubric calls passable.
WEAK = 3.0


def faults(
    variant: Variant,
    mature: Iterable[Cohort],
    findings: Iterable[Finding],
    rubric: Rubric,
    alpha: float,
) -> MessageFault:
    """Everything known against a message.

    Args:
        variant: The message with its reviews.
        mature: Its cohorts that are old enough.
        findings: What a critic says about it.
        rubric: What reviews score.
        alpha: Error rate of the intervals.
    """
    own = [f for f in findings if f.variant == variant.id]
    yields = by_touch([Cadence.of(variant, mature)], alpha)
    reviews = summarize(variant, rubric)
    scored = [(d.name, d.mean) for d in (*reviews.what, *reviews.how) if d.mean < WEAK]
    parts = _parts(variant, own, yields)
    return MessageFault(
        parts=parts,
        whole=tuple(f for f in own if not any(f in part.findings for part in parts)),
        must_fix=tuple(point.observation.text for point in reviews.open),
        weak=tuple(sorted(scored, key=lambda item: (item[1], item[0]))),
        what_mean=reviews.what_mean,
        how_mean=reviews.how_mean,
        reviewers_missing=reviews.missing,
        touches=yields,
    )


def _parts(
    variant: Variant, findings: Sequence[Finding], yields: Sequence[TouchYield]
) -> tuple[Part, ...]:
    touches = sorted(variant.touches, key=lambda touch: touch.heading_line)
    ends = [touch.heading_line for touch in touches[1:]] + [10**9]
    cadence = len({touch.number for touch in touches}) > 1
    drawn = {y.touch: y.count for y in yields}
    numbers = sorted({touch.number for touch in touches})
    parts = [
        Part(
            name=_name(touch, cadence),
            touch=touch.number,
            findings=tuple(f for f in findings if touch.heading_line <= f.line < end),
            drawn=drawn.get(numbers.index(touch.number) + 1),
        )
        for touch, end in zip(touches, ends, strict=True)
    ]
    return tuple(sorted(parts, key=lambda part: -graver(part.findings)))


def _name(touch: Touch, cadence: bool) -> str:
    return f"{touch.channel.capitalize()} {touch.number}" if cadence else touch.channel.capitalize()


def graver(findings: Iterable[Finding]) -> int:
    """How many errors and warnings there are; what is only told is a matter of taste."""
    return sum(finding.severity is not Severity.INFO for finding in findings)
