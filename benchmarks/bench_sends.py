"""How many prospects until a decision, beside GrowthBook's sequential test and a fixed design?

    python benchmarks/bench_sends.py [--small] [--runs N]

Two variants, pushed in batches of 20 prospects each, looked at after every push. Each method is
stopped at the push by which it has decided rightly in the wished share of all runs, its power; a
run that is still open there counts with all its prospects. A fixed design of that power is judged
once: by the z-test, as planners compute it, and by Fisher's exact test, which holds its error rate.

GrowthBook's test is an asymptotic confidence sequence (Waudby-Smith et al., arXiv 2103.06476v7,
equations 9, 155 and 161) with a tuning parameter: for each pair of rates the one that needs the
fewest prospects is taken, as no user could know it; the last line has the one that is best for all
pairs together. It is taken on absolute differences; on relative ones, its default, it does not hold
its error rate, as the second table shows. Where gbstats is installed (`pip install gbstats`, best
into an environment of its own), our arrays are first held to its numbers. All methods see the same
draws, with a fixed seed.
"""

from __future__ import annotations

import importlib
import math
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import NormalDist, fmean

import numpy as np
from measuring import options, table
from numpy.typing import NDArray

from abtest.stats import power
from abtest.stats.hypergeometric import informative
from abtest.stats.odds_ratio import evidence

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

ALPHA, PUSH = 0.05, 20
TUNINGS = (100, 200, 350, 500, 1000, 2000, 5000)
PAIRS = ((0.10, 0.15), (0.05, 0.10), (0.10, 0.20), (0.10, 0.07), (0.05, 0.08), (0.02, 0.04))
EQUAL = (0.02, 0.05, 0.10, 0.20)

#: Simulated runs go on for so many times the prospects of the fixed design, and null runs so long.
_LONGEST, _NULL = 2.2, 2000


@dataclass(frozen=True)
class Runs:
    """Simulated runs: successes of each push, shape (runs, pushes)."""

    a: Ints
    b: Ints

    @classmethod
    def drawn(cls, rates: tuple[float, float], size: int, pushes: int) -> Runs:
        """From a generator with a fixed seed."""
        generator = np.random.default_rng(round(1e6 * rates[0] + 1e3 * rates[1]))
        a, b = (generator.binomial(PUSH, rate, size=(size, pushes)) for rate in rates)
        return cls(a, b)

    def totals(self) -> tuple[Ints, Ints, Ints]:
        """Successes of both arms and prospects of one, up to each push."""
        n = PUSH * np.arange(1, self.a.shape[1] + 1)
        return self.a.cumsum(axis=1), self.b.cumsum(axis=1), n


def ours(runs: Runs) -> Ints:
    """The verdict by each push: 1 for b, −1 for a, 0 for none."""
    size, pushes = runs.a.shape
    shape = np.full(size * pushes, PUSH)
    look, run = np.tile(np.arange(pushes), size), np.arange(size).repeat(pushes)
    strata = informative(runs.a.ravel(), shape, runs.b.ravel(), shape, look, run)
    found = evidence(strata, [pushes] * size, ALPHA)
    decided = found.log_e >= -math.log(ALPHA)
    return _kept(np.where(decided, np.sign(found.log_e_b - found.log_e_a), 0.0), (size, pushes))


def growthbook(runs: Runs, tuning: float, *, relative: bool) -> Ints:
    """The same by GrowthBook's test; no verdict where an arm has no success, as it gives none."""
    x_a, x_b, n = runs.totals()
    e = growthbook_log_e(x_a / n, x_b / n, n, tuning, relative=relative)
    return _kept(np.where(e >= -math.log(ALPHA), np.sign(x_b - x_a), 0.0), x_a.shape)


def growthbook_log_e(a: Floats, b: Floats, n: Ints, tuning: float, *, relative: bool) -> Floats:
    """Minus the logarithm of its p-value (equation 155), the variances as gbstats has them."""
    known = (a > 0) & (b > 0) & (a < 1) & (b < 1)
    safe_a, safe_b = np.where(known, a, 0.5), np.where(known, b, 0.5)
    var_a, var_b = (rate * (1 - rate) / n for rate in (safe_a, safe_b))
    difference, variance = safe_b - safe_a, var_a + var_b
    if relative:
        difference = difference / safe_a
        variance = var_b / safe_a**2 + var_a * safe_b**2 / safe_a**4
    rho2 = (-2 * math.log(ALPHA) + math.log(-2 * math.log(ALPHA) + 1)) / tuning
    spread = 2 * n * rho2 + 1
    log_e = rho2 * difference**2 * 2 * n / variance / (2 * spread) - np.log(spread) / 2
    return np.where(known, log_e, 0.0)


def _kept(verdicts: Floats, shape: tuple[int, ...]) -> Ints:
    """The first verdict of each run, from its push on."""
    grid = verdicts.reshape(shape).astype(np.int64)
    first = (grid != 0).argmax(axis=1)
    rows = np.arange(len(grid))
    later = np.arange(shape[1]) >= first[:, None]
    return np.where(later, grid[rows, first][:, None], 0)


def mean_prospects(verdicts: Ints, sign: int, wished: float) -> float | None:
    """Mean prospects of an arm until a decision, for that power; None where it is not reached."""
    right = (verdicts == sign).mean(axis=0)
    if right[-1] < wished:
        return None
    stop = int((right >= wished).argmax()) + 1
    undecided = (verdicts[:, :stop] == 0).sum(axis=1)
    return PUSH * float(np.minimum(undecided + 1, stop).mean())


