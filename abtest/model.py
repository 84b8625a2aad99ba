"""The nouns: what a team's files say, frozen.

A *prospect* is counted once per variant. A *cohort* is the prospects one rep sent a variant to on
one date; late responses are added to the cohort of their send. A *touch* is a voicemail or an
email; a variant with both is a combo. Lines and columns count from 1 and point into the file, so
that every later finding can name its place.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from abtest.plan import Plan

_EMPTY: Mapping[str, str] = MappingProxyType({})


def _empty() -> Mapping[str, str]:
    """The default of a mapping: one frozen object (unhashable before Python 3.12)."""
    return _EMPTY


@dataclass(frozen=True, slots=True)
class Profile:
    """The three basics of a prospect profile; `any` only when someone wrote it out."""

    industry: str
    location: str
    title: str
    extra: Mapping[str, str] = field(default_factory=_empty)

    @property
    def wanted(self) -> dict[str, str]:
        """Key → what the profile says under it, the three basics first."""
        basics = {"industry": self.industry, "location": self.location, "title": self.title}
        return {**basics, **self.extra}


@dataclass(frozen=True, slots=True)
class Cohort:
    """One row of results.

    Attributes:
        rep: Who sent.
        date: The day of the send.
        counts: Count key → number, only keys that were written.
        dimensions: Dimension → value, only those that were written.
        responses_by_touch: Responses by the touch that drew them, in order; empty if not recorded.
        line: The line of the row in its file.
    """

    rep: str
    date: dt.date
    counts: Mapping[str, int]
    dimensions: Mapping[str, str] = field(default_factory=_empty)
    responses_by_touch: tuple[int, ...] = ()
    line: int = 0

    @property
    def sent(self) -> int:
        """Prospects contacted."""
        return self.counts["sent"]

    @property
    def bounced(self) -> int:
        """Prospects whose message did not arrive."""
        return self.counts.get("bounced", 0)

    @property
    def reached(self) -> int:
        """Prospects contacted and not bounced: the denominator of the built-in rates."""
        return self.counts["sent"] - self.counts.get("bounced", 0)

    def get(self, count: str) -> int:
        """A count by its key (0 if not written), or `reached`."""
        return self.reached if count == "reached" else self.counts.get(count, 0)


@dataclass(frozen=True, slots=True)
class Touch:
    """One voicemail or email, exactly as a prospect gets it.

    Attributes:
        channel: `voicemail` or `email`.
        number: The touch's number in a cadence; 1 where none is written.
        day: The day of the cadence, where written (`(day 3)`).
        subject: An email's subject; None for a voicemail.
        text: Plain text without heading and subject; line breaks as written, no trailing blank.
        line: The line in the file of the first line of `text`.
        heading_line: The line of the `##` heading.
        subject_line: The line of the subject, 0 for a voicemail.
    """

    channel: str
    number: int
    day: int | None
    subject: str | None
    text: str
    line: int
    heading_line: int
    subject_line: int = 0


@dataclass(frozen=True, slots=True)
class TextChange:
    """The statement that a change of words after the first results is immaterial."""

    date: dt.date
    why: str


@dataclass(frozen=True, slots=True)
class Observation:
    """A must-fix item of a review.

    Attributes:
        text: What must change.
        line: The line of the variant's file that it was about on the day of the review.
        state: `open`, `fixed` or `declined` (with `why`).
        quote: The words of the message that it is about, empty where none are given.
        review_line: The line of the review's file on which it stands, 0 if that is not known.
    """

    text: str
    line: int | None = None
    state: str = "open"
    why: str = ""
    quote: str = ""
    review_line: int = 0


@dataclass(frozen=True, slots=True)
class Review:
    """One person's critique of a variant: read, role-played or heard.

    Attributes:
        file: File name inside `reviews/`.
        of: The local id of the variant (without the experiment).
        kind: `read`, `role-play` or `recording`.
        scores: Rubric dimension → 1 to 5.
        body: Markdown, not yet sanitized.
        path: The file.
        key_lines: Top-level front matter key → its line.
    """

    file: str
    of: str
    by: str
    date: dt.date
    kind: str
    scores: Mapping[str, int]
    must_fix: tuple[Observation, ...] = ()
    scenario: str = ""
    played_by: str = ""
    takes: int | None = None
    decision: str = ""
    recording: str = ""
    body: str = ""
    path: str = ""
    key_lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class Recording:
    """A sound file of an experiment, checked: `path` inside the experiment, its size and length."""

    path: str
    file: str
    size: int
    seconds: float | None
    digest: str


@dataclass(frozen=True, slots=True)
class Variant:
    """What is said, and what came of it.

    Attributes:
        id: `<experiment>/<variant>`.
        name: The local id, the file's name without `.md`.
        path: The file, with `/`.
        key_lines: Top-level front matter key → its line.
    """

    id: str
    name: str
    title: str
    path: str
    touches: tuple[Touch, ...]
    cohorts: tuple[Cohort, ...] = ()
    author: str = ""
    recording: Recording | None = None
    factors: Mapping[str, str] = field(default_factory=_empty)
    text_change: TextChange | None = None
    ignore: Mapping[str, str] = field(default_factory=_empty)
    notes: str = ""
    reviews: tuple[Review, ...] = ()
    key_lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def experiment_id(self) -> str:
        """The id of the experiment it belongs to."""
        return self.id.partition("/")[0]

    @property
    def channel(self) -> str:
        """`voicemail`, `email`, or `combo` for a variant with both."""
        channels = {touch.channel for touch in self.touches}
        return "combo" if len(channels) > 1 else next(iter(channels))

    @property
    def emails(self) -> tuple[Touch, ...]:
        """The emails, in order."""
        return tuple(touch for touch in self.touches if touch.channel == "email")

    @property
    def voicemails(self) -> tuple[Touch, ...]:
        """The voicemails, in order."""
        return tuple(touch for touch in self.touches if touch.channel == "voicemail")


@dataclass(frozen=True, slots=True)
class Decision:
    """What the team decided; `keep` is a local variant id or `none`."""

    date: dt.date
    keep: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Experiment:
    """A question, the variants that answer it, and who was asked.

    Attributes:
        id: The folder's name.
        status: `draft`, `running`, `decided` or `archived`.
        control: Local id of the control.
        lead_type: `cold`, `warm`, `referral` or `inbound`.
        target: Its own target, or None for the plan's.
        metric: Its own primary metric, or None for the plan's.
        allocation: Local variant id → planned weight; all 1 by default.
        fixed: Prospects per variant of a fixed design; None for a sequential one.
        smallest_effect: Its own, or None for the plan's.
        draft: True in a folder that starts with `_`: checked, never published.
        variants: Local id → variant, in the order of their ids.
        path: The experiment.md file.
        body: Markdown, not yet sanitized.
    """

    id: str
    title: str
    status: str
    profile: Profile
    control: str
    path: str
    variants: Mapping[str, Variant]
    lead_type: str = "cold"
    target: float | None = None
    metric: str | None = None
    lever: str = ""
    lang: str = "en"
    allocation: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    fixed: int | None = None
    smallest_effect: float | None = None
    sample: bool = False
    source: str = ""
    decision: Decision | None = None
    body: str = ""
    draft: bool = False
    key_lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))

    def __getitem__(self, name: str) -> Variant:
        """The variant with this local id, or `<experiment>/<variant>`."""
        return self.variants[name.removeprefix(f"{self.id}/")]

    def __iter__(self) -> Iterator[Variant]:
        return iter(self.variants.values())

    def __len__(self) -> int:
        return len(self.variants)


class Experiments(Mapping[str, Experiment]):
    """All experiments of a `messages` folder, by id, with the plan that judges them.

    Attributes:
        plan: The analysis plan.
        root: The folder as it was given.
    """

    def __init__(self, experiments: Mapping[str, Experiment], plan: Plan, root: str) -> None:
        self._experiments = dict(experiments)
        self.plan = plan
        self.root = root

    def __getitem__(self, name: str) -> Experiment:
        return self._experiments[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._experiments)

    def __len__(self) -> int:
        return len(self._experiments)

    @property
    def published(self) -> tuple[Experiment, ...]:
        """The experiments that are not drafts, in the order of their ids."""
        return tuple(e for e in self.values() if not e.draft)
