"""Numbers at the edge of what is asked: nothing left to decide, and one prospect too few."""

from __future__ import annotations

import numpy as np
import pytest

from abtest.stats import power
from abtest.stats.adjusted import Adjusted
from abtest.stats.futures import decided_by
from abtest.stats.levels import Row


def test_what_is_decided_for_certain_is_not_followed_further() -> None:
    decided = decided_by(0, 0, 0.1, [2_000, 4_000, 8_000], rate=0.5)
    assert list(decided.above) == pytest.approx([1.0, 1.0, 1.0])
    assert list(decided.total) == pytest.approx([1.0, 1.0, 1.0])


def test_without_looks_nothing_is_decided() -> None:
    assert len(decided_by(5, 50, 0.1, []).total) == 0


def test_a_dimension_that_is_not_named_has_no_effect_and_changes_none() -> None:
    rows = [Row({"title": "vp"}, 9, 60), Row({"title": "cto"}, 2, 60)]
    known = [Row({**row.levels, "city": "Rome"}, row.count, row.nobs) for row in rows]
    plain, padded = (Adjusted.of(each, ["title"]) for each in (rows, known))
    assert padded.effects == plain.effects
    assert padded.fit.coefficients == pytest.approx(plain.fit.coefficients)


@pytest.mark.parametrize(("a", "b"), [(0.02, 0.08), (0.08, 0.02), (0.1, 0.9)])
def test_one_prospect_fewer_is_too_few_for_a_difference(a: float, b: float) -> None:
    needed = power.fixed_for_difference(a, b)
    assert needed is not None
    assert power.difference_power(needed - 1, a, b, 0.05) < 0.8
    later = np.arange(needed, 2 * needed, max(needed // 40, 1))
    assert min(power.difference_power(int(n), a, b, 0.05) for n in later) >= 0.8
