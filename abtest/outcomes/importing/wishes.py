"""What a person said about an import, and what is still to be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from abtest.outcomes.mapping import ColumnMapping

_NO_NAMES: Mapping[str, str] = MappingProxyType({})
_NO_VALUES: Mapping[str, Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Wishes:
    """Answers given before the questions: by options, or last time.

    Attributes:
        variant: The variant of every row.
        rep: The rep of every row.
        date: The date of every row.
        columns: Header → role; `skip` leaves a column out.
        values: `variant`, `rep` or `event` → value → meaning.
        keep: Dimensions to tell rows apart by.
        day_first: Whether 3/4 is in April.
        cumulative: Whether a summary counts from the beginning.
        labels: Code → label, for exports that name results by codes.
    """

    variant: str | None = None
    rep: str | None = None
    date: dt.date | None = None
    columns: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=lambda: _NO_VALUES)
    keep: tuple[str, ...] = ()
    day_first: bool | None = None
    cumulative: bool | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: _NO_NAMES)

    def over(self, saved: ColumnMapping) -> Wishes:
        """These wishes, and what a saved mapping says where they say nothing."""
        return replace(
            self,
            columns={**saved.columns, **self.columns},
            values=_merged(saved.values, self.values),
            keep=self.keep or saved.keep,
            day_first=saved.day_first if self.day_first is None else self.day_first,
            cumulative=saved.cumulative if self.cumulative is None else self.cumulative,
        )

    def with_value(self, role: str, value: str, meaning: str) -> Wishes:
        """These wishes and the meaning of one more value."""
        return replace(self, values=_merged(self.values, {role: {value: meaning}}))


@dataclass(frozen=True, slots=True)
class Question:
    """Something that only a person knows.

    Attributes:
        about: What it settles: a field of `Wishes`, or a role whose value is asked for.
        text: The question.
        choices: The possible answers; empty where anything may be said.
        option: The option of the command line that answers it.
        value: The value that is asked about, where the question is about one.
    """

    about: str
    text: str
    choices: tuple[str, ...]
    option: str
    value: str | None = None

    def answered(self, answer: str, wishes: Wishes) -> Wishes:
        """The wishes once the question is answered."""
        if self.value is not None:
            return wishes.with_value(self.about, self.value, "" if answer == NEITHER else answer)
        if self.about == "day_first":
            return replace(wishes, day_first=answer == DAY_FIRST)
        if self.about == "cumulative":
            return replace(wishes, cumulative=answer == SO_FAR)
        if self.about == "rep":
            return replace(wishes, rep=answer)
        return replace(wishes, variant=answer)


#: Answers.
NEITHER = "none"
DAY_FIRST, MONTH_FIRST = "day/month", "month/day"
SO_FAR, PER_PERIOD = "so far", "per period"


def _merged(
    first: Mapping[str, Mapping[str, str]], second: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    return {role: {**first.get(role, {}), **second.get(role, {})} for role in {**first, **second}}
