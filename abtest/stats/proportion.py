"""One proportion: against a target, or by itself."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from scipy.special import betaincc

from abtest.stats import anytime, counts, dispersion, single_look
from abtest.stats.results import Interval, Look, TargetState, TargetTest

#: A rate is at its target when the whole sequence lies this close to it.
AT_TARGET_MARGIN = 0.02

#: Above this an e-value is told by its logarithm alone.
_LOG_LARGEST = math.log(1.7e308)


@dataclass(frozen=True, slots=True)
class RateEstimate:
    """One proportion without a target: its rate, an interval for one look, and one for all."""

    count: int
    nobs: int
    rate: float | None
    interval: Interval | None
    sequence: Interval


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the looks say together."""

    looks: tuple[Look, ...]
    low: float
    high: float
    state: TargetState
    decided_at: int | None
    drift: bool


def against_target(
    count: counts.Counts,
    nobs: counts.Counts,
    target: float = 0.10,
    *,
    alpha: float = 0.05,
    looks: Sequence[int] | None = None,
) -> TargetTest:
    """Hold a rate to its target, safely at every look.

    The state comes from the running confidence sequence alone: the first look that decides is
    kept, unless later looks contradict it (`drift`). With four or more cohorts the evidence
    tempered by their dispersion must agree.

    Args:
        count: Successes; a number, or one a cohort in order of time.
        nobs: Prospects, alike.
        target: The proportion to hold the rate to.
        alpha: Error rate, held over all looks together.
        looks: The look of each cohort, nondecreasing; each cohort its own by default.

    Raises:
        ValueError: The counts are impossible, or target or alpha not between 0 and 1.

    >>> test = against_target(52, 400)
    >>> str(test.state), round(test.e_above, 2)
    ('undecided', 2.52)
    """
    counts.proportion(target, "target")
    counts.proportion(alpha, "alpha")
    cohorts = counts.cohorts(count, nobs, looks)
    x, n = sum(cohorts.count), sum(cohorts.nobs)
    prior = anytime.Prior.at(target)
    phi = _dispersion(cohorts)
    judged = _judge(cohorts, phi, target, alpha, prior)
    above, below = anytime.log_e_one_sided(x, n, target, prior)
    p_above, p_below = single_look.binomial_tails(x, n, target)
    return TargetTest(
        count=x,
        nobs=n,
        rate=x / n if n else None,
        value=float(target),
        interval=single_look.wilson(x, n, alpha),
        sequence=Interval(judged.low, judged.high, 1.0 - alpha),
        state=judged.state if n else TargetState.NO_DATA,
        decided_at=judged.decided_at,
        drift=judged.drift,
        p_above=p_above,
        p_below=p_below,
        score_z=single_look.target_z(x, n, target),
        log_e_above=above,
        log_e_below=below,
        log_e=judged.looks[-1].log_e if judged.looks else 0.0,
        e_above=e_value(above),
        e_below=e_value(below),
        anytime_p_above=anytime_p(above),
        anytime_p_below=anytime_p(below),
        probability_above=max(
            float(betaincc(prior.a + x, prior.b + n - x, target)), single_look.SMALLEST_P
        ),
        dispersion=phi[-1] if phi else None,
        looks=judged.looks,
    )


def fixed_against_target(
    count: counts.Counts,
    nobs: counts.Counts,
    target: float = 0.10,
    *,
    planned: int,
    alpha: float = 0.05,
) -> TargetTest:
    """Hold a rate to its target once, at a number of prospects planned beforehand.

    Before `planned` prospects the state is withheld. Then it follows from the exact interval
    (Clopper & Pearson), which excludes the target exactly when a one-sided exact tail is below
    alpha / 2; `interval` is that interval. There are no looks to show.

    Args:
        count: Successes, of whole cohorts that hold `planned` prospects (`first_cohorts`).
        nobs: Prospects, alike.
        target: The proportion to hold the rate to.
        planned: Prospects that the design asks for.
        alpha: Error rate of the one look.

    Raises:
        ValueError: As in `against_target`.
    """
    test = against_target(count, nobs, target, alpha=alpha)
    if test.nobs == 0:
        return replace(test, looks=())
    low, high = single_look.clopper_pearson(test.count, test.nobs, alpha)
    enough = test.nobs >= planned
    return replace(
        test,
        interval=Interval(low, high, 1.0 - alpha, "clopper-pearson"),
        state=target_state(low, high, target) if enough else TargetState.UNDECIDED,
        decided_at=None,
        drift=False,
        looks=(),
        once=enough,
    )


