"""Why are we below target, and what is it worth? The answers, plain and frozen.

Everything that `abtest.analysis` finds beyond the verdicts ends here, and everything that shows it
begins here. `to_dict` gives what JSON can hold; an undefined value is None.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from abtest.assumptions import Assumption
from abtest.insight.breakdown import Breakdown, Dimension, Panel
from abtest.insight.inquiry import Inquiry, Investigation, StepState
from abtest.insight.peeking import Peeking, Replay
from abtest.insight.plain import record
from abtest.insight.rate import Rate
from abtest.insight.team import Funnel, Lesson, Lever, Promise, Streak, Touches, Weeks


@dataclass(frozen=True, slots=True)
class Insight:
    """Everything beyond the verdicts, on one day.

    Attributes:
        investigations: Variants below target, by id.
        funnels: All together first, then each experiment, then each variant.
        predictions: What the critique's findings and scores say of the answers.
        peeking: What a plain test at every look would have said.
        breakdowns: Experiment id → its variants by segment, where rows record segments.
    """

    as_of: dt.date
    investigations: tuple[Investigation, ...]
    funnels: tuple[Funnel, ...]
    promises: tuple[Promise, ...]
    weeks: tuple[Weeks, ...]
    touches: Touches | None
    lessons: tuple[Lesson, ...]
    levers: tuple[Lever, ...]
    streaks: tuple[Streak, ...]
    assumptions: tuple[Assumption, ...]
    sample: bool = False
    predictions: tuple[Lesson, ...] = ()
    peeking: Peeking | None = None
    breakdowns: Mapping[str, Breakdown] = field(default_factory=lambda: MappingProxyType({}))

    def of_experiment(self, name: str) -> Insight:
        """What it says of one experiment alone, for the pages of that experiment."""
        found = self.breakdowns.get(name)
        return Insight(
            as_of=self.as_of,
            investigations=(),
            funnels=(),
            promises=(),
            weeks=(),
            touches=None,
            lessons=(),
            levers=(),
            streaks=(),
            assumptions=(),
            sample=self.sample,
            breakdowns={} if found is None else {name: found},
        )

    def to_dict(self) -> dict[str, Any]:
        """What JSON can hold of it."""
        return {"version": 1, **record(self)}


__all__ = [
    "Breakdown",
    "Dimension",
    "Funnel",
    "Inquiry",
    "Insight",
    "Investigation",
    "Lesson",
    "Lever",
    "Panel",
    "Peeking",
    "Promise",
    "Rate",
    "Replay",
    "StepState",
    "Streak",
    "Touches",
    "Weeks",
]
