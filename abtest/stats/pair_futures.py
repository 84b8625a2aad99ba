"""When a pair will be decided: exact for two known rates, by simulation from where it stands.

The exact program follows the successes of both arms, sent in equal numbers, from look to look.
Given their total t, b is declared better from some number of its successes on; that number is a
smooth function of t, found at a few t and interpolated between them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from abtest.stats.anytime import Prior
from abtest.stats.futures import likely_successes
from abtest.stats.hypergeometric import Floats, Ints, Strata
from abtest.stats.mixture import TAU

#: Totals at which the critical successes are computed; between them they are interpolated.
_SUPPORTS = 16

#: Joint counts less likely than this are left out.
_NEGLIGIBLE = 1e-12


@dataclass(frozen=True, slots=True)
class PairDecided:
    """Probabilities that a pair is decided by each look, cumulative.

    Attributes:
        per_arm: Prospects of each arm at each look.
        better: b declared better.
        worse: b declared worse.
    """

    per_arm: Ints
    better: Floats
    worse: Floats


def pair_decided_by(
    rate_a: float,
    rate_b: float,
    per_arm: Sequence[int],
    *,
    alpha: float = 0.05,
    variants: int = 2,
    until: float = 1.0,
) -> PairDecided:
    """How likely a verdict is by each look, for arms of known rates.

    Args:
        rate_a: The control's rate.
        rate_b: The treatment's.
        per_arm: Prospects of each arm at each look, rising.
        alpha: Error rate over all looks and variants.
        variants: How many variants the experiment has.
        until: Stop at the look by which this much is decided one way; later looks repeat it.
    """
    sizes = np.asarray(per_arm, dtype=np.int64)
    found = np.zeros((2, len(sizes)))
    state = _Joint(0, 0, np.ones((1, 1)))
    for i, step in enumerate(np.diff(sizes, prepend=0)):
        state = state.after(int(step), rate_a, rate_b)
        total, x_b = state.totals()
        critical = _critical(total, int(sizes[i]), math.log(variants / (2.0 * alpha)))
        better, worse = x_b >= critical, total - x_b >= critical
        found[:, i] = state.mass[better].sum(), state.mass[worse].sum()
        state.mass[better | worse] = 0.0
        if found.sum(axis=1).max() >= until or not state.mass.any():
            break
        state = state.trimmed()
    return PairDecided(sizes, *np.minimum(np.cumsum(found, axis=1), 1.0))


@dataclass(frozen=True, slots=True)
class _Joint:
    """Joint probabilities of undecided counts: rows from `x_a` on, columns from `x_b` on."""

    x_a: int
    x_b: int
    mass: Floats

    def after(self, step: int, rate_a: float, rate_b: float) -> _Joint:
        """`step` prospects of each arm later."""
        first_a, chances_a = likely_successes(step, rate_a)
        first_b, chances_b = likely_successes(step, rate_b)
        mass = _spread(self.mass.shape[0], chances_a) @ self.mass
        mass = mass @ _spread(self.mass.shape[1], chances_b).T
        return _Joint(self.x_a + first_a, self.x_b + first_b, mass)

    def totals(self) -> tuple[Ints, Ints]:
        """Successes of both arms together, and of b, of every entry."""
        x_a = self.x_a + np.arange(self.mass.shape[0])[:, None]
        x_b = self.x_b + np.arange(self.mass.shape[1])[None, :]
        return x_a + x_b, np.broadcast_to(x_b, self.mass.shape)

    def trimmed(self) -> _Joint:
        """Without rows and columns that hardly occur."""
        rows = np.flatnonzero(self.mass.sum(axis=1) > _NEGLIGIBLE)
        columns = np.flatnonzero(self.mass.sum(axis=0) > _NEGLIGIBLE)
        if not (len(rows) and len(columns)):
            return self
        kept = self.mass[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
        return _Joint(self.x_a + int(rows[0]), self.x_b + int(columns[0]), kept)


def _spread(size: int, chances: Floats) -> Floats:
    """The matrix that convolves a column of this size with `chances`."""
    matrix = np.zeros((size + len(chances) - 1, size))
    for offset, chance in enumerate(chances):
        matrix[np.arange(size) + offset, np.arange(size)] = chance
    return matrix


def _critical(total: Ints, per_arm: int, log_e: float) -> Floats:
    """B's successes at which the two-sided log e-value reaches `log_e`, for each total."""
    lowest, highest = max(int(total.min()), 1), min(int(total.max()), 2 * per_arm - 1)
    if lowest > highest:
        return np.full(total.shape, np.inf)
    supports = np.unique(np.linspace(lowest, highest, _SUPPORTS).round().astype(np.int64))
    excess = _critical_at(supports, per_arm, log_e) - supports / 2.0
    # The square of the excess over half the total is nearly linear in the total.
    critical = total / 2.0 + np.sqrt(np.interp(total, supports, excess**2))
    undecidable = (total < 1) | (total > 2 * per_arm - 1)
    return np.where(undecidable, np.inf, critical)


