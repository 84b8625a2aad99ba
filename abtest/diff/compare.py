"""The content of today held against the content of a commit."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.analysis import analyze
from abtest.critique.run import examine
from abtest.diff.keys import experiment_keys, plan_keys
from abtest.diff.results import ContentChange, ExperimentChange
from abtest.diff.variants import variant_changes
from abtest.errors import ContentError, Finding, Severity
from abtest.messages import history
from abtest.messages.reader import read
from abtest.model import Experiments

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence


def compare(
    root: str | Path, revision: str | None, *, as_of: dt.date, today: dt.date
) -> ContentChange:
    """What the change did that leads from a commit to the files as they are.

    Args:
        root: The content folder.
        revision: The commit; None for where this branch began (see `history.base_of`).
        as_of: The day that counts as today, on both sides.
        today: The latest day that a row may name.

    Raises:
        UsageError: No commit has that name.
        SurroundingsError: Git is missing or refuses.
    """
    folder = Path(root)
    base = history.base_of(folder, revision)
    with history.content_at(folder, base.commit) as (there, ids):
        before = _Side(there, ids, as_of, today)
        now = _Side(folder, ids, as_of, today)
        fixed, new = _differing(before.findings_as_of(now.root), now.findings)
        return ContentChange(
            base=base.name,
            commit=base.commit,
            experiments=tuple(_experiments(before, now)),
            fixed=fixed,
            new=new,
            remarks=tuple(_remarks(before, base)),
            plan=plan_keys(before.experiments.plan, now.experiments.plan),
        )


class _Side:
    """The content at one end of the change, judged and criticized.

    Attributes:
        root: Its folder, as findings name it.
        experiments: Those that differ.
        findings: Theirs, and those of the folder as a whole.
        results: Experiment id → what it says; only of those without errors.
    """

    def __init__(self, folder: Path, ids: set[str], as_of: dt.date, today: dt.date) -> None:
        everything, found = read(folder, today=today)
        if everything is None:
            raise ContentError(found)
        kept = {id_: everything[id_] for id_ in everything if id_ in ids}
        self.root = everything.root
        self.experiments = Experiments(kept, everything.plan, everything.root)
        own = (f for f in found if f.experiment is None or f.experiment in ids)
        self.findings = (*own, *examine(self.experiments, as_of))
        broken = {finding.experiment for finding in found if _is_error(finding)}
        # An error outside of any experiment is one of the plan, which judges all of them.
        sound = {} if None in broken else {k: v for k, v in kept.items() if k not in broken}
        report = analyze(Experiments(sound, everything.plan, everything.root), as_of=as_of)
        self.results = {result.id: result for result in report}

    def findings_as_of(self, root: str) -> list[Finding]:
        """The findings as if the content lay in another folder."""
        cut = len(self.root)
        return [replace(found, path=root + found.path[cut:]) for found in self.findings]


def _differing(
    before: Sequence[Finding], now: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """The findings that are gone, and those that are new.

    A finding that says the same in other words, with another number in it, is neither.
    """
    for alike in (_exactly, _roughly):
        kept = Counter(map(alike, before)) & Counter(map(alike, now))
        before, now = _without(before, alike, kept), _without(now, alike, kept)
    return tuple(before), tuple(now)


def _exactly(finding: Finding) -> tuple[str, ...]:
    return finding.path, finding.code, finding.message


def _roughly(finding: Finding) -> tuple[str, ...]:
    return finding.path, finding.code


def _without(
    findings: Sequence[Finding],
    alike: Callable[[Finding], tuple[str, ...]],
    kept: Counter[tuple[str, ...]],
) -> list[Finding]:
    left = kept.copy()
    rest = []
    for finding in findings:
        key = alike(finding)
        if left[key]:
            left[key] -= 1
        else:
            rest.append(finding)
    return rest


def _remarks(before: _Side, base: history.Base) -> Iterator[str]:
    broken = sorted({f.path[len(before.root) + 1 :] for f in before.findings if _is_error(f)})
    if broken:
        files = "1 file" if len(broken) == 1 else f"{len(broken)} files"
        named = ", ".join(broken[:3]) + (" …" if len(broken) > 3 else "")
        yield (
            f"At {base.commit[:7]}, {files} had errors ({named}); what stood there could not be "
            "compared in full."
        )


def _is_error(finding: Finding) -> bool:
    return finding.severity is Severity.ERROR


def _experiments(before: _Side, now: _Side) -> Iterator[ExperimentChange]:
    for id_ in sorted({*before.experiments, *now.experiments}):
        old, new = before.experiments.get(id_), now.experiments.get(id_)
        shown = new or old
        assert shown is not None
        result, plan = now.results.get(id_), now.experiments.plan
        past = before.results.get(id_)
        yield ExperimentChange(
            id=id_,
            title=shown.title,
            kind="added" if old is None else "removed" if new is None else "changed",
            metric=shown.metric or plan.metric,
            before=None if past is None else past.verdict,
            after=None if result is None else result.verdict,
            variants=tuple(variant_changes(old, new, (past, result), plan)),
            keys=experiment_keys(old, new),
        )
