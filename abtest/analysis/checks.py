"""Quality checks of an experiment, each a sentence with what to do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from abtest import wording
from abtest.analysis import cohorts, pairs
from abtest.analysis.trial import Trial
from abtest.model import Cohort
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
        trial: The experiment.
        compared: The comparisons of its variants.
        priced: The winner against its rivals on the guarded counts.
    """

    trial: Trial
    compared: pairs.Pairs
    priced: Mapping[tuple[str, str], pairs.Pairs]

    @property
    def metric(self) -> Metric:
        """The primary metric."""
        return self.trial.frame.primary

    def title(self, variant_id: str) -> str:
        """What people call a variant, as a sentence has it."""
        return wording.quoted(self.trial.experiment[variant_id].title)


def examine_all(
    trials: Sequence[Trial], compared: Sequence[pairs.Pairs]
) -> list[tuple[Check, ...]]:
    """All checks of each trial, whether or not they found something."""
    priced = _priced(trials, compared)
    return [_examine(Material(*parts)) for parts in zip(trials, compared, priced, strict=True)]


def _examine(material: Material) -> tuple[Check, ...]:
    return (
        _split(material),
        _rep_imbalance(material),
        _heterogeneity(material),
        _simpson(material),
        _plausibility(material),
        _guardrails(material),
    )


def _split(material: Material) -> Check:
    trial, planned = material.trial, material.trial.experiment.allocation
    observed = [cohorts.total(trial.splits[name].sent, "sent") for name in trial.names]
    weights = [planned.get(name, 0.0 if planned else 1.0) for name in trial.names]
    found = quality.sample_ratio(observed, weights)
    numbers = {"p_value": found.p_value}
    if found.ok is not False:
        return Check("split", found.ok, numbers)
    actual = ", ".join(
        f"{material.title(name)} {count:,} (planned {expected:,.0f})"
        for name, count, expected in zip(trial.ids, observed, found.expected, strict=True)
    )
    return Check(
        "split",
        False,
        numbers,
        f"The split is not the planned one: {actual}. Chance alone does not do that.",
        "Find out who decides which prospect gets which message; let 'abtest assign' decide.",
    )


def _rep_imbalance(material: Material) -> Check:
    arms = material.trial.arms
    names = list(arms)
    reps = sorted({cohort.rep for arm in arms.values() for cohort in arm})
    table = [
        [sum(cohort.sent for cohort in arm if cohort.rep == rep) for arm in arms.values()]
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
    for name, weeks in _series(material.trial):
        found[name] = quality.heterogeneity(weeks.count, weeks.nobs)
    judged = {name: result for name, result in found.items() if result.p_value is not None}
    if not judged:
        return Check("heterogeneity", None, {"dispersion": None, "p_value": None})
    worst = min(judged, key=lambda name: judged[name].p_value or 0.0)
    result = judged[worst]
    numbers = {"dispersion": result.dispersion, "p_value": result.p_value}
    if result.ok is None or (result.p_value or 0.0) * len(judged) >= quality.NOTABLE:
        return Check("heterogeneity", None if result.ok is None else True, numbers)
    return Check(
        "heterogeneity",
        False,
        numbers,
        f"The weeks and reps of {material.title(worst)} differ more than chance "
        f"(dispersion {result.dispersion:.1f}), so its evidence is counted for less.",
        "Compare within a rep and a list, and draw by prospect which message each gets.",
    )


def _series(trial: Trial) -> Iterator[tuple[str, cohorts.Series]]:
    """By id, the cohorts of week and rep of each variant for which the metric is a proportion."""
    for name, variant_id in zip(trial.names, trial.ids, strict=True):
        weeks = trial.series(name, trial.frame.primary)
        if all(count <= nobs for count, nobs in zip(weeks.count, weeks.nobs, strict=True)):
            yield variant_id, weeks


def _simpson(material: Material) -> Check:
    arms, metric = material.trial.arms, material.metric
    names = list(arms)
    for other in names[1:]:
        pair = (arms[names[0]], arms[other])
        for dimension in _dimensions(*pair):
            if quality.reversal(*_segments(pair, metric, dimension)).reversed:
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
    arms: tuple[Sequence[Cohort], ...], metric: Metric, dimension: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Successes and prospects of both arms in each value of a dimension."""
    found: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for arm, cohorts_ in enumerate(arms):
        for cohort in cohorts_:
            cell = found[_value(cohort, dimension)]
            cell[2 * arm] += cohort.get(metric.count)
            cell[2 * arm + 1] += cohort.get(metric.per)
    cells = [found[value] for value in sorted(found)]
    return [(x, n) for x, n, _, _ in cells], [(x, n) for _, _, x, n in cells]


def _value(cohort: Cohort, dimension: str) -> str:
    return cohort.rep if dimension == "rep" else cohort.dimensions.get(dimension, "")


def _plausibility(material: Material) -> Check:
    too_high, too_even = [], []
    for name, weeks in _series(material.trial):
        found = quality.plausibility(weeks.count, weeks.nobs)
        too_high += [material.title(name)] if found.too_high else []
        too_even += [material.title(name)] if found.too_even else []
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
    broken = [
        (count, rival)
        for (count, rival), found in material.priced.items()
        if found.tests[rival, winner].state is _GUARDED[count]
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


def _priced(
    trials: Sequence[Trial], compared: Sequence[pairs.Pairs]
) -> list[dict[tuple[str, str], pairs.Pairs]]:
    """For each trial, by guarded count and rival: the winner against it, by the same rules."""
    asked = [dict(_prices(*parts)) for parts in zip(trials, compared, strict=True)]
    sides = [side for each in asked for side in each.values()]
    if not sides:
        return [{} for _ in asked]
    answers = iter(pairs.compare_all(sides, sides[0].rules.alpha))
    return [{key: next(answers) for key in each} for each in asked]


def _prices(trial: Trial, compared: pairs.Pairs) -> Iterator[tuple[tuple[str, str], pairs.Side]]:
    winner, arms = compared.winner, trial.arms
    if winner is None:
        return
    control = next(iter(arms))
    for rival in [control] if winner != control else [n for n in arms if n != control]:
        for count in _GUARDED:
            both = [arms[rival], arms[winner]]
            strata = cohorts.strata(both, count, "reached")
            counted = any(x for arm in strata.cells for x, _ in arm)
            possible = all(x <= n for arm in strata.cells for x, n in arm)
            if counted and possible and count != trial.frame.primary.count:
                yield (count, rival), pairs.Side([rival, winner], strata, trial.rules)
