"""What became of the variants of one experiment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.diff.keys import variant_keys
from abtest.diff.results import CountChange, LostRow, Standing, TouchChange, VariantChange
from abtest.diff.words import compare
from abtest.plan import REACHED, Metric

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from abtest.model import Cohort, Experiment, Touch, Variant
    from abtest.plan import Plan
    from abtest.report import ExperimentResult

_Results = tuple["ExperimentResult | None", "ExperimentResult | None"]


def variant_changes(
    old: Experiment | None, new: Experiment | None, results: _Results, plan: Plan
) -> Iterator[VariantChange]:
    """One change a variant, those that are the same included, in the order of their ids.

    Args:
        old: The experiment as it was, None where it is new.
        new: The experiment as it is, None where it is gone.
        results: What each of them said; None for drafts, which are not judged.
        plan: Names what is counted.
    """
    before = {v.name: v for v in old or ()}
    now = {v.name: v for v in new or ()}
    renamed = _renamed(before, now)
    changes = _Changes(new or old, results, plan)
    for name in sorted({*before, *now} - set(renamed.values())):
        was = before.get(renamed.get(name, name))
        yield changes.of(was, now.get(name))


def _renamed(before: Mapping[str, Variant], now: Mapping[str, Variant]) -> dict[str, str]:
    """New name → old name, of variants that kept their rows or their words."""
    gone = {name: variant for name, variant in before.items() if name not in now}
    found: dict[str, str] = {}
    for name, variant in now.items():
        for old in gone if name not in before else ():
            if old not in found.values() and _alike(gone[old], variant):
                found[name] = old
                break
    return found


def _alike(old: Variant, new: Variant) -> bool:
    return _words(old.touches) == _words(new.touches) or (
        bool(old.cohorts) and _rows(old) == _rows(new)
    )


class _Changes:
    """Compares the variants of one experiment."""

    def __init__(self, experiment: Experiment | None, results: _Results, plan: Plan) -> None:
        assert experiment is not None
        self._metric = _metric(experiment, plan)
        self._results = results
        self._counts = plan.all_counts

    def of(self, old: Variant | None, new: Variant | None) -> VariantChange:
        """The change from one to the other, of which one may not be there."""
        shown = new or old
        assert shown is not None
        words = () if old is None or new is None else tuple(_touches(old, new))
        counts = tuple(self._count_changes(old, new))
        was = old.id if old is not None and new is not None and old.id != new.id else None
        keys = variant_keys(old, new)
        kind = "removed" if new is None else "added" if old is None else "changed"
        if kind == "changed" and not (words or counts or keys) and _rows(old) == _rows(new):
            kind = "same"
        return VariantChange(
            id=shown.id,
            title=shown.title,
            kind="renamed" if was else kind,
            words=words,
            counts=counts,
            lost=tuple(_lost(old, new)),
            before=self._standing(old, 0),
            after=self._standing(new, 1),
            was=was,
            keys=keys,
        )

    def _count_changes(self, old: Variant | None, new: Variant | None) -> Iterator[CountChange]:
        for key in self._counts:
            before, after = _total(old, key), _total(new, key)
            if before != after:
                yield CountChange(key, before, after)

    def _standing(self, variant: Variant | None, side: int) -> Standing | None:
        result = self._results[side]
        if variant is None:
            return None
        judged = None if result is None else result[variant.id].metrics[result.metric].target
        return Standing(
            count=_total(variant, self._metric.count),
            reached=_total(variant, self._metric.per),
            state=None if judged is None else str(judged.state),
        )


def _metric(experiment: Experiment, plan: Plan) -> Metric:
    """The primary metric; responses, where the one that is named is not known."""
    try:
        return plan.metric_named(experiment.metric or plan.metric)
    except KeyError:
        return Metric("responses", "responses")


def _total(variant: Variant | None, key: str) -> int:
    return sum(row.reached if key == REACHED else row.get(key) for row in _cohorts(variant))


def _cohorts(variant: Variant | None) -> tuple[Cohort, ...]:
    return variant.cohorts if variant else ()


def _rows(variant: Variant | None) -> dict[tuple[str, ...], dict[str, int]]:
    """Rep, day and dimensions → counts, zeros aside."""
    return {
        (
            row.rep,
            row.date.isoformat(),
            *(f"{key}: {value}" for key, value in sorted(row.dimensions.items())),
        ): {key: number for key, number in row.counts.items() if number}
        for row in _cohorts(variant)
    }


def _lost(old: Variant | None, new: Variant | None) -> Iterator[LostRow]:
    now = _rows(new)
    for key, counts in _rows(old).items():
        after = now.get(key)
        if after is None or any(after.get(name, 0) < number for name, number in counts.items()):
            yield LostRow(", ".join(key), counts, after)


def _touches(old: Variant, new: Variant) -> Iterator[TouchChange]:
    """The touches whose words differ; those that one side lacks count as empty there."""
    before, now = _words(old.touches), _words(new.touches)
    several = len({number for _, number in (*before, *now)}) > 1
    for channel, number in sorted({*before, *now}, key=lambda which: (which[1], which[0])):
        was, says = before.get((channel, number), ""), now.get((channel, number), "")
        if was.split() != says.split():
            name = f"{channel.capitalize()} {number}" if several else channel.capitalize()
            yield TouchChange(name, compare(was, says))


def _words(touches: tuple[Touch, ...]) -> dict[tuple[str, int], str]:
    return {
        (touch.channel, touch.number): (
            touch.text if touch.subject is None else f"Subject: {touch.subject}\n\n{touch.text}"
        )
        for touch in touches
    }