def _critical_at(total: Ints, per_arm: int, log_e: float) -> Floats:
    """The same at a few totals, by Newton's method on successes as a real number.

    The log e-value is convex in b's successes, with the posterior mean log odds ratio as slope.
    """
    sizes, seen = np.full_like(total, per_arm), total // 2
    strata = Strata(total - seen, sizes, seen, sizes, np.arange(len(total)), np.zeros_like(total))
    sd = 1.0 / np.sqrt(strata.information + TAU**-2)
    step, reach = float(sd.min()) / 2.5, 13.0 * float(sd.max())
    half = math.ceil(reach / step)
    lam = np.linspace(-half * step, half * step, 2 * half + 1)
    fixed = -strata.cumulants(lam[None])[..., 0] - lam**2 / (2.0 * TAU**2)
    fixed += math.log(step / (TAU * math.sqrt(2.0 * math.pi)))
    y = total / 2.0 + 4.0 * np.sqrt(strata.information + 1.0)
    for _ in range(30):  # pragma: no branch  a guard: a few steps are enough
        exponent = fixed + lam * (y - seen)[:, None]
        top = exponent.max(axis=1, keepdims=True)
        weight = np.exp(exponent - top)
        value = np.log(weight.sum(axis=1)) + top[:, 0]
        slope = (weight * lam).sum(axis=1) / weight.sum(axis=1)
        change = (value - log_e) / slope
        y = y - change
        if np.abs(change).max() < 1e-9:
            break
    return y


def simulate_verdicts(
    control: tuple[int, int],
    treatment: tuple[int, int],
    prior: Prior,
    further: Sequence[int],
    *,
    log_e: float,
    draws: int = 2000,
    seed: int = 20261122,
) -> Floats:
    """Share of posterior futures decided by each look, from where a pair stands.

    Args:
        control: Successes and prospects of a.
        treatment: Of b.
        prior: Of both rates.
        further: Further prospects of each arm at each look, rising.
        log_e: The two-sided log e-value that decides, by Laplace's approximation (within 0.17).
        draws: How many futures.
        seed: Of the generator, so that the same counts give the same answer.
    """
    generator = np.random.default_rng(seed)
    arms = []
    for count, nobs in (control, treatment):
        rate = generator.beta(prior.a + count, prior.b + nobs - count, size=(draws, 1))
        steps = generator.binomial(np.diff(further, prepend=0), rate)
        arms.append((count + np.cumsum(steps, axis=1), nobs + np.asarray(further)))
    crossed = _laplace_log_e(*arms[0], *arms[1]) >= log_e
    decided: Floats = np.logical_or.accumulate(crossed, axis=1).mean(axis=0)
    return decided


def _laplace_log_e(x_a: Ints, n_a: Ints, x_b: Ints, n_b: Ints) -> NDArray[np.float64]:
    n, t = (n_a + n_b).astype(np.float64), (x_a + x_b).astype(np.float64)
    score = x_b - t * n_b / n
    spread = 1.0 + TAU**2 * (n_a / n) * n_b * t * (n - t) / (n * np.maximum(n - 1.0, 1.0))
    log_e: NDArray[np.float64] = -0.5 * np.log(spread) + TAU**2 * score**2 / (2.0 * spread)
    return log_e
