"""Why is a variant below target: expectations, then profile, then message."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from abtest.assumptions import Assumption
from abtest.errors import Finding
from abtest.insight.plain import record
from abtest.insight.rate import Rate
from abtest.stats.flow_results import TouchYield
from abtest.stats.results import MoreNeeded, TargetState
from abtest.stats.segment_results import Interaction, Judged, Segment, SegmentState


class StepState(StrEnum):
    """What a step of the inquiry came to."""

    PASSED = "passed"
    STOPPED = "stopped"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True)
class Expectations:
    """Is there enough to say anything, and what would be ordinary at the target?

    Attributes:
        rate: What was seen.
        target: The target, None where none applies.
        state: Where the rate stands against it.
        ordinary: The fewest and the most answers that a message exactly on target ordinarily
            gets; None without a target.
        more_needed: What would settle it.
        reported: What others report for this kind of message: hearsay.
    """

    rate: Rate
    target: float | None
    state: TargetState | None
    ordinary: tuple[int, int] | None
    more_needed: MoreNeeded | None
    reported: tuple[Assumption, ...] = ()


@dataclass(frozen=True, slots=True)
class ProfileFit:
    """Did it go to the right crowd?

    Attributes:
        dimensions: The profile's dimensions that rows record and that say something; those with
            `any` do not.
        unnamed: Those of them of whose recorded values none stands in the profile.
        fit: Prospects reached whose every recorded value fits the profile.
        misfit: Those with a value that does not.
        unknown: Those of whom nothing is recorded that the profile can be held against.
        inside: The answers of those who fit.
        outside: The answers of those who do not.
        inside_state: `inside` against the target.
        misfits: Dimension and value → prospects, the most first.
        segments: Every level of every dimension, over all variants of the experiment.
        interactions: Where the variants' difference may depend on the segment: at one look.
        filter: Whom to leave alone, chosen on one half and judged on the other.
    """

    dimensions: tuple[str, ...]
    unnamed: tuple[str, ...]
    fit: int
    misfit: int
    unknown: int
    inside: Rate
    outside: Rate
    inside_state: TargetState | None
    misfits: tuple[tuple[str, str, int], ...]
    segments: tuple[Segment, ...]
    interactions: tuple[Interaction, ...]
    filter: Judged | None

    def of_state(self, state: SegmentState) -> tuple[Segment, ...]:
        """The segments in this state, the one that matters most first."""
        found = [segment for segment in self.segments if segment.state is state]
        return tuple(sorted(found, key=lambda segment: -abs(segment.excess)))


@dataclass(frozen=True, slots=True)
class Part:
    """One voicemail or email of the message.

    Attributes:
        name: As its heading has it: `Voicemail`, `Email 2`.
        findings: What a critic says about it.
        drawn: Responses that its touch drew, None where rows do not say.
    """

    name: str
    touch: int
    findings: tuple[Finding, ...]
    drawn: int | None


@dataclass(frozen=True, slots=True)
class MessageFault:
    """What is wrong with the words, by rules and by people.

    Attributes:
        parts: Every voicemail and email, the one with most against it first.
        whole: Findings about the variant as a whole.
        must_fix: What reviewers want changed and nobody has.
        weak: Rubric dimension → mean score, those below 3, the weakest first.
        what_mean: Mean score of WHAT is said, None without reviews.
        how_mean: Mean score of HOW it is said.
        reviewers_missing: How many more people should have reviewed it.
        touches: The yield of each touch, empty where rows do not say.
    """

    parts: tuple[Part, ...]
    whole: tuple[Finding, ...]
    must_fix: tuple[str, ...]
    weak: tuple[tuple[str, float], ...]
    what_mean: float | None
    how_mean: float | None
    reviewers_missing: int
    touches: tuple[TouchYield, ...]


@dataclass(frozen=True, slots=True)
class Inquiry:
    """One step: expectations, profile or message.

    Attributes:
        name: `expectations`, `profile` or `message`.
        question: The same as a question.
        headline: What it came to, in one sentence.
        facts: The numbers behind it, one sentence each.
        next: What to do if the inquiry stops here; empty where it goes on.
        detail: The numbers, None for a step that was not reached.
    """

    name: str
    question: str
    state: StepState
    headline: str
    facts: tuple[str, ...] = ()
    next: str = ""
    detail: Expectations | ProfileFit | MessageFault | None = None


@dataclass(frozen=True, slots=True)
class Investigation:
    """Why a variant is below target, asked in order.

    Attributes:
        id: The variant's.
        experiment: The experiment's title.
        steps: All three; those behind the one that stopped it were not reached.
        because: Why someone went on in spite of a failing step.
        sample: The numbers are made up.
    """

    id: str
    title: str
    experiment: str
    steps: tuple[Inquiry, ...]
    because: str = ""
    sample: bool = False

    @property
    def stopped(self) -> Inquiry:
        """The step that says what to do next: the first that failed, else the last.

        Whoever gave a reason for going on hears what the last step says.
        """
        failed = [step for step in self.steps if step.state is StepState.STOPPED]
        return self.steps[-1] if self.because or not failed else failed[0]

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `abtest investigate`."""
        return {"version": 1, **record(self), "next": self.stopped.next}
