"""What does a report of thousands of experiments cost, beside other libraries one by one?

    python benchmarks/bench_report.py [--small] [--sizes N ...]

Experiments of two variants, eight rows of results each: four weeks, two reps, drawn from rates of 5
to 15 %. Ours is everything that the report says: every metric of every variant against its target,
the variants against each other, at every week so far; confidence sequences, the checks, how many
prospects are still needed, the next split, the verdict in words. The others compute less: none has
evidence that holds at every look but gbstats, none a forecast. So each is also held against the
same figures alone, by our functions. Python looks for cyclic garbage as it does for our commands.

statsmodels is always there. gbstats (GrowthBook) and tea-tasting ask for another numpy; they are
measured where they are installed beside abtest, in an environment of their own:

    python -m venv scratch && scratch/bin/pip install -e . gbstats tea-tasting "pyarrow<20"
    scratch/bin/python benchmarks/bench_report.py
"""

from __future__ import annotations

import datetime as dt
import tempfile
import time
import tracemalloc
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

import numpy as np
from measuring import options, table
from others import gbstats_calls, statsmodels_calls, tea_tasting_calls

from abtest import analyze, load
from abtest.cli import collect_rarely
from abtest.model import Cohort, Experiment, Experiments, Profile, Touch, Variant
from abtest.plan import Plan
from abtest.stats import quality, single_look
from abtest.stats.compare import compare

AS_OF = dt.date(2026, 11, 1)
METRICS = ("responses", "meetings")

_EXPERIMENT = """\
---
title: Does opener {number} draw more answers?
status: running
profile: {{industry: Outbound software, location: United States, title: VP of Sales}}
control: a
sample: true
---
"""
_VARIANT = """\
---
title: Opener {number}{name}
author: kim
results:
{results}---
## Email
Subject: The new roles in Boise

Hi {{{{first_name}}}}, your Boise office listed {number} roles this month. Who trains the new reps?
"""


def write_team(folder: Path, experiments: int) -> None:
    """Write `messages` with that many experiments."""
    generator = np.random.default_rng(11)
    for number in range(experiments):
        place = folder / "messages" / f"opener-{number:06d}"
        place.mkdir(parents=True)
        (place / "experiment.md").write_text(_EXPERIMENT.format(number=number))
        for name, rate in zip("ab", generator.uniform(0.05, 0.15, 2), strict=True):
            results = "".join(_results(generator, rate))
            text = _VARIANT.format(number=number, name=name, results=results)
            (place / f"{name}.md").write_text(text)


def _results(generator: np.random.Generator, rate: float) -> Iterator[str]:
    """Rows of four weeks by two reps."""
    for rep in ("kim", "lee"):
        yield f"  {rep}:\n"
        for week in range(4):
            sent = int(generator.integers(25, 60))
            responses = int(generator.binomial(sent - 1, rate))
            yield (
                f"    - {{date: 2026-09-{7 + 7 * week:02d}, sent: {sent}, bounced: 1, "
                f"responses: {responses}, meetings: {generator.binomial(responses, 0.3)}}}\n"
            )


@dataclass(frozen=True)
class Counts:
    """An experiment's counts: by metric and variant, cumulative by week, and in all."""

    weekly: dict[str, list[list[tuple[int, int]]]]
    cells: list[list[tuple[int, int]]]

    @classmethod
    def of(cls, experiment: Experiment) -> Counts:
        """Of both variants, the control first."""
        arms = [sorted(v.cohorts, key=lambda c: (c.date, c.rep)) for v in experiment]
        weekly = {metric: [_weekly(arm, metric) for arm in arms] for metric in METRICS}
        cells = [[(c.get("responses"), c.reached) for c in arm] for arm in arms]
        return cls(weekly, cells)

    def totals(self, metric: str) -> list[tuple[int, int]]:
        """Successes and prospects of both variants."""
        return [arm[-1] for arm in self.weekly[metric]]


def _weekly(arm: Sequence[Cohort], metric: str) -> list[tuple[int, int]]:
    count = accumulate(c.get(metric) for c in arm)
    return list(zip(count, accumulate(c.reached for c in arm), strict=True))[1::2]


def as_statsmodels(counts: Counts) -> None:
    """Our functions for what statsmodels is asked for."""
    for metric in METRICS:
        a, b = counts.totals(metric)
        for total in (a, b):
            single_look.wilson(*total, 0.05)
            if metric == "responses":
                single_look.binomial_tails(*total, 0.10)
                single_look.target_z(*total, 0.10)
    a, b = counts.totals("responses")
    single_look.two_sided_p(single_look.pooled_z(*a, *b))
    single_look.newcombe(*a, *b, 0.05)
    single_look.fisher(*a, *b)
    for cells in counts.cells:
        quality.heterogeneity(*zip(*cells, strict=True))
    quality.sample_ratio([a[1], b[1]], [1.0, 1.0])


