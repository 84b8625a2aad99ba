"""What a report says of one experiment: its checks and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from abtest.model import Experiment
from abtest.report.variants import ComparisonResult, VariantResult


@dataclass(frozen=True, slots=True)
class Check:
    """A quality check of an experiment.

    Attributes:
        name: `split`, `rep_imbalance`, `heterogeneity`, `simpson`, `plausibility`, `guardrails`.
        ok: True, False, or None where there is too little to say.
        numbers: The check's own figures, by name, for the JSON.
        sentence: What was found, in plain words; empty when all is well.
        advice: What to do about it.
    """

    name: str
    ok: bool | None
    numbers: Mapping[str, Any] = field(default_factory=lambda: MappingProxyType({}))
    sentence: str = ""
    advice: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `checks` of the JSON."""
        return {
            **self.numbers,
            "ok": self.ok,
            "sentence": self.sentence or None,
            "advice": self.advice or None,
        }


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an experiment says: `winner`, `no_difference`, `undecided`, `no_data`, `invalid`.

    Attributes:
        winner: The id of the winner, or None.
        headline: One plain sentence.
        next: What to do next.
    """

    state: str
    winner: str | None
    headline: str
    next: str

    def to_dict(self) -> dict[str, Any]:
        """As `verdict` of the JSON."""
        return {
            "state": self.state,
            "winner": self.winner,
            "headline": self.headline,
            "next": self.next,
        }


@dataclass(frozen=True, slots=True)
class NextSplit:
    """A suggestion for the next batch; an equal split learns fastest.

    Attributes:
        shares: Variant id → its share.
        cost: How many times as many prospects a verdict takes, against an equal split.
        sentence: The suggestion and its cost in plain words.
    """

    shares: Mapping[str, float]
    cost: float
    sentence: str

    def to_dict(self) -> dict[str, Any]:
        """As `next_split` of the JSON."""
        return {"shares": dict(self.shares), "cost": self.cost}


@dataclass(frozen=True, slots=True)
class ExperimentResult:
    """One experiment, judged. `experiment` is None for numbers typed in.

    Attributes:
        target: The target of the primary metric, None where none applies.
        fixed: Prospects per variant of a fixed design, None for a sequential one.
        comparisons: With the control first; then, in a report, the winner against the others.
        text_changed: Ids of variants whose words changed after their first results.
        next_split: A suggestion for the next batch, None once decided.
        weekly_pace: Prospects a week per variant at the recent pace, None without dates.
    """

    id: str
    title: str
    status: str
    lead_type: str
    profile: Mapping[str, str]
    target: float | None
    metric: str
    alpha: float
    smallest_effect: float
    fixed: int | None
    sample: bool
    verdict: Verdict
    checks: tuple[Check, ...]
    variants: tuple[VariantResult, ...]
    comparisons: tuple[ComparisonResult, ...]
    text_changed: tuple[str, ...] = ()
    next_split: NextSplit | None = None
    weekly_pace: float | None = None
    experiment: Experiment | None = None

    def __getitem__(self, name: str) -> VariantResult:
        """The variant with this id, local or whole."""
        for variant in self.variants:
            if variant.id in (name, f"{self.id}/{name}"):
                return variant
        raise KeyError(name)

    @property
    def design(self) -> str | dict[str, int]:
        """`sequential`, or `{"fixed": n}`, as the JSON has it."""
        return "sequential" if self.fixed is None else {"fixed": self.fixed}

    def is_judged_once(self, variant: VariantResult) -> bool:
        """Whether a fixed design has all the prospects of `variant` that it will judge."""
        return self.fixed is not None and variant.metrics[self.metric].per >= self.fixed

    def check(self, name: str) -> Check | None:
        """The check called `name`, None where it was not made."""
        return next((check for check in self.checks if check.name == name), None)

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `experiments` of the JSON."""
        checks: dict[str, Any] = {check.name: check.to_dict() for check in self.checks}
        return {
            "id": self.id,
            "title": self.title,
            "status": self.status,
            "lead_type": self.lead_type,
            "profile": dict(self.profile),
            "target": self.target,
            "metric": self.metric,
            "alpha": self.alpha,
            "design": self.design,
            "sample": self.sample,
            "verdict": self.verdict.to_dict(),
            "checks": {**checks, "text_changed": list(self.text_changed)},
            "variants": [variant.to_dict() for variant in self.variants],
            "comparisons": [comparison.to_dict() for comparison in self.comparisons],
            "next_split": self.next_split and self.next_split.to_dict(),
        }
