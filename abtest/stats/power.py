"""Fixed designs: how many prospects a single, exact look needs.

The power of an exact test is a sawtooth in the number of prospects. What is asked for here is the
smallest number from which on the power never falls below the wish again.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from scipy.special import betainc, gammaln

from abtest.stats.futures import largest, likely_successes
from abtest.stats.hypergeometric import Floats, Ints
from abtest.stats.single_look import normal_quantile

#: Above this many prospects, no answer is given.
MOST = 200_000

#: Up to this many prospects every size around the crossing is tried, beyond it only some.
_FINE, _CHECKED = 2000, 24


def target_power(nobs: Ints, rate: float, target: float, alpha: float) -> Floats:
    """Power of the exact one-sided test at alpha / 2 to show a rate above or below a target.

    Args:
        nobs: Prospects.
        rate: The true rate.
        target: The proportion.
        alpha: Two-sided error rate.
    """
    if rate < target:
        # Failures above their target are successes below theirs.
        return target_power(nobs, 1.0 - rate, 1.0 - target, alpha)

    def keeps(x: Ints) -> np.ndarray:
        tail: np.ndarray = betainc(np.maximum(x, 1), nobs - x + 1, target) > alpha / 2.0
        return tail | (x < 1)

    critical = largest(keeps, nobs) + 1
    inside = critical <= nobs
    tail = betainc(critical, np.where(inside, nobs - critical + 1, 1), rate)
    power: Floats = np.where(inside, tail, 0.0)
    return power


def difference_power(per_arm: int, rate_a: float, rate_b: float, alpha: float) -> float:
    """Power of Fisher's exact two-sided test with equal arms to show the right direction.

    With equal arms the tables are symmetric, so that the test rejects where one tail is at most
    alpha / 2.
    """
    low, high = sorted((rate_a, rate_b))
    first_low, chances_low = likely_successes(per_arm, low)
    first_high, chances_high = likely_successes(per_arm, high)
    total = np.arange(
        first_low + first_high, first_low + first_high + len(chances_low) + len(chances_high) - 1
    )
    x = first_low + np.arange(len(chances_low))[:, None]
    y = first_high + np.arange(len(chances_high))[None, :]
    critical = _fisher_critical(total, per_arm, alpha / 2.0)
    rejects = y >= critical[x + y - total[0]]
    return float(chances_low @ rejects @ chances_high)


def fixed_for_target(
    rate: float, target: float, *, power: float = 0.8, alpha: float = 0.05
) -> int | None:
    """Prospects that a single look needs to show a rate above or below a target.

    Returns:
        The smallest number from which on the power is reached; None beyond 200,000.
    """
    z = normal_quantile(alpha) + normal_quantile(2.0 * (1.0 - power))
    spread = max(rate * (1.0 - rate), target * (1.0 - target))
    rough = 2.0 * z * z * spread / (rate - target) ** 2 + 200.0
    if rough > 2 * MOST:
        return None
    nobs = np.arange(1, math.ceil(rough) + 1)
    short = np.flatnonzero(target_power(nobs, rate, target, alpha) < power)
    needed = int(nobs[short[-1]]) + 1 if len(short) else 1
    return needed if needed <= MOST else None


def fixed_for_difference(
    rate_a: float, rate_b: float, *, power: float = 0.8, alpha: float = 0.05
) -> int | None:
    """Prospects of each arm that a single look needs to tell two rates apart.

    Returns:
        The smallest number from which on the power is reached; None beyond 200,000. Beyond a few
        thousand the neighbors are checked at intervals: there the sawtooth is too fine to matter.
    """

    def enough(per_arm: int) -> bool:
        return difference_power(per_arm, rate_a, rate_b, alpha) >= power

    z = normal_quantile(alpha) + normal_quantile(2.0 * (1.0 - power))
    spread = rate_a * (1.0 - rate_a) + rate_b * (1.0 - rate_b)
    rough = z * z * spread / (rate_a - rate_b) ** 2
    if rough > MOST:
        return None
    crossing = _first(enough, math.ceil(rough / 2.0) + 1, math.ceil(2.0 * rough) + 40)
    width = math.ceil(0.08 * crossing) + 10
    step = 1 if crossing <= _FINE else 2 * width // _CHECKED
    tried = range(crossing + width, max(crossing - width, 0), -step)
    return next((size + step for size in tried if not enough(size)), max(crossing - width, 1))


def _first(holds: Callable[[int], bool], low: int, high: int) -> int:
    """About the first number at which a mostly rising condition holds, by bisection."""
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if holds(middle) else (middle, high)
    return high


def _fisher_critical(total: Ints, per_arm: int, tail: float) -> Ints:
    """For each total, the fewest successes of one arm whose upper tail is at most `tail`."""
    reach = math.ceil(4.5 * math.sqrt(per_arm / 2.0) + 20.0)
    offset = np.arange(0, reach)
    y = (total[:, None] + 1) // 2 + offset
    x = total[:, None] - y
    possible = (y <= per_arm) & (x >= 0)
    y, x = np.where(possible, y, 0), np.where(possible, x, 0)
    n = float(per_arm)
    log_p = 2.0 * gammaln(n + 1) - gammaln(2 * n + 1) + gammaln(total + 1.0)[:, None]
    log_p = log_p + gammaln(2 * n - total + 1.0)[:, None] - gammaln(y + 1.0) - gammaln(x + 1.0)
    log_p = log_p - gammaln(n - y + 1.0) - gammaln(n - x + 1.0)
    p = np.where(possible, np.exp(log_p), 0.0)
    tails = np.cumsum(p[:, ::-1], axis=1)[:, ::-1]
    rejected = tails <= tail * (1.0 + 1e-7)
    critical: Ints = (total + 1) // 2 + np.where(
        rejected.any(axis=1), rejected.argmax(axis=1), reach
    )
    return critical
