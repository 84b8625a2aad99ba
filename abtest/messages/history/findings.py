"""What the past says of the present: lost rows, words changed under counts, plans changed late."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from abtest.errors import Finding, Severity
from abtest.messages.history.arithmetic import Kind
from abtest.messages.history.places import EXPERIMENT_FILE, PLAN_FILE
from abtest.messages.history.settings import said
from abtest.messages.history.snapshot import RowKey

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.messages.history.acceptance import Acceptance
    from abtest.messages.history.arithmetic import Break
    from abtest.messages.history.past import Past
    from abtest.messages.history.plans import Replanned
    from abtest.messages.history.snapshot import Counts, Snapshot
    from abtest.model import Experiments, Variant

#: So many rows are named in one finding; of the rest, the number.
_NAMED = 3


class Findings:
    """Says what the past holds against the files of today.

    Args:
        past: What became of them.
        acceptance: Knows which losses were owned up to.
        experiments: The files as they were read, for the lines of today.
    """

    def __init__(self, past: Past, acceptance: Acceptance, experiments: Experiments) -> None:
        self._past = past
        self._acceptance = acceptance
        self._experiments = experiments

    def all(self) -> Iterator[Finding]:
        """Every finding, in no particular order."""
        yield from self._lost()
        yield from self._copied()
        yield from self._reworded()
        yield from self._replanned()

    def _lost(self) -> Iterator[Finding]:
        open_ = [b for b in self._past.walk.broken if not self._acceptance.accepts(b)]
        open_.sort(key=lambda broken: (broken.at, broken.path, broken.found.kind.value))
        for (at, path, kind), group in groupby(open_, lambda b: (b.at, b.path, b.found.kind)):
            yield self._of_rows(at, path, kind, [broken.found for broken in group])

    def _of_rows(self, at: int, path: str, kind: Kind, rows: Sequence[Break]) -> Finding:
        named = "; ".join(_said_row(row) for row in rows[:_NAMED])
        if len(rows) > _NAMED:
            named += f"; and {len(rows) - _NAMED} more"
        where = self._where(at)
        message, suggestion, severity = _WORDS[kind]
        if at == self._past.now and kind in (Kind.VANISHED, Kind.LOWERED):
            severity = Severity.WARNING
        line = self._line(path, rows[0].key)
        rep, day, *_ = rows[0].key.parts
        hint = f"“Correction: {path.removesuffix('.md')} {rep} {day}: why”"
        return self._finding(
            path,
            line,
            "DM008",
            severity,
            message.format(where=where, rows=named),
            suggestion.format(hint=hint),
        )

    def _copied(self) -> Iterator[Finding]:
        for at, path, source, rows in self._past.walk.copied:
            node = self._past.state.get(path)
            still = node.rows if node else {}
            if all(still.get(key) == counts for key, counts in rows.items()):
                sent = sum(counts.get("sent", 0) for counts in rows.values())
                yield self._finding(
                    path,
                    self._line(path, next(iter(rows))),
                    "DM008",
                    Severity.WARNING,
                    f"This file began with the rows of {source} ({sent:,} sent) in "
                    f"{self._where(at)}, so that they count twice.",
                    "Delete the copied rows: a new variant begins without results; and say "
                    f"“Correction: {path.removesuffix('.md')}: copied rows” in the commit message.",
                )

    def _reworded(self) -> Iterator[Finding]:
        for path, node in sorted(self._past.state.items()):
            if node.snapshot is not None and path in self._past.walk.reworded:
                found = self._reworded_file(path, node.snapshot)
                if found is not None:
                    yield found

    def _reworded_file(self, path: str, now: Snapshot) -> Finding | None:
        recorded = self._past.walk.recorded
        rows = now.rows
        old = [key for key in rows if recorded.get((path, key), now.words) != now.words]
        at = self._past.walk.reworded[path][-1]
        day = self._past.commits[at].day
        if not old or (now.text_change and now.text_change >= day):
            return None
        sent = sum(rows[key].get("sent", 0) for key in old)
        return self._finding(
            path,
            self._first_changed_line(path, recorded[path, old[0]]),
            "DM010",
            Severity.ERROR,
            f"The words changed in {self._where(at)}, after {sent:,} prospects had been sent other "
            "words; those counts belong to the old ones.",
            "Put the old words back and copy them to a new variant for the new ones; or, if the "
            f"change is immaterial, add text_change: {{date: {day}, why: typo}}",
        )

    def _replanned(self) -> Iterator[Finding]:
        fixed: dict[tuple[str, str], object] = {}
        last: dict[tuple[str, str], Replanned] = {}
        for change in self._past.plans.replanned:
            which = (change.path, change.key)
            if self._acceptance.accepts_plan(change):
                fixed[which] = change.after
            else:
                fixed.setdefault(which, change.before)
                last[which] = change
        for which, change in last.items():
            now = self._past.plans.now(change.path)
            running = self._running(change)
            if running and now is not None and now[change.key] != fixed[which]:
                yield self._late_plan(change._replace(before=fixed[which]), running)

    def _running(self, change: Replanned) -> list[str]:
        return sorted(
            id_
            for id_ in change.experiments
            if id_ in self._experiments and self._experiments[id_].status == "running"
        )

    def _late_plan(self, change: Replanned, running: Sequence[str]) -> Finding:
        what = running[0] if len(running) == 1 else f"{len(running)} experiments"
        name = PLAN_FILE if change.path == PLAN_FILE else change.path.removesuffix(".md")
        own = change.path.endswith(EXPERIMENT_FILE)
        line = self._experiments[running[0]].key_lines.get(change.key, 1) if own else 1
        return self._finding(
            change.path,
            line,
            "XP001",
            Severity.ERROR,
            f"{change.key} changed from {said(change.before)} to {said(change.after)} in "
            f"{self._where(change.at)}, after {what} had results: what decides is fixed before "
            "anyone looks.",
            f"Put it back; or say why in a commit message: “Correction: {name}: why”",
        )

    def _where(self, at: int) -> str:
        """The commit, as a sentence names it."""
        commit = self._past.commits[at]
        if at == self._past.now:
            return "your uncommitted changes"
        return f"{commit.short} ({commit.author}, {commit.day})"

    def _variant(self, path: str) -> Variant | None:
        id_, _, name = path.removesuffix(".md").partition("/")
        experiment = self._experiments.get(id_)
        return experiment.variants.get(name) if experiment else None

    def _line(self, path: str, key: RowKey) -> int:
        """The line of a row; of the results, where it is gone; 0 where the file is gone."""
        variant = self._variant(path)
        if variant is None:
            return 0
        for row in variant.cohorts:
            if RowKey.of(row.rep, row.date.isoformat(), row.dimensions) == key:
                return row.line
        return variant.key_lines.get("results", 1)

    def _first_changed_line(self, path: str, old: tuple[tuple[str, int, str, str], ...]) -> int:
        variant = self._variant(path)
        for touch in variant.touches if variant else ():
            words = (touch.channel, touch.number, touch.subject or "", touch.text)
            if tuple(" ".join(w.split()) if isinstance(w, str) else w for w in words) not in old:
                return touch.line
        return variant.touches[0].heading_line if variant else 1

    def _finding(
        self, path: str, line: int, code: str, severity: Severity, message: str, suggestion: str
    ) -> Finding:
        experiment, _, file = path.rpartition("/")
        is_variant = bool(experiment) and file != EXPERIMENT_FILE
        return Finding(
            path=f"{self._experiments.root}/{path}",
            line=line,
            column=1 if line else 0,
            code=code,
            severity=severity,
            message=message,
            suggestion=suggestion,
            experiment=experiment or None,
            variant=path.removesuffix(".md") if is_variant else None,
        )


_PUT_BACK = "Put it back; or, if it was wrong, say so in a commit message: {hint}"
_WORDS = {
    Kind.VANISHED: ("Recorded counts vanished in {where}: {rows}.", _PUT_BACK, Severity.ERROR),
    Kind.LOWERED: ("Recorded counts went down in {where}: {rows}.", _PUT_BACK, Severity.ERROR),
    Kind.MERGED_LESS: (
        "The merge {where} lost counts that one of its sides had: {rows}.",
        "Put them back, and say so in the commit message: {hint}",
        Severity.ERROR,
    ),
    Kind.MERGED_MORE: (
        "The merge {where} has more than both of its sides recorded: {rows}.",
        "Correct the row, and say so in the commit message: {hint}",
        Severity.ERROR,
    ),
    Kind.MERGED_ALIKE: (
        "Both sides of the merge {where} changed a row, which may hold only one change: {rows}.",
        "Add what is missing, if anything is; and say so in a commit message: {hint}",
        Severity.WARNING,
    ),
}


def _said_row(row: Break) -> str:
    """One row, with what became of it.

    >>> from abtest.messages.history.arithmetic import Break
    >>> key = RowKey.of("kim", "2026-11-02", {"industry": "saas"})
    >>> _said_row(Break(Kind.LOWERED, key, {"sent": 40, "responses": 5}, {"sent": 40}))
    'kim 2026-11-02 saas, responses 5 → 0'
    """
    rep, day, *pairs = row.key.parts
    name = " ".join((rep, day, *pairs[1::2]))
    if row.got is None or row.expected is None:
        return f"{name} ({_said_counts(row.expected or row.got or {})})"
    keys = dict.fromkeys((*row.expected, *row.got))
    moved = [
        f"{key} {row.expected.get(key, 0):,} → {row.got.get(key, 0):,}"
        for key in keys
        if row.expected.get(key, 0) != row.got.get(key, 0)
    ]
    return f"{name}, {', '.join(moved)}"


def _said_counts(counts: Counts) -> str:
    return ", ".join(f"{number:,} {key}" for key, number in counts.items() if number)
