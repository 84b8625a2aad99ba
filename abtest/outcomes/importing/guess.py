"""Guess: from an export and what a person said to a mapping, and the questions left open."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from abtest.errors import AbtestError, UsageError
from abtest.outcomes.importing.columns import Columns, choose
from abtest.outcomes.importing.days import day_of
from abtest.outcomes.importing.events import are_codes, meaning_of
from abtest.outcomes.importing.names import match_rep, match_variant
from abtest.outcomes.importing.wishes import (
    DAY_FIRST,
    MONTH_FIRST,
    NEITHER,
    Question,
    Wishes,
)
from abtest.outcomes.mapping import ASSIGNED, IGNORED, NOT_COUNTED, PROSPECTS, WHO, ColumnMapping
from abtest.outcomes.tally.expressions import DATE, TEXT

if TYPE_CHECKING:
    from abtest.model import Experiment
    from abtest.outcomes.importing.facts import Facts
    from abtest.plan import Plan

#: Header → value → rows; None where there are too many values to be kinds of anything.
Values = Callable[[str], "Counter[str] | None"]

_MOST_QUESTIONS = 8
_LAST_MONTH = 12


@dataclass(frozen=True, slots=True)
class Draft:
    """A mapping to be confirmed.

    Attributes:
        mapping: The most probable one.
        left_out: Header → why the column is not read.
        notes: What else is worth knowing, in sentences.
        questions: What must be answered first.
    """

    mapping: ColumnMapping
    left_out: dict[str, str]
    notes: tuple[str, ...]
    questions: tuple[Question, ...]


def guess(
    facts: Facts,
    values: Values,
    wishes: Wishes,
    experiment: Experiment,
    plan: Plan,
    *,
    assigned: bool = False,
) -> Draft:
    """The most probable mapping of an export.

    Args:
        facts: What is known of the export.
        values: The values of a column.
        wishes: What a person said.
        experiment: Whose variants and reps are meant.
        plan: The counts and dimensions that the team declared.
        assigned: Whether the ledger of `abtest assign` can tell the variants.

    Raises:
        AbtestError: The export cannot be counted; the text says why.
        UsageError: A wish cannot be met.
    """
    return _Guessing(facts, values, wishes, experiment, plan).draft(assigned)


class _Guessing:
    def __init__(
        self, facts: Facts, values: Values, wishes: Wishes, experiment: Experiment, plan: Plan
    ) -> None:
        self.facts = facts
        self.values = values
        self.wishes = wishes
        self.experiment = experiment
        self.columns: Columns = choose(facts, wishes, plan)
        self.notes: list[str] = []
        self.questions: list[Question] = []
        self.meanings: dict[str, dict[str, str]] = {}

    def draft(self, assigned: bool) -> Draft:
        if self.columns.layout == PROSPECTS:
            self.settle_event()
        else:
            for header in self.columns.events:
                self.columns.left_out[header] = "a summary has no events"
        variant = self.settle_variant(assigned)
        rep = self.settle_rep()
        day_first = self.settle_day_order()
        mapping = ColumnMapping(
            layout=self.columns.layout,
            columns=self.columns.used,
            values=self.meanings,
            variant=variant,
            rep=rep,
            date=None if self.columns.header("date") else self.wishes.date,
            day_first=day_first,
            cumulative=self.wishes.cumulative,
            keep=self.wishes.keep,
            states=self.has_states(),
        )
        self.refuse_nothing_counted(mapping)
        return Draft(mapping, self.columns.left_out, tuple(self.notes), tuple(self.questions))

    def settle_event(self) -> None:
        """Use the column of events whose values say most, unless marks say what was sent."""
        marks = [h for role in ("sent", "delivered") if (h := self.columns.header(role))]
        readings = [(self.read_events(header), header) for header in self.columns.events]
        best = max(readings, key=lambda pair: pair[0][0], default=None)
        for _, header in readings:
            if marks:
                self.columns.left_out[header] = f"{marks[0]} says what was sent"
            elif best and header != best[1]:
                self.columns.left_out[header] = f"{best[1]} says what happened"
        if best is None or marks:
            return
        (share, meanings), header = best
        if share > 0:
            self.columns.used[header] = "event"
            self.meanings["event"] = meanings
        else:
            self.columns.left_out[header] = "none of its values is an outcome"

    def has_states(self) -> bool:
        """Whether each prospect stands there once, with a state in place of events."""
        who = next((h for role in WHO if (h := self.columns.header(role))), None)
        states = bool(who and self.columns.header("event") and self.facts.columns[who].unique)
        if states and self.facts.rows > 1:
            self.notes.append(
                "Each prospect stands here once, so a state such as replied counts as a send too."
            )
        return states

    def read_events(self, header: str) -> tuple[float, dict[str, str]]:
        """The share of rows whose event is an outcome, and value → meaning."""
        counted = self.values(header)
        if not counted:
            return 0.0, {}
        labels = self.wishes.labels
        if are_codes(counted) and not labels:
            raise AbtestError(
                f"{self.facts.name}: {header!r} holds codes. Export the list of results with their "
                "codes (id, label) as CSV and name it with --labels FILE."
            )
        said = self.wishes.values.get("event", {})
        meanings = {}
        for value in counted:
            meaning = said[value] if value in said else meaning_of(labels.get(value, value))
            meanings[value] = IGNORED if meaning is None else meaning
        told = sum(n for value, n in counted.items() if meanings[value] not in NOT_COUNTED)
        return told / counted.total(), meanings

    def settle_variant(self, assigned: bool) -> str | None:
        header = self.columns.header("variant")
        names = tuple(self.experiment.variants)
        if self.wishes.variant:
            if self.wishes.variant not in (*names, ASSIGNED):
                raise UsageError(
                    f"{self.experiment.id} has no variant {self.wishes.variant!r}; "
                    f"it has {', '.join(names)}."
                )
            self.unuse("variant", "the variant was said for all rows")
            return self.wishes.variant
        if header is not None:
            self.settle_variant_values(header, names)
            return None
        if assigned and self.columns.layout == PROSPECTS:
            self.notes.append("The variant of each prospect is the one that was assigned.")
            return ASSIGNED
        if len(names) == 1:
            return names[0]
        text = f"Which variant is {self.facts.name} about?"
        self.questions.append(Question("variant", text, names, "--variant NAME"))
        return None

    def settle_variant_values(self, header: str, names: tuple[str, ...]) -> None:
        counted = self.values(header)
        if counted is None:
            raise AbtestError(
                f"{self.facts.name}: {header!r} has too many values to name variants. Say which "
                'column does with --column "HEADER=variant", or name one with --variant.'
            )
        said = self.wishes.values.get("variant", {})
        matches = {v: said.get(v, match_variant(v, self.experiment)) for v in counted}
        self.meanings["variant"] = {value: name or "" for value, name in matches.items()}
        unknown = [value for value, name in matches.items() if name is None]
        if len(unknown) < len(matches):
            others = ", ".join(repr(value) for value in unknown[:5])
            if unknown:
                self.notes.append(f"{header}: {others} is none of the variants, and is left out.")
            return
        for value in unknown[:_MOST_QUESTIONS]:
            text = f"Which variant is {header} {value!r} ({counted[value]:,} rows)?"
            option = f'--value "variant:{value}=NAME"'
            self.questions.append(Question("variant", text, (*names, NEITHER), option, value))

    def settle_rep(self) -> str | None:
        header = self.columns.header("rep")
        if self.wishes.rep:
            self.unuse("rep", "the rep was said for all rows")
            return self.wishes.rep
        if header is None:
            text = f"Whose sends are these in {self.facts.name}?"
            self.questions.append(Question("rep", text, (), "--rep NAME"))
            return None
        counted = self.values(header)
        if counted is None:
            raise AbtestError(
                f"{self.facts.name}: {header!r} has too many values to be reps. Name another "
                'column with --column "HEADER=rep", or one rep with --rep.'
            )
        known = {cohort.rep for variant in self.experiment for cohort in variant.cohorts}
        said = self.wishes.values.get("rep", {})
        self.meanings["rep"] = {v: said.get(v) or match_rep(v, known) for v in counted}
        return None

    def settle_day_order(self) -> bool | None:
        """Whether 3/4 is in April: told by a day above 12, by dots, or asked."""
        if self.wishes.day_first is not None:
            return self.wishes.day_first
        columns = [self.facts.columns[h] for h in self.columns.used if h in self.facts.columns]
        slashed = [column for column in columns if column.firsts]
        if not slashed or any(column.kind != TEXT for column in slashed):
            return None
        if max(column.firsts for column in slashed) > _LAST_MONTH:
            return True
        if max(column.seconds for column in slashed) > _LAST_MONTH:
            return False
        if all(re.match(r"\s*\d+\.\d+\.", cell) for column in slashed for cell in column.samples):
            return True
        sample = slashed[0].samples[0]
        text = f"Is {sample} written as day/month or as month/day?"
        choices = (MONTH_FIRST, DAY_FIRST)
        self.questions.append(Question("day_first", text, choices, "--day-first or --month-first"))
        return None

    def unuse(self, role: str, reason: str) -> None:
        header = self.columns.header(role)
        if header is not None:
            del self.columns.used[header]
            self.columns.left_out[header] = reason

    def refuse_nothing_counted(self, mapping: ColumnMapping) -> None:
        said = [role for role in mapping.columns.values() if mapping.says_outcome(role)]
        if not said and not mapping.column("event"):
            self.refuse("no column says what came of the prospects")
        if mapping.layout != PROSPECTS and not {"sent", "delivered"} & set(said):
            self.refuse("no column counts the prospects that were contacted, and none names them")
        if mapping.layout == PROSPECTS and not self.has_days(mapping):
            self.refuse("no column says when it was; name the day of all rows with --date")
        if "responses" not in mapping.outcomes and "positive" not in mapping.outcomes:
            self.notes.append(
                "No column counts responses; add them with 'abtest record', or import the replies."
            )

    def has_days(self, mapping: ColumnMapping) -> bool:
        """Whether rows have a day: of their own, or in what marks an outcome."""
        marks = [
            self.facts.columns[h] for h, r in mapping.columns.items() if mapping.says_outcome(r)
        ]
        dated = any(
            column.kind == DATE or any(day_of(cell) for cell in column.samples) for column in marks
        )
        return dated or mapping.date is not None or mapping.column("date") is not None

    def refuse(self, why: str) -> None:
        reasons = "\n".join(f"  {header}: {why}" for header, why in self.columns.left_out.items())
        raise AbtestError(
            f"{self.facts.name}: {why}.\n{reasons}\n"
            'Say what a column is with --column "HEADER=ROLE".'
        )
