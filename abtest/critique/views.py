"""Views: what a rule looks at, with all that stands around it.

A rule judges a message, a variant, an experiment or the whole team. Each view knows the one above
it, so that a rule on an email can ask for its voicemail, its sender or the profile.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from abtest.critique import closings, wordlists
from abtest.critique.asks import Ask, asks
from abtest.critique.likeness import COMMON, content_words
from abtest.critique.text import LONGEST, Text
from abtest.critique.words import tokens
from abtest.plan import Plan

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator

    from abtest.critique.wordlists import Phrases
    from abtest.errors import Severity
    from abtest.model import Experiment, Review, Touch, Variant


class Problem(NamedTuple):
    """What a rule found; `run` adds the code and makes it a finding.

    Attributes:
        message: What is wrong, in one sentence.
        suggestion: What to write or do instead.
        line: In the file; 0 where the file as a whole is meant.
        column: From 1; 0 where the line as a whole is meant.
        severity: Where it matters less than the rule's own severity.
        path: Where it is not the file of the thing that was looked at.
    """

    message: str
    suggestion: str
    line: int = 0
    column: int = 0
    severity: Severity | None = None
    path: str = ""


@dataclass(frozen=True)
class MessageView:
    """A voicemail or an email of a variant."""

    touch: Touch
    variant: VariantView

    @cached_property
    def text(self) -> Text:
        """Its words."""
        return Text(self.touch.text, self.touch.channel)

    @cached_property
    def asks(self) -> tuple[Ask, ...]:
        """What it asks for."""
        return asks(self.text)

    @cached_property
    def subject(self) -> str:
        """The subject of an email; empty for a voicemail."""
        return (self.touch.subject or "").strip()[:LONGEST]

    @property
    def whole(self) -> str:
        """Its subject and its body."""
        return f"{self.subject}\n{self.text.prose}"

    @cached_property
    def closes(self) -> bool:
        """Does it say that it is the last? "Did you get my last email?" does not."""
        nudges = list(self.words("bumps").all(self.whole))
        return closings.closes(self.whole) or any(
            not any(nudge.start < close.end and close.start < nudge.end for nudge in nudges)
            and not closings.is_earlier(self.whole, close.start)
            for close in self.words("closers").all(self.whole)
        )

    @property
    def is_first(self) -> bool:
        """Does it belong to the first touch?"""
        return self.touch.number == self.variant.numbers[0]

    @property
    def is_last(self) -> bool:
        """Does it belong to the last touch of a cadence?"""
        return self.variant.is_cadence and self.touch.number == self.variant.numbers[-1]

    @cached_property
    def partner(self) -> MessageView | None:
        """The message of the other channel in the same touch."""
        for other in self.variant.messages:
            same = other.touch.number == self.touch.number
            if same and other.touch.channel != self.touch.channel:
                return other
        return None

    def words(self, name: str) -> Phrases:
        """A word list with what the team added to it."""
        return self.variant.words(name)

    def problem(
        self, message: str, suggestion: str, start: int = -1, severity: Severity | None = None
    ) -> Problem:
        """A problem at an offset of the text, or with the message as a whole."""
        line, column = self.place(start) if start >= 0 else (self.touch.heading_line, 0)
        return Problem(message, suggestion, line, column, severity)

    def subject_problem(
        self, message: str, suggestion: str, severity: Severity | None = None
    ) -> Problem:
        """A problem with the subject."""
        return Problem(message, suggestion, self.touch.subject_line, 0, severity)

    def place(self, start: int) -> tuple[int, int]:
        """The line and the column in the file of an offset in the text."""
        before = self.touch.text[:start]
        return self.touch.line + before.count("\n"), start - before.rfind("\n")


@dataclass(frozen=True)
class VariantView:
    """A variant; `experiment` is None where the caller gave none."""

    variant: Variant
    experiment: Experiment | None = None
    plan: Plan = Plan()  # noqa: RUF009  a frozen default
    as_of: dt.date | None = None

    @cached_property
    def messages(self) -> tuple[MessageView, ...]:
        """Its voicemails and emails, in order."""
        return tuple(MessageView(touch, self) for touch in self.variant.touches)

    @cached_property
    def emails(self) -> tuple[MessageView, ...]:
        """Its emails, in order."""
        return tuple(m for m in self.messages if m.touch.channel == "email")

    @cached_property
    def voicemails(self) -> tuple[MessageView, ...]:
        """Its voicemails, in order."""
        return tuple(m for m in self.messages if m.touch.channel == "voicemail")

    @cached_property
    def pairs(self) -> tuple[tuple[MessageView, MessageView], ...]:
        """Each voicemail with the email of its touch."""
        return tuple((m, m.partner) for m in self.voicemails if m.partner)

    @cached_property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of its touches, in order."""
        return tuple(sorted({touch.number for touch in self.variant.touches}))

    @property
    def is_cadence(self) -> bool:
        """Does it have more than one touch?"""
        return len(self.numbers) > 1

    @property
    def asks_for_referral(self) -> bool:
        """Is its approach to ask who the right person is?"""
        return self.variant.factors.get("approach") == "referral" or "referral" in self.variant.name

    @cached_property
    def is_english(self) -> bool:
        """May rules on English judge it?"""
        return self.experiment is None or self.experiment.lang.lower().startswith("en")

    @property
    def is_running(self) -> bool:
        """Is it being sent, as far as its experiment says?"""
        return self.experiment is not None and self.experiment.status == "running"

    def total(self, count: str) -> int:
        """The sum of a count over all its rows."""
        return sum(cohort.get(count) for cohort in self.variant.cohorts)

    def words(self, name: str) -> Phrases:
        """A word list with what the team added to it."""
        return wordlists.wordlist(name, tuple(self.plan.critique.phrases.get(name, ())))

    @cached_property
    def own_names(self) -> frozenset[str]:
        """The words of the sender's names and company, and the author, in lower case."""
        sender = self.plan.sender
        spoken = " ".join((*sender.names, sender.company, self.variant.author))
        return frozenset(spoken.lower().split())

    @cached_property
    def profile_words(self) -> frozenset[str]:
        """The words of the profile's values that say something, in lower case, but for `any`."""
        profile = self.experiment and self.experiment.profile
        if not profile:
            return frozenset()
        values = (profile.industry, profile.location, profile.title, *profile.extra.values())
        written = " ".join(value for value in values if value.lower() != "any")
        return frozenset(token.lower for token in tokens(written)) - COMMON

    @cached_property
    def profile_content(self) -> frozenset[str]:
        """The words of the profile that carry meaning, without their endings."""
        own = content_words(" ".join(sorted(self.own_names)))
        return content_words(" ".join(sorted(self.profile_words))) - own

    def problem(
        self, message: str, suggestion: str, line: int = 0, severity: Severity | None = None
    ) -> Problem:
        """A problem at a line of the variant's file."""
        return Problem(message, suggestion, line, 0, severity)

    def key_line(self, key: str) -> int:
        """The line of a key of the front matter, 0 without it."""
        return self.variant.key_lines.get(key, 0)

    @property
    def reviews(self) -> tuple[Review, ...]:
        """What people said about it."""
        return self.variant.reviews


@dataclass(frozen=True)
class ExperimentView:
    """An experiment with its variants."""

    experiment: Experiment
    plan: Plan
    as_of: dt.date | None = None

    @cached_property
    def variants(self) -> tuple[VariantView, ...]:
        """Its variants, in order."""
        return tuple(
            VariantView(variant, self.experiment, self.plan, self.as_of)
            for variant in self.experiment
        )

    @property
    def control(self) -> VariantView | None:
        """The control."""
        for view in self.variants:
            if view.variant.name == self.experiment.control:
                return view
        return None

    def problem(
        self, message: str, suggestion: str, key: str = "", severity: Severity | None = None
    ) -> Problem:
        """A problem at a key of experiment.md, or with the file as a whole."""
        line = self.experiment.key_lines.get(key, 0)
        return Problem(message, suggestion, line, 0, severity)


@dataclass(frozen=True)
class TeamView:
    """All experiments with the plan."""

    experiments: tuple[ExperimentView, ...]
    plan: Plan
    root: str

    def variants(self) -> Iterator[VariantView]:
        """Every variant of every experiment."""
        for experiment in self.experiments:
            yield from experiment.variants


View = MessageView | VariantView | ExperimentView | TeamView
