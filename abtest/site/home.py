"""The home page: what should I send now, where does each message stand, what is to be decided?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from abtest import wording
from abtest.insight import Insight
from abtest.plan import Plan
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.decisions import changes, decisions_needed
from abtest.site.forest import overview_forest
from abtest.site.labels import (
    all_below,
    audience,
    channel_of,
    facts_of,
    is_published,
    state_of,
    word_of,
)
from abtest.site.links import variant_url
from abtest.site.page import Page
from abtest.site.templating import render
from abtest.site.why import why_below
from abtest.stats.results import TargetState

#: How many answers, experiments, messages of each and list items the first page holds; other pages
#: have the rest.
MOST_ANSWERS, MOST_EXPERIMENTS, MOST_ROWS, MOST_ITEMS = 3, 8, 5, 10


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
class Standing:
    """How many messages stand alike against their target, and the question why where one is due."""

    state: str
    words: str
    why: str


def home_page(report: Report) -> Page:
    """The first page that everyone sees."""
    live = [r for r in report if r.status in ("running", "decided") and not is_published(r)]
    running = [r for r in live if r.status == "running"]
    answers = _answers(live)
    shown = sorted(live, key=_first_things_first)[:MOST_EXPERIMENTS]
    decisions, changed = decisions_needed(report), changes(report)
    html = render(
        "home.jinja",
        depth=0,
        report=report,
        answers=answers[:MOST_ANSWERS],
        more_answers=len(answers) - MOST_ANSWERS,
        none_left=bool(running) and all(map(all_below, running)),
        standings=_standings(live, report.insight),
        forest=overview_forest(shown, MOST_ROWS) if shown else None,
        hidden=len(report) - len(shown),
        decisions=decisions[:MOST_ITEMS],
        more_decisions=max(0, len(decisions) - MOST_ITEMS),
        changes=changed[:MOST_ITEMS],
        more_changes=max(0, len(changed) - MOST_ITEMS),
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


def _summary(answers: list[Answer], plan: Plan) -> str:
    target = wording.short_percent(plan.target)
    if not answers:
        return f"No message has been shown to meet the {target} target yet."
    return f"Send “{answers[0].variant.title}”: {answers[0].facts}."


def _standings(live: list[ExperimentResult], insight: Insight | None) -> list[Standing]:
    """How many messages meet the target, fall below, or are not yet known."""
    metrics = [variant.metrics[result.metric] for result in live for variant in result.variants]
    counted = Counter((state_of(metric), word_of(metric)) for metric in metrics)
    return [
        Standing(
            state,
            f"{count:,} {word if count == 1 else word.replace('meets', 'meet')}",
            why_below(insight) if state == TargetState.BELOW else "",
        )
        for (state, word), count in sorted(counted.items(), key=lambda found: _place(*found[0]))
    ]


def _place(state: str, word: str) -> tuple[int, str]:
    """The order of the states: what is known first, and of that what is good."""
    return list(wording.STATE_WORDS).index(TargetState(state)), word


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
