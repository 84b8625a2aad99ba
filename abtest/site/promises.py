"""The agreement of marketing and sales: each promise met, missed or not yet known."""

from __future__ import annotations

from dataclasses import dataclass

from abtest import wording
from abtest.insight import Insight, Promise
from abtest.site.page import Page
from abtest.site.templating import render
from abtest.stats.results import TargetState


@dataclass(frozen=True, slots=True)
class Kept:
    """One promise as the page shows it."""

    name: str
    where: str
    fraction: str
    rate: str
    spread: str
    target: str
    state: str
    word: str
    more: str


def agreement_page(insight: Insight) -> Page:
    """Every metric of plan.yml that has a target of its own."""
    kept = [_kept(promise) for promise in insight.promises]
    html = render("agreement.jinja", depth=1, promises=kept, sample=insight.sample)
    return Page(
        "agreement/index.md", "What marketing and sales promised", html, parent="team/index.md",
        wide=True, label="Agreement", description="Each promise: met, missed or not yet known.",
    )  # fmt: skip


def _kept(promise: Promise) -> Kept:
    rate, more = promise.rate, promise.more_needed
    return Kept(
        name=promise.metric.replace("_", " ").capitalize(),
        where=promise.where or "All experiments together",
        fraction=wording.fraction(rate.count, rate.per),
        rate=wording.percent(rate.rate),
        spread=wording.span(rate.sequence),
        target="" if promise.target is None else wording.short_percent(promise.target),
        state=str(promise.state or TargetState.NO_DATA),
        word=promise.word,
        more=f"about {more.n:,} more should settle it" if more and more.n else "",
    )
