"""E-values and confidence sequences for one rate: safe to look at on every push.

The evidence against "the rate is p" is the likelihood ratio of a Beta mixture to p: under p it is
a martingale that starts at 1, so the chance that it ever reaches 1 / alpha is at most alpha
(Ville). All p that have not been refuted so form a confidence sequence, which covers the rate at
every look at once (Robbins 1970; Howard, Ramdas, McAuliffe & Sekhon 2021). It depends on the
counts alone, not on the order or the sizes of the cohorts.

The prior is Beta(2, 2 (1 − target) / target): mean at the target, worth 2 / target prospects.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import NamedTuple

from scipy.special import betainc, betaincc

from abtest.stats import counts
from abtest.stats.logbeta import log_beta, log_betainc
from abtest.stats.results import Interval

#: Below this a tail probability is computed by its logarithm.
_TINY = 1e-280

#: Steps until a bound is given up as found; it takes two or three.
_MAX_STEPS = 100


class Prior(NamedTuple):
    """A Beta prior's parameters."""

    a: float
    b: float

    @classmethod
    def at(cls, mean: float) -> Prior:
        """The prior with this mean that all evidence on one rate uses."""
        return cls(2.0, 2.0 * (1.0 - mean) / mean)


def log_e_value(count: float, nobs: float, rate: float, prior: Prior) -> float:
    """Log two-sided e-value against "the rate is `rate`".

    Counts may be fractions: tempered evidence divides both by the dispersion.
    """
    a, b = prior
    likelihood = _xlogy(count, rate) + _xlog1py(nobs - count, -rate)
    return log_beta(a + count, b + nobs - count) - _log_beta_of_prior(prior) - likelihood


def log_e_one_sided(count: float, nobs: float, rate: float, prior: Prior) -> tuple[float, float]:
    """Log e-values against "at most `rate`" and against "at least `rate`".

    The prior is cut at `rate`, which makes each a supermartingale under the whole of its null.
    """
    a, b = prior
    both = log_e_value(count, nobs, rate, prior)
    upper, lower = _log_tails(a + count, b + nobs - count, rate)
    prior_upper, prior_lower = _log_tails_of_prior(prior, rate)
    return both + upper - prior_upper, both + lower - prior_lower


def bounds(count: float, nobs: float, alpha: float, prior: Prior) -> tuple[float, float]:
    """All rates whose e-value stays below 1 / alpha: an interval, open to 0 and 1 as ends."""
    if nobs <= 0:
        return 0.0, 1.0
    rate = count / nobs
    evidence = log_beta(prior.a + count, prior.b + nobs - count) - _log_beta_of_prior(prior)
    at_rate = _xlogy(count, rate) + _xlogy(nobs - count, 1.0 - rate)
    # e(p) < 1 / alpha where the mean divergence of p from the observed rate is below this:
    divergence = (at_rate - evidence - math.log(alpha)) / nobs
    if count <= 0:
        return 0.0, -math.expm1(-divergence)
    if count >= nobs:
        return math.exp(-divergence), 1.0
    return _rate_at(rate, divergence, -1.0), _rate_at(rate, divergence, 1.0)


def confidence_sequence(
    count: counts.Counts, nobs: counts.Counts, *, level: float = 0.95, target: float = 0.10
) -> Interval:
    """An interval for a rate that stays right however often one looks.

    Args:
        count: Successes; a number, or one a cohort in order (they are added up).
        nobs: Prospects, alike.
        level: Confidence level.
        target: Mean of the prior: where the interval is to be narrowest.

    Raises:
        ValueError: The counts are impossible, or level or target not between 0 and 1.

    >>> interval = confidence_sequence(10, 100)
    >>> f"{interval.low:.4f} to {interval.high:.4f}"
    '0.0366 to 0.2041'
    """
    alpha = 1.0 - counts.proportion(level, "level")
    prior = Prior.at(counts.proportion(target, "target"))
    checked = counts.cohorts(count, nobs)
    low, high = bounds(sum(checked.count), sum(checked.nobs), alpha, prior)
    return Interval(low, high, level)


def _rate_at(rate: float, divergence: float, side: float) -> float:
    """The p below (−1) or above (1) `rate` whose Kullback–Leibler divergence from it is given.

    Halley's method on the log odds, where the divergence is convex, from the score interval's
    bound. Each step cubes the error, in units of the distance from the observed rate.
    """
    p = _score_bound(rate, divergence, side)
    logit, failures = math.log(p / (1.0 - p)), 1.0 - rate
    middle = math.log(rate / failures)
    least = rate * math.log(rate) + failures * math.log(failures) - divergence
    for _ in range(_MAX_STEPS):  # pragma: no branch  a guard: a few steps are enough
        decay = math.log1p(math.exp(-abs(logit)))
        excess = least + decay + (failures * logit if logit > 0.0 else -rate * logit)
        p = _expit(logit)
        newton = excess / (p - rate)
        step = newton / max(1.0 - 0.5 * newton * p * (1.0 - p) / (p - rate), 0.5)
        logit -= step
        if abs(step) <= 1e-5 * abs(logit - middle):
            break
    return _expit(logit)


def _score_bound(rate: float, divergence: float, side: float) -> float:
    """The score interval's bound for this divergence; z² = 2 n times it."""
    z2 = 2.0 * divergence
    half = math.sqrt(z2 * (rate * (1.0 - rate) + z2 / 4.0))
    upper = (rate + z2 / 2.0 + half) / (1.0 + z2)
    # The product of the bounds is known: dividing by the larger one avoids a cancellation.
    p = upper if side > 0 else rate * rate / (1.0 + z2) / upper
    return min(max(p, 1e-300), 1.0 - 1e-16)


def _log_tails(a: float, b: float, x: float) -> tuple[float, float]:
    """Logs of a Beta distribution's mass above and below x."""
    upper, lower = float(betaincc(a, b, x)), float(betainc(a, b, x))
    return (
        math.log(upper) if upper > _TINY else log_betainc(b, a, 1.0 - x),
        math.log(lower) if lower > _TINY else log_betainc(a, b, x),
    )


@lru_cache(maxsize=256)
def _log_beta_of_prior(prior: Prior) -> float:
    return log_beta(*prior)


@lru_cache(maxsize=256)
def _log_tails_of_prior(prior: Prior, x: float) -> tuple[float, float]:
    return _log_tails(*prior, x)


def _expit(logit: float) -> float:
    return 1.0 / (1.0 + math.exp(-logit)) if logit > -700.0 else math.exp(logit)


def _xlogy(x: float, y: float) -> float:
    return x * math.log(y) if x > 0 else 0.0


def _xlog1py(x: float, y: float) -> float:
    return x * math.log1p(y) if x > 0 else 0.0
