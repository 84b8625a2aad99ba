"""Shared tables of the future give what the exact program gives for each rate by itself."""

from __future__ import annotations

import numpy as np
import pytest

from abtest.stats import planning
from abtest.stats.futures import decided_by, looks_ahead, round_totals
from abtest.stats.outlook import outlook, table_of


@pytest.mark.parametrize(
    ("count", "nobs"), [(0, 5), (17, 120), (26, 255), (28, 256), (168, 1530), (385, 3501)]
)
@pytest.mark.parametrize("target", [0.10, 0.12])
def test_every_chance_is_that_of_the_exact_program(count, nobs, target):
    looks, chances = outlook(table_of(nobs), target, 0.05, 2000, 20).decided_by(count, nobs, 2000)
    exact = decided_by(count, nobs, target, looks_ahead(nobs, 2000, 20))
    assert looks.tolist() == exact.further.tolist()
    np.testing.assert_allclose(chances, exact.total, atol=1e-10)


def test_many_rates_get_the_answers_that_each_gets_alone():
    generator = np.random.default_rng(5)
    rates = [(0, 0), (0, 300), (9000, 90_000), (9, 5000)]
    drawn = generator.integers(20, 1000, size=40).tolist()
    rates += [(int(generator.binomial(nobs, 0.1)), nobs) for nobs in drawn]
    together = planning.more_needed_for_all(rates)
    assert together == [planning.more_needed(*rate) for rate in rates]
    assert {found.reason for found in together} == {"no_data", "decided", "expected"}


def test_looks_are_at_the_same_totals_from_wherever_one_starts():
    everywhere = round_totals(0, 40_000, 5000, 20)
    for nobs in (0, 1, 19, 20, 1530, 3501, 11_999, 20_001):
        totals = [nobs + step for step in looks_ahead(nobs, 5000, 20)]
        assert totals == [total for total in everywhere if nobs < total <= nobs + 5000]
    assert np.diff(everywhere).max() == 240


def test_a_horizon_before_the_first_look_is_a_look():
    assert looks_ahead(100, 5, 20) == [5]
