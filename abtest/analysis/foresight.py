"""Does the critique predict responses? Findings and scores held against what came of them.

A finding is taken as a factor that a variant has or has not, a review's mean score as one that is
higher or lower than its experiment's. Both then go the way of every lever: compared within weeks,
reps and experiments, drawn to no effect, called only by evidence that holds for all of them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from statistics import fmean
from types import MappingProxyType

from abtest import wording
from abtest.analysis import factors
from abtest.analysis.factors import Tried
from abtest.errors import Finding
from abtest.insight import Lesson
from abtest.model import Variant
from abtest.plan import Metric, Rubric
from abtest.stats.segment_results import SegmentState

#: Rules on the words of a message; the others look at people, lists and counts.
_WORDS = ("VM", "EM", "SB", "CB", "CD")

FOUND, CLEAN = "with the finding", "without it"
HIGHER, LOWER = "scored higher", "scored lower"

_SAID = {
    SegmentState.CARRIES: "more people answer",
    SegmentState.DRAGS: "fewer people answer",
    SegmentState.UNDECIDED: "too little is known to say",
}


def predictions(
    tried: Sequence[Tried],
    findings: Iterable[Finding],
    rubric: Rubric,
    metric: Metric,
    alpha: float,
) -> tuple[Lesson, ...]:
    """One lesson a rule or group of scores that some variants have and others beside them not.

    Args:
        tried: All variants of the team's own experiments.
        findings: The critique's, of all variants.
        rubric: The two groups of scores.
        metric: What to compare.
        alpha: Chance that any of them is called wrongly.
    """
    views = (_by_findings(tried, findings), _by_scores(tried, rubric))
    share = alpha / len(views)
    found = [lesson for view in views for lesson in factors.lessons(view, metric, share)]
    return tuple(replace(lesson, sentence=_sentence(lesson)) for lesson in found)


def _by_findings(tried: Sequence[Tried], findings: Iterable[Finding]) -> list[Tried]:
    """The variants with findings on their words for factors; those without any as controls."""
    codes: dict[str, set[str]] = defaultdict(set)
    for finding in findings:
        if finding.variant is not None and finding.code.startswith(_WORDS):
            codes[finding.variant].add(finding.code)
    every = sorted(set().union(*codes.values()))
    return [
        _with_factors(
            one,
            {code: FOUND if code in codes[one.variant.id] else CLEAN for code in every},
            control=not codes[one.variant.id],
        )
        for one in tried
    ]


def _by_scores(tried: Sequence[Tried], rubric: Rubric) -> list[Tried]:
    """The variants with their groups of scores for factors; those scored higher as controls."""
    scores = _scores(tried, rubric)
    return [
        _with_factors(
            one, scores[one.variant.id], control=HIGHER in scores[one.variant.id].values()
        )
        for one in tried
    ]


def _with_factors(one: Tried, levels: Mapping[str, str], *, control: bool) -> Tried:
    variant = replace(one.variant, factors=MappingProxyType(dict(levels)))
    return replace(one, variant=variant, control=control)


def _scores(tried: Sequence[Tried], rubric: Rubric) -> Mapping[str, dict[str, str]]:
    """Variant id → group of scores → higher or lower than the others of its experiment."""
    levels: dict[str, dict[str, str]] = defaultdict(dict)
    for group, names in (("WHAT you say", rubric.what), ("HOW you say it", rubric.how)):
        by_experiment: dict[str, dict[str, float]] = defaultdict(dict)
        for one in tried:
            mean = _mean(one.variant, names)
            if mean is not None:
                by_experiment[one.experiment][one.variant.id] = mean
        for means in by_experiment.values():
            middle = fmean(means.values())
            for name, mean in means.items():
                if mean != middle:
                    levels[name][group] = HIGHER if mean > middle else LOWER
    return levels


def _mean(variant: Variant, names: Mapping[str, str]) -> float | None:
    scores = [s for r in variant.reviews for name, s in r.scores.items() if name in names]
    return fmean(scores) if scores else None


def _sentence(lesson: Lesson) -> str:
    """What is known, for which, from how much, and with what it is entangled."""
    low, high = lesson.interval.low or 0.0, lesson.interval.high or 0.0
    number = len(lesson.experiments)
    others = ""
    if lesson.entangled:
        shown = wording.listed(
            [*lesson.entangled[:3], *(["others"] if lesson.entangled[3:] else [])]
        )
        others = f" It always came together with {shown}, so nobody can tell them apart."
    return (
        f"{lesson.factor}: {_SAID[lesson.state]}. The odds of an answer to messages {lesson.level} "
        f"are {lesson.odds_ratio:.2f} times those to messages {lesson.reference}, plausibly "
        f"{low:.2f} to {high:.2f} times; from {number} experiment{'s' if number > 1 else ''}."
        f"{others}"
    )
