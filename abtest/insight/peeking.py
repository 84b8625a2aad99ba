"""What a plain test at every look would have said, beside what the method said."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Replay:
    """One question, looked at again week by week.

    Attributes:
        experiment: The experiment's id; `title` is its title.
        question: Which message against what, in words.
        looks: How many weeks were looked at.
        called: The week that the plain test first called, None where it never did.
        call: What it said: `above` or `below` the target, `better` or `worse` than the control.
        withdrawn: Later looks at which it did not say so, or said the contrary.
        stands: Whether it says the same at the last look.
        decided: The week in which the method decided, None where it has not.
        verdict: What the method says now, in words.
    """

    experiment: str
    title: str
    question: str
    looks: int
    called: dt.date | None
    call: str
    withdrawn: int
    stands: bool
    decided: dt.date | None
    verdict: str

    @property
    def is_early(self) -> bool:
        """Whether the plain test called before the method did, if the method did at all."""
        return self.called is not None and (self.decided is None or self.called < self.decided)


@dataclass(frozen=True, slots=True)
class Peeking:
    """All questions of a team, looked at again.

    Attributes:
        replays: Those with two looks or more; called ones first, the shakiest before the others.
        median: The median number of looks.
        false_alarms: How often a plain test calls at so many looks where nothing differs.
        facts: What came of it, one sentence each.
        sample: The numbers are made up.
    """

    replays: tuple[Replay, ...]
    median: int
    false_alarms: float | None
    facts: tuple[str, ...]
    sample: bool = False
