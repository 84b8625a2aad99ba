"""One experiment on one day: its cohorts arranged once for everything that is asked of them."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from abtest.analysis import cohorts
from abtest.analysis.frame import Frame, frame
from abtest.analysis.pairs import Rules
from abtest.model import Cohort, Experiment
from abtest.plan import Metric, Plan
from abtest.stats.planning import first_cohorts


@dataclass(frozen=True, slots=True)
class Trial:
    """An experiment with what is judged of it.

    Attributes:
        experiment: As the files have it.
        names: Local ids of its variants, the control first; `ids` their whole ids.
        splits: By name, all cohorts sent so far.
        judged: By name, what is judged: all mature cohorts, or in a fixed design the first n.
        arms: By id, the cohorts that are judged.
        frame: What is measured, and against what.
        rules: What decides a comparison.
    """

    experiment: Experiment
    names: tuple[str, ...]
    ids: tuple[str, ...]
    splits: Mapping[str, cohorts.Split]
    judged: Mapping[str, cohorts.Split]
    arms: Mapping[str, Sequence[Cohort]]
    frame: Frame
    rules: Rules
    _series: dict[tuple[str, str, str], cohorts.Series] = field(default_factory=dict)

    @classmethod
    def of(cls, experiment: Experiment, plan: Plan, as_of: dt.date) -> Trial:
        """The experiment on a day."""
        names = tuple(sorted(experiment.variants, key=lambda n: (n != experiment.control, n)))
        splits = {
            name: cohorts.split(experiment[name].cohorts, as_of=as_of, window=plan.response_window)
            for name in names
        }
        judged = splits
        if experiment.fixed is not None:
            judged = {name: _first(split, experiment.fixed) for name, split in splits.items()}
        planned = _planned(judged.values(), experiment.fixed)
        measured = frame(experiment, plan, planned)
        effect = experiment.smallest_effect
        rules = Rules(
            alpha=plan.alpha,
            smallest_effect=plan.smallest_effect if effect is None else effect,
            target=measured.target or plan.target,
            fixed=planned,
        )
        ids = tuple(experiment[name].id for name in names)
        arms = dict(zip(ids, (judged[name].mature for name in names), strict=True))
        return cls(experiment, names, ids, splits, judged, arms, measured, rules)

    def series(self, name: str, metric: Metric) -> cohorts.Series:
        """A variant's judged cohorts of week and rep, on one metric; arranged only once."""
        key = (name, metric.count, metric.per)
        if key not in self._series:
            self._series[key] = cohorts.series(self.judged[name].mature, metric.count, metric.per)
        return self._series[key]

    def strata(self) -> cohorts.Strata:
        """What was sent side by side, on the primary metric."""
        primary = self.frame.primary
        return cohorts.strata(list(self.arms.values()), primary.count, primary.per)


def _first(split: cohorts.Split, fixed: int) -> cohorts.Split:
    kept = first_cohorts([cohort.reached for cohort in split.mature], fixed)
    return cohorts.Split(split.mature[:kept], split.mature[kept:] + split.maturing)


def _planned(judged: Iterable[cohorts.Split], fixed: int | None) -> int | None:
    """Prospects per variant that a fixed design judges; out of reach until all have them."""
    if fixed is None:
        return None
    ready = all(cohorts.total(split.mature, "reached") >= fixed for split in judged)
    return fixed if ready else sys.maxsize
