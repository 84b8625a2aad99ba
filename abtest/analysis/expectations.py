"""Step 1: is there enough to say anything, and what would be ordinary?"""

from __future__ import annotations

from collections.abc import Iterator

from abtest import wording
from abtest.analysis.measured import rate_of
from abtest.analysis.subject import Subject
from abtest.assumptions import Assumption
from abtest.insight import Inquiry, StepState
from abtest.insight.inquiry import Expectations
from abtest.stats.luck import ordinary_range
from abtest.stats.results import TargetState, TargetTest


def examine_expectations(subject: Subject) -> Inquiry:
    """Passes only where enough was sent to know that the rate is below target."""
    metric, test = subject.metric, subject.metric.target
    detail = Expectations(
        rate=rate_of(metric),
        target=test.value if test else None,
        state=test.state if test else None,
        ordinary=ordinary_range(metric.per, test.value) if test and metric.per else None,
        more_needed=metric.more_needed,
        reported=_reported(subject),
    )
    state, headline, advice = _conclusion(subject, test)
    return Inquiry(
        name="expectations",
        question="Are our expectations in line?",
        state=state,
        headline=headline,
        facts=tuple(_facts(subject, detail)),
        next=advice,
        detail=detail,
    )


def _reported(subject: Subject) -> tuple[Assumption, ...]:
    """What others report for this kind of message; nothing for leads that are not cold."""
    if subject.result.lead_type != "cold" or subject.result.metric != "responses":
        return ()
    kind = "referral" if subject.words.factors.get("approach") == "referral" else "reported"
    return tuple(subject.assumptions[f"{kind}_{end}"] for end in ("low", "high"))


def _conclusion(subject: Subject, test: TargetTest | None) -> tuple[StepState, str, str]:
    """What the step comes to, and what to do if the inquiry stops here."""
    stopped, title = StepState.STOPPED, wording.quoted(subject.variant.title)
    if test is None:
        leads = subject.result.lead_type
        return (
            stopped,
            f"No target holds for {leads} leads, so nothing is below it.",
            (f"Write the target that you expect of {leads} leads into experiment.md."),
        )
    target = wording.short_percent(test.value)
    if test.state is TargetState.NO_DATA:
        return (
            stopped,
            "There is nothing old enough to judge.",
            ("Send it, record the counts, and ask again once the response window has passed."),
        )
    if test.drift:
        return (
            stopped,
            f"The rate of {title} has changed over the weeks.",
            ("Find out what changed with it first: the list, the rep, the season or the words."),
        )
    if test.state is TargetState.BELOW:
        return StepState.PASSED, f"Enough was sent to know: {title} is below {target}.", ""
    if test.state is TargetState.UNDECIDED:
        return stopped, f"Nobody can say yet whether {title} is below {target}.", _wait(subject)
    word = "meets" if test.state is TargetState.MEETS else "is on"
    return (
        stopped,
        f"{title} {word} the {target} target: there is nothing to explain.",
        ("Keep sending it, and test the next idea against it."),
    )


def _wait(subject: Subject) -> str:
    more = subject.metric.more_needed
    if more is None or more.n is None:
        return (
            "Do not change the words for this number. At this rate it would take more prospects "
            "than a list holds to settle it: test something bolder."
        )
    weeks = ""
    if subject.result.weekly_pace:
        number = -(-more.n // max(round(subject.result.weekly_pace), 1))
        weeks = f", at today's pace {number:,} week{'s' if number > 1 else ''}"
    return (
        f"Change nothing. Send it to about {more.n:,} more prospects{weeks}: then the odds are "
        f"even that it is settled."
    )


def _facts(subject: Subject, detail: Expectations) -> Iterator[str]:
    yield subject.variant.sentence
    rate, target = detail.rate, detail.target
    if target is None or detail.ordinary is None:
        return
    low, high = detail.ordinary
    yield (
        f"A message that is exactly on target draws {low:,} to {high:,} answers from "
        f"{rate.per:,} prospects nineteen times in twenty; this one drew {rate.count:,}."
    )
    if not rate.count:
        chance = (1.0 - target) ** rate.per
        yield f"None of {rate.per:,} happens to it with a chance of {wording.percent(chance)}."
    if detail.reported:
        yield _comparison(detail.reported)
    if subject.variant.channel != "email" and subject.result.metric == "responses":
        yield _listeners(subject.assumptions["listen_rate"], target)


def _comparison(reported: tuple[Assumption, ...]) -> str:
    """What others claim, as a range: `2% to 8% of cold prospects answer`."""
    low, high = reported
    hearsay = "hearsay" if low.hearsay or high.hearsay else "the team's own figure"
    claim = low.about.removesuffix(", at least")
    return (
        f"For comparison: {wording.short_percent(low.value)} to "
        f"{wording.short_percent(high.value)} {claim} ({hearsay}). Nobody hits every ball."
    )


def _listeners(listening: Assumption, target: float) -> str:
    """What a target asks of those who listen at all."""
    share = wording.short_percent(min(target / listening.value, 1.0))
    return (
        f"If {listening} {listening.about}, and the rest of the message did nothing, "
        f"{wording.short_percent(target)} would mean that {share} of the listeners answer."
    )
