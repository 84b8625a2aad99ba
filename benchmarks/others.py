"""What other libraries are asked for, on the counts of one experiment.

Each gives the figures of our report that it has: statsmodels those of a single look, gbstats a
sequential and a Bayesian test, tea-tasting an exact or a normal test of the difference.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any, Protocol

from scipy.stats import chisquare, fisher_exact
from statsmodels.stats.proportion import (
    binom_test,
    confint_proportions_2indep,
    proportion_confint,
    proportions_chisquare,
    proportions_ztest,
)

METRICS = ("responses", "meetings")


class Counts(Protocol):
    """Of two variants: cells of week and rep, and totals."""

    cells: list[list[tuple[int, int]]]

    def totals(self, metric: str) -> list[tuple[int, int]]:
        """Successes and prospects of both variants."""


#: A name, and what it computes of an experiment.
Calls = Iterator[tuple[str, Callable[[Any], object]]]


def _missing(error: ImportError, name: str) -> None:
    print(f"({name} is not measured: {error})", file=sys.stderr)


def statsmodels_calls() -> Calls:
    """Figures of a single look, and two checks."""
    yield "statsmodels and scipy: one look, no sequences, no forecast", _by_statsmodels


def _by_statsmodels(counts: Counts) -> None:
    for metric in METRICS:
        for count, nobs in counts.totals(metric):
            proportion_confint(count, nobs, method="wilson")
            if metric == "responses":
                binom_test(count, nobs, 0.10, alternative="larger")
                binom_test(count, nobs, 0.10, alternative="smaller")
                proportions_ztest(count, nobs, 0.10, prop_var=0.10)
    a, b = counts.totals("responses")
    proportions_ztest([a[0], b[0]], [a[1], b[1]])
    confint_proportions_2indep(*b, *a, method="newcomb", compare="diff")
    fisher_exact([[a[0], a[1] - a[0]], [b[0], b[1] - b[0]]])
    for cells in counts.cells:
        proportions_chisquare(*zip(*cells, strict=True))
    chisquare([a[1], b[1]])


def gbstats_calls() -> Calls:
    """GrowthBook's tests called directly, and through its own entrance."""
    try:
        yield "gbstats: its two test classes alone", _gbstats_classes()
        yield "gbstats: process_experiment_results", _gbstats_entrance()
    except ImportError as error:
        _missing(error, "gbstats")


def _gbstats_classes() -> Callable[[Counts], None]:
    bayesian = importlib.import_module("gbstats.bayesian.tests")
    frequentist = importlib.import_module("gbstats.frequentist.tests")
    statistic = importlib.import_module("gbstats.models.statistics").ProportionStatistic
    check_srm = importlib.import_module("gbstats.utils").check_srm

    def run(counts: Counts) -> None:
        for metric in METRICS:
            a, b = (statistic(n=nobs, sum=count) for count, nobs in counts.totals(metric))
            frequentist.SequentialTwoSidedTTest(a, b).compute_result()
            bayesian.EffectBayesianABTest(a, b).compute_result()
        check_srm([nobs for _, nobs in counts.totals("responses")], [0.5, 0.5])

    return run


def _gbstats_entrance() -> Callable[[Counts], None]:
    process = importlib.import_module("gbstats.gbstats").process_experiment_results
    arms: dict[str, Any] = {
        "var_names": ["a", "b"],
        "var_ids": ["0", "1"],
        "weights": [0.5, 0.5],
    }
    engines = [
        {**arms, "stats_engine": "bayesian"},
        {**arms, "stats_engine": "frequentist", "sequential_testing_enabled": True},
    ]
    kind = {"statistic_type": "mean", "main_metric_type": "binomial"}
    metrics = {metric: {"id": metric, "name": metric, **kind} for metric in METRICS}

    def run(counts: Counts) -> None:
        rows = []
        for arm in (0, 1):
            row: dict[str, Any] = {"dimension": "", "variation": str(arm)}
            for i, metric in enumerate(METRICS):
                count, nobs = counts.totals(metric)[arm]
                row |= {"users": nobs, "count": nobs}
                row |= {f"m{i}_id": metric, f"m{i}_count": nobs, f"m{i}_denominator_sum": 0}
                row |= {f"m{i}_main_sum": count, f"m{i}_main_sum_squares": count}
            rows.append(row)
        queries = [{"rows": rows, "metrics": list(METRICS)}]
        process({"metrics": metrics, "analyses": engines, "query_results": queries})

    return run


def tea_tasting_calls() -> Calls:
    """tea-tasting on a table of prospects: as it comes, and by its quickest test."""
    try:
        tea = importlib.import_module("tea_tasting")
        yield "tea-tasting: Proportion, as it comes", _tea_tasting(tea, tea.Proportion)
        yield "tea-tasting: Mean, normal theory", _tea_tasting(tea, tea.Mean)
    except ImportError as error:
        _missing(error, "tea-tasting")


def _tea_tasting(tea: Any, kind: Callable[[str], Any]) -> Callable[[Counts], None]:
    pandas = importlib.import_module("pandas")
    asked = {metric: kind(metric) for metric in METRICS}
    experiment = tea.Experiment(**asked, split=tea.SampleRatio())

    def run(counts: Counts) -> None:
        columns: dict[str, list[int]] = {"variant": []}
        columns |= {metric: [] for metric in METRICS}
        for arm in (0, 1):
            columns["variant"] += [arm] * counts.totals("responses")[arm][1]
            for metric in METRICS:
                count, nobs = counts.totals(metric)[arm]
                columns[metric] += [1] * count + [0] * (nobs - count)
        experiment.analyze(pandas.DataFrame(columns))

    return run
