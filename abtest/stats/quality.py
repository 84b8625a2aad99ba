"""Can the numbers be trusted? Checks to make before believing any comparison."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, combinations
from operator import mul

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammainc, gammaln, xlogy

from abtest.stats import counts, dispersion, single_look

#: A split or an evenness this unlikely is an alarm.
ALARM = 0.001

#: Weeks that differ more than chance at this level are worth a sentence.
NOTABLE = 0.05

#: Below this expected count in some arm a chi-square is too rough, and the exact test is used.
_FEW = 5

#: Most outcomes that the exact test goes through.
_MOST_OUTCOMES = 200_000

#: A response rate that is surely above this asks for a second look at the counting.
_CEILING = 0.5


@dataclass(frozen=True, slots=True)
class SampleRatio:
    """The planned split against the actual one.

    Attributes:
        p_value: Chance of a split at least this far from the plan; None without prospects.
        ok: False when the p-value is below 0.001, None without prospects.
        expected: Prospects that the plan would have given each variant.
    """

    p_value: float | None
    ok: bool | None
    expected: tuple[float, ...]


def sample_ratio(observed: Sequence[int], weights: Sequence[float]) -> SampleRatio:
    """Check for a sample ratio mismatch.

    Pearson's chi-square; the exact multinomial test where a variant expects fewer than five.

    Args:
        observed: Prospects sent each variant.
        weights: Planned weights; a variant with weight 0 is left out.

    Raises:
        ValueError: A weight is negative, all are 0, or the lengths differ.
    """
    if len(observed) != len(weights):
        raise ValueError(f"There are {len(observed)} variants and {len(weights)} weights.")
    if min(weights, default=0) < 0 or sum(weights) <= 0:
        raise ValueError(f"Weights must be positive, not {list(weights)}.")
    kept = [(n, w) for n, w in zip(observed, weights, strict=True) if w > 0]
    total, scale = sum(n for n, _ in kept), sum(w for _, w in kept)
    expected = tuple(total * w / scale for w in weights)
    if total == 0 or len(kept) < 2:
        return SampleRatio(None, None, expected)
    p_value = _split_p([n for n, _ in kept], [w / scale for _, w in kept])
    return SampleRatio(p_value, p_value >= ALARM, expected)


def _split_p(observed: Sequence[int], shares: Sequence[float]) -> float:
    total, arms = sum(observed), len(observed)
    few = total * min(shares) < _FEW
    if few and math.comb(total + arms - 1, arms - 1) <= _MOST_OUTCOMES:
        return _exact_split_p(observed, np.array(shares))
    chi2 = math.fsum(
        (n - total * share) ** 2 / (total * share)
        for n, share in zip(observed, shares, strict=True)
    )
    return dispersion.chi_square_p(chi2, arms - 1) or single_look.SMALLEST_P


def _exact_split_p(observed: Sequence[int], shares: NDArray[np.float64]) -> float:
    """Sum of all splits no likelier than this one; ties within 1e-7."""
    outcomes = _splits(sum(observed), len(observed))
    log_p = _log_multinomial(outcomes, shares)
    seen = _log_multinomial(np.asarray([observed]), shares)[0]
    p = float(np.exp(log_p[log_p <= seen + 1e-7]).sum())
    return min(max(p, single_look.SMALLEST_P), 1.0)


def _splits(total: int, arms: int) -> NDArray[np.int64]:
    """Every way to split `total` among the arms, one a row."""
    bars = np.array(list(combinations(range(total + arms - 1), arms - 1)), dtype=np.int64)
    ends = np.hstack([bars, np.full((len(bars), 1), total + arms - 1)])
    splits: NDArray[np.int64] = np.diff(ends, axis=1, prepend=-1) - 1
    return splits


def _log_multinomial(
    outcomes: NDArray[np.int64], shares: NDArray[np.float64]
) -> NDArray[np.float64]:
    log_p: NDArray[np.float64] = (
        gammaln(outcomes.sum(axis=1) + 1.0)
        - gammaln(outcomes + 1.0).sum(axis=1)
        + xlogy(outcomes, shares).sum(axis=1)
    )
    return log_p


@dataclass(frozen=True, slots=True)
class Heterogeneity:
    """Do cohorts (weeks, reps) differ more than chance?

    Attributes:
        dispersion: Factor by which they do, shrunk; None with fewer than four cohorts.
        chi2: Pearson's chi-square.
        freedom: Its degrees of freedom.
        p_value: Its upper tail; None with fewer than two cohorts.
        ok: False when the p-value is below 0.05, None with fewer than four cohorts.
    """

    dispersion: float | None
    chi2: float
    freedom: int
    p_value: float | None
    ok: bool | None


def heterogeneity(count: Sequence[int], nobs: Sequence[int]) -> Heterogeneity:
    """Compare cohorts of one variant with each other.

    Raises:
        ValueError: The counts are impossible.
    """
    checked = counts.cohorts(count, nobs)
    chi2, freedom = dispersion.chi_square(checked.count, checked.nobs)
    p_value = dispersion.chi_square_p(chi2, freedom)
    enough = freedom + 1 >= dispersion.MIN_COHORTS
    return Heterogeneity(
        dispersion=dispersion.shrunk(chi2, freedom + 1) if enough else None,
        chi2=chi2,
        freedom=freedom,
        p_value=p_value,
        ok=p_value >= NOTABLE if enough and p_value is not None else None,
    )


@dataclass(frozen=True, slots=True)
class Entanglement:
    """Reps (or weeks, lists) against variants: what a comparison cannot tell apart.

    Attributes:
        association: Cramér's V between rows and variants: 0 where every row sends all variants
            in the same shares, 1 where the row gives the variant away; None where there is only
            one row or variant with prospects.
        separated: Pairs of variants (by position) with prospects that no row has both of.
    """

    association: float | None
    separated: tuple[tuple[int, int], ...]


def entanglement(prospects: Sequence[Sequence[int]]) -> Entanglement:
    """How far rows and variants are confounded.

    Args:
        prospects: One row a rep, or a stratum; prospects of each variant.
    """
    columns = list(zip(*prospects, strict=True))
    separated = tuple(
        (i, j)
        for (i, a), (j, b) in combinations(enumerate(columns), 2)
        if any(a) and any(b) and not any(map(mul, a, b))
    )
    return Entanglement(_cramers_v(prospects, columns), separated)


def _cramers_v(rows: Sequence[Sequence[int]], columns: Sequence[Sequence[int]]) -> float | None:
    by_row, by_column = (list(filter(None, map(sum, sides))) for sides in (rows, columns))
    smaller = min(len(by_row), len(by_column)) - 1
    if smaller < 1:
        return None
    total = sum(by_row)
    expected = [[n * m / total for m in map(sum, columns)] for n in map(sum, rows)]
    pairs = zip(chain(*rows), chain(*expected), strict=True)
    chi2 = math.fsum((n - e) ** 2 / e for n, e in pairs if e)
    return min(math.sqrt(chi2 / total / smaller), 1.0)


@dataclass(frozen=True, slots=True)
class Reversal:
    """Simpson's paradox: all segments say one thing, their sum another.

    Attributes:
        pooled: Difference b − a of the pooled rates; None where an arm is empty.
        adjusted: Mantel–Haenszel difference within segments; None where no segment has both.
        reversed: True when no segment agrees with the pooled direction and one contradicts it.
    """

    pooled: float | None
    adjusted: float | None
    reversed: bool


def reversal(control: Sequence[tuple[int, int]], treatment: Sequence[tuple[int, int]]) -> Reversal:
    """Look for Simpson's reversal.

    Args:
        control: (count, nobs) of the control in each segment.
        treatment: Alike, the same segments.
    """
    both = [(a, b) for a, b in zip(control, treatment, strict=True) if a[1] > 0 and b[1] > 0]
    differences = [b[0] / b[1] - a[0] / a[1] for a, b in both]
    weights = [a[1] * b[1] / (a[1] + b[1]) for a, b in both]
    pooled = _pooled_difference(control, treatment)
    if pooled is None or not both:
        return Reversal(pooled, None, False)
    adjusted = math.fsum(w * d for w, d in zip(weights, differences, strict=True)) / sum(weights)
    against = [difference * pooled for difference in differences]
    reversed_ = len(both) > 1 and max(against) <= 0 and min(against) < 0
    return Reversal(pooled, adjusted, reversed_)


def _pooled_difference(
    control: Sequence[tuple[int, int]], treatment: Sequence[tuple[int, int]]
) -> float | None:
    (x_a, n_a), (x_b, n_b) = (
        (sum(x for x, _ in arm), sum(n for _, n in arm)) for arm in (control, treatment)
    )
    return x_b / n_b - x_a / n_a if n_a and n_b else None


@dataclass(frozen=True, slots=True)
class Plausibility:
    """Are the counts too good, or too even, to be true?

    Attributes:
        too_high: The rate is surely above one in two, which cold outreach does not reach.
        too_even: Cohorts agree more than chance allows, as if filled in by hand.
        evenness_p: Chance of cohorts about as even as these; None with fewer than four.
    """

    too_high: bool
    too_even: bool
    evenness_p: float | None


def plausibility(count: Sequence[int], nobs: Sequence[int]) -> Plausibility:
    """Look for counts that are more likely a mistake of counting than a result.

    Raises:
        ValueError: The counts are impossible.
    """
    checked = counts.cohorts(count, nobs)
    successes, total = sum(checked.count), sum(checked.nobs)
    too_high = successes > _CEILING * total and (
        single_look.clopper_pearson(successes, total, 2 * ALARM)[0] > _CEILING
    )
    evenness = _evenness_p(checked)
    return Plausibility(too_high, evenness is not None and evenness < ALARM, evenness)


def _evenness_p(cohorts: counts.Cohorts) -> float | None:
    """Lower tail of the chi-square, at least the chance of these very counts given their total.

    The second keeps a few small cohorts that agree by luck from counting as a miracle.
    """
    chi2, freedom = dispersion.chi_square(cohorts.count, cohorts.nobs)
    successes, total = sum(cohorts.count), sum(cohorts.nobs)
    if freedom + 1 < dispersion.MIN_COHORTS or successes in (0, total):
        return None
    log_table = math.fsum(map(_log_binomial, cohorts.nobs, cohorts.count))
    log_table -= _log_binomial(total, successes)
    tail = float(gammainc(freedom / 2, chi2 / 2))
    return min(max(tail, math.exp(log_table), single_look.SMALLEST_P), 1.0)


def _log_binomial(n: int, x: int) -> float:
    return math.lgamma(n + 1.0) - math.lgamma(x + 1.0) - math.lgamma(n - x + 1.0)
