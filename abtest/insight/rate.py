"""A proportion as insights carry it."""

from __future__ import annotations

from dataclasses import dataclass

from abtest.stats.results import Interval


@dataclass(frozen=True, slots=True)
class Rate:
    """A proportion with both of its ranges.

    Attributes:
        interval: Wilson interval, for a single look; None without prospects.
        sequence: Confidence sequence, valid at every look.
    """

    count: int
    per: int
    rate: float | None
    interval: Interval | None
    sequence: Interval
