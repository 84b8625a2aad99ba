"""Every reference vector, to its printed digits."""

from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pytest

from abtest.stats import anytime, bayes, dispersion, multiplicity, quality, single_look
from abtest.stats.anytime import Prior
from abtest.stats.compare import compare
from abtest.stats.futures import decided_by
from abtest.stats.hypergeometric import informative
from abtest.stats.odds_ratio import evidence
from abtest.stats.proportion import against_target

HERE = Path(__file__).parent / "reference"
VECTORS = json.loads((HERE / "anytime.json").read_text(encoding="utf-8"))["vectors"]
PUBLISHED = json.loads((HERE / "proportions.json").read_text(encoding="utf-8"))["cases"]


def near(expected):
    return None if expected is None else pytest.approx(expected, rel=1e-8, abs=1e-12)


def vectors(name):
    return [
        pytest.param(v["input"], v["expect"], id=f"{name}-{i}")
        for i, v in enumerate(VECTORS)
        if v["fn"] == name
    ]


def published(quantity, *methods):
    return [
        pytest.param(case, id=case["id"])
        for case in PUBLISHED
        if case["quantity"] == quantity and (not methods or case["method"] in methods)
    ]


@pytest.mark.parametrize(("given", "expected"), vectors("rate"))
def test_one_rate(given, expected):
    prior = Prior(given["prior_a"], given["prior_b"])
    x, n = given["x"] / given["phi"], given["n"] / given["phi"]
    log_e = anytime.log_e_value(x, n, given["target"], prior)
    assert log_e == near(expected["log_e"])
    assert math.exp(log_e) == near(expected["e"])
    assert anytime.log_e_one_sided(x, n, given["target"], prior) == near(
        (expected["log_e_above"], expected["log_e_below"])
    )
    assert min(1.0, math.exp(-log_e)) == near(expected["anytime_p"])
    assert anytime.bounds(x, n, given["alpha"], prior) == near((expected["low"], expected["high"]))
    assert anytime.bounds(x, n, 0.10, prior) == near((expected["low90"], expected["high90"]))


@pytest.mark.parametrize(("given", "expected"), vectors("pair"))
def test_pair(given, expected):
    strata = informative(*np.array(given["strata"]).T, np.zeros(len(given["strata"]), int))
    found = evidence(strata, [1], given["alpha"], np.array([float(given["phi"])]))
    log_e, log_a, log_b, low, high, estimate = (float(column[0]) for column in found)
    assert (log_e, log_a, log_b) == near(
        (expected["log_e"], expected["log_e_a"], expected["log_e_b"])
    )
    assert math.exp(low) == near(expected["or_low"])
    assert math.isinf(high) == expected["or_high_is_infinite"]
    assert math.isinf(high) or math.exp(high) == near(expected["or_high"])
    if expected["odds_ratio"] is None:
        assert not math.isfinite(estimate)
    else:
        assert math.exp(estimate) == near(expected["odds_ratio"])


@pytest.mark.parametrize(
    ("given", "expected"), [p for p in vectors("pair") if p.values[0]["phi"] == 1]
)
def test_pair_through_the_public_function(given, expected):
    control = [(x, n) for x, n, _, _ in given["strata"]]
    treatment = [(x, n) for _, _, x, n in given["strata"]]
    result = compare(control, treatment, looks=[0] * len(control))
    assert result.e_value == near(expected["e"])
    assert result.anytime_p == near(expected["anytime_p"])
    assert result.odds_ratio == near(expected["odds_ratio"])
    assert result.odds_ratio_low == near(expected["or_low"])
    assert result.odds_ratio_high == near(expected["or_high"])


@pytest.mark.parametrize(("given", "expected"), vectors("bayes_pair"))
def test_belief_about_a_pair(given, expected):
    a, b = Prior(*given["post_a"]), Prior(*given["post_b"])
    belief = bayes.pair(a, b)
    assert belief.probability_b_better == near(expected["p_b_better"])
    assert belief.expected_loss_b == near(expected["expected_loss_if_b_chosen"])
    assert bayes.next_shares([a, b])[1] == near(expected["next_share_b_floor_10"])


@pytest.mark.parametrize(("given", "expected"), vectors("best_probabilities"))
def test_probabilities_best(given, expected):
    assert list(bayes.probabilities_best([Prior(*p) for p in given["posts"]])) == near(expected)


@pytest.mark.parametrize(("given", "expected"), vectors("prob_at_least"))
def test_probability_above(given, expected):
    assert against_target(given["x"], given["n"], given["target"]).probability_above == near(
        expected
    )


@pytest.mark.parametrize(("given", "expected"), vectors("sends_to_decision"))
def test_sends_to_decision(given, expected):
    looks = [further for further, _ in expected["cdf"]]
    decided = decided_by(
        given["x"], given["n"], given["target"], looks, alpha=given["alpha"], margin=0.0
    )
    assert list(decided.total) == near([share for _, share in expected["cdf"]])
    assert decided.total[-1] == near(expected["p_decided"])


