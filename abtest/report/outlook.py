"""What `abtest plan` answers: what a claim takes, and what is missing where one stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abtest.stats.planning import Needed
    from abtest.stats.results import MoreNeeded


@dataclass(frozen=True, slots=True)
class Claim:
    """What it takes to show a claim, if it is the truth.

    Attributes:
        rate: The supposed rate; for a pair, the new variant's.
        against: The target; for a pair, the control's supposed rate.
        variants: How many are compared; None for one rate against the target.
        alpha: The error rate.
        pace: Prospects a week (of each variant), None if unknown.
        needed: Prospects (of each variant).
    """

    rate: float
    against: float
    variants: int | None
    alpha: float
    pace: float | None
    needed: Needed

    def to_dict(self) -> dict[str, Any]:
        """As one of the `answers` of the JSON."""
        question: dict[str, Any] = (
            {"rate": self.rate, "target": self.against}
            if self.variants is None
            else {"from": self.against, "to": self.rate, "variants": self.variants}
        )
        return {**question, "alpha": self.alpha, "pace": self.pace, **asdict(self.needed)}


@dataclass(frozen=True, slots=True)
class Standing:
    """How many more prospects settle what is open.

    Attributes:
        subject: What is asked about, in words.
        question: The same as the JSON gives it back.
        pace: Prospects a week (of each variant), None if unknown.
        more: None where it is decided, and `word` says how.
        word: What is known.
        each: Whether the prospects are those of each variant.
    """

    subject: str
    question: Mapping[str, Any]
    pace: float | None
    more: MoreNeeded | None
    word: str = ""
    each: bool = False

    def to_dict(self) -> dict[str, Any]:
        """As one of the `answers` of the JSON."""
        if self.more is None:
            return {**self.question, "state": self.word, "more_needed": None}
        return {**self.question, "pace": self.pace, "more_needed": asdict(self.more)}


Answer = Claim | Standing
