"""What was learned on each lever: levels of factors across experiments, and levers by verdict."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from abtest import wording
from abtest.analysis import cohorts
from abtest.insight import Lesson, Lever
from abtest.model import Cohort, Variant
from abtest.plan import Metric
from abtest.report import ExperimentResult
from abtest.stats import multiplicity
from abtest.stats.compare import compare
from abtest.stats.factors import Arm, Effects
from abtest.stats.results import Comparison, Interval, PairState
from abtest.stats.segment_results import SegmentState


@dataclass(frozen=True, slots=True)
class Tried:
    """A variant with its cohorts that are old enough.

    Attributes:
        control: Whether the others of its experiment are compared with it.
    """

    experiment: str
    variant: Variant
    mature: tuple[Cohort, ...]
    control: bool = False


@dataclass(frozen=True, slots=True)
class _Question:
    """A level against the reference of its factor, in the experiments that sent both."""

    factor: str
    level: str
    reference: str
    experiments: tuple[str, ...]


def lessons(tried: Sequence[Tried], metric: Metric, alpha: float) -> tuple[Lesson, ...]:
    """What experiments say about every level that was sent beside another of its factor.

    Args:
        tried: All variants, with or without factors.
        metric: What to compare; rows that count more than it is out of are left out.
        alpha: Chance that any level is called better or worse wrongly.
    """
    tried = [one for one in tried if one.variant.factors and _sent(one, metric)]
    asked = _questions(tried, metric)
    if not asked:
        return ()
    model = Effects.of([_arm(one, metric) for one in tried])
    tests = [_compare(question, tried, metric, alpha) for question in asked]
    called = multiplicity.e_holm([test.log_e_value for test in tests], alpha=alpha)
    return tuple(
        _lesson(question, test, certain, model, tried, alpha)
        for question, test, certain in zip(asked, tests, called, strict=True)
    )


def _sent(one: Tried, metric: Metric) -> int:
    proportion = all(c.get(metric.count) <= c.get(metric.per) for c in one.mature)
    return cohorts.total(one.mature, metric.per) if proportion else 0


def _arm(one: Tried, metric: Metric) -> Arm:
    count, nobs = (cohorts.total(one.mature, key) for key in (metric.count, metric.per))
    return Arm(one.experiment, one.variant.id, one.variant.factors, count, nobs)


def _questions(tried: Sequence[Tried], metric: Metric) -> list[_Question]:
    """Each level beside the one that controls have most, or that was sent most, where they met."""
    found = []
    for factor in sorted({factor for one in tried for factor in one.variant.factors}):
        ranks: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in tried:
            if factor in one.variant.factors:
                level = one.variant.factors[factor]
                controls, sent = ranks[level]
                ranks[level] = (controls + one.control, sent + _sent(one, metric))
        at = _experiments(tried, factor)
        reference, *levels = sorted(ranks, key=lambda level: (*(-n for n in ranks[level]), level))
        for level in levels:
            shared = tuple(sorted(at[level] & at[reference]))
            if shared:
                found.append(_Question(factor, level, reference, shared))
    return found


def _experiments(tried: Iterable[Tried], factor: str) -> dict[str, set[str]]:
    """Level → the experiments in which it was sent."""
    at: dict[str, set[str]] = defaultdict(set)
    for one in tried:
        if factor in one.variant.factors:
            at[one.variant.factors[factor]].add(one.experiment)
    return at


def _sides(
    question: _Question, experiment: str, tried: Iterable[Tried]
) -> tuple[list[Tried], list[Tried]]:
    """An experiment's variants on the reference, and those on the level."""
    here = [one for one in tried if one.experiment == experiment]
    reference, level = (
        [one for one in here if one.variant.factors.get(question.factor) == value]
        for value in (question.reference, question.level)
    )
    return reference, level


