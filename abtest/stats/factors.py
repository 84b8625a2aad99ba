"""What experiments say together about the levels of a factor, drawn towards no effect.

One regression over all experiments: each has a rate of its own, each level of a factor an effect,
and each variant one more for all that is peculiar to its words. So a level that was tried in one
pair of messages says less than one that was tried in five, and two factors that always changed
together share what they did.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from abtest.stats.hypergeometric import Floats
from abtest.stats.results import Interval
from abtest.stats.ridge import Fit, Regression, mean_logit
from abtest.stats.single_look import normal_quantile

#: Prior sd of an experiment's own rate, of a level's effect and of a variant's peculiarities, on
#: the log odds scale.
EXPERIMENT_SD, LEVEL_SD, VARIANT_SD = 2.0, 0.5, 0.25


@dataclass(frozen=True, slots=True)
class Arm:
    """A variant's totals with the levels of its factors."""

    experiment: str
    variant: str
    levels: Mapping[str, str]
    count: int
    nobs: int


@dataclass(frozen=True, slots=True)
class Effects:
    """The regression over all arms.

    Attributes:
        columns: What each column of the design stands for.
    """

    columns: Mapping[tuple[str, str, str], int]
    fit: Fit

    @classmethod
    def of(cls, arms: Sequence[Arm]) -> Effects:
        """Fit it; arms without prospects say nothing."""
        keys = sorted({key for arm in arms for key in _keys(arm)})
        columns = {key: i for i, key in enumerate(keys)}
        design = np.zeros((len(arms), len(keys)))
        for i, arm in enumerate(arms):
            for key in _keys(arm):
                design[i, columns[key]] = 1.0
        count = np.array([arm.count for arm in arms], float)
        nobs = np.array([arm.nobs for arm in arms], float)
        precision = np.array([_SDS[kind] ** -2 for kind, _, _ in keys], float)
        offset = mean_logit(count.sum(), nobs.sum())
        return cls(columns, Regression(design, count, nobs, precision, offset).fit())

    def odds_ratio(
        self, factor: str, level: str, reference: str, *, alpha: float = 0.05
    ) -> tuple[float, Interval]:
        """A level beside another: shrunken odds ratio, and its range for a single look.

        Raises:
            KeyError: No arm has one of the levels.
        """
        contrast = self._contrast(factor, level, reference)
        mean = float(contrast @ self.fit.coefficients)
        reach = normal_quantile(alpha) * math.sqrt(float(contrast @ self.fit.covariance @ contrast))
        bounds = (math.exp(mean - reach), math.exp(mean + reach))
        return math.exp(mean), Interval(*bounds, 1.0 - alpha)

    def _contrast(self, factor: str, level: str, reference: str) -> Floats:
        contrast = np.zeros(len(self.columns))
        contrast[self.columns["level", factor, level]] += 1.0
        contrast[self.columns["level", factor, reference]] -= 1.0
        return contrast


_SDS = {"experiment": EXPERIMENT_SD, "level": LEVEL_SD, "variant": VARIANT_SD}


def _keys(arm: Arm) -> list[tuple[str, str, str]]:
    levels = [("level", factor, level) for factor, level in arm.levels.items()]
    return [("experiment", arm.experiment, ""), ("variant", arm.variant, ""), *levels]
