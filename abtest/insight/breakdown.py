"""Who answers what: the variants of an experiment, apart by what is known of the prospects."""

from __future__ import annotations

from dataclasses import dataclass

from abtest.insight.rate import Rate
from abtest.stats.segment_results import SegmentState


@dataclass(frozen=True, slots=True)
class Panel:
    """One level of a dimension.

    Attributes:
        level: The value as rows have it, or `others` for all rare ones together.
        rates: Variant id → its rate on this level; nobody reached gives a rate of None.
        state: Whether all variants together answer differently here, proven or not.
    """

    level: str
    rates: tuple[tuple[str, Rate], ...]
    state: SegmentState

    @property
    def per(self) -> int:
        """Prospects on this level."""
        return sum(rate.per for _, rate in self.rates)


@dataclass(frozen=True, slots=True)
class Dimension:
    """One dimension, its levels by size.

    Attributes:
        unknown: Prospects of whom nobody wrote it down.
        hidden: Smaller levels that are not drawn.
    """

    name: str
    panels: tuple[Panel, ...]
    unknown: int
    hidden: int


@dataclass(frozen=True, slots=True)
class Breakdown:
    """All dimensions of an experiment of which rows record two levels or more.

    Attributes:
        facts: What is proven of the levels, one sentence each.
    """

    dimensions: tuple[Dimension, ...]
    facts: tuple[str, ...]
