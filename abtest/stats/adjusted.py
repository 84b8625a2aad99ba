"""A rate like for like: what a level would bring if all else were as it is."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from abtest.stats import single_look
from abtest.stats.hypergeometric import Floats
from abtest.stats.levels import Row, sizes
from abtest.stats.results import Interval
from abtest.stats.ridge import Fit, Regression, mean_logit

#: Prior sd of a level's effect, as in the comparison of two variants; and of the intercept.
EFFECT_SD, INTERCEPT_SD = 0.5, 5.0


@dataclass(frozen=True, slots=True)
class Adjusted:
    """The regression of the answers on all dimensions and the arm.

    Attributes:
        effects: (dimension, level) → its column; the arm is a dimension without a name.
    """

    rows: Sequence[Row]
    effects: Mapping[tuple[str, str], int]
    design: Floats
    offset: float
    fit: Fit

    @classmethod
    def of(cls, rows: Sequence[Row], names: Sequence[str]) -> Adjusted:
        """Fit it.

        Args:
            rows: At least one with prospects.
            names: The dimensions to use.
        """
        keys = [(d, level) for d in names for level in sorted(sizes(rows, d))]
        keys += [("", arm) for arm in sorted({row.arm for row in rows})]
        effects = {key: column for column, key in enumerate(keys, 1)}
        design = np.zeros((len(rows), len(effects) + 1))
        design[:, 0] = 1.0
        for i, row in enumerate(rows):
            for key in (*row.levels.items(), ("", row.arm)):
                if key in effects:
                    design[i, effects[key]] = 1.0
        count = np.array([row.count for row in rows], float)
        nobs = np.array([row.nobs for row in rows], float)
        offset = mean_logit(count.sum(), nobs.sum())
        precision = np.full(design.shape[1], EFFECT_SD**-2)
        precision[0] = INTERCEPT_SD**-2
        fit = Regression(design, count, nobs, precision, offset).fit()
        return cls(rows, effects, design, offset, fit)

    def effect(self, dimension: str, level: str) -> float:
        """A level's log odds beside the average; 0 for one that was never seen."""
        column = self.effects.get((dimension, level))
        return 0.0 if column is None else float(self.fit.coefficients[column])

    def rate(self, dimension: str, level: str, alpha: float) -> tuple[float, Interval]:
        """The rate if all prospects were on this level, and its range by the delta method."""
        design = self.design.copy()
        for (name, _), column in self.effects.items():
            if name == dimension:
                design[:, column] = 0.0
        design[:, self.effects[dimension, level]] = 1.0
        weight = np.array([row.nobs for row in self.rows], float)
        weight /= weight.sum()
        rates = expit(self.offset + design @ self.fit.coefficients)
        mean = float(weight @ rates)
        slope = (weight * rates * (1.0 - rates)) @ design / (mean * (1.0 - mean))
        spread = math.sqrt(float(slope @ self.fit.covariance @ slope))
        center, reach = math.log(mean / (1.0 - mean)), single_look.normal_quantile(alpha) * spread
        low, high = (float(expit(center + side * reach)) for side in (-1.0, 1.0))
        return mean, Interval(low, high, 1.0 - alpha)
