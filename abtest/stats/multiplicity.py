"""Many variants, many experiments: claims that hold together.

E-values make this simple: the union bound and Wang & Ramdas' procedure hold under any dependence
and at any time one looks.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from abtest.stats import counts
from abtest.stats.results import Comparison, PairState


@dataclass(frozen=True, slots=True)
class Winner:
    """The variant that beats every other.

    Attributes:
        winner: Its name, or None where none does.
        decided_at: Index of the look at which the last of its comparisons was decided.
    """

    winner: str | None
    decided_at: int | None


def winner(
    names: Sequence[str], tests: Mapping[tuple[str, str], Comparison], *, alpha: float = 0.05
) -> Winner:
    """The variant that is better than every other, by comparisons made for all of them.

    With k variants each comparison asks for one-sided evidence of k / alpha. A false winner must
    have beaten a truly best variant, each with chance at most alpha / k at any time, so that a
    false winner is ever declared with chance at most alpha.

    Args:
        names: All variants of the experiment.
        tests: (a, b) → b against a, once for every two variants, each computed with
            `variants=len(names)` and this alpha.
        alpha: Error rate of the experiment.

    Raises:
        ValueError: A comparison is missing, or alpha is not between 0 and 1.
    """
    counts.proportion(alpha, "alpha")
    for name in names:
        rivals = [other for other in names if other != name]
        results = [_against(tests, name, rival) for rival in rivals]
        if rivals and all(beats for beats, _ in results):
            known = [look for _, look in results if look is not None]
            return Winner(name, max(known) if len(known) == len(rivals) else None)
    return Winner(None, None)


def winner_index(log_e: Sequence[Sequence[float]], *, alpha: float = 0.05) -> int | None:
    """The same rule on a matrix: entry (i, j) is the log e-value for "i beats j" at one look.

    Returns:
        The row whose every entry, but for the diagonal, reaches log(k / alpha); or None.
    """
    enough = math.log(len(log_e) / counts.proportion(alpha, "alpha"))
    for i, row in enumerate(log_e):
        if len(row) > 1 and all(e >= enough for j, e in enumerate(row) if j != i):
            return i
    return None


def e_holm(log_e: Sequence[float], *, alpha: float = 0.05) -> list[bool]:
    """Holm's procedure on anytime p-values: which hypotheses are rejected.

    Strongest first, the r-th of m is rejected while its e-value reaches (m − r + 1) / alpha. The
    chance of any false rejection, at any look, is at most alpha, also on running maxima.
    """
    log_alpha = math.log(counts.proportion(alpha, "alpha"))
    rejected = [False] * len(log_e)
    for rank, i in enumerate(_strongest_first(log_e)):
        if log_e[i] < math.log(len(log_e) - rank) - log_alpha:
            break
        rejected[i] = True
    return rejected


def e_benjamini_hochberg(log_e: Sequence[float], *, alpha: float = 0.05) -> list[bool]:
    """The e-BH procedure (Wang & Ramdas 2022): which hypotheses are discoveries.

    Rejects the k strongest of m for the largest k whose k-th e-value reaches m / (alpha k). The
    false discovery rate is at most alpha under any dependence, on current e-values, not on
    running maxima.
    """
    log_alpha = math.log(counts.proportion(alpha, "alpha"))
    order = _strongest_first(log_e)
    reached = [
        k
        for k, i in enumerate(order, 1)
        if log_e[i] >= math.log(len(log_e)) - log_alpha - math.log(k)
    ]
    rejected = [False] * len(log_e)
    for i in order[: max(reached, default=0)]:
        rejected[i] = True
    return rejected


def _strongest_first(log_e: Sequence[float]) -> list[int]:
    return sorted(range(len(log_e)), key=lambda i: -log_e[i])


def _against(
    tests: Mapping[tuple[str, str], Comparison], name: str, rival: str
) -> tuple[bool, int | None]:
    """Whether `name` beats `rival`, and the look that decided it."""
    for pair, wanted in (((rival, name), PairState.BETTER), ((name, rival), PairState.WORSE)):
        if pair in tests:
            return tests[pair].state is wanted, tests[pair].decided_at
    raise ValueError(f"There is no comparison of {name!r} with {rival!r}.")
