"""Beliefs, against closed forms and brute integration."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import betaln
from scipy.stats import beta

from abtest.stats import bayes
from abtest.stats.anytime import Prior

PAIRS = [
    (Prior(2, 18), Prior(2, 18)),
    (Prior(2, 18), Prior(2, 1998)),
    (Prior(14, 106), Prior(22, 98)),
    (Prior(2, 2), Prior(500, 4500)),
    (Prior(5e5 + 2, 4.5e6), Prior(5.01e5, 4.5e6)),
    (Prior(2, 1e7), Prior(1e7, 18)),
]


def closed_form(a, b):
    """P(B > A) for whole parameters of B, as a finite sum of ratios of Beta functions."""
    i = np.arange(int(b.a))
    terms = betaln(a.a + i, a.b + b.b) - np.log(b.b + i) - betaln(1 + i, b.b) - betaln(a.a, a.b)
    return np.exp(terms).sum()


@pytest.mark.parametrize(("a", "b"), PAIRS[:4])
def test_the_probability_equals_its_closed_form(a, b):
    assert bayes.probability_greater(b, a) == pytest.approx(closed_form(a, b), abs=1e-12)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_the_probabilities_of_both_orders_add_up(a, b):
    both = bayes.probability_greater(a, b) + bayes.probability_greater(b, a)
    assert both == pytest.approx(1.0, abs=1e-13)


@pytest.mark.parametrize(("a", "b"), PAIRS[:4])
def test_the_expected_loss_equals_its_integral(a, b):
    loss, _ = quad(lambda p: beta.sf(p, *a) * beta.cdf(p, *b), 0, 1, epsabs=1e-13, limit=400)
    assert bayes.pair(a, b).expected_loss_b == pytest.approx(loss, abs=1e-10)


@pytest.mark.parametrize(("a", "b"), PAIRS)
def test_losses_differ_by_the_difference_of_the_means(a, b):
    belief = bayes.pair(a, b)
    difference = b.a / (b.a + b.b) - a.a / (a.a + a.b)
    assert belief.expected_loss_a - belief.expected_loss_b == pytest.approx(difference, abs=1e-9)


def test_two_variants_are_a_special_case_of_many():
    a, b = PAIRS[2]
    assert bayes.probabilities_best([a, b])[1] == pytest.approx(
        bayes.probability_greater(b, a), abs=1e-12
    )


@pytest.mark.parametrize("k", [2, 3, 6, 20])
def test_equal_variants_are_equally_likely_the_best(k):
    best = bayes.probabilities_best([Prior(12, 108)] * k)
    np.testing.assert_allclose(best, 1 / k, rtol=1e-12)


def test_probabilities_best_agree_with_a_simulation():
    posteriors = [Prior(12, 108), Prior(14, 106), Prior(22, 98), Prior(2, 18)]
    generator = np.random.default_rng(5)
    draws = np.stack([generator.beta(*p, size=200_000) for p in posteriors])
    simulated = np.bincount(draws.argmax(axis=0), minlength=4) / 200_000
    np.testing.assert_allclose(bayes.probabilities_best(posteriors), simulated, atol=0.005)


def test_shares_have_a_floor_and_add_up():
    shares = bayes.next_shares([Prior(2, 98), Prior(50, 50), Prior(2, 98)])
    np.testing.assert_allclose(shares, [0.1, 0.8, 0.1], atol=1e-9)
    np.testing.assert_allclose(bayes.next_shares([Prior(12, 108)] * 12), 1 / 12, rtol=1e-9)
