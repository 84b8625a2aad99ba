"""Two proportions: is the treatment better than the control?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

import numpy as np

from abtest.stats import bayes, counts, dispersion, hypergeometric, odds_ratio, single_look
from abtest.stats.anytime import Prior
from abtest.stats.hypergeometric import Floats, Strata
from abtest.stats.proportion import anytime_p, e_value
from abtest.stats.results import Comparison, Interval, PairLook, PairState

#: Totals, or the cohorts of one arm in order.
Arm: TypeAlias = counts.Pair | Sequence[counts.Pair]


def compare(
    control: Arm,
    treatment: Arm,
    *,
    alpha: float = 0.05,
    smallest_effect: float = 0.04,
    target: float = 0.10,
    looks: Sequence[int] | None = None,
    variants: int = 2,
) -> Comparison:
    """Compare a treatment (b) with a control (a), safely at every look.

    The n-th cohorts of both arms were sent side by side: they form a stratum, within which the
    arms are compared, so that weeks and reps may differ as they like. Either may be empty.

    The state follows from the anytime evidence alone, and the first look that decides is kept.
    Among two variants it is `better` or `worse` when the two-sided e-value reaches 1 / alpha;
    among k > 2, when the one-sided e-value reaches k / alpha, which keeps alpha for the whole
    experiment. It is `no_difference` when the sequence of differences lies inside
    ± smallest_effect. With four or more strata the evidence tempered by their dispersion must
    agree.

    Args:
        control: (count, nobs), or one such pair a stratum.
        treatment: Alike; as many strata as the control's.
        alpha: Error rate, held over all looks and variants together.
        smallest_effect: The smallest difference worth acting on.
        target: Where the prior of the rates is centered.
        looks: The look of each stratum, nondecreasing; each stratum its own by default.
        variants: How many variants the experiment has.

    Raises:
        ValueError: The counts are impossible, the arms differ in length, or a setting is out of
            range.

    >>> result = compare((31, 300), (52, 300))
    >>> str(result.state), round(result.e_value, 2)
    ('undecided', 5.45)
    """
    rule = _Rule.checked(alpha, smallest_effect, target, variants)
    a, b = _arms(control, treatment, looks)
    x_a, n_a, x_b, n_b = (sum(column) for column in (a.count, a.nobs, b.count, b.nobs))
    judged = _judge(a, b, rule)
    belief = bayes.pair(
        bayes.posterior(x_a, n_a, rule.prior), bayes.posterior(x_b, n_b, rule.prior)
    )
    z = single_look.pooled_z(x_a, n_a, x_b, n_b)
    known = n_a > 0 and n_b > 0
    return Comparison(
        count_a=x_a,
        nobs_a=n_a,
        count_b=x_b,
        nobs_b=n_b,
        difference=x_b / n_b - x_a / n_a if known else None,
        interval=single_look.newcombe(x_a, n_a, x_b, n_b, alpha),
        ratio=(x_b / n_b) / (x_a / n_a) if known and x_a else None,
        score_z=z,
        p_value=single_look.two_sided_p(z),
        exact_p_value=single_look.fisher(x_a, n_a, x_b, n_b),
        log_e_value=judged.log_e[0],
        log_e_a=judged.log_e[1],
        log_e_b=judged.log_e[2],
        e_value=e_value(judged.log_e[0]),
        anytime_p=judged.anytime_p,
        sequence=Interval(
            *(rule.difference(*judged.bounds, x_a, n_a) if known else (-1.0, 1.0)), 1.0 - alpha
        ),
        odds_ratio=_finite_exp(judged.estimate),
        odds_ratio_low=math.exp(judged.bounds[0]),
        odds_ratio_high=_finite_exp(judged.bounds[1]),
        stratified=sum(1 for n in zip(a.nobs, b.nobs, strict=True) if any(n)) > 1,
        kept_information=_kept_information(a, b),
        decided_at=judged.decided_at,
        probability_b_better=belief.probability_b_better,
        expected_loss_a=belief.expected_loss_a,
        expected_loss_b=belief.expected_loss_b,
        state=judged.state if known else PairState.NO_DATA,
        drift=judged.drift,
        dispersion=judged.dispersion,
        looks=judged.looks,
    )


def fixed_compare(
    control: Arm,
    treatment: Arm,
    *,
    planned: int,
    alpha: float = 0.05,
    smallest_effect: float = 0.04,
    target: float = 0.10,
    variants: int = 2,
) -> Comparison:
    """Compare two arms once, at a number of prospects planned beforehand.

    Before both arms hold `planned` prospects the state is withheld. Then it is `better` or `worse`
    when Fisher's exact test rejects at alpha / (variants − 1) and Newcombe's interval excludes 0,
    and `no_difference` when that interval lies inside ± smallest_effect. There are no looks.

    Args:
        control: (count, nobs), or one such pair a stratum, of whole cohorts (`first_cohorts`).
        treatment: Alike.
        planned: Prospects of each arm that the design asks for.
        alpha: Error rate of the experiment.
        smallest_effect: The smallest difference worth acting on.
        target: Where the prior of the rates is centered.
        variants: How many variants the experiment has.

    Raises:
        ValueError: As in `compare`.
    """
    arms = [_pairs(arm) for arm in (control, treatment)]
    test = compare(
        *arms,
        alpha=alpha,
        smallest_effect=smallest_effect,
        target=target,
        looks=[0] * len(arms[0]),
        variants=variants,
    )
    state = PairState.UNDECIDED
    if test.interval is None:
        state = PairState.NO_DATA
    elif min(test.nobs_a, test.nobs_b) >= planned:
        state = _fixed_state(test, alpha / (variants - 1), smallest_effect)
    return replace(test, state=state, decided_at=None, drift=False, looks=())


def _fixed_state(test: Comparison, alpha: float, smallest_effect: float) -> PairState:
    interval, p_value = test.interval, test.exact_p_value
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    assert p_value is not None
    if p_value <= alpha and interval.low > 0.0:
        return PairState.BETTER
    if p_value <= alpha and interval.high < 0.0:
        return PairState.WORSE
    if -smallest_effect <= interval.low and interval.high <= smallest_effect:
        return PairState.NO_DIFFERENCE
    return PairState.UNDECIDED


@dataclass(frozen=True, slots=True)
class _Rule:
    """What decides."""

    alpha: float
    smallest_effect: float
    prior: Prior
    variants: int

    @classmethod
    def checked(cls, alpha: float, smallest_effect: float, target: float, variants: int) -> _Rule:
        counts.proportion(alpha, "alpha")
        counts.proportion(target, "target")
        counts.proportion(smallest_effect, "smallest_effect")
        if variants < 2:
            raise ValueError(f"A comparison needs at least 2 variants, not {variants!r}.")
        return cls(alpha, smallest_effect, Prior.at(target), variants)

    def difference(self, low: float, high: float, count_a: int, nobs_a: int) -> tuple[float, float]:
        """Log odds ratios as differences from the control's posterior mean rate."""
        rate = (self.prior.a + count_a) / (sum(self.prior) + nobs_a)
        return _shift(rate, low), _shift(rate, high)

    def state(
        self, log_e: tuple[float, float, float], difference: tuple[float, float]
    ) -> PairState:
        """What one look says."""
        both, for_a, for_b = log_e
        enough = math.log(self.variants / self.alpha)
        if self.variants == 2:
            for_a, for_b = (
                both + math.log(2) if mine > other else -math.inf
                for mine, other in ((for_a, for_b), (for_b, for_a))
            )
        if for_b >= enough:
            return PairState.BETTER
        if for_a >= enough:
            return PairState.WORSE
        low, high = difference
        if -self.smallest_effect <= low and high <= self.smallest_effect:
            return PairState.NO_DIFFERENCE
        return PairState.UNDECIDED


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the looks say together; log odds ratios, infinite for unbounded."""

    looks: tuple[PairLook, ...]
    log_e: tuple[float, float, float]
    bounds: tuple[float, float]
    estimate: float
    anytime_p: float
    state: PairState
    decided_at: int | None
    drift: bool
    dispersion: float | None


def _judge(a: counts.Cohorts, b: counts.Cohorts, rule: _Rule) -> _Judged:
    """Go through the looks in order; the first decision is kept unless the looks contradict."""
    columns = [np.asarray(c, dtype=np.int64) for c in (a.count, a.nobs, b.count, b.nobs, a.looks)]
    strata = hypergeometric.informative(*columns)
    size = a.n_looks
    plain = odds_ratio.evidence(strata, size, rule.alpha)
    phi = _dispersion(strata, size)
    tempered = None
    if (phi > 1.0).any():
        tempered = odds_ratio.evidence(strata, size, rule.alpha, np.fmax(phi, 1.0))
    running = np.maximum.accumulate(plain.low), np.minimum.accumulate(plain.high)
    state, decided_at, drift = PairState.UNDECIDED, None, False
    bounds, looks = (-math.inf, math.inf), []
    totals = [np.cumsum(column) for column in columns[:4]]
    last = np.searchsorted(columns[4], np.arange(size), side="right") - 1
    for look in range(size):
        x_a, n_a, x_b, n_b = (int(total[last[look]]) for total in totals)
        bounds = float(running[0][look]), float(running[1][look])
        drift = drift or bounds[0] > bounds[1]
        if drift:
            bounds = float(plain.low[look]), float(plain.high[look])
        difference = rule.difference(*bounds, x_a, n_a)
        if state is PairState.UNDECIDED and not drift:
            state = rule.state(_log_e(plain, look), difference)
            if state is not PairState.UNDECIDED and tempered is not None and phi[look] > 1.0:
                own = rule.difference(tempered.low[look], tempered.high[look], x_a, n_a)
                if rule.state(_log_e(tempered, look), own) is not state:
                    state = PairState.UNDECIDED
            decided_at = look if state is not PairState.UNDECIDED else None
        looks.append(PairLook(x_a, n_a, x_b, n_b, *difference, *_log_e(plain, look)))
    if drift:
        state, decided_at = PairState.UNDECIDED, None
    return _Judged(
        looks=tuple(looks),
        log_e=_log_e(plain, size - 1) if size else (0.0, 0.0, 0.0),
        bounds=bounds,
        estimate=float(plain.estimate[-1]) if size else math.nan,
        anytime_p=anytime_p(float(plain.log_e.max(initial=0.0))),
        state=state,
        decided_at=decided_at,
        drift=drift,
        dispersion=float(phi[-1]) if size and not math.isnan(phi[-1]) else None,
    )


def _log_e(evidence: odds_ratio.Evidence, look: int) -> tuple[float, float, float]:
    return (
        float(evidence.log_e[look]),
        float(evidence.log_e_a[look]),
        float(evidence.log_e_b[look]),
    )


def _dispersion(strata: Strata, n_looks: int) -> Floats:
    """Phi at each look, from the strata so far; NaN below four strata."""
    phi = np.full(n_looks, np.nan)
    used = np.searchsorted(strata.look, np.arange(n_looks), side="right")
    if len(strata) >= dispersion.MIN_COHORTS:
        chi2 = dispersion.pair_chi_square(strata.score, strata.information)
        for look in np.flatnonzero(used >= dispersion.MIN_COHORTS):
            phi[look] = dispersion.shrunk(float(chi2[used[look] - 1]), int(used[look]))
    return phi


def _kept_information(a: counts.Cohorts, b: counts.Cohorts) -> float | None:
    """Share of the arms' information that comparing only within strata keeps."""
    n_a, n_b = sum(a.nobs), sum(b.nobs)
    if not (n_a and n_b):
        return None
    kept = math.fsum(i * j / (i + j) for i, j in zip(a.nobs, b.nobs, strict=True) if i and j)
    return min(kept * (n_a + n_b) / n_a / n_b, 1.0)


