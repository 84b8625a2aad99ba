"""Beliefs: posterior probabilities under the prior that all evidence on one rate uses.

They describe what to expect; they are never a reason to stop. "The probability that B is better
exceeds 95 %" declares a false winner in every second experiment that is looked at on each push.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, expit

from abtest.stats.anytime import Prior
from abtest.stats.logbeta import log_beta
from abtest.stats.single_look import SMALLEST_P

#: Grid points a standard deviation for two variants, and the widest step on the log odds. The
#: trapezoid rule's error falls as exp(−(pi sd / step)²): 1e-20 here.
_FINENESS, _WIDEST_STEP = 2.2, 0.3

#: Log density, below its peak, at which the grid ends.
_DROP = 42.0


class Belief(NamedTuple):
    """What is believed of a pair.

    Attributes:
        probability_b_better: Posterior probability that b's rate exceeds a's.
        expected_loss_a: Expected rate given up by choosing a.
        expected_loss_b: Expected rate given up by choosing b.
    """

    probability_b_better: float
    expected_loss_a: float
    expected_loss_b: float


def posterior(count: int, nobs: int, prior: Prior) -> Prior:
    """The Beta posterior of a rate."""
    return Prior(prior.a + count, prior.b + nobs - count)


def pair(a: Prior, b: Prior) -> Belief:
    """Compare two posteriors.

    The expected loss follows from E[(A − B)+] = E[A] P(A+ > B) − E[B] P(A > B+), where + adds one
    to the first parameter, which changes the probability by a ratio of Beta functions.
    """
    b_better = probability_greater(b, a)
    together = log_beta(a.a + b.a, a.b + b.b) - log_beta(*a) - log_beta(*b)
    mean_a, mean_b = a.a / (a.a + a.b), b.a / (b.a + b.b)
    up_a, up_b = math.exp(together) / a.a, math.exp(together) / b.a
    loss_b = mean_a * (1.0 - b_better + up_a) - mean_b * (1.0 - b_better - up_b)
    loss_a = mean_b * (b_better + up_b) - mean_a * (b_better - up_a)
    return Belief(b_better, max(loss_a, 0.0), max(loss_b, 0.0))


def probability_greater(x: Prior, y: Prior) -> float:
    """Posterior probability that X exceeds Y, within 1e-14.

    The trapezoid rule on the log odds of the narrower one, whose every feature the grid resolves.
    """
    if _logit_sd(x) > _logit_sd(y):
        return 1.0 - probability_greater(y, x)
    logits = _grid(x, _logit_sd(x) / _FINENESS)
    density = _logit_density(x, logits)
    below = betainc(y.a, y.b, expit(logits))
    return min(max(float(density @ below / density.sum()), SMALLEST_P), 1.0)


def probabilities_best(posteriors: Sequence[Prior]) -> NDArray[np.float64]:
    """Posterior probability of each variant that its rate is the highest; they sum to 1."""
    if len(posteriors) == 2:
        first = probability_greater(*posteriors)
        return np.array([first, 1.0 - first])
    step = min(map(_logit_sd, posteriors)) / (_FINENESS * math.sqrt(len(posteriors) / 2.0))
    best = np.empty(len(posteriors))
    for i, own in enumerate(posteriors):
        logits = _grid(own, step)
        density = _logit_density(own, logits)
        rates = expit(logits)
        others = [betainc(o.a, o.b, rates) for j, o in enumerate(posteriors) if j != i]
        best[i] = (density * np.prod(others, axis=0)).sum() / density.sum()
    normalized: NDArray[np.float64] = best / best.sum()
    return normalized


def next_shares(posteriors: Sequence[Prior], floor: float = 0.10) -> NDArray[np.float64]:
    """Thompson's shares of the next batch, none below `floor`: a suggestion only.

    With more than 1 / floor variants the split is equal.
    """
    size = len(posteriors)
    floor = min(floor, 1.0 / size)
    shares: NDArray[np.float64] = floor + (1.0 - size * floor) * probabilities_best(posteriors)
    return shares


def _logit_sd(prior: Prior) -> float:
    """Standard deviation of the log odds, nearly."""
    return math.sqrt(1.0 / prior.a + 1.0 / prior.b)


def _grid(prior: Prior, step: float) -> NDArray[np.float64]:
    """Log odds from one negligible tail of the density to the other."""
    step = min(step, _WIDEST_STEP)
    center = math.log(prior.a / prior.b)
    body = math.sqrt(2.0 * _DROP) * _logit_sd(prior)
    low, high = body + _DROP / prior.a, body + _DROP / prior.b
    points = np.arange(-math.ceil(low / step), math.ceil(high / step) + 1)
    logits: NDArray[np.float64] = center + step * points.astype(np.float64)
    return logits


def _logit_density(prior: Prior, logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Density of the log odds, but for a constant."""
    center = math.log(prior.a / prior.b)
    log_density = -prior.a * np.logaddexp(0.0, -logits) - prior.b * np.logaddexp(0.0, logits)
    peak = -prior.a * math.log1p(math.exp(-center)) - prior.b * math.log1p(math.exp(center))
    density: NDArray[np.float64] = np.exp(log_density - peak)
    return density
