"""The parts of a change, frozen and plain."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abtest.diff.words import Run
    from abtest.errors import Finding
    from abtest.report import Verdict

#: Version of the JSON; it changes when a key changes its meaning.
SCHEMA_VERSION = 1


@dataclass(frozen=True, slots=True)
class TouchChange:
    """The words of one touch, before and now.

    Attributes:
        name: `Voicemail`, `Email 2` …
        runs: Both wordings as one text.
    """

    name: str
    runs: tuple[Run, ...]

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `words` of the JSON."""
        return {"touch": self.name, "runs": [{r.kind: r.text} for r in self.runs]}


@dataclass(frozen=True, slots=True)
class KeyChange:
    """The value of a key above a file's text, before and now; None where it is not written."""

    key: str
    before: str | None
    after: str | None

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `keys` of the JSON."""
        return {"key": self.key, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class CountChange:
    """A count of a variant, over all its rows, before and now."""

    count: str
    before: int
    after: int

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `counts` of the JSON."""
        return {"count": self.count, "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class LostRow:
    """A row that is gone, or has lower counts.

    Attributes:
        name: Rep, day and dimensions.
        after: None for a row that is gone.
    """

    name: str
    before: Mapping[str, int]
    after: Mapping[str, int] | None

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `lost` of the JSON."""
        after = None if self.after is None else dict(self.after)
        return {"row": self.name, "before": dict(self.before), "after": after}


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a variant stands: answers out of prospects reached, all rows; state on mature ones.

    Attributes:
        state: Against the target; None without a target.
    """

    count: int
    reached: int
    state: str | None

    def to_dict(self) -> dict[str, Any]:
        """As `before` or `after` of a variant of the JSON."""
        return {"count": self.count, "reached": self.reached, "state": self.state}


@dataclass(frozen=True, slots=True)
class VariantChange:
    """What became of a variant.

    Attributes:
        kind: `added`, `removed`, `renamed`, `changed` or `same`.
        was: Its id before, where it was renamed.
    """

    id: str
    title: str
    kind: str
    words: tuple[TouchChange, ...] = ()
    counts: tuple[CountChange, ...] = ()
    lost: tuple[LostRow, ...] = ()
    before: Standing | None = None
    after: Standing | None = None
    was: str | None = None
    keys: tuple[KeyChange, ...] = ()

    @property
    def counted(self) -> bool:
        """Whether any count or state is another."""
        return bool(self.counts) or (
            self.before is not None and self.after is not None and self.before != self.after
        )

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `variants` of the JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "was": self.was,
            "keys": [key.to_dict() for key in self.keys],
            "words": [touch.to_dict() for touch in self.words],
            "counts": [count.to_dict() for count in self.counts],
            "lost": [row.to_dict() for row in self.lost],
            "before": self.before and self.before.to_dict(),
            "after": self.after and self.after.to_dict(),
        }


@dataclass(frozen=True, slots=True)
class ExperimentChange:
    """What became of an experiment.

    Attributes:
        kind: `added`, `removed` or `changed`.
        metric: The primary metric, which `before` and `after` of the variants count.
    """

    id: str
    title: str
    kind: str
    metric: str
    before: Verdict | None
    after: Verdict | None
    variants: tuple[VariantChange, ...]
    keys: tuple[KeyChange, ...] = ()

    @property
    def speaks(self) -> bool:
        """Whether there is more to say than that one of its files was touched."""
        touched = any(variant.kind != "same" or variant.counted for variant in self.variants)
        return self.moved or touched or bool(self.keys) or self.kind != "changed"

    @property
    def moved(self) -> bool:
        """Whether the verdict is another one."""
        if self.before is None or self.after is None:
            return False
        return (self.before.state, self.before.winner) != (self.after.state, self.after.winner)

    def to_dict(self) -> dict[str, Any]:
        """As an entry of `experiments` of the JSON."""
        return {
            "id": self.id,
            "title": self.title,
            "kind": self.kind,
            "metric": self.metric,
            "moved": self.moved,
            "keys": [key.to_dict() for key in self.keys],
            "before": self.before and self.before.to_dict(),
            "after": self.after and self.after.to_dict(),
            "variants": [v.to_dict() for v in self.variants if v.kind != "same"],
        }


@dataclass(frozen=True, slots=True)
class ContentChange:
    """All that a change did to the content.

    Attributes:
        base: What it is held against, as a sentence may name it.
        commit: The id of that commit.
        fixed: Findings that are gone.
        new: Findings that were not there.
        remarks: Sentences on what could not be compared.
        plan: Settings of plan.yml that have other values.
    """

    base: str
    commit: str
    experiments: tuple[ExperimentChange, ...]
    fixed: tuple[Finding, ...]
    new: tuple[Finding, ...]
    remarks: tuple[str, ...] = ()
    plan: tuple[KeyChange, ...] = ()

    @property
    def lost(self) -> tuple[tuple[str, LostRow], ...]:
        """Variant id and row, of every row that is gone or has lower counts."""
        variants = (v for experiment in self.experiments for v in experiment.variants)
        return tuple((variant.id, row) for variant in variants for row in variant.lost)

    @property
    def moved(self) -> tuple[ExperimentChange, ...]:
        """The experiments whose verdict is another one."""
        return tuple(experiment for experiment in self.experiments if experiment.moved)

    @property
    def added(self) -> dict[str, int]:
        """Count → what came to it, over all variants; below 0 where it went down."""
        totals: dict[str, int] = {}
        for experiment in self.experiments:
            for change in (count for variant in experiment.variants for count in variant.counts):
                totals[change.count] = totals.get(change.count, 0) + change.after - change.before
        return {count: number for count, number in totals.items() if number}

    @property
    def reworded(self) -> tuple[str, ...]:
        """The ids of the variants that say something else."""
        variants = (v for experiment in self.experiments for v in experiment.variants)
        return tuple(variant.id for variant in variants if variant.words)

    @property
    def rekeyed(self) -> dict[str, tuple[KeyChange, ...]]:
        """plan.yml, experiment or variant id → its keys that have other values, if any."""
        found = {"plan.yml": self.plan}
        for experiment in self.experiments:
            found[experiment.id] = experiment.keys
            found |= {variant.id: variant.keys for variant in experiment.variants}
        return {id_: keys for id_, keys in found.items() if keys}

    def to_dict(self) -> dict[str, Any]:
        """The JSON of `abtest diff`."""
        return {
            "version": SCHEMA_VERSION,
            "base": {"name": self.base, "commit": self.commit},
            "plan": [key.to_dict() for key in self.plan],
            "experiments": [experiment.to_dict() for experiment in self.experiments],
            "fixed": [finding.to_dict() for finding in self.fixed],
            "new": [finding.to_dict() for finding in self.new],
            "remarks": list(self.remarks),
        }
