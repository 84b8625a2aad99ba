"""What the work of a team comes to: funnel, promises, weeks, touches, lessons, sources."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from abtest.insight.rate import Rate
from abtest.stats.flow_results import Chart, Needed, Shift, Step, TouchYield, Value
from abtest.stats.results import Interval, MoreNeeded, TargetState
from abtest.stats.segment_results import SegmentState


@dataclass(frozen=True, slots=True)
class Gate:
    """May a variant be sent to everyone? Only one that wins clients may."""

    open: bool
    sentence: str


@dataclass(frozen=True, slots=True)
class Funnel:
    """From prospects reached to clients won.

    Attributes:
        id: Of the experiment or the variant; empty for all together.
        steps: The stages that someone recorded, the widest first.
        hollow: Opportunities that no second meeting stands behind.
        needed: Prospects for one more win, None without prospects.
        value: Money per 100 prospects, None without a win or an amount.
        sentence: Where most are lost.
        gate: For a variant: may it be sent to everyone?
        sample: The numbers are made up.
    """

    id: str
    title: str
    steps: tuple[Step, ...]
    hollow: int
    needed: Needed | None
    value: Value | None
    sentence: str
    gate: Gate | None = None
    sample: bool = False


@dataclass(frozen=True, slots=True)
class Promise:
    """A metric that marketing and sales agreed on, against its target.

    Attributes:
        where: The experiment's title; empty for all together.
        state: None for a metric without a target.
        word: `met`, `missed`, `not yet known`, or `no target`.
        sentence: The same with its numbers.
        more_needed: What would settle it.
    """

    metric: str
    where: str
    rate: Rate
    target: float | None
    state: TargetState | None
    word: str
    sentence: str
    more_needed: MoreNeeded | None = None


@dataclass(frozen=True, slots=True)
class Dip:
    """What an empty stretch will cost, and when."""

    since: dt.date
    weeks: int
    expected: dt.date


@dataclass(frozen=True, slots=True)
class Weeks:
    """Ebb and flow of one count, by the week of the send.

    Attributes:
        count: The count key, such as `meetings`.
        ends: The Sunday of each week, from the first send to the last whole week.
        young: Weeks at the end that are too young to judge; they are in no chart.
        volume: Events per week.
        rate: Events per prospect reached.
        backfill: The last eight weeks against the eight before, None with fewer.
        dips: Gaps without outreach, each with the dip to expect.
        facts: What to know, one sentence each.
    """

    count: str
    ends: tuple[dt.date, ...]
    young: int
    volume: Chart
    rate: Chart
    backfill: Shift | None
    dips: tuple[Dip, ...]
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Touches:
    """What each touch of the cadences draws.

    Attributes:
        yields: By touch, over all rows that say which touch drew the answers.
        rows: How many rows say so, of `all_rows` with answers.
        given_up: Prospects who had not answered and got no further touch before the eighth.
        silent: Prospects who had not answered when their cadence ended.
        facts: What to know, one sentence each.
    """

    yields: tuple[TouchYield, ...]
    rows: int
    all_rows: int
    given_up: Rate
    silent: int
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What experiments say about one level of a factor.

    Attributes:
        reference: The level it is compared with.
        odds_ratio: Shrunken, beside the reference; all factors of a variant share its effect.
        interval: Its range, for a single look.
        experiments: Ids of those in which both levels were sent.
        log_e: Log e-value against "no difference", within weeks, reps and experiments.
        state: By the e-values of all lessons together, where the range says the same and no
            other factor always changed with it.
        entangled: Other factors that changed with it wherever it changed.
        sentence: The same in words.
    """

    factor: str
    level: str
    reference: str
    odds_ratio: float
    interval: Interval
    experiments: tuple[str, ...]
    log_e: float
    state: SegmentState
    entangled: tuple[str, ...]
    sentence: str


@dataclass(frozen=True, slots=True)
class Lever:
    """What was tried on one lever: message, list, cadence, offer or channel.

    Attributes:
        won: Ids of experiments with a winner; `even` with no difference that matters; `open`
            ones still undecided.
    """

    lever: str
    won: tuple[str, ...]
    even: tuple[str, ...]
    open: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Streak:
    """The longest run of leads of one source of which none was any good.

    Attributes:
        leads: All leads of the source; `good` the good ones among them.
        longest: Leads in consecutive rows without a good one.
        running: Whether the streak goes on at the latest row.
        chance: How likely luck alone makes such a streak, at the rate of all sources.
        alarming: Longer than reps put up with, and hardly luck.
    """

    source: str
    leads: int
    good: int
    longest: int
    running: bool
    chance: float
    alarming: bool
    sentence: str
