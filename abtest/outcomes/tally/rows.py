"""Rows for the query, from a relation with columns of known kinds: Parquet files, a warehouse."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from abtest.outcomes.mapping import INBOUND, NOT_ANSWERS
from abtest.outcomes.tally.expressions import (
    Column,
    day,
    literal,
    literals,
    mark_day,
    marked,
    select,
    text,
)
from abtest.outcomes.tally.query import dimension, outcome_column

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from abtest.outcomes.mapping import ColumnMapping
    from abtest.outcomes.tally.engine import Engine


class Reason(enum.IntEnum):
    """Why a row does not count; its variant is the negative of this."""

    NOBODY = 1
    OTHER_VARIANT = 2
    NO_DATE = 3
    FUTURE = 4
    NO_REP = 5

    @property
    def words(self) -> str:
        """As it is told."""
        return _WORDS[self]


_WORDS = {
    Reason.NOBODY: "nothing tells who the prospect is",
    Reason.OTHER_VARIANT: "its variant is none of this import's",
    Reason.NO_DATE: "it has no date that can be read",
    Reason.FUTURE: "its date is in the future",
    Reason.NO_REP: "nothing tells whose send it is",
}


def typed_rows(
    engine: Engine,
    mapping: ColumnMapping,
    variants: Sequence[str],
    outcomes: Sequence[str],
    today: dt.date,
) -> str:
    """SQL of the rows of a typed relation, as `tally_sql` wants them.

    Args:
        engine: Holds the relation.
        mapping: What its columns mean.
        variants: The variants, by their numbers.
        outcomes: The outcomes that the rows are to have columns for.
        today: The latest day that counts.
    """
    read = _Reading(engine, mapping)
    texts = ["rep", *(dimension(n) for n in range(len(mapping.keep)))]
    days = [outcome_column(outcome) for outcome in outcomes]
    first = select([*dict.fromkeys(read.quoted()), f"{read.day} AS day_"], engine.relation)
    second = select(
        [
            f"{read.prospect} AS prospect",
            f"{read.variant(variants)} AS variant",
            f"{read.rep} AS rep",
            *(f"{read.dimension(key)} AS {dimension(n)}" for n, key in enumerate(mapping.keep)),
            *(f"{read.mark(outcome)} AS {outcome_column(outcome)}" for outcome in outcomes),
            f"{read.any_mark(outcomes)} AS marked_",
        ],
        f"({first}) AS s",
    )
    third = select(["t.*", f"{_reason(days, today)} AS reason_"], f"({second}) AS t")
    return select(
        [
            "CASE WHEN u.reason_ > 0 THEN -u.reason_ ELSE u.variant END AS variant",
            "CASE WHEN u.reason_ > 0 THEN '' ELSE u.prospect END AS prospect",
            *(f"u.{name}" for name in (*texts, *days)),
        ],
        f"({third}) AS u",
    )


def _reason(days: Sequence[str], today: dt.date) -> str:
    """The number of the reason why a row does not count; 0 for one that does."""
    happened = ", ".join(f"t.{name}" for name in days)
    late = " OR ".join(f"t.{name} > {today:%Y%m%d}" for name in days)
    return (
        f"CASE WHEN COALESCE(t.prospect, '') = '' THEN {Reason.NOBODY:d} "
        f"WHEN t.variant IS NULL THEN {Reason.OTHER_VARIANT:d} "
        f"WHEN t.marked_ AND COALESCE({happened}) IS NULL THEN {Reason.NO_DATE:d} "
        f"WHEN {late} THEN {Reason.FUTURE:d} "
        f"WHEN t.o_sent IS NOT NULL AND t.rep = '' THEN {Reason.NO_REP:d} ELSE 0 END"
    )


class _Reading:
    """SQL for each part of a row."""

    def __init__(self, engine: Engine, mapping: ColumnMapping) -> None:
        self.mapping = mapping
        self.columns = {column.name: column for column in engine.columns}

    def quoted(self) -> Iterator[str]:
        """The columns that are read."""
        used = [
            *self.mapping.columns,
            *(h for k in self.mapping.keep for h in self.mapping.sources(k)),
        ]
        return (self.columns[header].quoted for header in used)

    def column(self, role: str) -> Column | None:
        header = self.mapping.column(role)
        return self.columns[header] if header else None

    @property
    def prospect(self) -> str:
        who = self.mapping.who
        assert who is not None
        column = self.column(who)
        assert column is not None
        return f"LOWER({text(column)})" if who == "email" else text(column)

    @property
    def day(self) -> str:
        column = self.column("date")
        if column:
            return day(column)
        return f"{self.mapping.date:%Y%m%d}" if self.mapping.date else "CAST(NULL AS INTEGER)"

    @property
    def rep(self) -> str:
        column = self.column("rep")
        if column is None:
            return literal(self.mapping.rep or "")
        return self._translated(column, self.mapping.values.get("rep", {}))

    def variant(self, variants: Sequence[str]) -> str:
        column = self.column("variant")
        if column is None:
            return str(variants.index(self.mapping.variant or ""))
        cases = (
            f"WHEN {literal(value)} THEN {variants.index(name)}"
            for value, name in self.mapping.values.get("variant", {}).items()
            if name
        )
        return f"CASE {text(column)} {' '.join(cases)} END"

    def dimension(self, key: str) -> str:
        parts = [f"NULLIF({text(self.columns[h])}, '')" for h in self.mapping.sources(key)]
        return f"COALESCE({parts[0]}, '')" if len(parts) == 1 else _joined(parts)

    def mark(self, outcome: str) -> str:
        """The day on which a row's outcome happened, or NULL."""
        found = [mark_day(column, "day_") for column in self._marks(outcome)]
        events = self._events(outcome)
        if events:
            found.append(f"CASE WHEN {events} THEN day_ END")
        if not found:
            alone = outcome == "sent" and self.column("event") is None
            return "day_" if alone else "CAST(NULL AS INTEGER)"
        return found[0] if len(found) == 1 else f"COALESCE({', '.join(found)})"

    def any_mark(self, outcomes: Sequence[str]) -> str:
        """Whether a row says that anything happened."""
        parts = [marked(column) for o in outcomes for column in self._marks(o)]
        parts += filter(None, map(self._events, outcomes))
        return " OR ".join(parts) or "TRUE"

    def _marks(self, outcome: str) -> list[Column]:
        roles = ("sent", "delivered") if outcome == "sent" else (outcome,)
        return [column for column in map(self.column, roles) if column]

    def _events(self, outcome: str) -> str:
        """Whether a row's event, or its direction, says that the outcome happened."""
        own = self._event_in(lambda meaning: self.mapping.is_state_of(meaning, outcome))
        inbound = self._inbound
        if inbound is None or outcome not in {"sent", "responses"}:
            return own
        if outcome == "sent":
            return f"({own} AND NOT {inbound})" if own else ""
        machine = self._event_in(NOT_ANSWERS.__contains__)
        answered = f"({inbound} AND NOT {machine})" if machine else inbound
        return f"({own} OR {answered})" if own else answered

    def _event_in(self, says: Callable[[str], bool]) -> str:
        column = self.column("event")
        values = [v for v, m in self.mapping.values.get("event", {}).items() if says(m)]
        if column is None or not values:
            return ""
        return f"COALESCE({text(column)} IN ({literals(values)}), FALSE)"

    @property
    def _inbound(self) -> str | None:
        column = self.column("direction")
        return column and f"COALESCE(LOWER({text(column)}) IN ({literals(INBOUND)}), FALSE)"

    def _translated(self, column: Column, meanings: Mapping[str, str]) -> str:
        changed = {value: name for value, name in meanings.items() if value != name}
        cell = f"COALESCE({text(column)}, '')"
        if not changed:
            return cell
        cases = (f"WHEN {literal(v)} THEN {literal(name)}" for v, name in changed.items())
        return f"CASE {cell} {' '.join(cases)} ELSE {cell} END"


def _joined(parts: Sequence[str]) -> str:
    """Several cells as one, with commas between those that are filled."""
    pieces = [f"COALESCE(', ' || {part}, '')" for part in parts]
    return f"COALESCE(SUBSTR({' || '.join(pieces)}, 3), '')"
