"""Step 2: did it go to the right people? The right crowd comes before the right words."""

from __future__ import annotations

from abtest import wording
from abtest.analysis import cohorts, measured, profile
from abtest.analysis.segments import (
    filter_sentences,
    interaction_sentence,
    segment_name,
    segment_sentence,
)
from abtest.analysis.subject import Subject
from abtest.insight import Inquiry, StepState
from abtest.insight.inquiry import ProfileFit
from abtest.stats.results import PairState, TargetState
from abtest.stats.segment_results import Segment, SegmentState

#: With the profile of fewer sends on record, nobody knows to whom it went.
KNOWN = 0.5

#: How many segments of a kind are told in sentences.
_MOST = 3


def examine_profile(subject: Subject) -> Inquiry:
    """Passes only where most sends fit and those who fit do not answer either."""
    detail = profile_fit(subject)
    state, headline, advice = _conclusion(subject, detail)
    return Inquiry(
        name="profile",
        question="Did it go to the right people?",
        state=state,
        headline=headline,
        facts=tuple(_facts(subject, detail)),
        next=advice,
        detail=detail,
    )


def profile_fit(subject: Subject) -> ProfileFit:
    """Who got it, who fits, and which segments carry or drag."""
    asked = profile.asked(subject.experiment.profile)
    everyone = [cohort for found in subject.mature.values() for cohort in found]
    unnamed = profile.unnamed(everyone, subject.experiment.profile)
    sorted_ = profile.sort(
        subject.cohorts, {d: text for d, text in asked.items() if d not in unnamed}
    )
    alpha, counted = subject.plan.alpha, subject.counted
    target = subject.metric.target.value if subject.metric.target else None
    misfits = sorted(sorted_.misfits.items(), key=lambda item: (-item[1], item[0]))
    return ProfileFit(
        dimensions=tuple(asked),
        unnamed=unnamed,
        fit=cohorts.total(sorted_.fit, "reached"),
        misfit=cohorts.total(sorted_.misfit, "reached"),
        unknown=cohorts.total(sorted_.unknown, "reached"),
        inside=measured.rate(sorted_.fit, counted, alpha, target),
        outside=measured.rate(sorted_.misfit, counted, alpha, target),
        inside_state=measured.state_of(sorted_.fit, counted, target, alpha),
        misfits=tuple((*which, number) for which, number in misfits),
        segments=subject.segmentation.segments,
        interactions=subject.segmentation.suspected,
        filter=subject.segmentation.filter,
    )


def _conclusion(subject: Subject, detail: ProfileFit) -> tuple[StepState, str, str]:
    """What the step comes to, and what to do if the inquiry stops here."""
    failing = (
        _unknown(detail)
        or _misfit(subject, detail)
        or _inside(subject, detail)
        or _narrower(subject, detail)
    )
    if failing is not None:
        return (StepState.STOPPED, *failing)
    fit = wording.fraction(detail.fit, detail.fit + detail.misfit)
    return StepState.PASSED, f"It went to the right people: {fit} whose profile is known fit.", ""


def _unknown(detail: ProfileFit) -> tuple[str, str] | None:
    if not detail.dimensions:
        headline = "The profile lets anyone in, so nobody can be the wrong one to write to."
        advice = "Say in experiment.md whom you write to: an industry, a location, a title."
        return headline, advice
    known = detail.fit + detail.misfit
    reached = known + detail.unknown
    if known and known >= KNOWN * reached:
        return None
    keys = wording.listed(detail.dimensions)
    headline = (
        f"Nobody can say to whom it went: the rows of {wording.fraction(detail.unknown, reached)} "
        f"prospects cannot be compared with the profile."
    )
    if detail.unnamed:
        return headline, (
            f"The rows' values of {wording.listed(detail.unnamed)} do not stand in the profile. "
            f"Name those that fit in experiment.md, such as industry: Software (saas, data)."
        )
    return headline, (
        f"Record {keys} on the rows of results from now on, and compare the list that was used "
        f"with the profile (abtest fit)."
    )


def _misfit(subject: Subject, detail: ProfileFit) -> tuple[str, str] | None:
    known = detail.fit + detail.misfit
    wanted = subject.assumptions["fit_share"]
    if detail.fit >= wanted.value * known:
        return None
    worst = wording.listed([f"{v} ({number:,})" for _, v, number in detail.misfits[:_MOST]])
    headline = (
        f"It went to the wrong people: {wording.fraction(detail.fit, known)} prospects fit the "
        f"profile, and {wanted} {wanted.about}."
    )
    advice = (
        f"Mend the list before the words. Most misfits: {worst}. If one of them does fit, name it "
        f"in the profile."
    )
    return headline, advice


def _inside(subject: Subject, detail: ProfileFit) -> tuple[str, str] | None:
    """Those who fit are not shown to be below target: then the others made the miss."""
    inside, did = detail.inside, wording.did(subject.result.metric)
    counts = f"{wording.fraction(inside.count, inside.per)} ({wording.percent(inside.rate)}) {did}"
    if detail.inside_state is TargetState.BELOW or detail.inside_state is None:
        return None
    if detail.inside_state in (TargetState.MEETS, TargetState.AT_TARGET):
        headline = f"Those who fit do answer: {counts}. The list misses the target, not the words."
        advice = "Send it to people who fit only, and leave the words as they are."
        return headline, advice
    headline = f"Of those who fit, {counts}: too few were asked to blame the words."
    return headline, "Send it to more people who fit, and judge the words on them."


def _narrower(subject: Subject, detail: ProfileFit) -> tuple[str, str] | None:
    """A filter that was chosen elsewhere keeps enough who answer: then narrow the profile."""
    judged, target = detail.filter, subject.metric.target
    if judged is None or target is None or judged.test.state is not PairState.BETTER:
        return None
    kept = judged.test.count_b / judged.test.nobs_b
    if kept < target.value:
        return None
    dragging = [_name(segment) for segment in detail.of_state(SegmentState.DRAGS)[:_MOST]]
    who = f" What drags: {wording.listed(dragging)}." if dragging else ""
    headline = (
        f"A part of the profile does answer: {wording.percent(kept)} of those whom a narrower "
        f"list keeps.{who}"
    )
    advice = (
        "Narrow the profile as the filter below does, keep a tenth of the dropped as a check, and "
        "judge the words on those who are left."
    )
    return headline, advice


def _name(segment: Segment) -> str:
    return segment_name(segment.dimension, segment.level)


def _facts(subject: Subject, detail: ProfileFit) -> list[str]:
    facts = []
    did = wording.did(subject.result.metric)
    for part, who in ((detail.inside, "who fit"), (detail.outside, "who do not fit")):
        if part.per:
            facts.append(
                f"Of those {who}, {wording.fraction(part.count, part.per)} {did} "
                f"({wording.percent(part.rate)})."
            )
    told = [
        segment
        for state in (SegmentState.CARRIES, SegmentState.DRAGS)
        for segment in detail.of_state(state)[:_MOST]
    ]
    facts += [segment_sentence(segment, subject.result.metric) for segment in told]
    if detail.segments and not told:
        facts.append("No segment is known to answer more or less than the rest.")
    titles = {variant.id: variant.title for variant in subject.result.variants}
    facts += [interaction_sentence(found, titles) for found in detail.interactions]
    if detail.filter is not None:
        facts += filter_sentences(detail.filter, subject.result.metric, subject.assumptions)
    return facts
