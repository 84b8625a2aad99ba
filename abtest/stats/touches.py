"""What each touch of a cadence draws, and what was given up before the next."""

from __future__ import annotations

from collections.abc import Sequence

from abtest.stats import counts
from abtest.stats.flow_results import TouchYield
from abtest.stats.results import Interval
from abtest.stats.single_look import normal_quantile, wilson


def touch_yields(
    at_risk: Sequence[int], drawn: Sequence[int], *, alpha: float = 0.05
) -> tuple[TouchYield, ...]:
    """The yield of each touch of a cadence.

    Args:
        at_risk: Prospects who got each touch.
        drawn: Responses that each touch drew.
        alpha: Error rate of each interval.

    Raises:
        ValueError: A touch drew more than got it.
    """
    yields: list[TouchYield] = []
    silent, greenwood = 1.0, 0.0
    for touch, (n, x) in enumerate(zip(at_risk, drawn, strict=True), 1):
        counts.cohorts(x, n)
        silent *= 1.0 - x / n if n else 1.0
        greenwood += x / (n * (n - x)) if n > x else 0.0
        size = (1.0 - silent) / (silent * greenwood) if greenwood and silent else n
        yields.append(
            TouchYield(
                touch,
                n,
                x,
                x / n if n else None,
                wilson(x, n, alpha),
                1.0 - silent,
                _score_interval(1.0 - silent, size, alpha),
            )
        )
    return tuple(yields)


def _score_interval(rate: float, size: float, alpha: float) -> Interval | None:
    """Wilson's interval for a number of prospects that need not be whole."""
    if not size:
        return None
    z2 = normal_quantile(alpha) ** 2
    center = (rate + z2 / (2.0 * size)) / (1.0 + z2 / size)
    spread = rate * (1.0 - rate) / size + z2 / (4.0 * size**2)
    reach = (z2 * spread) ** 0.5 / (1.0 + z2 / size)
    return Interval(max(center - reach, 0.0), min(center + reach, 1.0), 1.0 - alpha)
