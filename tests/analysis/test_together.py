"""Experiments judged together are judged as each by itself, to the last digit, in little memory."""

import tracemalloc

import numpy as np
import pytest
from builders import AS_OF, cohort, experiment

import abtest
from abtest.analysis.experiments import judge_experiment
from abtest.model import Experiments
from abtest.plan import Plan


def drawn(generator, name):
    """An experiment of two to four variants, over a few weeks or many, by one rep or two."""
    weeks, reps = int(generator.integers(0, 14)), int(generator.integers(1, 3))
    rates = generator.choice([0.04, 0.10, 0.20], size=int(generator.integers(2, 5)))
    arms = {}
    for arm, rate in zip("abcd", rates, strict=False):
        sizes = generator.integers(5, 60, size=(weeks, reps))
        arms[arm] = [
            cohort(
                week, int(size), int(x), rep=f"rep{rep}", meetings=int(x) // 3, optouts=int(x) // 5
            )
            for week, row in enumerate(sizes)
            for rep, (size, x) in enumerate(zip(row, generator.binomial(row, rate), strict=True))
        ]
    fixed = None if generator.random() < 0.8 else 150
    return experiment(arms, id=name, fixed=fixed)


@pytest.mark.parametrize("size", [3, 60])
def test_experiments_together_are_judged_as_each_by_itself(size):
    generator = np.random.default_rng(size)
    made = {f"e{i}": drawn(generator, f"e{i}") for i in range(size)}
    report = abtest.analyze(Experiments(made, Plan(), "messages"), as_of=AS_OF)
    for result in report:
        assert result == judge_experiment(made[result.id], Plan(), AS_OF)
    if size > 3:
        assert {result.verdict.state for result in report} >= {"winner", "undecided", "no_data"}


def memory(weeks):
    """Bytes that judging an experiment takes for a while, and bytes that its result keeps."""
    arms = {
        arm: [cohort(week, 40, week % every) for week in range(-weeks, 0)]
        for arm, every in (("a", 9), ("b", 10))
    }
    made = experiment(arms)
    judge_experiment(made, Plan(), AS_OF)  # what is kept for the next one is kept by now
    tracemalloc.start()
    result = judge_experiment(made, Plan(), AS_OF)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(result.comparisons[0].test.looks) == weeks
    return peak - kept, kept


def test_memory_stays_flat_in_the_number_of_looks():
    (few, _), (many, kept), (more, kept_more) = map(memory, (50, 500, 1000))
    assert many < 2 * few  # ten times the looks
    assert more - many < 2 * (kept_more - kept)  # twice what the result keeps of each look
