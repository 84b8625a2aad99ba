"""Logistic regression that stays finite: at small counts, under complete separation, with no data.

Each effect has a normal prior around 0, which is a ridge penalty (le Cessie & van Houwelingen
1992). The estimate is the posterior mode, its covariance Laplace's approximation.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from abtest.stats.hypergeometric import Floats

_STEPS, _HALVINGS, _TOLERANCE = 100, 40, 1e-8


@dataclass(frozen=True, slots=True)
class Fit:
    """A fitted regression.

    Attributes:
        coefficients: One an effect, on the log odds scale.
        covariance: Of the coefficients.
    """

    coefficients: Floats
    covariance: Floats


@dataclass(frozen=True, slots=True)
class Regression:
    """A logistic regression on grouped counts.

    Attributes:
        design: Shape (rows, effects).
        count: Successes of each row.
        nobs: Prospects of each row.
        precision: Of each effect's prior, 1 / sd²; 0 leaves an effect free.
        offset: Added to every row's log odds.
    """

    design: Floats
    count: Floats
    nobs: Floats
    precision: Floats
    offset: float = 0.0

    def fit(self) -> Fit:
        """The posterior mode, by Newton steps that never descend.

        Raises:
            ValueError: Free effects that the data do not determine.
        """
        beta = np.zeros(self.design.shape[1])
        for _ in range(_STEPS):
            step = self._step(beta)
            if np.max(np.abs(step), initial=0.0) < _TOLERANCE:
                # Too short for the objective to tell up from down; its square is beyond a float.
                beta = beta + step
                break
            beta = self._ascend(beta, step)
        return Fit(beta, np.asarray(np.linalg.inv(self._information(beta)), float))

    def _step(self, beta: Floats) -> Floats:
        rate = expit(self.offset + self.design @ beta)
        gradient = self.design.T @ (self.count - self.nobs * rate) - self.precision * beta
        try:
            step: Floats = np.linalg.solve(self._information(beta), gradient)
        except np.linalg.LinAlgError as error:
            raise ValueError("The data do not determine every free effect.") from error
        return step

    def _ascend(self, beta: Floats, step: Floats) -> Floats:
        """The step, halved until it does not descend; `beta` where only descending is left."""
        value = self._objective(beta)
        steps = (beta + step / 2**halving for halving in range(_HALVINGS))
        return next((moved for moved in steps if self._objective(moved) >= value), beta)

    def _objective(self, beta: Floats) -> float:
        """Log-likelihood less the penalty."""
        eta = self.offset + self.design @ beta
        likelihood = float(self.count @ eta - self.nobs @ np.logaddexp(0.0, eta))
        return likelihood - 0.5 * float(self.precision @ beta**2)

    def _information(self, beta: Floats) -> Floats:
        rate = expit(self.offset + self.design @ beta)
        weight = self.nobs * rate * (1.0 - rate)
        information: Floats = self.design.T @ (self.design * weight[:, None])
        return information + np.diag(self.precision)


def mean_logit(count: float, nobs: float) -> float:
    """The log odds of a rate, finite also at 0 of n and n of n (half a success added to both)."""
    return math.log((count + 0.5) / (nobs - count + 0.5))
