"""What the statistics return: frozen, plain, and cheap to import.

Proportions and differences are fractions (0.1; 0.04 is four percentage points). A value that is
not defined is None, never a stand-in. Logarithms are natural.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class TargetState(StrEnum):
    """Where a rate stands against its target, by the anytime-valid evidence alone."""

    MEETS = "meets"
    BELOW = "below"
    AT_TARGET = "at_target"
    UNDECIDED = "undecided"
    NO_DATA = "no_data"


class PairState(StrEnum):
    """How the second of two variants compares with the first, by the anytime-valid evidence."""

    BETTER = "better"
    WORSE = "worse"
    NO_DIFFERENCE = "no_difference"
    UNDECIDED = "undecided"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval of proportions, differences or ratios.

    Attributes:
        low: Lower bound; None where it is infinite.
        high: Upper bound; None where it is infinite.
        level: Confidence level, 0.95 for 95 %.
        method: `wilson` or `newcombe` for one look, `clopper-pearson` for a rate judged once by a
            fixed design; None for a confidence sequence.
    """

    low: float | None
    high: float | None
    level: float
    method: str | None = None


@dataclass(frozen=True, slots=True)
class MoreNeeded:
    """How many more prospects should settle a question.

    Attributes:
        n: Further prospects until even odds of a decision; None when `reason` says why not.
        reason: `decided`, `expected`, `beyond_horizon` (at this rate, practically never) or
            `no_data`.
        low: Further prospects for a 10 % chance of a decision.
        high: Further prospects for a 90 % chance.
    """

    n: int | None
    reason: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class Look:
    """The evidence on one rate at one look; counts are cumulative.

    Attributes:
        count: Successes so far.
        nobs: Prospects so far.
        rate: count / nobs, None without prospects.
        low: Lower end of the running confidence sequence.
        high: Upper end.
        log_e: Log of the two-sided e-value against the target.
    """

    count: int
    nobs: int
    rate: float | None
    low: float
    high: float
    log_e: float


@dataclass(frozen=True, slots=True)
class PairLook:
    """The evidence on a pair at one look; counts are cumulative, bounds of the difference b − a.

    Attributes:
        low: Lower end of the running confidence sequence of the difference.
        high: Upper end.
        log_e: Log two-sided e-value at this look; `log_e_a` and `log_e_b` the one-sided ones for
            "a beats b" and "b beats a".
    """

    count_a: int
    nobs_a: int
    count_b: int
    nobs_b: int
    low: float | None
    high: float | None
    log_e: float
    log_e_a: float
    log_e_b: float


@dataclass(frozen=True, slots=True)
class TargetTest:
    """One proportion against a target.

    Attributes:
        count: Successes.
        nobs: Prospects.
        rate: count / nobs, None without prospects.
        value: The target.
        interval: Wilson score interval, for a single look.
        sequence: Confidence sequence: covers the rate at every look at once.
        state: By the confidence sequence alone.
        decided_at: Index of the look that first decided, or None.
        drift: True when the looks contradict each other: the rate has changed.
        p_above: Exact one-sided P(X ≥ count) at the target, for a single look.
        p_below: Exact one-sided P(X ≤ count) at the target, for a single look.
        score_z: Score statistic with the target's variance.
        log_e_above: Log e-value against "the rate is at most the target", this look.
        log_e_below: Log e-value against "the rate is at least the target", this look.
        log_e: Log two-sided e-value against "the rate is the target", this look.
        e_above: exp(log_e_above), None beyond the range of a float.
        e_below: exp(log_e_below), None beyond the range of a float.
        anytime_p_above: min(1, 1 / e_above).
        anytime_p_below: min(1, 1 / e_below).
        probability_above: Posterior probability that the rate exceeds the target: a belief,
            never a reason to stop.
        dispersion: Factor by which cohorts differ more than chance; 1 where they do not, None
            with fewer than four cohorts.
        looks: One entry a look.
        once: True where a fixed design has judged, once: `interval` decides, not `sequence`.
        more_needed: How many more prospects should settle it; None where nothing is open, or
            where a single test was asked for.
    """

    count: int
    nobs: int
    rate: float | None
    value: float
    interval: Interval | None
    sequence: Interval
    state: TargetState
    decided_at: int | None
    drift: bool
    p_above: float | None
    p_below: float | None
    score_z: float | None
    log_e_above: float
    log_e_below: float
    log_e: float
    e_above: float | None
    e_below: float | None
    anytime_p_above: float
    anytime_p_below: float
    probability_above: float | None
    dispersion: float | None = None
    looks: tuple[Look, ...] = ()
    once: bool = False
    more_needed: MoreNeeded | None = None

    @property
    def plausible(self) -> Interval:
        """The interval that the state follows from."""
        return self.interval if self.once and self.interval else self.sequence


@dataclass(frozen=True, slots=True)
class Comparison:
    """Treatment b against control a.

    Attributes:
        count_a: Successes of the control; `nobs_a`, `count_b`, `nobs_b` alike.
        difference: rate b − rate a, None where an arm is empty.
        interval: Newcombe's hybrid score interval of the difference, for a single look.
        ratio: rate b / rate a, None where it is undefined.
        score_z: Pooled score statistic, positive when b is above a.
        p_value: Two-sided, from `score_z`, for a single look.
        exact_p_value: Fisher's exact test, two-sided, for a single look.
        log_e_value: Log two-sided e-value against equality, at this look.
        log_e_a: Log one-sided e-value for "a beats b".
        log_e_b: Log one-sided e-value for "b beats a".
        e_value: exp(log_e_value), None beyond the range of a float.
        anytime_p: 1 / running maximum of the e-value, at most 1.
        sequence: Confidence sequence of the difference, from the odds ratio's at the control's
            posterior mean rate.
        odds_ratio: Conditional maximum-likelihood estimate; None where it is 0 / 0.
        odds_ratio_low: Lower end of the odds ratio's confidence sequence, None for unbounded.
        odds_ratio_high: Upper end, None for unbounded.
        stratified: True when the arms were compared within strata sent side by side.
        kept_information: Share of the information that side-by-side strata keep, None if
            there is none to keep.
        decided_at: Index of the look that first decided, or None.
        probability_b_better: Posterior probability that b's rate exceeds a's: a belief.
        expected_loss_a: Expected rate given up by choosing a.
        expected_loss_b: Expected rate given up by choosing b.
        state: By the anytime-valid evidence alone.
        drift: True when the looks contradict each other.
        dispersion: As in `TargetTest`.
        looks: One entry a look.
        once: As in `TargetTest`.
    """

    count_a: int
    nobs_a: int
    count_b: int
    nobs_b: int
    difference: float | None
    interval: Interval | None
    ratio: float | None
    score_z: float | None
    p_value: float | None
    exact_p_value: float | None
    log_e_value: float
    log_e_a: float
    log_e_b: float
    e_value: float | None
    anytime_p: float
    sequence: Interval
    odds_ratio: float | None
    odds_ratio_low: float | None
    odds_ratio_high: float | None
    stratified: bool
    kept_information: float | None
    decided_at: int | None
    probability_b_better: float | None
    expected_loss_a: float | None
    expected_loss_b: float | None
    state: PairState
    drift: bool = False
    dispersion: float | None = None
    looks: tuple[PairLook, ...] = ()
    once: bool = False

    @property
    def plausible(self) -> Interval:
        """The interval that the state follows from."""
        return self.interval if self.once and self.interval else self.sequence
