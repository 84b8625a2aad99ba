"""What a report says of one variant, and of two against each other."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from abtest.model import Variant
from abtest.stats.results import Comparison, Interval, MoreNeeded, TargetTest


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
    look_dates: tuple[dt.date, ...] = ()

    @property
    def more_needed(self) -> MoreNeeded | None:
        """How many more prospects should settle it."""
        return None if self.target is None else self.target.more_needed

    @property
    def plausible(self) -> Interval:
        """The range to show: the interval that the state follows from."""
        return self.sequence if self.target is None else self.target.plausible

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
        more = test.more_needed
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

    The numbers of `test` can be asked for here, too, as the JSON has them: `.difference`,
    `.e_value`, `.state` …

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

    def __getattr__(self, name: str) -> Any:
        # Asked only for what is no field; without `test`, in the midst of a copy, for nothing.
        if name == "test" or name.startswith("_"):
            raise AttributeError(name)
        return getattr(self.test, name)

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