def estimate(
    count: counts.Counts,
    nobs: counts.Counts,
    *,
    alpha: float = 0.05,
    prior_mean: float = 0.10,
    looks: Sequence[int] | None = None,
) -> RateEstimate:
    """A rate without a target: Wilson's interval, and the running confidence sequence.

    Args:
        count: Successes; a number, or one a cohort in order of time.
        nobs: Prospects, alike.
        alpha: Error rate of both intervals.
        prior_mean: Where the sequence is to be narrowest.
        looks: The look of each cohort, nondecreasing; each cohort its own by default.

    Raises:
        ValueError: The counts are impossible, or alpha or prior_mean not between 0 and 1.
    """
    counts.proportion(alpha, "alpha")
    prior = anytime.Prior.at(counts.proportion(prior_mean, "prior_mean"))
    cohorts = counts.cohorts(count, nobs, looks)
    x, n = sum(cohorts.count), sum(cohorts.nobs)
    low, high = 0.0, 1.0
    for look in cohorts.cumulated():
        own = anytime.bounds(*look, alpha, prior)
        low, high = max(low, own[0]), min(high, own[1])
    return RateEstimate(
        count=x,
        nobs=n,
        rate=x / n if n else None,
        interval=single_look.wilson(x, n, alpha),
        sequence=Interval(*((low, high) if low <= high else own), 1.0 - alpha),
    )


def e_value(log_e: float) -> float | None:
    """exp(log_e), None beyond the range of a float."""
    return math.exp(log_e) if log_e < _LOG_LARGEST else None


def anytime_p(log_e: float) -> float:
    """min(1, 1 / e), never below 1e-300."""
    return max(math.exp(-max(log_e, 0.0)), single_look.SMALLEST_P)


def target_state(low: float, high: float, target: float) -> TargetState:
    """What an interval says about a target."""
    if low > target:
        return TargetState.MEETS
    if high < target:
        return TargetState.BELOW
    if low >= target - AT_TARGET_MARGIN and high <= target + AT_TARGET_MARGIN:
        return TargetState.AT_TARGET
    return TargetState.UNDECIDED


def _judge(
    cohorts: counts.Cohorts,
    dispersions: Sequence[float | None],
    target: float,
    alpha: float,
    prior: anytime.Prior,
) -> _Judged:
    """Go through the looks in order; the first decision is kept unless the looks contradict."""
    low, high, own = 0.0, 1.0, (0.0, 1.0)
    state, decided_at, drift = TargetState.UNDECIDED, None, False
    looks: list[Look] = []
    for (x, n), phi in zip(cohorts.cumulated(), dispersions, strict=True):
        own = anytime.bounds(x, n, alpha, prior)
        low, high = max(low, own[0]), min(high, own[1])
        drift = drift or low > high
        if not drift and state is TargetState.UNDECIDED:
            state = _agreed(target_state(low, high, target), x, n, phi, target, alpha)
            decided_at = len(looks) if state is not TargetState.UNDECIDED else None
        shown = own if drift else (low, high)
        log_e = anytime.log_e_value(x, n, target, prior)
        looks.append(Look(x, n, x / n if n else None, *shown, log_e))
    if drift:
        return _Judged(tuple(looks), *own, TargetState.UNDECIDED, None, drift)
    return _Judged(tuple(looks), low, high, state, decided_at, drift)


def _agreed(
    state: TargetState, x: int, n: int, phi: float | None, target: float, alpha: float
) -> TargetState:
    """`state`, if the evidence tempered by phi says the same; else undecided."""
    if phi is None or phi == 1.0 or state is TargetState.UNDECIDED:
        return state
    tempered = anytime.bounds(x / phi, n / phi, alpha, anytime.Prior.at(target))
    return state if target_state(*tempered, target) is state else TargetState.UNDECIDED


def _dispersion(cohorts: counts.Cohorts) -> list[float | None]:
    return dispersion.running_rate(cohorts.count, cohorts.nobs, cohorts.looks, cohorts.n_looks)
