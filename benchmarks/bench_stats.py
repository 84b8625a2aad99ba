"""What does a full analysis of two variants cost, beside other libraries' calls for less?

    python benchmarks/bench_stats.py [--small]

Every call has other counts, so that nothing is remembered. The ratio to ours is what carries over
to other machines. statsmodels is always there; gbstats (GrowthBook) and tea-tasting are measured
where they are installed beside abtest, in an environment of their own, since they ask for another
numpy:

    python -m venv scratch && scratch/bin/pip install -e . gbstats tea-tasting "pyarrow<20"
    scratch/bin/python benchmarks/bench_stats.py
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import numpy as np
from measuring import options, table
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import (
    binom_test,
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from abtest.stats.compare import Question, compare, compare_all
from abtest.stats.planning import more_needed, more_needed_for_all
from abtest.stats.proportion import against_target

#: Successes and prospects of two variants.
Pair: TypeAlias = tuple[tuple[int, int], tuple[int, int]]


def drawn(size: int) -> list[Pair]:
    """Pairs of a few hundred prospects with rates around ten percent."""
    generator = np.random.default_rng(3)
    found = []
    for _ in range(size):
        nobs = generator.integers(150, 500, size=2)
        counts = generator.binomial(nobs, generator.uniform(0.06, 0.16, size=2))
        a, b = ((int(x), int(n)) for x, n in zip(counts, nobs, strict=True))
        found.append((a, b))
    return found


def weekly(looks: int, reps: int, nobs: int, rate: float, seed: int) -> list[tuple[int, int]]:
    """Cohorts of a variant: every week, every rep."""
    counts = np.random.default_rng(seed).binomial(nobs, rate, size=looks * reps)
    return [(int(count), nobs) for count in counts]


def ours(a: tuple[int, int], b: tuple[int, int]) -> None:
    """Two variants against the target, and against each other: all figures of a report."""
    against_target(*a)
    against_target(*b)
    compare(a, b)


def ours_weekly(looks: int, reps: int) -> Callable[[], None]:
    """The same over weeks and reps, every week a look."""
    a, b = weekly(looks, reps, 40, 0.10, 1), weekly(looks, reps, 40, 0.12, 2)
    weeks = [i // reps for i in range(looks * reps)]

    def run() -> None:
        for arm in (a, b):
            count, nobs = zip(*arm, strict=True)
            against_target(count, nobs, looks=weeks)
        compare(a, b, looks=weeks)

    return run


def by_statsmodels(a: tuple[int, int], b: tuple[int, int]) -> None:
    """Wilson, exact and score test a variant; z test, Newcombe and Fisher for the pair."""
    for count, nobs in (a, b):
        proportion_confint(count, nobs, method="wilson")
        binom_test(count, nobs, 0.10, alternative="larger")
        proportions_ztest(count, nobs, 0.10, prop_var=0.10)
    proportions_ztest([a[0], b[0]], [a[1], b[1]])
    confint_proportions_2indep(*b, *a, method="newcomb", compare="diff")
    fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])


def by_gbstats() -> Callable[..., None]:
    """GrowthBook's sequential test and its Bayesian one."""
    bayesian = importlib.import_module("gbstats.bayesian.tests")
    frequentist = importlib.import_module("gbstats.frequentist.tests")
    statistic = importlib.import_module("gbstats.models.statistics").ProportionStatistic

    def run(*arms: tuple[int, int]) -> None:
        a, b = (statistic(n=nobs, sum=count) for count, nobs in arms)
        frequentist.SequentialTwoSidedTTest(a, b).compute_result()
        bayesian.EffectBayesianABTest(a, b).compute_result()

    return run


def by_tea_tasting() -> Callable[..., None]:
    """tea-tasting's test of proportions as it comes, on a table of prospects."""
    tea = importlib.import_module("tea_tasting")
    pandas = importlib.import_module("pandas")
    experiment = tea.Experiment(answered=tea.Proportion("answered"))

    def run(a: tuple[int, int], b: tuple[int, int]) -> None:
        answered = [int(i < count) for count, nobs in (a, b) for i in range(nobs)]
        variant = [0] * a[1] + [1] * b[1]
        experiment.analyze(pandas.DataFrame({"variant": variant, "answered": answered}))

    return run


def per_pair(task: Callable[..., object], pairs: Sequence[Pair]) -> Callable[[], float]:
    """Seconds of processor time a pair."""

    def spent() -> float:
        start = time.process_time()
        for a, b in pairs:
            task(a, b)
        return (time.process_time() - start) / len(pairs)

    return spent


def at_once(task: Callable[[], object], size: int) -> Callable[[], float]:
    """The same of something that takes all of them together."""

    def spent() -> float:
        start = time.process_time()
        task()
        return (time.process_time() - start) / size

    return spent


def tasks(pairs: Sequence[Pair]) -> Iterator[tuple[str, Callable[[], float]]]:
    """Everything to be measured; ours first."""
    size, few = len(pairs), pairs[:20]
    questions = [Question(a, b) for a, b in pairs]
    rates = [arm for pair in pairs for arm in pair]
    yield "abtest: two variants, totals", per_pair(ours, pairs)
    yield "abtest: 4 weeks", at_once(ours_weekly(4, 1), 1)
    yield "abtest: 8 weeks × 3 reps", at_once(ours_weekly(8, 3), 1)
    yield "abtest: 52 weeks × 5 reps", at_once(ours_weekly(52, 5), 1)
    yield "abtest: the comparison alone", per_pair(compare, pairs)
    yield "abtest: many comparisons at once, each", at_once(lambda: compare_all(questions), size)
    yield "abtest: prospects still needed, two rates", per_pair(_needed, few)
    yield (
        "abtest: the same for many rates at once, two of them",
        at_once(lambda: more_needed_for_all(rates), size),
    )
    yield "statsmodels, scipy: less of it", per_pair(by_statsmodels, few)
    for name, prepare, asked in (
        ("gbstats", by_gbstats, few),
        ("tea-tasting", by_tea_tasting, pairs[:2]),
    ):
        try:
            yield f"{name}: less of it", per_pair(prepare(), asked)
        except ImportError as missing:
            print(f"({name} is not measured: {missing})", file=sys.stderr)


def _needed(a: tuple[int, int], b: tuple[int, int]) -> None:
    for arm in (a, b):
        more_needed.__wrapped__(*arm)


def main() -> None:
    """Measure in turns, the least of all, and print the table."""
    small = options(__doc__).parse_args().small
    measured = dict(tasks(drawn(20 if small else 200)))
    spent = {name: min(run() for _ in range(1 if small else 7)) for name, run in measured.items()}
    first = next(iter(spent.values()))
    rows = [[name, f"{1e6 * s:,.0f}", f"{s / first:.2f}"] for name, s in spent.items()]
    print(table(("two variants", "CPU µs", "× ours"), rows))


if __name__ == "__main__":
    main()
