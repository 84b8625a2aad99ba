"""How many prospects a claim needs, and how many more from where it stands."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from abtest.stats import anytime, counts
from abtest.stats.futures import decided_by, looks_ahead
from abtest.stats.proportion import target_state
from abtest.stats.results import MoreNeeded, TargetState

#: Further prospects beyond which a question counts as practically never settled.
HORIZON = 5000

#: Prospects between two looks at a rate that is being watched.
BATCH = 20


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
    MoreNeeded(n=560, reason='expected', low=120, high=4820)
    """
    counts.cohorts(count, nobs)
    counts.proportion(alpha, "alpha")
    prior = anytime.Prior.at(counts.proportion(target, "target"))
    if nobs == 0:
        return MoreNeeded(None, "no_data")
    low, high = anytime.bounds(count, nobs, alpha, prior)
    if target_state(low, high, target) is not TargetState.UNDECIDED:
        return MoreNeeded(None, "decided")
    decided = decided_by(count, nobs, target, looks_ahead(nobs, horizon, BATCH), alpha=alpha)
    tenth, half, most = (decided.quantile(share) for share in (0.1, 0.5, 0.9))
    return MoreNeeded(half, "beyond_horizon" if half is None else "expected", tenth, most)
