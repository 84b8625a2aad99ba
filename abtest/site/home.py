"""The home page: what should I send now, how sure are we, and what needs a decision?"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from abtest import wording
from abtest.plan import Plan
from abtest.report import ExperimentResult, MetricResult, Report, VariantResult
from abtest.site.forest import Forest, overview_forest
from abtest.site.labels import (
    all_below,
    audience,
    channel_of,
    facts_of,
    is_published,
    state_of,
    word_of,
)
from abtest.site.links import experiment_url, variant_url
from abtest.site.page import Page
from abtest.site.templating import plural, render
from abtest.site.why import why_link
from abtest.stats.results import TargetState

#: How many answers, experiments and list items the first page holds; other pages have the rest.
MOST_ANSWERS, MOST_EXPERIMENTS, MOST_ITEMS = 3, 8, 10


@dataclass(frozen=True, slots=True)
class Answer:
    """A message to send now, and what speaks for it."""

    variant: VariantResult
    url: str
    channel: str
    audience: str
    rate: str
    facts: str
    spread: str
    state: str
    word: str
    sample: bool
    why: str


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a list: a headline with its link, a sentence below, and where to read on."""

    title: str
    url: str
    text: str
    sample: bool = False
    more: str = ""
    more_url: str = ""


def home_page(report: Report) -> Page:
    """The first page that everyone sees."""
    live = [r for r in report if r.status in ("running", "decided") and not is_published(r)]
    answers = _answers(live)
    shown = sorted(live, key=_first_things_first)[:MOST_EXPERIMENTS]
    decisions, changed = decisions_needed(report), changes(report)
    html = render(
        "home.jinja",
        depth=0,
        report=report,
        answers=answers[:MOST_ANSWERS],
        more_answers=len(answers) - MOST_ANSWERS,
        forest=_forest(shown),
        hidden=len(report) - len(shown),
        decisions=decisions[:MOST_ITEMS],
        more_decisions=max(0, len(decisions) - MOST_ITEMS),
        changes=changed[:MOST_ITEMS],
        more_changes=max(0, len(changed) - MOST_ITEMS),
        sample=any(r.sample for r in shown),
    )
    return Page(
        "index.md",
        "What should I send now?",
        html,
        description=_summary(answers, report.plan),
        label="Home",
        listed=True,
        wide=True,
        search=2.0,
    )


def _forest(shown: list[ExperimentResult]) -> Forest | None:
    return overview_forest(shown) if shown else None


def _summary(answers: list[Answer], plan: Plan) -> str:
    target = wording.short_percent(plan.target)
    if not answers:
        return f"No message has been shown to meet the {target} target yet."
    return f"Send “{answers[0].variant.title}”: {answers[0].facts}."


def _first_things_first(result: ExperimentResult) -> tuple[bool, bool, str]:
    """Winners first, then running ones, made-up ones last among equals."""
    return (result.verdict.winner is None, result.status != "running", result.id)


def _answers(live: list[ExperimentResult]) -> list[Answer]:
    """Messages that are shown to meet the target, or that the team decided to keep."""
    found = [(r, v) for r in live if (v := _to_send(r)) is not None]
    found.sort(key=lambda pair: (pair[0].sample, -(_low(*pair))))
    return [_answer(result, variant) for result, variant in found]


def _to_send(result: ExperimentResult) -> VariantResult | None:
    """The team's own choice, else the winner, else the best of those that meet the target."""
    decision = result.experiment.decision if result.experiment else None
    if decision is not None:
        return None if decision.keep == "none" else result[decision.keep]
    if result.verdict.state == "invalid":
        return None
    if result.verdict.winner is not None and _meets(result, result[result.verdict.winner]):
        return result[result.verdict.winner]
    proven = [v for v in result.variants if _meets(result, v)]
    return max(proven, key=lambda v: _low(result, v), default=None)


def _meets(result: ExperimentResult, variant: VariantResult) -> bool:
    return state_of(variant.metrics[result.metric]) == TargetState.MEETS


def _low(result: ExperimentResult, variant: VariantResult) -> float:
    return variant.metrics[result.metric].sequence.low or 0.0


def _answer(result: ExperimentResult, variant: VariantResult) -> Answer:
    metric = variant.metrics[result.metric]
    kept = result.experiment is not None and result.experiment.decision is not None
    return Answer(
        variant=variant,
        url=variant_url(variant.id),
        channel=channel_of(variant),
        audience=audience(result),
        rate=wording.percent(metric.rate),
        facts=facts_of(variant, result.metric),
        spread=wording.between(metric.plausible) if metric.per else "",
        state=state_of(metric),
        word=word_of(metric),
        sample=result.sample,
        why="The team decided to keep it." if kept else "",
    )


def decisions_needed(report: Report) -> list[Item]:
    """Running experiments that have an answer, or that cannot have one as they are."""
    settled = ("winner", "no_difference", "invalid")
    return [
        _decision(r, report)
        for r in report
        if r.status == "running" and (r.verdict.state in settled or _troubled(r) or all_below(r))
    ]


def _decision(result: ExperimentResult, report: Report) -> Item:
    """What to decide, and the inquiry into why where there is one."""
    text = f"{result.verdict.headline} {result.verdict.next}"
    why = next(filter(None, (why_link(result, v, report) for v in result.variants)), "")
    more = "Why below target?" if why else ""
    return Item(result.title, experiment_url(result.id), text, result.sample, more, why)


def _troubled(result: ExperimentResult) -> bool:
    return any(check.ok is False for check in result.checks) or bool(result.text_changed)


def changes(report: Report) -> list[Item]:
    """What is new since a week ago: rows, decisions, reviews."""
    since = report.as_of - dt.timedelta(days=7)
    return [item for result in report for item in _changes(result, since, report.as_of)]


def _changes(result: ExperimentResult, since: dt.date, until: dt.date) -> list[Item]:
    if result.experiment is None:
        return []
    news = []
    rows = [c for v in result.experiment for c in v.cohorts if since < c.date <= until]
    if rows:
        sent = plural(sum(row.sent for row in rows), "prospect")
        news.append(f"{sent} contacted, {sum(row.get('responses') for row in rows):,} answered.")
    decided = [v for v in result.variants if _decided_since(v.metrics[result.metric], since)]
    news += [f"“{v.title}” now {word_of(v.metrics[result.metric])}." for v in decided]
    decision = result.experiment.decision
    if decision is not None and since < decision.date <= until:
        news.append("Decided.")
    reviews = sum(since < r.date <= until for v in result.experiment for r in v.reviews)
    if reviews:
        news.append(f"{plural(reviews, 'new review')}.")
    if not news:
        return []
    return [Item(result.title, experiment_url(result.id), " ".join(news), result.sample)]


def _decided_since(metric: MetricResult, since: dt.date) -> bool:
    return metric.decided_at is not None and metric.decided_at > since
