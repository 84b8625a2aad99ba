"""The list of all experiments: has this been tried, and what came of it?"""

from __future__ import annotations

from dataclasses import dataclass

from abtest.report import ExperimentResult, Report
from abtest.site.labels import audience, is_published, verdict_of
from abtest.site.links import experiment_url
from abtest.site.page import Page
from abtest.site.templating import day, plural, render

#: Status → heading, in the order of the page.
_HEADINGS = {
    "running": "Running now",
    "decided": "Decided",
    "archived": "Archived",
    "draft": "Being written",
}


#: As many experiments fit a screen; a longer list can be narrowed down.
FEW = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """One experiment on the list."""

    title: str
    url: str
    state: str
    word: str
    headline: str
    facts: str
    sample: bool
    published: bool


def experiments_page(report: Report) -> Page:
    """Every experiment, null results as prominent as winners."""
    groups = [
        (status, heading, entries)
        for status, heading in _HEADINGS.items()
        if (entries := [_entry(r) for r in sorted(report, key=_newest) if r.status == status])
    ]
    html = render("experiments.jinja", depth=1, groups=groups, many=len(report) > FEW)
    return Page(
        "experiments/index.md",
        "Experiments",
        html,
        description="What has been tried, and what came of it.",
        listed=True,
        wide=True,
        search=1.5,
    )


def _newest(result: ExperimentResult) -> tuple[int, str]:
    """Latest activity first; the id settles ties."""
    cohorts = [c.date for v in result.experiment or () for c in v.cohorts]
    return (-max(cohorts).toordinal() if cohorts else 0, result.id)


def _entry(result: ExperimentResult) -> Entry:
    experiment = result.experiment
    state, word = verdict_of(result)
    reached = sum(variant.reached for variant in result.variants)
    parts = [
        audience(result),
        f"tests the {experiment.lever}" if experiment and experiment.lever else "",
        plural(len(result.variants), "message"),
        f"{plural(reached, 'prospect')} judged" if reached else "",
        f"decided {day(experiment.decision.date)}" if experiment and experiment.decision else "",
    ]
    return Entry(
        title=result.title,
        url=experiment_url(result.id),
        state=state,
        word=word,
        headline=result.verdict.headline,
        facts=" · ".join(part for part in parts if part),
        sample=result.sample,
        published=is_published(result),
    )