def _compare(
    question: _Question, tried: Sequence[Tried], metric: Metric, alpha: float
) -> Comparison:
    """The level (b) against the reference (a) within experiments, weeks and reps."""
    pairs: list[tuple[tuple[int, int], ...]] = []
    for experiment in question.experiments:
        sides = _sides(question, experiment, tried)
        arms = [[cohort for one in side for cohort in one.mature] for side in sides]
        strata = cohorts.strata(arms, metric.count, metric.per)
        pairs += list(zip(*strata.cells, strict=True))
    return compare(
        [pair[0] for pair in pairs],
        [pair[1] for pair in pairs],
        alpha=alpha,
        looks=[0] * len(pairs),
    )


def _lesson(
    question: _Question,
    test: Comparison,
    certain: bool,
    model: Effects,
    tried: Sequence[Tried],
    alpha: float,
) -> Lesson:
    ratio, interval = model.odds_ratio(
        question.factor, question.level, question.reference, alpha=alpha
    )
    entangled = _entangled(question, tried)
    known = certain and not entangled and not _holds_one(interval)
    lesson = Lesson(
        factor=question.factor,
        level=question.level,
        reference=question.reference,
        odds_ratio=ratio,
        interval=interval,
        experiments=question.experiments,
        log_e=test.log_e_value,
        state=_state(test) if known else SegmentState.UNDECIDED,
        entangled=entangled,
        sentence="",
    )
    return replace(lesson, sentence=_sentence(lesson))


def _holds_one(interval: Interval) -> bool:
    """What the words besides the factor may do is part of the range: it can leave nothing."""
    return (interval.low or 0.0) <= 1.0 <= (interval.high or 1.0)


def _state(test: Comparison) -> SegmentState:
    states = {PairState.BETTER: SegmentState.CARRIES, PairState.WORSE: SegmentState.DRAGS}
    return states.get(test.state, SegmentState.UNDECIDED)


def _entangled(question: _Question, tried: Sequence[Tried]) -> tuple[str, ...]:
    """Other factors that never stayed the same where this one changed."""
    others = sorted({f for one in tried for f in one.variant.factors} - {question.factor})
    return tuple(other for other in others if _always_changes(other, question, tried))


def _always_changes(other: str, question: _Question, tried: Sequence[Tried]) -> bool:
    for experiment in question.experiments:
        sides = _sides(question, experiment, tried)
        before, after = ({one.variant.factors.get(other) for one in side} for side in sides)
        if before & after:
            return False
    return True


def _sentence(lesson: Lesson) -> str:
    number = len(lesson.experiments)
    verdict = {
        SegmentState.CARRIES: "works better",
        SegmentState.DRAGS: "works worse",
        SegmentState.UNDECIDED: "is not known to work better or worse",
    }[lesson.state]
    together = ""
    if lesson.entangled:
        names = wording.listed([name.replace("_", " ") for name in lesson.entangled])
        together = f" It always changed together with {names}, so nobody can tell them apart."
    factor = lesson.factor.replace("_", " ").capitalize()
    low, high = lesson.interval.low or 0.0, lesson.interval.high or 0.0
    return (
        f"{factor}: {wording.quoted(lesson.level)} {verdict} than "
        f"{wording.quoted(lesson.reference)}. Its odds of an answer are {lesson.odds_ratio:.2f} "
        f"times as high, drawn to no effect, plausibly {low:.2f} to {high:.2f} times; from "
        f"{number} experiment{'s' if number > 1 else ''}.{together}"
    )


def levers(results: Iterable[ExperimentResult]) -> tuple[Lever, ...]:
    """Experiments by the lever that they move and by what came of them."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for result in results:
        if result.experiment is not None and result.experiment.lever:
            found[result.experiment.lever][_outcome(result)].append(result.id)
    return tuple(_lever(lever, by_outcome) for lever, by_outcome in sorted(found.items()))


def _outcome(result: ExperimentResult) -> str:
    return {"winner": "won", "no_difference": "even"}.get(result.verdict.state, "open")


def _lever(lever: str, found: Mapping[str, Sequence[str]]) -> Lever:
    return Lever(lever, *(tuple(sorted(found.get(key, ()))) for key in ("won", "even", "open")))
