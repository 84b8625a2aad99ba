"""The penalized regression against statsmodels, and where statsmodels' own would diverge."""

import numpy as np
import pytest
import statsmodels.api as sm
from hypothesis import given, settings
from hypothesis import strategies as st

from abtest.stats.ridge import Regression, mean_logit


def data(seed, rows=12, effects=4, size=60):
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(rows), rng.integers(0, 2, (rows, effects - 1))]).astype(float)
    nobs = rng.integers(5, size, rows).astype(float)
    count = rng.binomial(nobs.astype(int), 0.15).astype(float)
    return design, count, nobs


@pytest.mark.parametrize("seed", range(5))
def test_without_penalty_it_is_the_glm(seed):
    design, count, nobs = data(seed)
    ours = Regression(design, count, nobs, np.zeros(4)).fit()
    theirs = sm.GLM(
        np.column_stack([count, nobs - count]), design, family=sm.families.Binomial()
    ).fit(tol=1e-12)
    assert ours.coefficients == pytest.approx(theirs.params, rel=1e-7)
    assert ours.covariance == pytest.approx(theirs.cov_params(), rel=1e-6)


@pytest.mark.parametrize("seed", range(5))
def test_with_a_penalty_it_is_statsmodels_ridge(seed):
    design, count, nobs = data(seed)
    precision = np.array([0.0, 4.0, 4.0, 4.0])
    ours = Regression(design, count, nobs, precision).fit()
    # one row a prospect: statsmodels divides the likelihood by the number of rows
    single = np.repeat(
        np.vstack([design, design]), np.concatenate([count, nobs - count]).astype(int), axis=0
    )
    answer = np.repeat([1.0, 0.0], [int(count.sum()), int((nobs - count).sum())])
    model = sm.GLM(answer, single, family=sm.families.Binomial())
    theirs = model.fit_regularized(alpha=precision / len(answer), L1_wt=0.0)
    assert ours.coefficients == pytest.approx(
        theirs.params, abs=1e-3
    )  # their optimizer stops early


def test_complete_separation_stays_finite_and_ordered():
    design = np.array([[1.0, 1.0, 0.0], [1.0, 0.0, 1.0]])
    fit = Regression(design, np.array([0.0, 9.0]), np.array([9.0, 9.0]), np.full(3, 4.0)).fit()
    assert np.all(np.isfinite(fit.coefficients))
    assert np.all(np.isfinite(fit.covariance))
    assert fit.coefficients[1] < 0 < fit.coefficients[2]
    assert fit.coefficients[1] == pytest.approx(-fit.coefficients[2])


def test_more_data_is_shrunk_less():
    def effect(k):
        count, nobs = np.array([1.0, 3.0]) * k, np.array([20.0, 20.0]) * k
        return Regression(np.eye(2), count, nobs, np.full(2, 4.0), -2.0).fit().coefficients[1]

    effects = [effect(k) for k in (1, 10, 1000)]
    free = mean_logit(3000, 20000) + 2.0
    assert effects == sorted(effects)
    assert effects[-1] == pytest.approx(free, abs=0.01)


def test_effects_that_the_data_do_not_determine_are_refused():
    design = np.array([[1.0, 1.0], [1.0, 1.0]])
    with pytest.raises(ValueError, match="do not determine"):
        Regression(design, np.array([1.0, 2.0]), np.array([9.0, 9.0]), np.zeros(2)).fit()


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, 400), st.integers(0, 400), st.integers(0, 3)),
        min_size=1,
        max_size=12,
    )
)
def test_any_counts_give_a_finite_mode(rows):
    count = np.array([float(min(x, n)) for x, n, _ in rows])
    nobs = np.array([float(n) for _, n, _ in rows])
    design = np.column_stack([np.ones(len(rows)), np.eye(4)[[level for *_, level in rows]]])
    offset = mean_logit(count.sum(), nobs.sum())
    precision = np.array([0.04, 4.0, 4.0, 4.0, 4.0])
    fit = Regression(design, count, nobs, precision, offset).fit()
    assert np.all(np.isfinite(fit.coefficients))
    assert np.all(np.diag(fit.covariance) > 0)
    rate = 1 / (1 + np.exp(-(offset + design @ fit.coefficients)))
    gradient = design.T @ (count - nobs * rate) - precision * fit.coefficients
    assert np.max(np.abs(gradient)) < 1e-6 * max(1.0, nobs.sum())
