"""A pair from look to look: what decides, when it first did, and whether later looks agree."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from abtest.stats import counts
from abtest.stats.anytime import Prior
from abtest.stats.pair_evidence import AtLook, Evidence, LogE, Side, evidence
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
class Case:
    """Two arms whose n-th cohorts were sent side by side, and what decides between them.

    Attributes:
        a: Cohorts of the control.
        b: Cohorts of the treatment.
        rule: What decides.
    """

    a: counts.Cohorts
    b: counts.Cohorts
    rule: Rule


def judge(cases: Sequence[Case], alpha: float) -> list[Judged]:
    """Go through the looks in order; the first decision is kept unless the looks contradict.

    Args:
        cases: Any number, computed together.
        alpha: Error rate of each of them.
    """
    sides = [Side.by_side(case.a, case.b) for case in cases]
    plain = evidence(sides, alpha)
    paths = [_Path.of(*parts) for parts in zip(cases, plain, sides, strict=True)]
    doubtful = [i for i, path in enumerate(paths) if path.doubtful()]
    tempered = evidence([sides[i] for i in doubtful], alpha, tempered=True) if doubtful else []
    second = dict(zip(doubtful, tempered, strict=True))
    return [path.judged(second.get(i)) for i, path in enumerate(paths)]


@dataclass(frozen=True, slots=True)
class _Path:
    """What each look of a pair says by the plain evidence.

    Attributes:
        case: The arms.
        plain: The evidence.
        phi: The dispersion.
        looks: What is shown of each.
        states: What each says; undecided from where the looks contradict each other.
        bounds: The running intersection, None where it is empty.
    """

    case: Case
    plain: Evidence
    phi: list[float | None]
    looks: list[PairLook]
    states: list[PairState]
    bounds: tuple[float, float] | None

    @classmethod
    def of(cls, case: Case, plain: Evidence, side: Side) -> _Path:
        """Go through the looks."""
        low, high, drift = -math.inf, math.inf, False
        looks, states, rule = [], [], case.rule
        totals = zip(case.a.cumulated(), case.b.cumulated(), plain, strict=True)
        for of_a, of_b, (log_e, own, _) in totals:
            low, high = max(low, own[0]), min(high, own[1])
            drift = drift or low > high
            difference = rule.differences(own if drift else (low, high), *of_a)
            states.append(PairState.UNDECIDED if drift else rule.state(log_e, difference))
            looks.append(PairLook(*of_a, *of_b, *difference, *log_e))
        return cls(case, plain, side.phi, looks, states, None if drift else (low, high))

    def doubtful(self) -> bool:
        """Whether the tempered evidence has a say."""
        if self.bounds is None:
            return False
        pairs = zip(self.states, self.phi, strict=True)
        return any(state is not PairState.UNDECIDED and (phi or 1.0) != 1.0 for state, phi in pairs)

    def judged(self, tempered: Evidence | None) -> Judged:
        """What the looks say together."""
        last = self.plain[-1] if self.plain else AtLook()
        decided = None if self.bounds is None else self._decided(tempered)
        return Judged(
            looks=tuple(self.looks),
            log_e=last.log_e,
            bounds=self.bounds or last.bounds,
            estimate=last.estimate,
            log_e_max=max((look.log_e for look in self.looks), default=0.0),
            state=PairState.UNDECIDED if decided is None else self.states[decided],
            decided_at=decided,
            drift=self.bounds is None,
            dispersion=self.phi[-1] if self.phi else None,
        )

    def _decided(self, tempered: Evidence | None) -> int | None:
        """The first look that decides, and the evidence tempered by its dispersion with it."""
        for i, state in enumerate(self.states):
            if state is not PairState.UNDECIDED and self._agrees(tempered, i, state):
                return i
        return None

    def _agrees(self, tempered: Evidence | None, i: int, state: PairState) -> bool:
        if tempered is None or (self.phi[i] or 1.0) == 1.0:
            return True
        rule, look = self.case.rule, self.looks[i]
        log_e, bounds, _ = tempered[i]
        return rule.state(log_e, rule.differences(bounds, look.count_a, look.nobs_a)) is state


def _shift(rate: float, log_odds_ratio: float) -> float:
    """The difference that an odds ratio makes to a rate."""
    if math.isinf(log_odds_ratio):
        return 1.0 - rate if log_odds_ratio > 0 else -rate
    ratio = math.expm1(log_odds_ratio)
    return rate * (1.0 - rate) * ratio / (1.0 + rate * ratio)
