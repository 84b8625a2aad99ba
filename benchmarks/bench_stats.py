"""What does a full analysis of two variants cost, beside other libraries' calls for less?

    python benchmarks/bench_stats.py [ROUNDS]

One run prints processor time of each and, what alone means anything, its ratio to ours. statsmodels
is always there; gbstats (GrowthBook) and tea-tasting are measured where they are installed:
`pip install gbstats` or `pip install tea-tasting` into a scratch environment (they ask for
different numpy).
"""

from __future__ import annotations

import importlib
import sys
import time
from collections.abc import Callable, Iterator

import numpy as np
from scipy.stats import fisher_exact
from statsmodels.stats.proportion import (
    binom_test,
    confint_proportions_2indep,
    proportion_confint,
    proportions_ztest,
)

from abtest.stats.compare import compare
from abtest.stats.planning import more_needed
from abtest.stats.proportion import against_target

A, B = (52, 400), (71, 410)


def weekly(looks: int, reps: int, nobs: int, rate: float, seed: int) -> list[tuple[int, int]]:
    """Cohorts of a variant: every week, every rep."""
    counts = np.random.default_rng(seed).binomial(nobs, rate, size=looks * reps)
    return [(int(count), nobs) for count in counts]


def ours() -> None:
    """Two variants against the target, and against each other: all figures of a report."""
    against_target(*A)
    against_target(*B)
    compare(A, B)


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


def by_statsmodels() -> None:
    """Wilson, exact and score test a variant; z test, Newcombe and Fisher for the pair."""
    for count, nobs in (A, B):
        proportion_confint(count, nobs, method="wilson")
        binom_test(count, nobs, 0.10, alternative="larger")
        proportions_ztest(count, nobs, 0.10, prop_var=0.10)
    proportions_ztest([A[0], B[0]], [A[1], B[1]])
    confint_proportions_2indep(*B, *A, method="newcomb", compare="diff")
    fisher_exact([[A[0], A[1] - A[0]], [B[0], B[1] - B[0]]])


def by_gbstats() -> Callable[[], None]:
    """GrowthBook's sequential test and its Bayesian one."""
    bayesian = importlib.import_module("gbstats.bayesian.tests")
    frequentist = importlib.import_module("gbstats.frequentist.tests")
    statistic = importlib.import_module("gbstats.models.statistics").ProportionStatistic
    a, b = (statistic(n=nobs, sum=count) for count, nobs in (A, B))

    def run() -> None:
        frequentist.SequentialTwoSidedTTest(a, b).compute_result()
        bayesian.EffectBayesianABTest(a, b).compute_result()

    return run


def by_tea_tasting() -> Callable[[], None]:
    """tea-tasting's test of proportions, on a table of prospects."""
    tea = importlib.import_module("tea_tasting")
    pandas = importlib.import_module("pandas")
    answers = [[i < count for i in range(nobs)] for count, nobs in (A, B)]
    table = pandas.DataFrame(
        {
            "variant": [0] * A[1] + [1] * B[1],
            "answered": [int(x) for arm in answers for x in arm],
        }
    )
    experiment = tea.Experiment(answered=tea.Proportion("answered"))
    return lambda: experiment.analyze(table)


def microseconds(task: Callable[[], object], rounds: int) -> float:
    """The least processor time of a call."""
    task()
    times = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return 1e6 * min(times)


def tasks() -> Iterator[tuple[str, Callable[[], object]]]:
    """Everything to be measured; ours first."""
    yield "abtest: two variants, totals", ours
    yield "abtest: 4 weeks", ours_weekly(4, 1)
    yield "abtest: 8 weeks x 3 reps", ours_weekly(8, 3)
    yield "abtest: 52 weeks x 5 reps", ours_weekly(52, 5)
    yield "abtest: more_needed, one variant", lambda: more_needed.__wrapped__(*A)
    yield "statsmodels, scipy: less of it", by_statsmodels
    for name, prepare in (("gbstats", by_gbstats), ("tea-tasting", by_tea_tasting)):
        try:
            yield f"{name}: less of it", prepare()
        except ImportError as missing:
            print(f"({name} is not measured: {missing})", file=sys.stderr)


def main(rounds: int) -> None:
    """Print the table."""
    print(f"{'task':36}{'microseconds':>14}{'ratio to the first':>20}")
    first = 0.0
    for name, task in tasks():
        spent = microseconds(task, rounds)
        first = first or spent
        print(f"{name:36}{spent:14,.0f}{spent / first:20.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
