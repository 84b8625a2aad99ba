"""How many prospects a claim needs, and how many more from where it stands."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from abtest.stats import anytime, counts, power
from abtest.stats.futures import decided_by, looks_ahead
from abtest.stats.hypergeometric import Floats, Ints
from abtest.stats.outlook import MOST_PROSPECTS, outlook, table_of
from abtest.stats.pair_futures import pair_decided_by, simulate_verdicts
from abtest.stats.proportion import AT_TARGET_MARGIN
from abtest.stats.results import MoreNeeded

#: Further prospects beyond which a question counts as practically never settled.
HORIZON = 5000

#: Prospects between two looks at a rate that is being watched.
BATCH = 20

#: From this many rates on a table that they share costs less than each by itself.
_SHARED = 6

#: A watched pair is followed for this many times the prospects of a single look.
_PAIR_HORIZON = 4


@dataclass(frozen=True, slots=True)
class Needed:
    """Prospects (of each variant, for a pair) that a claim needs if the rates are as supposed.

    Attributes:
        fixed: For one look, planned beforehand; None beyond 200,000.
        half: Watched: until half of all such tests have shown it. None where that many never do.
        most: Watched: until the wished share has shown it, alike.
        power: That share.
        wrong: Watched: share that shows the opposite within the same time.
    """

    fixed: int | None
    half: int | None
    most: int | None
    power: float
    wrong: float


def needed_for_target(
    rate: float,
    target: float = 0.10,
    *,
    alpha: float = 0.05,
    power_wished: float = 0.8,
    batch: int = BATCH,
) -> Needed:
    """Prospects needed to show that a rate is above, or below, its target.

    Exact. A rate within two points of the target may be called `at_target` first; such a test
    does not count as having shown it.

    Args:
        rate: What the rate is supposed to be.
        target: The proportion.
        alpha: Error rate.
        power_wished: Share of such tests that are to show it.
        batch: Prospects between looks.

    Raises:
        ValueError: Rate and target are equal, or a proportion is not between 0 and 1.

    >>> needed_for_target(0.15).fixed
    362
    """
    _check(rate, target, alpha, power_wished)
    fixed = power.fixed_for_target(rate, target, power=power_wished, alpha=alpha)
    horizon = power.MOST if fixed is None else min(6 * fixed + 200, power.MOST)
    looks = looks_ahead(0, horizon, batch)
    decided = decided_by(0, 0, target, looks, alpha=alpha, rate=rate)
    right, wrong = decided.above, decided.below
    if rate < target:
        right, wrong = wrong, right
    return _needed(fixed, decided.further, right, wrong, power_wished)


def needed_for_difference(
    rate_a: float,
    rate_b: float,
    *,
    alpha: float = 0.05,
    power_wished: float = 0.8,
    variants: int = 2,
    batch: int = BATCH,
) -> Needed:
    """Prospects of each variant needed to show which of two rates is the higher.

    Exact, for equal numbers of both; the fixed look is Fisher's exact test.

    Args:
        rate_a: What the control's rate is supposed to be.
        rate_b: What the treatment's is supposed to be.
        alpha: Error rate of the experiment.
        power_wished: Share of such tests that are to show it.
        variants: How many variants the experiment has.
        batch: Prospects of each variant between looks.

    Raises:
        ValueError: The rates are equal, or a proportion is not between 0 and 1.

    >>> needed_for_difference(0.10, 0.20).fixed
    214
    """
    _check(rate_a, rate_b, alpha, power_wished)
    fixed = power.fixed_for_difference(
        rate_a, rate_b, power=power_wished, alpha=alpha / (variants - 1)
    )
    if fixed is None:
        return Needed(None, None, None, power_wished, 0.0)
    looks = looks_ahead(0, _PAIR_HORIZON * fixed + 200, batch, growth=0.05)
    decided = pair_decided_by(
        rate_a, rate_b, looks, alpha=alpha, variants=variants, until=power_wished
    )
    right, wrong = decided.better, decided.worse
    if rate_b < rate_a:
        right, wrong = wrong, right
    return _needed(fixed, decided.per_arm, right, wrong, power_wished)


def first_cohorts(nobs: Sequence[int], planned: int) -> int:
    """How many cohorts, in order, a fixed design judges.

    A cohort's prospects cannot be told apart, so that "exactly the first n" means the fewest whole
    cohorts that hold at least n. Which ones depends on sizes alone, never on who answered.

    Args:
        nobs: Prospects of each cohort by date of send.
        planned: Prospects per variant that the design asks for.

    Returns:
        Their number; all cohorts where together they hold fewer.
    """
    held = 0
    for position, size in enumerate(nobs):
        if held >= planned:
            return position
        held += size
    return len(nobs)


def split_cost(shares: Sequence[float]) -> float:
    """How many times the prospects an uneven split needs, for its worst pair of variants.

    The variance of a difference is proportional to 1 / share + 1 / share of its two variants.

    Args:
        shares: Of the variants, positive and adding up to 1.

    Returns:
        1 for an equal split, more for any other.

    >>> round(split_cost([0.9, 0.1]), 2)
    2.78
    """
    smallest, second = sorted(shares)[:2]
    return (1.0 / smallest + 1.0 / second) / (2.0 * len(shares))


@lru_cache(maxsize=4096)
def more_needed(
    count: int, nobs: int, target: float = 0.10, *, alpha: float = 0.05, horizon: int = HORIZON
) -> MoreNeeded:
    """How many more prospects should decide a rate against its target.

    Exact, over all futures by the posterior predictive; a decision is `meets`, `below` or
    `at_target`.

    Args:
        count: Successes so far.
        nobs: Prospects so far.
        target: The proportion.
        alpha: Error rate over all looks.
        horizon: Further prospects beyond which the answer is `beyond_horizon`.

    Raises:
        ValueError: The counts are impossible, or target or alpha not between 0 and 1.

    >>> more_needed(17, 120)
    MoreNeeded(n=560, reason='expected', low=120, high=4880)
    """
    known = _known(count, nobs, target, alpha)
    if known is not None:
        return known
    looks = looks_ahead(nobs, horizon, BATCH)
    decided = decided_by(count, nobs, target, looks, alpha=alpha)
    return _quantiles(decided.further, decided.total)


def more_needed_for_all(
    rates: Sequence[tuple[int, int]],
    target: float = 0.10,
    *,
    alpha: float = 0.05,
    horizon: int = HORIZON,
) -> list[MoreNeeded]:
    """`more_needed` for many rates: the same numbers, from shared tables where that is faster.

    Args:
        rates: Successes and prospects of each.
        target: The proportion.
        alpha: Error rate over all looks of each.
        horizon: As in `more_needed`.

    Raises:
        ValueError: As in `more_needed`.
    """
    tables = Counter(table_of(nobs) for _, nobs in rates)
    return [
        _from_table(count, nobs, target, alpha, horizon)
        if tables[table_of(nobs)] >= _SHARED and table_of(nobs) <= MOST_PROSPECTS
        else more_needed(count, nobs, target, alpha=alpha, horizon=horizon)
        for count, nobs in rates
    ]


def _from_table(count: int, nobs: int, target: float, alpha: float, horizon: int) -> MoreNeeded:
    known = _known(count, nobs, target, alpha)
    if known is not None:
        return known
    table = outlook(table_of(nobs), target, alpha, horizon, BATCH)
    return _quantiles(*table.decided_by(count, nobs, horizon))


def _known(count: int, nobs: int, target: float, alpha: float) -> MoreNeeded | None:
    """The answer where there is nothing to compute."""
    counts.cohorts(count, nobs)
    counts.proportion(alpha, "alpha")
    prior = anytime.Prior.at(counts.proportion(target, "target"))
    if nobs == 0:
        return MoreNeeded(None, "no_data")
    return MoreNeeded(None, "decided") if _is_decided(count, nobs, target, alpha, prior) else None


def _is_decided(count: int, nobs: int, target: float, alpha: float, prior: anytime.Prior) -> bool:
    """Whether the confidence sequence excludes the target, or both ends of what is at it."""

    def excludes(rate: float) -> bool:
        if not 0.0 < rate < 1.0:
            return True
        return anytime.log_e_value(count, nobs, rate, prior) >= -math.log(alpha)

    near = (target - AT_TARGET_MARGIN, target + AT_TARGET_MARGIN)
    return excludes(target) or all(map(excludes, near))


@lru_cache(maxsize=4096)
def more_needed_for_pair(
    control: tuple[int, int],
    treatment: tuple[int, int],
    *,
    alpha: float = 0.05,
    target: float = 0.10,
    variants: int = 2,
    horizon: int = HORIZON,
) -> MoreNeeded:
    """How many more prospects of each variant should decide between two.

    By 2,000 futures drawn from the posterior with a fixed seed, sent in equal numbers from now on;
    a Monte Carlo error of about one percentage point in each probability.

    Args:
        control: Successes and prospects of the control so far.
        treatment: Of the treatment.
        alpha: Error rate of the experiment.
        target: Where the prior of the rates is centered.
        variants: How many variants the experiment has.
        horizon: Further prospects of each beyond which the answer is `beyond_horizon`.

    Raises:
        ValueError: The counts are impossible, or target or alpha not between 0 and 1.
    """
    for count, nobs in (control, treatment):
        counts.cohorts(count, nobs)
    prior = anytime.Prior.at(counts.proportion(target, "target"))
    enough = math.log(variants / (2.0 * counts.proportion(alpha, "alpha")))
    if 0 in (control[1], treatment[1]):
        return MoreNeeded(None, "no_data")
    looks = looks_ahead(min(control[1], treatment[1]), horizon, BATCH)
    decided = simulate_verdicts(control, treatment, prior, [0, *looks], log_e=enough)
    if decided[0] == 1.0:
        return MoreNeeded(None, "decided")
    return _quantiles(looks, decided[1:])


def _quantiles(further: Ints | Sequence[int], decided: Floats) -> MoreNeeded:
    reached = np.searchsorted(decided, (0.1, 0.5, 0.9)).tolist()
    tenth, half, most = (int(further[i]) if i < len(decided) else None for i in reached)
    return MoreNeeded(half, "beyond_horizon" if half is None else "expected", tenth, most)


def _needed(
    fixed: int | None, looks: Ints, right: Floats, wrong: Floats, power_wished: float
) -> Needed:
    half, most = (_reached(looks, right, share) for share in (0.5, power_wished))
    return Needed(fixed, half, most, power_wished, float(wrong[-1]))


def _reached(looks: Ints | Sequence[int], share: Floats, wished: float) -> int | None:
    first = int(np.searchsorted(share, wished))
    return int(looks[first]) if first < len(share) else None


def _check(first: float, second: float, alpha: float, power_wished: float) -> None:
    for value, name in (
        (first, "A rate"),
        (second, "A rate"),
        (alpha, "alpha"),
        (power_wished, "power"),
    ):
        counts.proportion(value, name)
    if first == second:
        raise ValueError(f"Equal rates ({first}) can never be told apart; name two that differ.")