@pytest.mark.parametrize(("given", "expected"), vectors("dispersion_rate"))
def test_dispersion_of_a_rate(given, expected):
    count, nobs = zip(*given["cohorts"], strict=True)
    found = quality.heterogeneity(count, nobs)
    assert (found.dispersion, found.chi2, found.freedom) == near(
        (expected["phi"], expected["chi2"], expected["df"])
    )


@pytest.mark.parametrize(("given", "expected"), vectors("dispersion_strata"))
def test_dispersion_of_strata(given, expected):
    size = len(given["strata"])
    strata = [(*stratum, look) for look, stratum in enumerate(given["strata"])]
    assert dispersion.running_pair(strata, size)[-1] == near(expected["phi"])
    assert dispersion.shrunk(expected["chi2"], size) == near(expected["phi"])


@pytest.mark.parametrize(("given", "expected"), vectors("e_holm"))
def test_holm(given, expected):
    rejected = multiplicity.e_holm([math.log(e) for e in given["e"]], alpha=given["alpha"])
    assert [i for i, yes in enumerate(rejected) if yes] == expected


@pytest.mark.parametrize(("given", "expected"), vectors("e_bh"))
def test_benjamini_hochberg(given, expected):
    rejected = multiplicity.e_benjamini_hochberg(
        [math.log(e) for e in given["e"]], alpha=given["alpha"]
    )
    assert [i for i, yes in enumerate(rejected) if yes] == expected


@pytest.mark.parametrize(("given", "expected"), vectors("winner"))
def test_winner(given, expected):
    matrix = [[math.log(e) if e else 0.0 for e in row] for row in given["e_row_beats_column"]]
    assert multiplicity.winner_index(matrix, alpha=given["alpha"]) == expected


def test_every_vector_is_used():
    used = {
        "rate", "pair", "bayes_pair", "best_probabilities", "prob_at_least", "sends_to_decision",
        "dispersion_rate", "dispersion_strata", "e_holm", "e_bh", "winner",
    }  # fmt: skip
    assert {vector["fn"] for vector in VECTORS} == used


def agrees(value, case):
    """To the independent value, and to the digits that were printed."""
    expected, printed, digits = case["independent_value"], case["published"], case["digits"]
    assert value == pytest.approx(expected, rel=1e-9, abs=1e-12)
    for mine, theirs in zip(np.atleast_1d(value), np.atleast_1d(printed), strict=True):
        unit = (
            10.0**-digits if digits >= 0 else 10.0 ** (math.floor(math.log10(theirs)) + 1 + digits)
        )
        assert abs(mine - theirs) <= 0.51 * max(unit, 1e-12)


@pytest.mark.parametrize("case", published("ci_proportion", "wilson"))
def test_published_wilson(case):
    given = case["inputs"]
    interval = single_look.wilson(given["x"], given["n"], 1 - given["conf"])
    agrees([interval.low, interval.high], case)


@pytest.mark.parametrize("case", published("ci_proportion", "clopper-pearson"))
def test_published_clopper_pearson(case):
    given = case["inputs"]
    agrees(list(single_look.clopper_pearson(given["x"], given["n"], 1 - given["conf"])), case)


@pytest.mark.parametrize("case", published("upper_bound_one_sided"))
def test_published_upper_bound(case):
    given = case["inputs"]
    agrees(single_look.clopper_pearson(given["x"], given["n"], 2 * (1 - given["conf"]))[1], case)


@pytest.mark.parametrize("case", published("ci_difference", "newcombe"))
def test_published_newcombe(case):
    given = case["inputs"]
    interval = single_look.newcombe(
        given["x2"], given["n2"], given["x1"], given["n1"], 1 - given["conf"]
    )
    agrees([interval.low, interval.high], case)


@pytest.mark.parametrize("case", published("p_value", "fisher-exact-two-sided"))
def test_published_fisher(case):
    given = case["inputs"]
    agrees(single_look.fisher(given["x1"], given["n1"], given["x2"], given["n2"]), case)


@pytest.mark.parametrize("case", published("p_value", "binomial-exact-greater"))
def test_published_binomial_tail(case):
    given = case["inputs"]
    agrees(single_look.binomial_tails(given["x"], given["n"], given["p0"])[0], case)


@pytest.mark.parametrize("case", published("p_value", "score-two-sided"))
def test_published_score_test(case):
    given = case["inputs"]
    agrees(single_look.two_sided_p(single_look.target_z(given["x"], given["n"], given["p0"])), case)


@pytest.mark.parametrize("case", published("p_value", "pearson-chi2"))
def test_published_chi_square(case):
    given = case["inputs"]
    z = single_look.pooled_z(given["x1"], given["n1"], given["x2"], given["n2"])
    agrees(single_look.two_sided_p(z), case)


@pytest.mark.parametrize("case", published("p_value", "srm-chi2"))
def test_published_sample_ratio(case):
    given = case["inputs"]
    agrees(quality.sample_ratio(given["counts"], given["weights"]).p_value, case)


@pytest.mark.parametrize("case", published("prob_B_beats_A"))
def test_published_probability_b_better(case):
    given = case["inputs"]
    a = Prior(1 + given["xA"], 1 + given["nA"] - given["xA"])
    b = Prior(1 + given["xB"], 1 + given["nB"] - given["xB"])
    agrees(bayes.pair(a, b).probability_b_better, case)
