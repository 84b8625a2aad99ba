"""What is known of segments: frozen, plain, cheap to import."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from abtest.stats.results import Comparison, Interval


class SegmentState(StrEnum):
    """Whether a segment answers more or less than the rest, by the anytime evidence."""

    CARRIES = "carries"
    DRAGS = "drags"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Segment:
    """One level of one dimension against all other prospects of that dimension.

    Attributes:
        count: Successes inside; `nobs` prospects inside.
        interval: Wilson interval of the rate inside, for a single look.
        rest_count: Successes outside; `rest_nobs` prospects outside.
        adjusted: Rate that all prospects would have on this level, all else as it is, shrunken.
        adjusted_interval: Its range, for a single look.
        log_e: Log e-value against "no difference", within like cells.
        state: By the e-values of all segments together, at the error rate asked for.
        entangled: Dimensions that go together with this one so closely that the e-value could
            not hold them fixed: whatever was found may be theirs.
    """

    dimension: str
    level: str
    count: int
    nobs: int
    interval: Interval
    rest_count: int
    rest_nobs: int
    adjusted: float
    adjusted_interval: Interval
    log_e: float
    state: SegmentState
    entangled: tuple[str, ...] = ()

    @property
    def rate(self) -> float:
        """Rate inside."""
        return self.count / self.nobs

    @property
    def rest_rate(self) -> float:
        """Rate outside."""
        return self.rest_count / self.rest_nobs

    @property
    def excess(self) -> float:
        """Successes above (or below) what the rate outside would have given."""
        return self.count - self.nobs * self.rest_rate


@dataclass(frozen=True, slots=True)
class Table:
    """Control a and variant b on one level.

    Attributes:
        interval: Newcombe's interval of rate b − rate a, for a single look.
    """

    level: str
    count_a: int
    nobs_a: int
    count_b: int
    nobs_b: int
    interval: Interval | None = None

    @property
    def difference(self) -> float | None:
        """Rate b − rate a, None where an arm is empty."""
        if not (self.nobs_a and self.nobs_b):
            return None
        return self.count_b / self.nobs_b - self.count_a / self.nobs_a


@dataclass(frozen=True, slots=True)
class Interaction:
    """One dimension and one variant against the control.

    Attributes:
        arm: The variant; the control is the caller's.
        tables: One a level.
        p_value: Of equal odds ratios on all levels, None where too little is known.
        adjusted_p: The same by Holm's procedure over all that were asked.
        suspected: Whether `adjusted_p` is at most alpha.
    """

    dimension: str
    arm: str
    tables: tuple[Table, ...]
    p_value: float | None
    adjusted_p: float | None
    suspected: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A rule for keeping prospects.

    Attributes:
        points: (dimension, level) → log odds beside the average; unknown levels have none.
        threshold: Prospects with fewer points in all are dropped.
        share: Share of the choosing half that it drops.
        dropped: The combinations that it drops there, most prospects first.
        kept: The combinations that it keeps.
    """

    points: Mapping[tuple[str, str], float]
    threshold: float
    share: float
    dropped: tuple[Mapping[str, str], ...]
    kept: tuple[Mapping[str, str], ...]

    def keeps(self, levels: Mapping[str, str]) -> bool:
        """Whether prospects with these levels are still sent to."""
        return self.score(levels) >= self.threshold - 1e-8

    def score(self, levels: Mapping[str, str]) -> float:
        """The points of a prospect."""
        return math.fsum(self.points.get(item, 0.0) for item in levels.items())


@dataclass(frozen=True, slots=True)
class Judged:
    """A filter on the half that it was not chosen on.

    Attributes:
        filter: The rule.
        by_date: True when the earlier half chose, False when a lottery split each row.
        test: Kept prospects (b) against dropped ones (a), within what they were sent.
        lost: Share of all successes that the filter would have lost: dropped ones.
        lost_interval: Its Wilson interval, for a single look; None without a success.
        holdout: Dropped prospects of a list of this size that should still be sent to.
    """

    filter: Filter
    by_date: bool
    test: Comparison
    lost: float | None
    lost_interval: Interval | None
    holdout: int
