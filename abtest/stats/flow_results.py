"""What the arithmetic of a pipeline and of its weeks returns: frozen, plain, cheap to import."""

from __future__ import annotations

from dataclasses import dataclass

from abtest.stats.results import Interval


@dataclass(frozen=True, slots=True)
class Point:
    """One week.

    Attributes:
        count: Events.
        size: Prospects, or any other measure of exposure.
        rate: count / size, None in an empty week.
        low: Lower limit of an ordinary week, None without limits.
        high: Upper limit.
        signal: `above` or `below` where the rate lies outside the limits.
        drift: The exponentially weighted mean of the standardized rates so far.
        drifted: `above` or `below` where that mean lies outside its own limits.
    """

    count: int
    size: float
    rate: float | None
    low: float | None = None
    high: float | None = None
    signal: str | None = None
    drift: float | None = None
    drifted: str | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """A control chart.

    Attributes:
        center: The rate over all weeks, None without prospects.
        spread: Laney's sigma z: how much more weeks differ than chance alone makes them; None
            with too few weeks.
        points: One a week.
    """

    center: float | None
    spread: float | None
    points: tuple[Point, ...]

    @property
    def ordinary(self) -> bool | None:
        """Whether every week lies within its limits; None without limits."""
        if self.spread is None:
            return None
        return not any(point.signal or point.drifted for point in self.points)


@dataclass(frozen=True, slots=True)
class Shift:
    """How a count changed between two periods of one length.

    Attributes:
        ratio: after / before, None without any before.
        low: Lower end of the range of the ratio of the means behind the counts.
        high: Upper end, None where it has none.
    """

    before: int
    after: int
    ratio: float | None
    low: float
    high: float | None


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a funnel, out of the one before it and out of the first.

    Attributes:
        name: The stage.
        count: How many got here.
        per: How many were at the stage before; of the first stage itself for the first.
        rate: count / per, None where it is no proportion: nobody before, or fewer than here.
        interval: Wilson interval of the rate, for a single look.
        overall: count / first stage, alike.
        overall_interval: Wilson interval of `overall`.
    """

    name: str
    count: int
    per: int
    rate: float | None
    interval: Interval | None
    overall: float | None
    overall_interval: Interval | None


@dataclass(frozen=True, slots=True)
class Needed:
    """How many of something are needed, and the range that the counts leave.

    Attributes:
        n: At the rate seen, None where nobody succeeded.
        low: At the highest plausible rate.
        high: At the lowest, None where that is 0.
    """

    n: int | None
    low: int
    high: int | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What a better rate saves.

    Attributes:
        now: Prospects needed at today's rate.
        then: Prospects needed at the better rate.
        share: What falls away, (now − then) / now.
    """

    now: int
    then: int
    share: float


@dataclass(frozen=True, slots=True)
class Forgone:
    """What a list loses without a message that others got.

    Attributes:
        responses: Expected responses more on the list, and their range (may be below 0).
        meetings: Responses × meetings per response, None without responses to learn that from.
    """

    responses: float
    responses_low: float
    responses_high: float
    meetings: float | None
    meetings_low: float | None
    meetings_high: float | None


@dataclass(frozen=True, slots=True)
class Value:
    """What prospects are worth.

    Attributes:
        per_hundred: Money per 100 prospects, at the rate of winning and the money per win.
        low: The same at the lowest plausible rate of winning.
        high: At the highest.
    """

    per_hundred: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class TouchYield:
    """What one touch draws.

    Attributes:
        touch: Its number, from 1.
        at_risk: Prospects who got it: not answered before, not given up before.
        count: Those whom it drew.
        rate: count / at_risk, None with nobody at risk.
        interval: Its Wilson interval, for a single look.
        answered: Share of all prospects who would have answered by now if nobody had been given
            up (Kaplan & Meier 1958).
        answered_interval: Its range: Wilson's, for the number of prospects that Greenwood's
            variance stands for (Rothman 1978); None with nobody at risk.
    """

    touch: int
    at_risk: int
    count: int
    rate: float | None
    interval: Interval | None
    answered: float
    answered_interval: Interval | None
