"""Numbers typed in, judged as an experiment would be: `abtest calc`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from string import ascii_lowercase

from abtest import wording
from abtest.analysis import pairs, verdict
from abtest.analysis.cohorts import Strata
from abtest.analysis.portfolio import portfolio
from abtest.analysis.variants import from_test, more_needed
from abtest.errors import UsageError
from abtest.plan import Plan
from abtest.report import ExperimentResult, Maturing, Report, VariantResult
from abtest.stats.proportion import against_target

_METRIC = "responses"


def typed(variants: Sequence[Sequence[tuple[int, int]]], plan: Plan, *, as_of: dt.date) -> Report:
    """A report of one experiment, its variants called `a`, `b`, `c` …; the first is the control.

    Args:
        variants: For each variant its cohorts in order, (responses, reached prospects); the n-th
            cohorts of all variants were sent side by side.
        plan: Target, error rate and smallest effect.
        as_of: The day of the report.

    Raises:
        UsageError: More variants than letters.
    """
    if len(variants) > len(ascii_lowercase):
        raise UsageError(f"At most {len(ascii_lowercase)} variants can be compared at once.")
    names = ascii_lowercase[: len(variants)]
    results = [_variant(*named, plan) for named in zip(names, variants, strict=True)]
    compared = pairs.compare(names, _strata(variants), _rules(plan))
    comparisons = pairs.results(
        compared, _METRIC, {name: name for name in names}, names[0], winner=False
    )
    evidence = verdict.Evidence(
        metric=_METRIC,
        control=names[0],
        variants=results,
        comparisons=comparisons,
        checks=(),
        winner=compared.winner,
        fixed=None,
        matures=None,
    )
    result = ExperimentResult(
        id="calc",
        title="Numbers typed in",
        status="running",
        lead_type="cold",
        profile={},
        target=plan.target,
        metric=_METRIC,
        alpha=plan.alpha,
        smallest_effect=plan.smallest_effect,
        fixed=None,
        sample=False,
        verdict=verdict.draw(evidence),
        checks=(),
        variants=tuple(results),
        comparisons=comparisons,
    )
    return Report(as_of, plan, (result,), portfolio((result,), plan.alpha))


def _rules(plan: Plan) -> pairs.Rules:
    return pairs.Rules(plan.alpha, plan.smallest_effect, plan.target)


def _strata(variants: Sequence[Sequence[tuple[int, int]]]) -> Strata:
    """The n-th cohorts side by side; a variant with fewer cohorts has empty ones at the end."""
    longest = max(map(len, variants))
    cells = tuple(tuple(v) + ((0, 0),) * (longest - len(v)) for v in variants)
    return Strata(cells, tuple(range(longest)), ())


def _variant(name: str, cohorts: Sequence[tuple[int, int]], plan: Plan) -> VariantResult:
    counts, nobs = zip(*cohorts, strict=True)
    test = against_target(counts, nobs, plan.target, alpha=plan.alpha)
    metric = from_test(_METRIC, test, (), more_needed(test, plan.alpha))
    return VariantResult(
        id=name,
        title=name,
        channel=None,
        touches=0,
        sent=test.nobs,
        bounced=0,
        reached=test.nobs,
        counts={_METRIC: test.count},
        maturing=Maturing(),
        metrics={_METRIC: metric},
        sentence=wording.target_sentence(test, _METRIC, metric.more_needed),
    )
