"""Two proportions: is the treatment better than the control?"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeAlias

from abtest.stats import bayes, counts, single_look
from abtest.stats.pair_looks import Case, Judged, Rule, judge
from abtest.stats.proportion import anytime_p, e_value
from abtest.stats.results import Comparison, Interval, PairState

#: Totals, or the cohorts of one arm in order.
Arm: TypeAlias = counts.Pair | Sequence[counts.Pair]


@dataclass(frozen=True, slots=True)
class Question:
    """Is the treatment better than the control? The arguments of `compare`, but for alpha.

    Attributes:
        planned: Prospects of each arm at which to judge once, as in `fixed_compare`; None to
            judge at every look.
    """

    control: Arm
    treatment: Arm
    smallest_effect: float = 0.04
    target: float = 0.10
    looks: Sequence[int] | None = None
    variants: int = 2
    planned: int | None = None


def compare(
    control: Arm,
    treatment: Arm,
    *,
    alpha: float = 0.05,
    smallest_effect: float = 0.04,
    target: float = 0.10,
    looks: Sequence[int] | None = None,
    variants: int = 2,
) -> Comparison:
    """Compare a treatment (b) with a control (a), safely at every look.

    The n-th cohorts of both arms were sent side by side: they form a stratum, within which the
    arms are compared, so that weeks and reps may differ as they like. Either may be empty.

    The state follows from the anytime evidence alone, and the first look that decides is kept.
    Among two variants it is `better` or `worse` when the two-sided e-value reaches 1 / alpha;
    among k > 2, when the one-sided e-value reaches k / alpha, which keeps alpha for the whole
    experiment. It is `no_difference` when the sequence of differences lies inside
    ± smallest_effect. With four or more strata the evidence tempered by their dispersion must
    agree.

    Args:
        control: (count, nobs), or one such pair a stratum.
        treatment: Alike; as many strata as the control's.
        alpha: Error rate, held over all looks and variants together.
        smallest_effect: The smallest difference worth acting on.
        target: Where the prior of the rates is centered.
        looks: The look of each stratum, nondecreasing; each stratum its own by default.
        variants: How many variants the experiment has.

    Raises:
        ValueError: The counts are impossible, the arms differ in length, or a setting is out of
            range.

    >>> result = compare((31, 300), (52, 300))
    >>> str(result.state), round(result.e_value, 2)
    ('undecided', 5.45)
    """
    question = Question(control, treatment, smallest_effect, target, looks, variants)
    return compare_all([question], alpha=alpha)[0]


def compare_all(questions: Sequence[Question], *, alpha: float = 0.05) -> list[Comparison]:
    """Many comparisons at once: each as `compare` gives it, in a fraction of the time.

    Raises:
        ValueError: As in `compare`.
    """
    cases = [_case(question, alpha) for question in questions]
    return [
        _once(_comparison(case, judged), case, question)
        for case, judged, question in zip(cases, judge(cases, alpha), questions, strict=True)
    ]


def _case(question: Question, alpha: float) -> Case:
    rule = Rule.checked(alpha, question.smallest_effect, question.target, question.variants)
    control, treatment = _pairs(question.control), _pairs(question.treatment)
    looks = question.looks if question.planned is None else [0] * len(control)
    return Case(*_arms(control, treatment, looks), rule)


def _comparison(case: Case, judged: Judged) -> Comparison:
    a, b, rule = case.a, case.b, case.rule
    x_a, n_a, x_b, n_b = sum(a.count), sum(a.nobs), sum(b.count), sum(b.nobs)
    z = single_look.pooled_z(x_a, n_a, x_b, n_b)
    low, high = rule.differences(judged.bounds, x_a, n_a)
    known = n_a > 0 and n_b > 0
    prior, level = rule.prior, 1.0 - rule.alpha
    belief = bayes.pair(bayes.posterior(x_a, n_a, prior), bayes.posterior(x_b, n_b, prior))
    return Comparison(
        count_a=x_a,
        nobs_a=n_a,
        count_b=x_b,
        nobs_b=n_b,
        difference=x_b / n_b - x_a / n_a if known else None,
        interval=single_look.newcombe(x_a, n_a, x_b, n_b, rule.alpha),
        ratio=(x_b / n_b) / (x_a / n_a) if known and x_a else None,
        score_z=z,
        p_value=single_look.two_sided_p(z),
        exact_p_value=single_look.fisher(x_a, n_a, x_b, n_b),
        log_e_value=judged.log_e.both,
        log_e_a=judged.log_e.a,
        log_e_b=judged.log_e.b,
        e_value=e_value(judged.log_e.both),
        anytime_p=anytime_p(judged.log_e_max),
        sequence=Interval(low, high, level) if known else Interval(-1.0, 1.0, level),
        odds_ratio=_finite_exp(judged.estimate),
        odds_ratio_low=math.exp(judged.bounds[0]),
        odds_ratio_high=_finite_exp(judged.bounds[1]),
        stratified=sum(1 for n in zip(a.nobs, b.nobs, strict=True) if any(n)) > 1,
        kept_information=_kept_information(a, b),
        decided_at=judged.decided_at,
        probability_b_better=belief.probability_b_better,
        expected_loss_a=belief.expected_loss_a,
        expected_loss_b=belief.expected_loss_b,
        state=judged.state if known else PairState.NO_DATA,
        drift=judged.drift,
        dispersion=judged.dispersion,
        looks=judged.looks,
    )


def fixed_compare(
    control: Arm,
    treatment: Arm,
    *,
    planned: int,
    alpha: float = 0.05,
    smallest_effect: float = 0.04,
    target: float = 0.10,
    variants: int = 2,
) -> Comparison:
    """Compare two arms once, at a number of prospects planned beforehand.

    Before both arms hold `planned` prospects the state is withheld. Then it is `better` or `worse`
    when Fisher's exact test rejects at alpha / (variants − 1) and Newcombe's interval excludes 0,
    and `no_difference` when that interval lies inside ± smallest_effect. There are no looks.

    Args:
        control: (count, nobs), or one such pair a stratum, of whole cohorts (`first_cohorts`).
        treatment: Alike.
        planned: Prospects of each arm that the design asks for.
        alpha: Error rate of the experiment.
        smallest_effect: The smallest difference worth acting on.
        target: Where the prior of the rates is centered.
        variants: How many variants the experiment has.

    Raises:
        ValueError: As in `compare`.
    """
    question = Question(
        control, treatment, smallest_effect, target, variants=variants, planned=planned
    )
    return compare_all([question], alpha=alpha)[0]


def _once(test: Comparison, case: Case, question: Question) -> Comparison:
    """The comparison as a fixed design has it, if it is one."""
    if question.planned is None:
        return test
    state = PairState.UNDECIDED
    once = min(test.nobs_a, test.nobs_b) >= max(question.planned, 1)
    if test.interval is None:
        state = PairState.NO_DATA
    elif once:
        rule = case.rule
        state = _fixed_state(test, rule.alpha / (rule.variants - 1), rule.smallest_effect)
    return replace(test, state=state, decided_at=None, drift=False, looks=(), once=once)


def _fixed_state(test: Comparison, alpha: float, smallest_effect: float) -> PairState:
    interval, p_value = test.interval, test.exact_p_value
    assert interval is not None
    assert interval.low is not None
    assert interval.high is not None
    assert p_value is not None
    if p_value <= alpha and interval.low > 0.0:
        return PairState.BETTER
    if p_value <= alpha and interval.high < 0.0:
        return PairState.WORSE
    if -smallest_effect <= interval.low and interval.high <= smallest_effect:
        return PairState.NO_DIFFERENCE
    return PairState.UNDECIDED


def _kept_information(a: counts.Cohorts, b: counts.Cohorts) -> float | None:
    """Share of the arms' information that comparing only within strata keeps."""
    n_a, n_b = sum(a.nobs), sum(b.nobs)
    if not (n_a and n_b):
        return None
    kept = math.fsum(i * j / (i + j) for i, j in zip(a.nobs, b.nobs, strict=True) if i and j)
    return min(kept * (n_a + n_b) / n_a / n_b, 1.0)


def _arms(
    a: Sequence[counts.Pair], b: Sequence[counts.Pair], looks: Sequence[int] | None
) -> tuple[counts.Cohorts, counts.Cohorts]:
    if len(a) != len(b):
        raise ValueError(f"The control has {len(a)} cohorts, the treatment {len(b)}.")
    first, second = (
        counts.cohorts([x for x, _ in pairs], [n for _, n in pairs], looks) for pairs in (a, b)
    )
    return first, second


def _pairs(arm: Arm) -> Sequence[counts.Pair]:
    items: list[Any] = list(arm)
    if len(items) == 2 and not any(hasattr(item, "__len__") for item in items):
        items = [items]
    if any(not hasattr(item, "__len__") or len(item) != 2 for item in items):
        raise ValueError(f"An arm is (count, nobs), or a list of such pairs, not {arm!r}.")
    return items


def _finite_exp(logarithm: float) -> float | None:
    return math.exp(logarithm) if logarithm < 700.0 else None
