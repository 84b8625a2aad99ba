"""From a response to a client: each stage with its range, and what may be scaled."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from abtest import wording
from abtest.insight import Funnel, Insight, Touches
from abtest.site import charts
from abtest.site.forest import Forest, Group, Row
from abtest.site.links import experiment_url, variant_url
from abtest.site.page import Page
from abtest.site.templating import plural, render
from abtest.stats.flow_results import Step, TouchYield
from abtest.stats.results import Interval

#: How many experiments, and how many messages, the page shows.
MOST = 20

#: Every stage is a share of the one before it.
_SHARES = charts.Scale(0.0, 1.0, (0.0, 0.25, 0.5, 0.75, 1.0))

#: Said once, of all drawings of the page.
_CAPTION = (
    "Each bar is the share of the stage before that got here, the line the range that is plausible "
    "for a single look."
)

#: What people at a stage did, as a table's row says it.
_STAGES = {
    "reached": "Prospects reached",
    "responses": "Answered",
    "meetings": "Meeting held",
    "second_meetings": "Second meeting",
    "opportunities": "Opportunity",
    "wins": "Client won",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One funnel as the page shows it."""

    funnel: Funnel
    title: str
    url: str
    forest: Forest | None
    hollow: str
    value: str


@dataclass(frozen=True, slots=True)
class Touch:
    """One row of the touches' table, as text."""

    number: int
    fraction: str
    rate: str
    spread: str
    answered: str


def funnel_page(insight: Insight) -> Page:
    """All funnels, the gates of the variants and the yield of each touch."""
    together, *rest = insight.funnels
    experiments = [f for f in rest if f.gate is None]
    variants = [f for f in rest if f.gate is not None]
    html = render(
        "funnel.jinja",
        depth=1,
        together=_shown(together, _CAPTION),
        experiments=[_shown(f) for f in _largest(experiments)],
        more_experiments=max(0, len(experiments) - MOST),
        variants=[_shown(f) for f in _first_to_scale(variants)],
        more_variants=max(0, len(variants) - MOST),
        touches=insight.touches,
        by_touch=_by_touch(insight.touches),
        sample=insight.sample,
    )
    return Page(
        "funnel/index.md", "From a response to a client", html, parent="team/index.md", wide=True,
        description="Reached, answered, met, met again, opportunity, client.",
    )  # fmt: skip


def _largest(funnels: Sequence[Funnel]) -> list[Funnel]:
    """Those with most prospects, in the order of all."""
    by_size = sorted(funnels, key=lambda funnel: -funnel.steps[0].count)[:MOST]
    return [funnel for funnel in funnels if funnel in by_size]


def _first_to_scale(funnels: Sequence[Funnel]) -> list[Funnel]:
    """What may be scaled, then what has reached most prospects."""
    ready = sorted(funnels, key=lambda f: (not (f.gate and f.gate.open), -f.steps[0].count, f.id))
    return ready[:MOST]


def _shown(funnel: Funnel, caption: str = "") -> Shown:
    address = variant_url if funnel.gate is not None else experiment_url
    worth = funnel.value
    return Shown(
        funnel=funnel,
        title=funnel.title,
        url=address(funnel.id) if funnel.id else "",
        forest=_forest(funnel.steps, caption) if funnel.steps[0].count else None,
        hollow=_hollow(funnel),
        value=f"{worth.per_hundred:,.0f} per 100 prospects, plausibly {worth.low:,.0f} to "
        f"{worth.high:,.0f}"
        if worth
        else "",
    )


def _forest(steps: Sequence[Step], caption: str) -> Forest:
    """A row a stage: a bar for the share of the stage before that got here, with its range."""
    return Forest(
        (Group(tuple(_stage(step, first=i == 0) for i, step in enumerate(steps))),),
        charts.axis(_SHARES, [wording.short_percent(tick) for tick in _SHARES.ticks]),
        caption,
        ("Stage", "Share of the stage before", "Share"),
    )


def _stage(step: Step, *, first: bool) -> Row:
    rate = None if first else step.rate
    known = step.interval if rate is not None else None
    low, high = (known.low or 0.0, known.high or 1.0) if known else (0.0, 1.0)
    state = "no_data" if rate is None else "undecided"
    facts = wording.fraction(step.count, step.per)
    if step.overall is not None:
        facts += f" · {wording.percent(step.overall)} of all reached"
    return Row(
        title=_STAGES.get(step.name, step.name),
        url="",
        facts=plural(step.count, "prospect") if first else facts,
        value="" if first else wording.percent(rate),
        spread=f"plausibly between {wording.between(known)}" if known else "",
        state=state,
        word=wording.span(known) if known else "",
        drawing=charts.interval_row(_SHARES, state, rate, low, high, filled=True),
    )


def _spread(interval: Interval | None) -> str:
    return wording.span(interval) if interval else "–"


def _hollow(funnel: Funnel) -> str:
    if not funnel.hollow:
        return ""
    be = "stands" if funnel.hollow == 1 else "stand"
    return (
        f"{plural(funnel.hollow, 'opportunity', 'opportunities')} {be} hollow: no second meeting "
        f"is behind them, so they do not belong in the pipeline yet."
    )


def _by_touch(touches: Touches | None) -> list[Touch]:
    return [_touch(found) for found in touches.yields] if touches else []


def _touch(found: TouchYield) -> Touch:
    return Touch(
        number=found.touch,
        fraction=wording.fraction(found.count, found.at_risk),
        rate=wording.percent(found.rate),
        spread=_spread(found.interval),
        answered=f"{wording.percent(found.answered)} ({_spread(found.answered_interval)})",
    )
