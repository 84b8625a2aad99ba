"""An import: sources and their mappings become rows of results."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.errors import AbtestError
from abtest.outcomes.assignment.ledger import read_ledger
from abtest.outcomes.identity import Pseudonyms, looks_personal
from abtest.outcomes.importing.cohorts import Imported, by_week, count
from abtest.outcomes.importing.guess import Draft, guess
from abtest.outcomes.importing.running import rows_of
from abtest.outcomes.importing.saved import for_columns
from abtest.outcomes.importing.sources import Frame, Source
from abtest.outcomes.importing.totals import Summary, read_summary
from abtest.outcomes.importing.wishes import PER_PERIOD, SO_FAR, Question, Wishes
from abtest.outcomes.mapping import PROSPECTS, WHO, ColumnMapping

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from abtest.model import Experiment
    from abtest.outcomes.importing.cleaning import Assigned
    from abtest.outcomes.private import Private
    from abtest.plan import Plan

#: Puts a question to a person and returns the answer.
Ask = Callable[[Question], str]


@dataclass(frozen=True, slots=True)
class Import:
    """Sources with what they mean.

    Attributes:
        sources: The exports.
        drafts: What each of them means, in the same order; no question is open.
    """

    sources: tuple[Source, ...]
    drafts: tuple[Draft, ...]

    @property
    def mappings(self) -> tuple[ColumnMapping, ...]:
        """The mapping of each source."""
        return tuple(draft.mapping for draft in self.drafts)


class Importer:
    """Imports into one experiment.

    Args:
        experiment: Takes the rows.
        plan: Declares counts and dimensions.
        day: The date of a summary that has none.
        today: The latest day that counts.
        private: Holds the ledger of assignments.
        ask: Answers what only a person knows.
    """

    def __init__(
        self,
        experiment: Experiment,
        plan: Plan,
        private: Private,
        ask: Ask,
        *,
        day: dt.date,
        today: dt.date,
    ) -> None:
        self.experiment = experiment
        self.plan = plan
        self.day = day
        self.today = today
        self.ask = ask
        self.assigned = _ledger_of(private, experiment.id)

    def understand(
        self, sources: Sequence[Source], wishes: Wishes, saved: Sequence[ColumnMapping]
    ) -> Import:
        """Find out what every source means, by guessing and asking."""
        drafts = tuple(self._draft(source, wishes, saved) for source in sources)
        layouts = {draft.mapping.layout for draft in drafts}
        if len(layouts) > 1:
            raise AbtestError(
                "Some of these are summaries and some list prospects; import them one at a time."
            )
        _refuse_different_names(sources, drafts)
        return Import(tuple(sources), drafts)

    def rows(self, import_: Import, *, weekly: bool) -> tuple[list[Imported], list[str]]:
        """The rows of results, and what is worth knowing about them."""
        notes: list[str] = []
        if import_.mappings[0].layout == PROSPECTS:
            rows, notes = self._count(import_)
        else:
            rows = self._sum_up(import_, notes)
        _refuse_personal(rows)
        return [_lean(row) for row in (by_week(rows) if weekly else rows)], notes

    def _draft(self, source: Source, wishes: Wishes, saved: Sequence[ColumnMapping]) -> Draft:
        known = for_columns(saved, source.facts.columns)
        if known:
            wishes = wishes.over(known)
        assigned = self.assigned is not None
        while True:
            draft = guess(
                source.facts, source.values, wishes, self.experiment, self.plan, assigned=assigned
            )
            if not draft.questions:
                return draft
            question = draft.questions[0]
            wishes = question.answered(self.ask(question), wishes)

    def _count(self, import_: Import) -> tuple[list[Imported], list[str]]:
        """Count prospects over all sources at once, each person once."""
        outcomes = dict.fromkeys(o for mapping in import_.mappings for o in mapping.outcomes)
        keep = import_.mappings[0].keep
        variants = tuple(self.experiment.variants)
        with _folder() as folder:
            frame = Frame(
                variants, tuple(outcomes), self.today, self.assigned or _nobody, Path(folder)
            )
            pairs = zip(import_.sources, import_.mappings, strict=True)
            rows = " UNION ALL ".join(source.rows(mapping, frame) for source, mapping in pairs)
            engine = import_.sources[0].engine()
            skipped = import_.sources[0].skipped
            return count(engine, rows, variants, tuple(outcomes), keep, skipped)

    def _sum_up(self, import_: Import, notes: list[str]) -> list[Imported]:
        rows: list[Imported] = []
        for source, mapping in zip(import_.sources, import_.mappings, strict=True):
            summary = read_summary(
                source.name, tuple(source.facts.columns), source.lines(), mapping,
                day=self.day, today=self.today, skipped=source.skipped,
            )  # fmt: skip
            notes += summary.notes
            rows += rows_of(summary, self._is_cumulative(summary, mapping), self.experiment)
        keys = [row.key for row in rows]
        if len(set(keys)) < len(keys):
            raise AbtestError("Two of these summaries are of the same days; import one of them.")
        return rows

    def _is_cumulative(self, summary: Summary, mapping: ColumnMapping) -> bool:
        if mapping.cumulative is not None:
            return mapping.cumulative
        told = summary.cumulative()
        if told is None and not summary.dated and not self._has_rows(summary):
            told = False
        if told is None:
            text = f"Does {summary.name} count everything so far, or each period by itself?"
            options = "--cumulative or --per-period"
            question = Question("cumulative", text, (SO_FAR, PER_PERIOD), options)
            told = self.ask(question) == SO_FAR
        return told

    def _has_rows(self, summary: Summary) -> bool:
        """Whether rows are there on other days, which a running total would contain."""
        return any(
            cohort.rep == group.rep and cohort.date not in days
            for group, days in summary.series.items()
            for cohort in self.experiment[group.variant].cohorts
        )


def _refuse_personal(rows: Sequence[Imported]) -> None:
    """No dimension may carry an address or a number into git."""
    for row in rows:
        for key, value in row.dimensions.items():
            if looks_personal(value):
                raise AbtestError(
                    f"--keep {key}: its values look like addresses or numbers of people, and git "
                    "would keep them for good. Nothing was written."
                )


def _lean(row: Imported) -> Imported:
    """A row without the zeros that say no more than their absence."""
    kept = {key: n for key, n in row.counts.items() if n or key in ("sent", "responses")}
    return replace(row, counts=kept)


def _ledger_of(private: Private, experiment: str) -> Assigned | None:
    entries = read_ledger(private.ledger(experiment))
    if not entries:
        return None
    names = Pseudonyms(private.salt())

    def variant_of(identity: str) -> str | None:
        entry = entries.get(names.of(identity))
        return entry.variant if entry else None

    return variant_of


def _nobody(_identity: str) -> None:
    """Nobody was assigned."""


def _folder() -> AbstractContextManager[str]:
    """A folder that only we can read, for the length of an import."""
    return tempfile.TemporaryDirectory(prefix="abtest-")


def _refuse_different_names(sources: Sequence[Source], drafts: Sequence[Draft]) -> None:
    """A person told apart by email here and by phone there would count twice."""
    roles = [draft.mapping.who for draft in drafts]
    if len(set(roles)) > 1:
        told = ", ".join(f"{s.name} by {role}" for s, role in zip(sources, roles, strict=True))
        raise AbtestError(
            f"Prospects are told apart in different ways: {told}. A person in both would count "
            f'twice; give the same role to a column of each: --column "HEADER={WHO[0]}".'
        )