def as_gbstats(counts: Counts) -> None:
    """Our functions for what gbstats is asked for: evidence for every look, and beliefs."""
    for metric in METRICS:
        compare(*counts.totals(metric))
    quality.sample_ratio([nobs for _, nobs in counts.totals("responses")], [1.0, 1.0])


def as_tea_tasting(counts: Counts) -> None:
    """Our functions for what tea-tasting is asked for: a difference and an exact test."""
    for metric in METRICS:
        a, b = counts.totals(metric)
        single_look.newcombe(*a, *b, 0.05)
        single_look.fisher(*a, *b)
    quality.sample_ratio([nobs for _, nobs in counts.totals("responses")], [1.0, 1.0])


def milliseconds(task: Callable[[Counts], object], found: Sequence[Counts], rounds: int) -> float:
    """The least processor time an experiment."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        for counts in found:
            task(counts)
        times.append(time.process_time() - start)
    return 1000 * min(times) / len(found)


def whole(experiments: Experiments, rounds: int) -> float:
    """Our whole report, read already: the least milliseconds an experiment."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        analyze(experiments, as_of=AS_OF)
        times.append(time.process_time() - start)
    return 1000 * min(times) / len(experiments)


def read(folder: Path) -> tuple[Experiments, float]:
    """The experiments, and the milliseconds that reading one took."""
    start = time.process_time()
    experiments = load(folder / "messages")
    return experiments, 1000 * (time.process_time() - start) / len(experiments)


def beside(
    experiments: Experiments, reading: float, rounds: int, small: bool
) -> Iterator[list[str]]:
    """The lines of the table of libraries."""
    ours = whole(experiments, rounds)
    counts = [Counts.of(e) for e in experiments.published][: 20 if small else 200]
    yield ["abtest: the whole report, reading included", f"{ours + reading:.2f}", "", "", ""]
    yield ["abtest: the whole report", f"{ours:.2f}", "1", "", ""]
    others = (
        (statsmodels_calls, as_statsmodels, len(counts)),
        (gbstats_calls, as_gbstats, min(50, len(counts))),
        (tea_tasting_calls, as_tea_tasting, 2),
    )
    for calls, same, size in others:
        alike = milliseconds(same, counts, rounds)
        for name, call in calls():
            took = milliseconds(call, counts[:size], rounds if size > 2 else 1)
            ratios = (took / ours, took / (ours + reading), took / alike)
            yield [name, f"{took:.2f}", *(f"{ratio:.1f}" for ratio in ratios)]


def growth(folder: Path, sizes: Sequence[int], rounds: int) -> Iterator[list[str]]:
    """The lines of the table of sizes."""
    first = 0.0
    for size in sizes:
        write_team(folder / str(size), size)
        experiments, reading = read(folder / str(size))
        ours = whole(experiments, rounds)
        first = first or ours
        yield [f"{size:,}", f"{ours:.2f}", f"{ours / first:.2f}", f"{reading:.2f}"]


def memory(weeks: int) -> tuple[float, float]:
    """Megabytes that a report of one experiment needs at most, and those that it keeps."""

    def variant(name: str, every: int) -> Variant:
        rows = tuple(
            Cohort("kim", AS_OF - dt.timedelta(weeks=3 + w), {"sent": 40, "responses": w % every})
            for w in range(weeks)
        )
        touch = Touch("email", 1, None, "Roles", "Hi", 4, 2)
        return Variant(f"e/{name}", name, name, f"messages/e/{name}.md", (touch,), rows)

    variants = {name: variant(name, every) for name, every in (("a", 9), ("b", 10))}
    profile = Profile("Software", "Ohio", "VP of Sales")
    one = Experiment("e", "E", "running", profile, "a", "messages/e/experiment.md", variants)
    tracemalloc.start()
    report = analyze(Experiments({"e": one}, Plan(), "messages"), as_of=AS_OF)
    kept, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert report.experiments
    return peak / 1e6, kept / 1e6


def main() -> None:
    """Measure, and print the tables."""
    collect_rarely()
    warnings.simplefilter("ignore")  # those of the other libraries
    parser = options(__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[500, 5_000], metavar="N")
    chosen = parser.parse_args()
    sizes, rounds = ([20, 40], 1) if chosen.small else (chosen.sizes, 3)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        lines = list(growth(folder, sizes, rounds))
        experiments, reading = read(folder / str(sizes[-1]))
        heads = ("an experiment", "CPU ms", "× ours", "× ours and reading", "× the same by ours")
        print(table(heads, list(beside(experiments, reading, rounds, chosen.small))))
    print()
    print(table(("experiments", "ms each", "× the first", "reading, ms each"), lines))
    print()
    memory(10)
    used = [(weeks, *memory(weeks)) for weeks in (10, 50, 100, 500, 1_000)]
    cells = [[f"{w:,}", f"{peak - kept:.2f}", f"{kept:.2f}"] for w, peak, kept in used]
    print(table(("looks at one experiment", "MB to work with", "MB of the report"), cells))


if __name__ == "__main__":
    main()
