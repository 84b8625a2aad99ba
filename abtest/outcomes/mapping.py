"""A mapping: what each column of an export means, and each of its values."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from abtest.outcomes.identity import IDENTITIES

#: A variant that the ledger of `abtest assign` knows.
ASSIGNED = "(as assigned)"

#: Layouts: a row is a prospect or something that happened to one; or it is a summary.
PROSPECTS, TOTALS = "prospects", "totals"

#: Roles that tell prospects apart, the best first; a name is the last resort.
WHO = (*IDENTITIES, "name")

#: Columns that together make one dimension.
PLACE = ("city", "state", "country")

#: Columns that say when, by whom, to whom and how; every other one says what came of it.
CONTEXT = frozenset({*WHO, *PLACE, "variant", "rep", "date", "step", "event", "direction", "skip"})

#: What an event of another kind means: it is passed over, with a word.
AUTOMATIC, OPENS, CLICKS, DIALS, IGNORED = "automatic", "opens", "clicks", "dials", ""
NOT_COUNTED = frozenset({AUTOMATIC, OPENS, CLICKS, DIALS, IGNORED})

#: States besides outcomes that only a prospect has who was sent something.
STATES_OF_SENT = frozenset({AUTOMATIC, OPENS, CLICKS})

#: What comes in with one of these meanings was written by a machine, or by none: no answer.
NOT_ANSWERS = frozenset({AUTOMATIC, OPENS, CLICKS, "bounced"})

#: Words for a call or a message that came from the prospect.
INBOUND = ("inbound", "incoming", "in", "received")

_NOTHING: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """What an export's columns and values mean.

    Attributes:
        layout: `prospects` or `totals`.
        columns: Header → role, of the columns that are used.
        values: `variant`, `rep` or `event` → value → what it means here: a local id, a rep, an
            outcome; an empty meaning leaves the rows of that value out.
        variant: The variant of every row, or `ASSIGNED`; None where a column says it.
        rep: The rep of every row; None where a column says it.
        date: The date of every row; None where a column says it.
        day_first: Whether 3/4/2026 is the third of April; None if it does not matter.
        cumulative: Whether a summary counts from the beginning; None if it does not matter.
        keep: Dimensions to tell rows apart by.
        states: Each prospect stands there once, with its latest state: one who replied was also
            sent something.
    """

    layout: str
    columns: Mapping[str, str]
    values: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NOTHING)
    variant: str | None = None
    rep: str | None = None
    date: dt.date | None = None
    day_first: bool | None = None
    cumulative: bool | None = None
    keep: tuple[str, ...] = ()
    states: bool = False

    def is_state_of(self, meaning: str | None, outcome: str) -> bool:
        """Whether an event of this meaning says that the outcome happened."""
        if meaning is None or meaning == outcome:
            return meaning == outcome
        implied = meaning in STATES_OF_SENT or meaning not in NOT_COUNTED
        return self.states and outcome == "sent" and implied

    def comes_in_as(self, meaning: str | None, outcome: str) -> bool:
        """Whether something of this meaning that came from the prospect says that it happened.

        Whatever a person sends is a response, and what its words mean besides; it is no send.

        >>> mapping = ColumnMapping(PROSPECTS, {})
        >>> [mapping.comes_in_as("positive", o) for o in ("sent", "responses", "positive")]
        [False, True, True]
        >>> mapping.comes_in_as("bounced", "responses"), mapping.comes_in_as("bounced", "bounced")
        (False, True)
        """
        if outcome == "responses":
            return meaning not in NOT_ANSWERS
        return outcome != "sent" and meaning == outcome

    def column(self, role: str) -> str | None:
        """The header of the column that has this role."""
        return next((header for header, found in self.columns.items() if found == role), None)

    @property
    def who(self) -> str | None:
        """The role of the column that tells prospects apart."""
        return next((role for role in WHO if self.column(role)), None)

    @property
    def outcomes(self) -> tuple[str, ...]:
        """What the rows record, `sent` first: from columns, and from the values of events.

        Where nothing says what is a send, every row with a date is one.
        """
        named = [role for role in self.columns.values() if self.says_outcome(role)]
        if self.column("event"):
            named += [m for m in self.values.get("event", {}).values() if m not in NOT_COUNTED]
        if self.column("direction"):
            named.append("responses")
        found = ("sent" if outcome == "delivered" else outcome for outcome in named)
        return tuple(dict.fromkeys(("sent", *found)))

    def says_outcome(self, role: str) -> bool:
        """Whether a column of this role says what came of a row."""
        return role not in CONTEXT and role not in self.keep

    def sources(self, dimension: str) -> tuple[str, ...]:
        """The columns that make up a dimension: one, or city, state and country."""
        header = self.column(dimension)
        if header:
            return (header,)
        parts = map(self.column, PLACE if dimension == "location" else ())
        return tuple(header for header in parts if header)
