"""Quality checks of an experiment, each a sentence with what to do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from abtest import wording
from abtest.analysis import cohorts, pairs
from abtest.model import Cohort, Experiment
from abtest.plan import Metric
from abtest.report import Check
from abtest.stats import quality
from abtest.stats.results import PairState

#: A winner must not have clearly more of the first two, nor clearly fewer of the third.
_GUARDED = {"optouts": PairState.BETTER, "negative": PairState.BETTER, "meetings": PairState.WORSE}

_MORE = {"optouts": "more opt-outs", "negative": "more angry answers", "meetings": "fewer meetings"}


@dataclass(frozen=True, slots=True)
class Material:
    """What the checks look at.

    Attributes:
        metric: The primary metric.
        sent: Variant id → every cohort sent so far; the control first.
        arms: Variant id → the cohorts that are judged.
        compared: The comparisons.
        rules: What decided them.
    """

    experiment: Experiment
    metric: Metric
    sent: Mapping[str, Sequence[Cohort]]
    arms: Mapping[str, Sequence[Cohort]]
    compared: pairs.Pairs
    rules: pairs.Rules

    def title(self, variant_id: str) -> str:
        """What people call a variant, as a sentence has it."""
        return wording.quoted(self.experiment[variant_id].title)


def examine(material: Material) -> tuple[Check, ...]:
    """All checks, whether or not they found something."""
    return (
        _split(material),
        _rep_imbalance(material),
        _heterogeneity(material),
        _simpson(material),
        _plausibility(material),
        _guardrails(material),
    )


def _split(material: Material) -> Check:
    planned = material.experiment.allocation
    names = list(material.sent)
    observed = [cohorts.total(material.sent[name], "sent") for name in names]
    weights = [
        planned.get(material.experiment[name].name, 0.0 if planned else 1.0) for name in names
    ]
    found = quality.sample_ratio(observed, weights)
    numbers = {"p_value": found.p_value}
    if found.ok is not False:
        return Check("split", found.ok, numbers)
    actual = ", ".join(
        f"{material.title(name)} {count:,} (planned {expected:,.0f})"
        for name, count, expected in zip(names, observed, found.expected, strict=True)
    )
    return Check(
        "split",
        False,
        numbers,
        f"The split is not the planned one: {actual}. Chance alone does not do that.",
        "Find out who decides which prospect gets which message; let 'abtest assign' decide.",
    )


def _rep_imbalance(material: Material) -> Check:
    names = list(material.arms)
    reps = sorted({cohort.rep for arm in material.arms.values() for cohort in arm})
    table = [
        [cohorts.total((c for c in material.arms[name] if c.rep == rep), "sent") for name in names]
        for rep in reps
    ]
    found = quality.entanglement(table)
    numbers = {
        "association": found.association,
        "separated": [[names[i], names[j]] for i, j in found.separated],
    }
    if not found.separated:
        return Check("rep_imbalance", True if reps else None, numbers)
    i, j = found.separated[0]
    return Check(
        "rep_imbalance",
        False,
        numbers,
        f"No rep sent both {material.title(names[i])} and {material.title(names[j])}, so nothing "
        "can tell the message from the person who sent it.",
        "Let every rep send every variant in the same weeks, then compare again.",
    )


def _heterogeneity(material: Material) -> Check:
    found = {}
    for name, arm in material.arms.items():
        weeks = _series(arm, material.metric)
        if weeks is not None:
            found[name] = quality.heterogeneity(weeks.count, weeks.nobs)
    judged = {name: result for name, result in found.items() if result.p_value is not None}
    if not judged:
        return Check("heterogeneity", None, {"dispersion": None, "p_value": None})
    worst = min(judged, key=lambda name: judged[name].p_value or 0.0)
    result = judged[worst]
    numbers = {"dispersion": result.dispersion, "p_value": result.p_value}
    if result.ok is None or (result.p_value or 0.0) * len(judged) >= quality.NOTABLE:
        return Check("heterogeneity", result.ok and True, numbers)
    return Check(
        "heterogeneity",
        False,
        numbers,
        f"The weeks and reps of {material.title(worst)} differ more than chance "
        f"(dispersion {result.dispersion:.1f}), so its evidence is counted for less.",
        "Compare within a rep and a list, and draw by prospect which message each gets.",
    )


def _series(arm: Sequence[Cohort], metric: Metric) -> cohorts.Series | None:
    """The cohorts of week and rep, None where the metric is no proportion in some of them."""
    weeks = cohorts.series(arm, metric.count, metric.per)
    possible = all(count <= nobs for count, nobs in zip(weeks.count, weeks.nobs, strict=True))
    return weeks if possible else None


def _simpson(material: Material) -> Check:
    names = list(material.arms)
    for other in names[1:]:
        for dimension in _dimensions(material.arms[names[0]], material.arms[other]):
            control, treatment = _segments(material, (names[0], other), dimension)
            if quality.reversal(control, treatment).reversed:
                return _reversal(material, names[0], other, dimension)
    return Check("simpson", True)


def _reversal(material: Material, a: str, b: str, dimension: str) -> Check:
    return Check(
        "simpson",
        False,
        {"dimension": dimension, "a": a, "b": b},
        f"Within every {dimension} the comparison of {material.title(a)} and "
        f"{material.title(b)} points the other way than over all of them.",
        f"Believe the comparison within each {dimension}: their mix differs between the variants.",
    )


def _dimensions(*arms: Sequence[Cohort]) -> list[str]:
    """The rep, and every dimension that some row has."""
    written = {name for arm in arms for cohort in arm for name in cohort.dimensions}
    return ["rep", *sorted(written)]


def _segments(
    material: Material, names: tuple[str, str], dimension: str
) -> tuple[list[tuple[int, int]], ...]:
    """Successes and prospects of each arm in each value of a dimension."""
    arms = [material.arms[name] for name in names]
    values = sorted({_value(cohort, dimension) for arm in arms for cohort in arm})
    return tuple(
        [
            (
                cohorts.total(inside, material.metric.count),
                cohorts.total(inside, material.metric.per),
            )
            for value in values
            for inside in [[c for c in arm if _value(c, dimension) == value]]
        ]
        for arm in arms
    )


def _value(cohort: Cohort, dimension: str) -> str:
    return cohort.rep if dimension == "rep" else cohort.dimensions.get(dimension, "")


def _plausibility(material: Material) -> Check:
    too_high, too_even = [], []
    for name, arm in material.arms.items():
        weeks = _series(arm, material.metric)
        found = weeks and quality.plausibility(weeks.count, weeks.nobs)
        too_high += [material.title(name)] if found and found.too_high else []
        too_even += [material.title(name)] if found and found.too_even else []
    sentences = []
    if too_high:
        sentences.append(f"{wording.listed(too_high)}: more than half answered, which is rare.")
    if too_even:
        sentences.append(f"{wording.listed(too_even)}: the weeks are more alike than chance makes.")
    if not sentences:
        return Check("plausibility", True)
    return Check(
        "plausibility",
        False,
        {"too_high": too_high, "too_even": too_even},
        " ".join(sentences),
        "Check how answers were counted: one person once, no auto-replies, no rounding.",
    )


def _guardrails(material: Material) -> Check:
    """Does the winner win at a price? Against the control, or all others if the control wins."""
    winner = material.compared.winner
    if winner is None:
        return Check("guardrails", None)
    control = next(iter(material.arms))
    rivals = [control] if winner != control else [n for n in material.arms if n != control]
    broken = [
        (count, rival)
        for rival in rivals
        for count, bad in _GUARDED.items()
        if _state(material, rival, winner, count) is bad
    ]
    if not broken:
        return Check("guardrails", True, {"broken": []})
    words = wording.listed([f"clearly {_MORE[n]} than {material.title(r)}" for n, r in broken])
    return Check(
        "guardrails",
        False,
        {"broken": [name for name, _ in broken]},
        f"{material.title(winner)} draws {words}.",
        "Read the answers before sending it to more people; a win that annoys is no win.",
    )


def _state(material: Material, rival: str, winner: str, count: str) -> PairState:
    """The winner against a rival on another count, by the same rules."""
    if count == material.metric.count:
        return PairState.UNDECIDED
    arms = [material.arms[rival], material.arms[winner]]
    strata = cohorts.strata(arms, count, "reached")
    if any(x > n for arm in strata.cells for x, n in arm):
        return PairState.UNDECIDED
    return pairs.compare_all([rival, winner], strata, material.rules).tests[rival, winner].state
