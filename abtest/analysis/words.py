"""Step 3: is it the words? Asked last, and answered by rules, by people and by touches."""

from __future__ import annotations

from collections.abc import Iterator

from abtest import wording
from abtest.analysis.faults import faults, graver
from abtest.analysis.subject import Subject
from abtest.insight import Inquiry, StepState
from abtest.insight.inquiry import MessageFault, Part

#: How many findings of a part are told.
_MOST = 3


def examine_words(subject: Subject) -> Inquiry:
    """Stops where anything is known against the words; passes where nothing is."""
    detail = faults(
        subject.words,
        subject.cohorts,
        subject.findings,
        subject.plan.rubric,
        subject.plan.alpha,
    )
    state, headline, advice = _conclusion(subject, detail)
    return Inquiry(
        name="message",
        question="Is it the words?",
        state=state,
        headline=headline,
        facts=tuple(_facts(detail)),
        next=advice,
        detail=detail,
    )


def _conclusion(subject: Subject, detail: MessageFault) -> tuple[StepState, str, str]:
    """What the step comes to, and what to do next."""
    known = sum(graver(part.findings) for part in detail.parts) + graver(detail.whole)
    if known or detail.must_fix or detail.weak:
        return StepState.STOPPED, _headline(subject, detail, known), _fork(subject)
    if detail.reviewers_missing:
        headline = "No rule finds a fault, and too few people have looked."
        advice = (
            f"Ask {detail.reviewers_missing} more for a review, one of them as a role-play: "
            f"abtest new review {subject.variant.id} --by NAME"
        )
        return StepState.STOPPED, headline, advice
    headline = "Neither a rule nor a reviewer finds a fault with the words."
    advice = "The words are not obviously wrong: test another idea, not another wording."
    return StepState.PASSED, headline, advice


def _headline(subject: Subject, detail: MessageFault, known: int) -> str:
    against = []
    if known:
        against.append(f"{known} finding{'s' if known > 1 else ''}")
    if detail.must_fix:
        against.append(f"{len(detail.must_fix)} open must-fix")
    if detail.weak:
        against.append(f"weak scores for {_weak(detail)}")
    worst = detail.parts[0]
    part = ""
    if len(detail.parts) > 1 and graver(worst.findings):
        part = f" Most of it is about the {worst.name.lower()}."
    title = wording.quoted(subject.variant.title)
    return f"The words are where to look: {title} has {wording.listed(against)}.{part}"


def _weak(detail: MessageFault) -> str:
    """The weakest dimensions, and how many more there are."""
    names = [name.replace("_", " ") for name, _ in detail.weak[:_MOST]]
    more = len(detail.weak) - len(names)
    return wording.listed([*names, f"{more} more"] if more else names)


def _fork(subject: Subject) -> str:
    return (
        f"Fork this message, mend what stands above, and send both side by side: abtest new "
        f"variant {subject.experiment.id}/NEW-NAME --from {subject.words.name}"
    )


def _facts(detail: MessageFault) -> Iterator[str]:
    for part in detail.parts:
        yield from _part_facts(part, several=len(detail.parts) > 1)
    for finding in detail.whole[:_MOST]:
        yield f"{finding.code}: {finding.message}"
    for text in detail.must_fix:
        yield f"A reviewer wants this mended: {text}"
    for name, score in detail.weak[:_MOST]:
        yield f"Reviewers give {name.replace('_', ' ')} {score:.1f} of 5."
    if detail.what_mean is not None or detail.how_mean is not None:
        what, how = (
            "–" if mean is None else f"{mean:.1f}" for mean in (detail.what_mean, detail.how_mean)
        )
        yield f"What is said scores {what} of 5, how it is said {how}."
    for touch in detail.touches:
        if not touch.count and touch.at_risk:
            yield f"Touch {touch.touch} drew none of the {touch.at_risk:,} who got it."


def _part_facts(part: Part, *, several: bool) -> Iterator[str]:
    before = f"{part.name}, " if several else ""
    worst_first = sorted(part.findings, key=lambda finding: finding.severity.rank)
    for finding in worst_first[:_MOST]:
        yield f"{before}line {finding.line}: {finding.code} {finding.message}"
    if len(part.findings) > _MOST:
        yield f"{part.name}: {len(part.findings) - _MOST} more to be seen with abtest check."
