"""Variants against each other, within what was sent side by side."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from abtest import wording
from abtest.analysis.cohorts import Strata
from abtest.report import ComparisonResult
from abtest.stats import compare as comparison
from abtest.stats import multiplicity
from abtest.stats.compare import Question
from abtest.stats.results import Comparison


@dataclass(frozen=True, slots=True)
class Rules:
    """What decides a comparison.

    Attributes:
        alpha: Error rate of the experiment.
        smallest_effect: The smallest difference worth acting on.
        target: Where the prior is centered.
        fixed: Prospects per variant of a fixed design, None for a sequential one.
    """

    alpha: float
    smallest_effect: float
    target: float
    fixed: int | None = None


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of an experiment on one metric.

    Attributes:
        tests: (a, b) → b against a, for every two variants in the order of the names.
        strata: What they were computed on.
        winner: The name that beats every other, or None.
        decided_at: The Sunday of the week in which it first did, where weeks are known.
    """

    tests: Mapping[tuple[str, str], Comparison]
    strata: Strata
    winner: str | None
    decided_at: dt.date | None


@dataclass(frozen=True, slots=True)
class Side:
    """Variants sent side by side, and what decides between them."""

    names: Sequence[str]
    strata: Strata
    rules: Rules

    def questions(self) -> Iterator[Question]:
        """Every two variants, in the order of the names."""
        rules, strata = self.rules, self.strata
        for a, b in combinations(strata.cells, 2):
            yield Question(
                a,
                b,
                smallest_effect=rules.smallest_effect,
                target=rules.target,
                looks=strata.looks,
                variants=len(self.names),
                planned=rules.fixed,
            )


def compare(names: Sequence[str], strata: Strata, rules: Rules) -> Pairs:
    """Every pair, and the winner by the rule that holds alpha over all of them."""
    return compare_all([Side(names, strata, rules)], rules.alpha)[0]


def compare_all(sides: Sequence[Side], alpha: float) -> list[Pairs]:
    """The same for the variants of many experiments, computed together.

    Args:
        sides: Of each experiment.
        alpha: The error rate that their rules share.
    """
    questions = [question for side in sides for question in side.questions()]
    answers = iter(comparison.compare_all(questions, alpha=alpha))
    return [_pairs(side, answers) for side in sides]


def _pairs(side: Side, answers: Iterator[Comparison]) -> Pairs:
    tests = {pair: next(answers) for pair in combinations(side.names, 2)}
    found = multiplicity.winner(side.names, tests, alpha=side.rules.alpha)
    dates = side.strata.dates
    return Pairs(tests, side.strata, found.winner, _day(found.decided_at, dates))


def results(
    pairs: Pairs, metric: str, titles: Mapping[str, str], control: str, *, winner: bool
) -> tuple[ComparisonResult, ...]:
    """The comparisons to show: all with the control, then the winner with the others."""
    shown = [pair for pair in pairs.tests if control in pair]
    if winner and pairs.winner not in (None, control):
        shown += [pair for pair in pairs.tests if pairs.winner in pair and pair not in shown]
    return tuple(
        ComparisonResult(
            a=a,
            b=b,
            metric=metric,
            test=(test := pairs.tests[a, b]),
            decided_at=_day(test.decided_at, pairs.strata.dates),
            look_dates=pairs.strata.dates,
            sentence=wording.comparison_sentence(test, titles[a], titles[b], metric),
        )
        for a, b in shown
    )


def _day(look: int | None, dates: Sequence[dt.date]) -> dt.date | None:
    return None if look is None or not dates else dates[look]
