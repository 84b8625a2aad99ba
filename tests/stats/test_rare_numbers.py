"""Numbers at the edge of what is asked: nothing left to decide, and one prospect too few."""

from __future__ import annotations

import numpy as np
import pytest

from abtest.stats import planning, power
from abtest.stats.adjusted import Adjusted
from abtest.stats.compare import compare, fixed_compare
from abtest.stats.futures import decided_by
from abtest.stats.levels import Row, dimensions
from abtest.stats.pair_futures import pair_decided_by
from abtest.stats.proportion import against_target, fixed_against_target


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


def test_a_pair_that_is_decided_nearly_for_certain_is_followed_on() -> None:
    decided = pair_decided_by(0.01, 0.9, [60, 120])
    assert list(decided.better) == pytest.approx([1.0, 1.0])
    assert list(decided.worse) == pytest.approx([0.0, 0.0], abs=1e-12)


def test_before_the_first_prospect_no_pair_is_decided() -> None:
    decided = pair_decided_by(0.1, 0.4, [0, 400])
    assert (decided.better[0], decided.worse[0]) == (0.0, 0.0)
    assert decided.better[1] > 0.99


def test_a_level_that_nobody_had_is_no_level() -> None:
    rows = [Row({"title": "vp"}, 1, 9), Row({"title": "cto"}, 0, 0)]
    assert dimensions(rows) == ()
    assert dimensions([*rows, Row({"title": "cto"}, 0, 1)]) == ("title",)


def test_the_plausible_interval_is_the_one_that_judged() -> None:
    rate, pair = against_target(60, 300), compare((20, 300), (60, 300))
    assert (rate.plausible, pair.plausible) == (rate.sequence, pair.sequence)
    rate = fixed_against_target(60, 300, planned=300)
    pair = fixed_compare((20, 300), (60, 300), planned=300)
    assert (rate.plausible, pair.plausible) == (rate.interval, pair.interval)
    early = fixed_against_target(60, 300, planned=301)
    assert early.plausible == early.sequence


def test_a_target_near_nought_has_no_lower_end_to_exclude() -> None:
    assert planning.more_needed(1, 100, 0.01).reason != "decided"
    assert planning.more_needed(10, 1_000, 0.01).reason == "decided"
