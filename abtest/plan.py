"""Plan: every number that decides, fixed before anyone looks.

The words of `messages/plan.yml`, with their defaults. Nothing here reads a file.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

#: The count keys that every team has, in the order of the funnel; `sent` is required in a row.
COUNTS = (
    "sent",
    "bounced",
    "responses",
    "positive",
    "negative",
    "optouts",
    "meetings",
    "second_meetings",
    "opportunities",
    "wins",
    "amount",
)

#: The row dimensions that every team has.
DIMENSIONS = ("industry", "location", "title", "source", "batch")

#: Prospects reached, sent − bounced: the denominator of every built-in rate.
REACHED = "reached"


@dataclass(frozen=True, slots=True)
class Metric:
    """A proportion: `count` out of `per`.

    Attributes:
        name: As plan.yml names it; a built-in metric is named like its count.
        count: A count key.
        per: `reached`, or a count key.
        target: The proportion to hold the metric to, or None.
    """

    name: str
    count: str
    per: str = REACHED
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Sender:
    """Who speaks: what may stand in a message without being a prospect's data."""

    names: tuple[str, ...] = ()
    company: str = ""
    phone: str = ""
    website: str = ""
    address: str = ""


#: The house styles that a team can choose from: the sources disagree.
HOUSE_STYLES = ("default", "salesbuzz", "gong", "predictable-revenue")

#: The word lists of the critique that a team can add phrases to.
PHRASE_LISTS = (
    "acronyms",
    "bumps",
    "buzzwords",
    "closers",
    "email_pointers",
    "filler_openers",
    "generic",
    "hype",
    "merge_fields",
    "nobody_greetings",
    "offers",
    "reasons",
    "shorteners",
    "shouted",
    "spoken_fillers",
    "urgency",
    "vague_hooks",
)


@dataclass(frozen=True, slots=True)
class CritiqueSettings:
    """How strict the critique is: a house style, rules switched off, severities changed.

    Attributes:
        phrases: Word list → the team's own phrases, beside the built-in ones.
        key_lines: Code in `disable` or `severity`, but for the reader's own → its line in plan.yml.
    """

    profile: str = "default"
    disable: tuple[str, ...] = ()
    severity: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    phrases: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))
    key_lines: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))


#: WHAT you say and HOW you say it; each dimension with what a 1, a 3 and a 5 sound like.
DEFAULT_WHAT: Mapping[str, str] = MappingProxyType(
    {
        "fit": "1 could go to anyone · 3 names the industry · 5 names this month's situation",
        "reason": "1 none · 3 clear, about us · 5 about a problem they own",
        "one_idea": "1 three offers · 3 one idea with side notes · 5 one idea, one sentence",
        "proof": "1 a boast or nothing · 3 a vague result · 5 a named result that can be checked",
        "acumen": "1 feature talk · 3 knows the role's goals · 5 talks in the executive's numbers",
        "ask": "1 none or several · 3 one, but it costs time · 5 one, answered with a word",
        "plain_words": "1 jargon · 3 mostly plain · 5 a twelve-year-old gets it",
        "pairing": "1 unrelated · 3 one topic · 5 the voicemail opens, the email proves",
    }
)
DEFAULT_HOW: Mapping[str, str] = MappingProxyType(
    {
        "pace": "1 over 180 words a minute · 3 a little fast · 5 130 to 160",
        "energy": "1 flat or pushy · 3 pleasant · 5 glad to call this person",
        "unscripted": "1 read aloud · 3 mostly natural · 5 as if said for the first time",
        "confidence": "1 trails off · 3 level · 5 falling tone, stops after the ask",
        "clarity": "1 number missed · 3 once, clear · 5 twice, easy to write down",
        "length": "1 over 45 seconds or cut off · 3 30 to 45 · 5 15 to 30, no dead air",
        "audio": "1 transcript is nonsense · 3 small errors · 5 transcript reads correctly",
    }
)


@dataclass(frozen=True, slots=True)
class Rubric:
    """The dimensions of a review, in two groups that are never averaged into one."""

    what: Mapping[str, str] = field(default_factory=lambda: DEFAULT_WHAT)
    how: Mapping[str, str] = field(default_factory=lambda: DEFAULT_HOW)


@dataclass(frozen=True, slots=True)
class Plan:
    """The analysis plan of a team.

    Attributes:
        target: The response target, a proportion.
        metric: The name of the primary metric.
        alpha: Error rate per experiment, held at every look.
        response_window: Days; younger cohorts are shown, not judged.
        smallest_effect: The smallest difference of proportions worth acting on.
        metrics: Further proportions, declared by the team.
        counts: Further count keys, declared by the team.
        dimensions: Further row dimensions, declared by the team.
        sender: Who speaks.
        critique: How strict the critique is.
        rubric: What reviews score.
    """

    target: float = 0.10
    metric: str = "responses"
    alpha: float = 0.05
    response_window: int = 14
    smallest_effect: float = 0.04
    metrics: tuple[Metric, ...] = ()
    counts: tuple[str, ...] = ()
    dimensions: tuple[str, ...] = ()
    sender: Sender = Sender()
    critique: CritiqueSettings = CritiqueSettings()
    rubric: Rubric = Rubric()

    @property
    def all_counts(self) -> tuple[str, ...]:
        """Built-in count keys, then the declared ones."""
        return COUNTS + self.counts

    @property
    def all_dimensions(self) -> tuple[str, ...]:
        """Built-in dimensions, then the declared ones."""
        return DIMENSIONS + self.dimensions

    def metric_named(self, name: str) -> Metric:
        """The metric called `name`: a declared one, else the built-in one of that count.

        Raises:
            KeyError: No metric has that name.
        """
        for metric in self.metrics:
            if metric.name == name:
                return metric
        if name in self.all_counts and name not in ("sent", "bounced", "amount"):
            return Metric(name, name)
        raise KeyError(name)
