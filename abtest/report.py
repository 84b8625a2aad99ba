"""The waist: everything computed ends here, everything shown begins here.

A `Report` is frozen and plain. `to_dict` is the JSON of `abtest report` (contract, version 1); the
site and the text formats read the objects. An undefined value is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from abtest.stats.results import Interval, MoreNeeded

if TYPE_CHECKING:
    from abtest.errors import Finding
    from abtest.model import Experiment, Variant
    from abtest.plan import Plan
    from abtest.stats.results import Comparison, TargetTest

#: Version of the JSON; it changes when a key changes its meaning.
SCHEMA_VERSION = 1


def _interval(interval: Interval | None) -> dict[str, Any] | None:
    if interval is None:
        return None
    method = {} if interval.method is None else {"method": interval.method}
    return {**method, "level": interval.level, "low": interval.low, "high": interval.high}


@dataclass(frozen=True, slots=True)
class MetricResult:
    """One proportion of one variant, on mature cohorts only.

    Attributes:
        name: The metric.
        count: Successes.
        per: Prospects (or the count that the metric is out of).
        rate: count / per, None without any.
        interval: Wilson interval, for a single look.
        sequence: Confidence sequence, valid at every look.
        target: The test against the metric's target, None for a metric without one.
        decided_at: The end of the calendar week that first decided.
        more_needed: How many more prospects should settle it.
        look_dates: The end of the calendar week of each of `target.looks`.
    """

    name: str
    count: int
    per: int
    rate: float | None
    interval: Interval | None
    sequence: Interval
    target: TargetTest | None = None
    decided_at: dt.date | None = None
    more_needed: MoreNeeded | None = None
    look_dates: tuple[dt.date, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """As `metrics.<name>` of the JSON."""
        return {
            "count": self.count,
            "per": self.per,
            "rate": self.rate,
            "interval": _interval(self.interval),
            "sequence": _interval(self.sequence),
            "target": self._target(),
        }

    def _target(self) -> dict[str, Any] | None:
        test = self.target
        if test is None:
            return None
        more = self.more_needed
        return {
            "value": test.value,
            "state": str(test.state),
            "decided_at": self.decided_at and self.decided_at.isoformat(),
            "drift": test.drift,
            "p_above": test.p_above,
            "p_below": test.p_below,
            "score_z": test.score_z,
            "e_above": test.e_above,
            "e_below": test.e_below,
            "log_e_above": test.log_e_above,
            "log_e_below": test.log_e_below,
            "anytime_p_above": test.anytime_p_above,
            "anytime_p_below": test.anytime_p_below,
            "probability_above": test.probability_above,
            "more_needed": more and {"n": more.n, "reason": more.reason},
        }


@dataclass(frozen=True, slots=True)
class Maturing:
    """Cohorts younger than the response window: shown, not judged."""

    sent: int = 0
    responses: int = 0


@dataclass(frozen=True, slots=True)
class VariantResult:
    """One variant's counts and rates. `sent`, `bounced`, `reached`, `counts`: mature cohorts.

    Attributes:
        variant: What was said; None for numbers typed in.
        id: `<experiment>/<variant>`, or `a`, `b` … for numbers typed in.
        sentence: The state against the target in plain words.
    """

    id: str
    title: str
    channel: str | None
    touches: int
    sent: int
    bounced: int
    reached: int
    counts: Mapping[str, int]
    maturing: Maturing
    metrics: Mapping[str, MetricResult]
    sentence: str = ""
    variant: Variant | None = None

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `variants` of the JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "channel": self.channel,
            "touches": self.touches,
            "sent": self.sent,
            "bounced": self.bounced,
            "reached": self.reached,
            "counts": dict(self.counts),
            "maturing": {"sent": self.maturing.sent, "responses": self.maturing.responses},
            "metrics": {name: metric.to_dict() for name, metric in self.metrics.items()},
        }


@dataclass(frozen=True, slots=True)
class ComparisonResult:
    """Variant b against variant a on one metric.

    Attributes:
        a: Id of the control.
        b: Id of the treatment.
        test: The numbers.
        decided_at: The end of the calendar week that first decided.
        look_dates: The end of the calendar week of each of `test.looks`.
        sentence: The comparison in plain words.
    """

    a: str
    b: str
    metric: str
    test: Comparison
    decided_at: dt.date | None = None
    look_dates: tuple[dt.date, ...] = ()
    sentence: str = ""

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `comparisons` of the JSON."""
        test = self.test
        return {
            "a": self.a,
            "b": self.b,
            "metric": self.metric,
            "difference": test.difference,
            "interval": _interval(test.interval),
            "ratio": test.ratio,
            "score_z": test.score_z,
            "p_value": test.p_value,
            "exact_p_value": test.exact_p_value,
            "e_value": test.e_value,
            "log_e_value": test.log_e_value,
            "anytime_p": test.anytime_p,
            "sequence": _interval(test.sequence),
            "odds_ratio": test.odds_ratio,
            "odds_ratio_low": test.odds_ratio_low,
            "odds_ratio_high": test.odds_ratio_high,
            "stratified": test.stratified,
            "kept_information": test.kept_information,
            "decided_at": self.decided_at and self.decided_at.isoformat(),
            "probability_b_better": test.probability_b_better,
            "expected_loss_a": test.expected_loss_a,
            "expected_loss_b": test.expected_loss_b,
            "state": str(test.state),
        }


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
class ExperimentResult:
    """One experiment, judged. `experiment` is None for numbers typed in.

    Attributes:
        target: The target of the primary metric, None where none applies.
        fixed: Prospects per variant of a fixed design, None for a sequential one.
        comparisons: With the control first; then, in a report, the winner against the others.
        text_changed: Ids of variants whose words changed after their first results.
        allocation: Suggested share of the next batch by variant id; empty without a suggestion.
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
    allocation: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    weekly_pace: float | None = None
    experiment: Experiment | None = None

    def __getitem__(self, name: str) -> VariantResult:
        """The variant with this id, local or whole."""
        for variant in self.variants:
            if variant.id in (name, f"{self.id}/{name}"):
                return variant
        raise KeyError(name)

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
            "design": "sequential" if self.fixed is None else {"fixed": self.fixed},
            "sample": self.sample,
            "verdict": self.verdict.to_dict(),
            "checks": {**checks, "text_changed": list(self.text_changed)},
            "variants": [variant.to_dict() for variant in self.variants],
            "comparisons": [comparison.to_dict() for comparison in self.comparisons],
        }


@dataclass(frozen=True, slots=True)
class Discovery:
    """One declared result, and whether it survives false discovery control over all of them."""

    experiment: str
    hypothesis: str
    log_e: float
    survives: bool


@dataclass(frozen=True, slots=True)
class Portfolio:
    """All experiments together: e-BH on the current e-values (Wang & Ramdas 2022).

    Attributes:
        hypotheses: How many were asked.
        discoveries: The declared results, strongest first.
        expected_false: Upper bound on the false ones among the survivors, alpha × survivors.
    """

    alpha: float
    hypotheses: int
    discoveries: tuple[Discovery, ...] = ()
    expected_false: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """As `portfolio` of the JSON."""
        return {
            "alpha": self.alpha,
            "hypotheses": self.hypotheses,
            "discoveries": [
                {
                    "experiment": found.experiment,
                    "hypothesis": found.hypothesis,
                    "log_e": found.log_e,
                    "survives": found.survives,
                }
                for found in self.discoveries
            ],
            "expected_false": self.expected_false,
        }


@dataclass(frozen=True, slots=True)
class Report:
    """All results of a team on one day.

    Attributes:
        as_of: The day that counts as today.
        findings: The critique's findings, where the caller asked for them.
    """

    as_of: dt.date
    plan: Plan
    experiments: tuple[ExperimentResult, ...]
    portfolio: Portfolio
    findings: tuple[Finding, ...] = ()

    def __getitem__(self, name: str) -> ExperimentResult:
        for result in self.experiments:
            if result.id == name:
                return result
        raise KeyError(name)

    def __iter__(self) -> Iterator[ExperimentResult]:
        return iter(self.experiments)

    def __len__(self) -> int:
        return len(self.experiments)

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `abtest report --format json`."""
        plan = self.plan
        return {
            "version": SCHEMA_VERSION,
            "as_of": self.as_of.isoformat(),
            "plan": {
                "target": plan.target,
                "metric": plan.metric,
                "alpha": plan.alpha,
                "response_window": plan.response_window,
                "smallest_effect": plan.smallest_effect,
                "metrics": {
                    m.name: {"count": m.count, "per": m.per, "target": m.target}
                    for m in plan.metrics
                },
            },
            "experiments": [result.to_dict() for result in self.experiments],
            "portfolio": self.portfolio.to_dict(),
        }


__all__ = [
    "SCHEMA_VERSION",
    "Check",
    "ComparisonResult",
    "Discovery",
    "ExperimentResult",
    "Maturing",
    "MetricResult",
    "MoreNeeded",
    "Portfolio",
    "Report",
    "VariantResult",
    "Verdict",
]