def _arms(
    control: Arm, treatment: Arm, looks: Sequence[int] | None
) -> tuple[counts.Cohorts, counts.Cohorts]:
    a, b = (_pairs(arm) for arm in (control, treatment))
    if len(a) != len(b):
        raise ValueError(f"The control has {len(a)} cohorts, the treatment {len(b)}.")
    first, second = (
        counts.cohorts([x for x, _ in pairs], [n for _, n in pairs], looks) for pairs in (a, b)
    )
    return first, second


def _pairs(arm: Arm) -> Sequence[counts.Pair]:
    items: list[Any] = list(arm)
    if len(items) == 2 and not any(hasattr(item, "__len__") for item in items):
        items = [items]
    if any(not hasattr(item, "__len__") or len(item) != 2 for item in items):
        raise ValueError(f"An arm is (count, nobs), or a list of such pairs, not {arm!r}.")
    return items


def _shift(rate: float, log_odds_ratio: float) -> float:
    """The difference that an odds ratio makes to a rate."""
    if math.isinf(log_odds_ratio):
        return 1.0 - rate if log_odds_ratio > 0 else -rate
    ratio = math.expm1(log_odds_ratio)
    return rate * (1.0 - rate) * ratio / (1.0 + rate * ratio)


def _finite_exp(logarithm: float) -> float | None:
    return math.exp(logarithm) if logarithm < 700.0 else None
