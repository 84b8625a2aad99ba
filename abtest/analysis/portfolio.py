"""All experiments together: which declared results survive false discovery control."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from abtest.report import Discovery, ExperimentResult, Portfolio
from abtest.stats import multiplicity
from abtest.stats.results import PairState, TargetState


@dataclass(frozen=True, slots=True)
class _Hypothesis:
    experiment: str
    text: str
    log_e: float
    declared: bool


def portfolio(results: Iterable[ExperimentResult], alpha: float) -> Portfolio:
    """e-BH over the current e-values of every question that was asked."""
    asked = [hypothesis for result in results for hypothesis in _hypotheses(result)]
    rejected = multiplicity.e_benjamini_hochberg([h.log_e for h in asked], alpha=alpha)
    found = [
        Discovery(hypothesis.experiment, hypothesis.text, hypothesis.log_e, bool(survives))
        for hypothesis, survives in zip(asked, rejected, strict=True)
        if hypothesis.declared
    ]
    found.sort(key=lambda discovery: (-discovery.log_e, discovery.hypothesis))
    surviving = sum(discovery.survives for discovery in found)
    return Portfolio(alpha, len(asked), tuple(found), alpha * surviving)


def _hypotheses(result: ExperimentResult) -> Iterator[_Hypothesis]:
    for variant in result.variants:
        test = variant.metrics[result.metric].target
        if test is not None and test.state is not TargetState.NO_DATA:
            declared = test.state in (TargetState.MEETS, TargetState.BELOW)
            word = "exceeds" if test.log_e_above >= test.log_e_below else "is below"
            yield _Hypothesis(result.id, f"{variant.id} {word} target", test.log_e, declared)
    for pair in result.comparisons:
        test_ = pair.test
        if pair.metric == result.metric and test_.state is not PairState.NO_DATA:
            declared = test_.state in (PairState.BETTER, PairState.WORSE)
            text = f"{pair.b} differs from {pair.a}"
            yield _Hypothesis(result.id, text, test_.log_e_value, declared)
