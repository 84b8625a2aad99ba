"""All critiques: what waits for a review, and which must-fix items are open."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from abtest.critique.reviews import is_filled, reviewers_wanted, summarize
from abtest.errors import Finding
from abtest.model import Variant
from abtest.report import ExperimentResult, Report
from abtest.site.labels import is_published
from abtest.site.links import critique_url
from abtest.site.page import Page
from abtest.site.templating import plural, render


@dataclass(frozen=True, slots=True)
class Waiting:
    """A message as the list of critiques shows it."""

    title: str
    url: str
    experiment: str
    reviews: str
    findings: str
    open_fixes: int
    oldest: str
    sample: bool


def critiques_page(report: Report, findings: Mapping[str, Sequence[Finding]]) -> Page:
    """What waits for people, then everything else."""
    messages = [
        (_waiting(r, v, report, len(findings.get(v.id, ()))), _is_read(v))
        for r in report
        if not is_published(r)
        for v in r.experiment or ()
    ]
    html = render(
        "critiques.jinja",
        depth=1,
        unread=[line for line, is_read in messages if not is_read],
        to_fix=[line for line, _ in messages if line.open_fixes],
        others=[line for line, is_read in messages if is_read and not line.open_fixes],
    )
    return Page(
        "critiques/index.md", "Critiques", html, listed=True, wide=True, search=1.5,
        description="Which messages wait for a review, and what is still to be fixed.",
    )  # fmt: skip


def _is_read(said: Variant) -> bool:
    """Has anybody but its author reviewed it, and said something?"""
    return any(review.by != said.author and is_filled(review) for review in said.reviews)


def _waiting(result: ExperimentResult, said: Variant, report: Report, found: int) -> Waiting:
    still_open = [
        review.date for review in said.reviews for fix in review.must_fix if fix.state == "open"
    ]
    return Waiting(
        title=said.title,
        url=critique_url(said.id),
        experiment=result.title,
        reviews=_reviews(result, said, report),
        findings=plural(found, "finding"),
        open_fixes=len(still_open),
        oldest=_age(min(still_open), report.as_of) if still_open else "",
        sample=result.sample,
    )


def _reviews(result: ExperimentResult, said: Variant, report: Report) -> str:
    """How many reviews there are, and how many reviewers are still to be asked."""
    there = plural(len(said.reviews), "review")
    if result.experiment is None:
        return there
    wanted = reviewers_wanted(result.experiment, report.plan)
    missing = summarize(said, report.plan.rubric, wanted=wanted).missing
    return f"{there}, {missing} more wanted" if missing else there


def _age(since: dt.date, today: dt.date) -> str:
    return f"open for {plural(max(0, (today - since).days), 'day')}"
