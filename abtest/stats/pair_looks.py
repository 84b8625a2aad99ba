"""A pair from look to look: what decides, when it first did, and whether later looks agree."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import numpy as np

from abtest.stats import counts, dispersion, hypergeometric, odds_ratio
from abtest.stats.anytime import Prior
from abtest.stats.hypergeometric import Strata
from abtest.stats.results import PairLook, PairState


@dataclass(frozen=True, slots=True)
class Rule:
    """What decides a comparison.

    Attributes:
        alpha: Error rate of the experiment.
        smallest_effect: The smallest difference worth acting on.
        prior: Of the rates.
        variants: How many variants the experiment has.
    """

    alpha: float
    smallest_effect: float
    prior: Prior
    variants: int

    @classmethod
    def checked(cls, alpha: float, smallest_effect: float, target: float, variants: int) -> Rule:
        """The rule, or a ValueError that says which setting is out of range."""
        counts.proportion(alpha, "alpha")
        counts.proportion(target, "target")
        counts.proportion(smallest_effect, "smallest_effect")
        if variants < 2:
            raise ValueError(f"A comparison needs at least 2 variants, not {variants!r}.")
        return cls(alpha, smallest_effect, Prior.at(target), variants)

    def differences(
        self, bounds: tuple[float, float], count_a: int, nobs_a: int
    ) -> tuple[float, float]:
        """Log odds ratios as differences from the control's posterior mean rate."""
        rate = (self.prior.a + count_a) / (self.prior.a + self.prior.b + nobs_a)
        return _shift(rate, bounds[0]), _shift(rate, bounds[1])

    def state(self, log_e: LogE, difference: tuple[float, float]) -> PairState:
        """What the evidence at one look says."""
        if self._enough(log_e.both, log_e.b, log_e.a):
            return PairState.BETTER
        if self._enough(log_e.both, log_e.a, log_e.b):
            return PairState.WORSE
        low, high = difference
        if -self.smallest_effect <= low and high <= self.smallest_effect:
            return PairState.NO_DIFFERENCE
        return PairState.UNDECIDED

    def _enough(self, both: float, mine: float, other: float) -> bool:
        """Of two variants the two-sided evidence decides, in step with the sequence."""
        if self.variants == 2:
            return mine > other and both >= -math.log(self.alpha)
        return mine >= math.log(self.variants / self.alpha)


class LogE(NamedTuple):
    """Log e-values: two-sided, for "a beats b", and for "b beats a"."""

    both: float = 0.0
    a: float = 0.0
    b: float = 0.0


@dataclass(frozen=True, slots=True)
class Judged:
    """What the looks say together.

    Attributes:
        looks: One entry a look.
        log_e: At the last look.
        bounds: Of the log odds ratio, infinite for unbounded: the running intersection, or those
            of the last look where that is empty.
        estimate: Of the log odds ratio at the last look; NaN without information.
        log_e_max: Running maximum of the two-sided log e-value, at least 0.
        state: Kept from the first look that decided.
        decided_at: That look, or None.
        drift: True when the intersection is empty.
        dispersion: At the last look, None with fewer than four strata.
    """

    looks: tuple[PairLook, ...]
    log_e: LogE
    bounds: tuple[float, float]
    estimate: float
    log_e_max: float
    state: PairState
    decided_at: int | None
    drift: bool
    dispersion: float | None


@dataclass(frozen=True, slots=True)
class _Evidence:
    """The evidence at every look, as plain numbers."""

    log_e: list[LogE]
    bounds: list[tuple[float, float]]
    estimate: list[float]

    @classmethod
    def of(cls, evidence: odds_ratio.Evidence) -> _Evidence:
        both, a, b, low, high, estimate = (column.tolist() for column in evidence)
        log_e = [LogE(*values) for values in zip(both, a, b, strict=True)]
        return cls(log_e, list(zip(low, high, strict=True)), estimate)


@dataclass(frozen=True)
class _Tempered:
    """The evidence weakened by the dispersion phi at each look; computed when it is asked for."""

    strata: Strata
    phi: list[float | None]
    rule: Rule

    def agrees(self, state: PairState, look: int, of_a: tuple[int, int]) -> bool:
        """Whether it says the same as the plain evidence."""
        if state is PairState.UNDECIDED or (self.phi[look] or 1.0) == 1.0:
            return True
        difference = self.rule.differences(self.evidence.bounds[look], *of_a)
        return self.rule.state(self.evidence.log_e[look], difference) is state

    @cached_property
    def evidence(self) -> _Evidence:
        """At every look."""
        temper = np.array([phi or 1.0 for phi in self.phi])
        size = len(self.phi)
        return _Evidence.of(odds_ratio.evidence(self.strata, size, self.rule.alpha, temper))


def judge(a: counts.Cohorts, b: counts.Cohorts, rule: Rule) -> Judged:
    """Go through the looks in order; the first decision is kept unless the looks contradict.

    Args:
        a: Cohorts of the control.
        b: Cohorts of the treatment, the n-th of both side by side.
        rule: What decides.
    """
    columns = (a.count, a.nobs, b.count, b.nobs, a.looks)
    strata = hypergeometric.informative(*(np.array(c, dtype=np.int64) for c in columns))
    plain = _Evidence.of(odds_ratio.evidence(strata, a.n_looks, rule.alpha))
    tempered = _Tempered(strata, _dispersion(strata, a.n_looks), rule)
    low, high, drift = -math.inf, math.inf, False
    state, decided_at = PairState.UNDECIDED, None
    looks: list[PairLook] = []
    for i, (of_a, of_b) in enumerate(zip(a.cumulated(), b.cumulated(), strict=True)):
        low, high = max(low, plain.bounds[i][0]), min(high, plain.bounds[i][1])
        drift = drift or low > high
        difference = rule.differences(plain.bounds[i] if drift else (low, high), *of_a)
        if decided_at is None and not drift:
            state = rule.state(plain.log_e[i], difference)
            if not tempered.agrees(state, i, of_a):
                state = PairState.UNDECIDED
            decided_at = None if state is PairState.UNDECIDED else i
        looks.append(PairLook(*of_a, *of_b, *difference, *plain.log_e[i]))
    if drift:
        state, decided_at, (low, high) = PairState.UNDECIDED, None, plain.bounds[-1]
    return Judged(
        looks=tuple(looks),
        log_e=plain.log_e[-1] if looks else LogE(),
        bounds=(low, high),
        estimate=plain.estimate[-1] if looks else math.nan,
        log_e_max=max((log_e.both for log_e in plain.log_e), default=0.0),
        state=state,
        decided_at=decided_at,
        drift=drift,
        dispersion=tempered.phi[-1] if looks else None,
    )


def _dispersion(strata: Strata, n_looks: int) -> list[float | None]:
    """Phi at each look, from the strata so far; None below four strata."""
    if len(strata) < dispersion.MIN_COHORTS:
        return [None] * n_looks
    chi2 = dispersion.pair_chi_square(strata.score, strata.information).tolist()
    used = np.searchsorted(strata.look, np.arange(n_looks), side="right").tolist()
    return [
        dispersion.shrunk(chi2[k - 1], k) if k >= dispersion.MIN_COHORTS else None for k in used
    ]


def _shift(rate: float, log_odds_ratio: float) -> float:
    """The difference that an odds ratio makes to a rate."""
    if math.isinf(log_odds_ratio):
        return 1.0 - rate if log_odds_ratio > 0 else -rate
    ratio = math.expm1(log_odds_ratio)
    return rate * (1.0 - rate) * ratio / (1.0 + rate * ratio)
