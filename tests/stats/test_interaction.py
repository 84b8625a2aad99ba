"""Interactions against statsmodels' Breslow-Day test with Tarone's correction."""

import numpy as np
import pytest
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests

from abtest.stats.interaction import holm, interactions, tarone
from abtest.stats.levels import Row
from abtest.stats.segment_results import Table


def random_tables(seed, levels=4):
    lots = np.random.default_rng(seed)
    tables = []
    for level in range(levels):
        n_a, n_b = (int(n) for n in lots.integers(20, 200, 2))
        tables.append(
            Table(str(level), int(lots.integers(1, n_a)), n_a, int(lots.integers(1, n_b)), n_b)
        )
    return tables


@pytest.mark.parametrize("seed", range(20))
def test_the_p_value_is_statsmodels(seed):
    tables = random_tables(seed)
    theirs = StratifiedTable(
        [
            np.array([[t.count_b, t.nobs_b - t.count_b], [t.count_a, t.nobs_a - t.count_a]], float)
            for t in tables
        ]
    ).test_equal_odds(adjust=True)
    assert tarone(tables) == pytest.approx(max(theirs.pvalue, 1e-300), rel=1e-6)


def test_levels_that_say_nothing_are_left_out():
    tables = random_tables(3)
    empty = [Table("x", 0, 30, 0, 20), Table("y", 9, 9, 4, 4), Table("z", 0, 0, 3, 10)]
    assert tarone(tables + empty) == tarone(tables)
    assert tarone(empty) is None
    assert tarone([*empty, tables[0]]) is None
    assert tarone([Table("x", 0, 30, 3, 20), Table("y", 0, 9, 2, 5)]) is None


def test_equal_odds_ratios_are_no_interaction():
    tables = [Table("x", 10, 100, 20, 100), Table("y", 10, 100, 20, 100)]
    assert tarone(tables) == pytest.approx(1.0)


def test_holm_is_statsmodels():
    p = [0.01, 0.4, 0.03, 0.005, 0.03]
    assert holm(p) == pytest.approx(list(multipletests(p, method="holm")[1]))
    assert holm([None, 0.01, None, 0.04]) == [None, 0.02, None, 0.04]
    assert holm([]) == []


def test_a_message_that_works_in_one_industry_only_is_suspected():
    rows = [
        Row({"industry": "saas", "title": "vp"}, 20, 300, "plain"),
        Row({"industry": "saas", "title": "vp"}, 75, 300, "new"),
        Row({"industry": "shop", "title": "head"}, 40, 300, "plain"),
        Row({"industry": "shop", "title": "head"}, 20, 300, "new"),
        Row({"industry": "shop", "title": "vp"}, 40, 300, "plain"),
        Row({"industry": "shop", "title": "vp"}, 20, 300, "new"),
    ]
    found = {i.dimension: i for i in interactions(rows, "plain")}
    assert found["industry"].suspected
    assert found["industry"].arm == "new"
    assert [round(t.difference, 3) for t in found["industry"].tables] == [0.183, -0.067]
    assert found["industry"].tables[0].interval.low > 0


def test_equal_effects_are_rarely_suspected():
    lots = np.random.default_rng(3)
    suspected = 0
    for _ in range(400):
        rows = [
            Row({"industry": i, "title": t}, int(lots.binomial(60, p)), 60, arm)
            for arm, p in (("a", 0.1), ("b", 0.15))
            for i in ("saas", "shop", "bank")
            for t in ("vp", "head")
        ]
        suspected += any(i.suspected for i in interactions(rows, "a"))
    assert suspected <= 400 * 0.05 + 3 * (400 * 0.05 * 0.95) ** 0.5


def test_one_arm_or_no_dimension_asks_nothing():
    rows = [Row({"industry": "saas"}, 2, 30, "a"), Row({"industry": "shop"}, 2, 30, "a")]
    assert interactions(rows, "a") == ()
    assert interactions([Row({}, 2, 30, "a"), Row({}, 2, 30, "b")], "a") == ()
    assert Table("x", 0, 0, 1, 5).difference is None
