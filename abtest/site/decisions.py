"""What needs a decision, and what changed in a week: lists for the home page and the team lead."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from abtest import wording
from abtest.report import ExperimentResult, MetricResult, Report
from abtest.site.labels import all_below, word_of
from abtest.site.links import experiment_url
from abtest.site.templating import plural
from abtest.site.why import why_question


@dataclass(frozen=True, slots=True)
class Item:
    """Something on a list: a headline with its link, a sentence below, and where to read on."""

    title: str
    url: str
    text: str
    sample: bool = False
    more: str = ""
    more_url: str = ""


def decisions_needed(report: Report) -> list[Item]:
    """Running experiments that have an answer, or that cannot have one as they are."""
    running = [result for result in report if result.status == "running"]
    return [_decision(r, report) for r in running if _is_settled(r) or _troubles(r)]


def _decision(result: ExperimentResult, report: Report) -> Item:
    """The answer and what to do with it, what is wrong, and the way to why messages are below."""
    answer = (result.verdict.headline, result.verdict.next) if _is_settled(result) else ()
    text = " ".join(filter(None, (*answer, *_troubles(result))))
    more, more_url = why_question(result, report)
    return Item(result.title, experiment_url(result.id), text, result.sample, more, more_url)


def _is_settled(result: ExperimentResult) -> bool:
    """Whether there is an answer, or none to come: a fixed design is judged once."""
    judged = all(map(result.is_judged_once, result.variants))
    settled = result.verdict.state in ("winner", "no_difference", "invalid")
    return settled or judged or all_below(result)


def _troubles(result: ExperimentResult) -> list[str]:
    """What keeps its numbers from being taken as they are."""
    changed = [
        f"The words of {wording.quoted(result[name].title)} changed after its first results."
        for name in result.text_changed
    ]
    failed = [f"{check.sentence} {check.advice}" for check in result.checks if check.ok is False]
    return failed + changed


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
