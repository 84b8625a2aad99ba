"""Pairs computed together, and totals summed outright, give what each gives by itself."""

from __future__ import annotations

import math

import numpy as np
import pytest

from abtest.stats import mixture, one_stratum
from abtest.stats.compare import Question, compare, compare_all
from abtest.stats.hypergeometric import informative
from abtest.stats.odds_ratio import evidence


def questions(size):
    """Pairs of every kind: a look or many, few prospects or many, arms that are empty or full."""
    generator = np.random.default_rng(77)
    for _ in range(size):
        strata = int(generator.integers(1, 20))
        nobs = generator.integers(0, generator.choice([4, 50, 3000]), size=(2, strata))
        rate = generator.choice([0.0, 0.05, 0.1, 0.5, 1.0])
        odds = generator.choice([0.5, 1.0, 3.0])
        rates = [[rate], [rate * odds / (1 - rate + rate * odds)]]
        counts = generator.binomial(nobs, rates)
        control, treatment = (
            [(int(x), int(n)) for x, n in zip(*arm, strict=True)]
            for arm in zip(counts, nobs, strict=True)
        )
        looks = sorted(generator.integers(0, strata, size=strata).tolist())
        yield Question(control, treatment, looks=looks, variants=int(generator.integers(2, 5)))


def test_many_comparisons_at_once_are_the_same_as_one_by_one():
    asked = list(questions(150))
    together = compare_all(asked, alpha=0.1)
    for question, found in zip(asked, together, strict=True):
        alone = compare(
            question.control,
            question.treatment,
            looks=question.looks,
            variants=question.variants,
            alpha=0.1,
        )
        assert found == alone  # to the last digit: what is remembered of one never goes stale


def watched():
    """Pairs that are looked at often: every look brings something, few do, or all is at one."""
    often = [(x % 7, 40) for x in range(60)], [(x % 5, 40) for x in range(60)]
    quiet = [(0, 40)] * 7 + [(3, 40)] + [(0, 40)] * 90 + [(2, 40), (0, 40)]
    for looks in (None, [0] * 60, [i // 3 for i in range(60)]):
        yield Question(*often, looks=looks)
    yield Question(quiet, [(0, 40)] * 100)
    yield Question([(0, 40)], [(1, 40)])


@pytest.mark.parametrize("cells", [1, 5000])
def test_looks_in_pieces_of_any_size_are_the_looks_all_at_once(monkeypatch, cells):
    asked = [*watched(), *questions(8)]
    monkeypatch.setattr(mixture, "_CELLS", 2**30)
    whole = compare_all(asked)
    monkeypatch.setattr(mixture, "_CELLS", cells)
    assert compare_all(asked) == whole  # to the last digit


def test_no_comparisons_are_none():
    assert compare_all([]) == []


@pytest.mark.parametrize(
    "table",
    [(31, 300, 52, 300), (4, 80, 9, 80), (0, 5, 3, 9), (3, 3, 1, 9), (1, 400, 90, 120)]
    + [(x, 40, y, 25) for x in (0, 1, 20, 39) for y in (0, 3, 24, 25) if 0 < x + y < 65],
)
def test_totals_summed_outright_are_the_table_read(table):
    outright = one_stratum.evidence(*table, 0.05)
    read = evidence(informative(*(np.array([number]) for number in (*table, 0))), [1], 0.05)
    for value, (expected,) in zip(outright, read, strict=True):
        assert value == pytest.approx(float(expected), abs=1e-9, rel=1e-8)


def test_the_evidence_of_totals_is_the_mixture_integrated_by_brute_force():
    x_a, n_a, x_b, n_b = 5, 40, 12, 45
    lam = np.linspace(-6.0, 6.0, 200_001)
    y = np.arange(18)
    ways = np.array([math.comb(n_a, 17 - int(k)) * math.comb(n_b, int(k)) for k in y], dtype=float)
    likelihood = ways.sum() * np.exp(lam * x_b) / (np.exp(np.outer(lam, y)) @ ways)
    prior = np.exp(-2.0 * lam**2) * math.sqrt(2.0 / math.pi)
    step = lam[1] - lam[0]
    found = one_stratum.evidence(x_a, n_a, x_b, n_b, 0.05)
    assert math.exp(found.log_e) == pytest.approx((likelihood * prior).sum() * step, rel=1e-8)
    inside = lam[likelihood > 0.05 * math.exp(found.log_e)]
    assert (found.low, found.high) == pytest.approx((inside[0], inside[-1]), abs=2 * step)
