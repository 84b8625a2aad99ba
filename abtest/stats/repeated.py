"""What looking again and again does to a test that was made for one look."""

from __future__ import annotations

import math

import numpy as np

from abtest.stats import counts
from abtest.stats.single_look import normal_quantile

#: Nodes of the quadrature over where the sum may be; enough for five digits at 500 looks.
_NODES = 160


def false_alarms(looks: int, alpha: float = 0.05) -> float:
    """The chance that some of several looks calls a difference where there is none.

    A two-sided normal test at `alpha` after each of `looks` equal batches: the recursion of
    Armitage, McPherson and Rowe (1969), equation 2, by Gauss-Legendre quadrature.

    Args:
        looks: How often somebody looks, at least once.
        alpha: Error rate of a single look.

    Raises:
        ValueError: There is no look, or alpha is not between 0 and 1.

    >>> [round(false_alarms(looks), 3) for looks in (1, 5, 20)]
    [0.05, 0.142, 0.248]
    """
    if looks < 1:
        raise ValueError(f"looks must be at least 1, not {looks}")
    counts.proportion(alpha, "alpha")
    quantile = normal_quantile(alpha)
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    places = quantile * nodes
    mass = quantile * weights * _normal(places)
    for look in range(2, looks + 1):
        reach = quantile * math.sqrt(look)
        reached = reach * nodes
        mass = reach * weights * (_normal(reached[:, None] - places[None, :]) @ mass)
        places = reached
    return float(1.0 - mass.sum())


def _normal(x: np.typing.NDArray[np.float64]) -> np.typing.NDArray[np.float64]:
    return np.exp(-x * x / 2.0) / math.sqrt(2.0 * math.pi)