def z_test_size(rates: tuple[float, float], wished: float) -> float:
    """Prospects of each arm for the pooled z-test."""
    z, (a, b) = NormalDist().inv_cdf, rates
    mean = (a + b) / 2
    root = -z(ALPHA / 2) * math.sqrt(2 * mean * (1 - mean))
    root += z(wished) * math.sqrt(a * (1 - a) + b * (1 - b))
    return (root / (b - a)) ** 2


def ways(runs: Runs) -> Iterator[tuple[str, Ints]]:
    """Ours, and GrowthBook's in every tuning."""
    yield "", ours(runs)
    for tuning in TUNINGS:
        yield f"{tuning}", growthbook(runs, tuning, relative=False)


def powers(size: int, pairs: Sequence[tuple[float, float]]) -> Iterator[list[str]]:
    """The lines of the table of prospects, and their means."""
    ratios: list[tuple[float, float, float]] = []
    by_tuning: dict[str, list[float]] = {str(tuning): [] for tuning in TUNINGS}
    for rates in pairs:
        sign = 1 if rates[1] > rates[0] else -1
        pushes = math.ceil(_LONGEST * z_test_size(rates, 0.9) / PUSH)
        verdicts = dict(ways(Runs.drawn(rates, size, pushes)))
        for wished in (0.8, 0.9):
            found = {name: mean_prospects(v, sign, wished) for name, v in verdicts.items()}
            mine = found.pop("") or math.nan
            best = min((n, name) for name, n in found.items() if n is not None)
            for name, n in found.items():
                by_tuning[name].append(math.inf if n is None else n / mine)
            z = z_test_size(rates, wished)
            exact = power.fixed_for_difference(*rates, power=wished, alpha=ALPHA) or math.nan
            ratios.append((mine / best[0], mine / z, mine / exact))
            numbers = [f"{mine:,.0f}", f"{best[0]:,.0f} ({best[1]})", f"{z:,.0f}", f"{exact:,.0f}"]
            what = f"{100 * rates[0]:g} % and {100 * rates[1]:g} %, power {100 * wished:g} %"
            yield [what, *numbers, *(f"{ratio:.2f}" for ratio in ratios[-1])]
    means = [f"{fmean(column):.2f}" for column in zip(*ratios, strict=True)]
    yield ["mean", "", "", "", "", *means]
    one = min(by_tuning, key=lambda name: fmean(by_tuning[name]))
    ratio = fmean(1 / theirs for theirs in by_tuning[one])
    yield ["mean, one tuning for all", "", f"({one})", "", "", f"{ratio:.2f}", "", ""]


def errors(size: int) -> Iterator[list[str]]:
    """The lines of the table of false verdicts."""
    for rate in EQUAL:
        runs = Runs.drawn((rate, rate), size, _NULL // PUSH)
        mine, *theirs = (_false(verdicts) for _, verdicts in ways(runs))
        relative = max(_false(growthbook(runs, t, relative=True)) for t in TUNINGS)
        spread = 1.96 * math.sqrt(mine * (1 - mine) / size)
        cells = (f"{100 * mine:.1f} ± {100 * spread:.1f}", f"{100 * max(theirs):.1f}")
        yield [f"both {100 * rate:g} %", *cells, f"{100 * relative:.1f}"]


def _false(verdicts: Ints) -> float:
    return float((verdicts[:, -1] != 0).mean())


def check_against_gbstats() -> None:
    """Hold our arrays to the package.

    Raises:
        SystemExit: They differ.
    """
    try:
        tests = importlib.import_module("gbstats.frequentist.tests")
    except ImportError as error:
        print(f"(not held to gbstats: {error})", file=sys.stderr)
        return
    statistic = importlib.import_module("gbstats.models.statistics").ProportionStatistic
    for a, b, n in ((30, 45, 300), (5, 9, 80), (200, 160, 2000)):
        for relative in (False, True):
            kind = "relative" if relative else "absolute"
            config = tests.SequentialConfig(sequential_tuning_parameter=500, difference_type=kind)
            stats = (statistic(n=n, sum=count) for count in (a, b))
            theirs = tests.SequentialTwoSidedTTest(*stats, config).compute_result().p_value
            rates = (np.array([a / n]), np.array([b / n]), np.array([n]))
            mine = math.exp(-max(float(growthbook_log_e(*rates, 500, relative=relative)[0]), 0.0))
            if abs(mine - theirs) > 1e-9 * theirs:
                raise SystemExit(f"GrowthBook's p is {theirs}, ours of it {mine}.")


def main() -> None:
    """Simulate, and print the tables."""
    parser = options(__doc__)
    parser.add_argument("--runs", type=int, default=2000, metavar="N")
    chosen = parser.parse_args()
    check_against_gbstats()
    size, pairs = (200, PAIRS[2:3]) if chosen.small else (chosen.runs, PAIRS)
    head = ("true rates", "ours", "GrowthBook (best tuning)", "fixed, z-test", "fixed, exact")
    ratios = ("ours / GrowthBook", "ours / z-test", "ours / exact")
    print(table((*head, *ratios), list(powers(size, pairs))))
    print()
    null = (f"false verdicts in % within {_NULL:,} of each", "ours", "GrowthBook, worst tuning")
    print(table((*null, "the same, relative"), list(errors(size))))


if __name__ == "__main__":
    main()
