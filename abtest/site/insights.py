"""The pages beyond the verdicts, below the team lead's; only where somebody asked for them."""

from __future__ import annotations

from collections.abc import Iterator

from abtest.report import Report
from abtest.site.decisions import Item
from abtest.site.flow import flow_page
from abtest.site.foresight import foresight_page
from abtest.site.funnels import funnel_page
from abtest.site.levers import levers_page
from abtest.site.page import Asset, Page
from abtest.site.planner import planner_page, planner_script
from abtest.site.promises import agreement_page
from abtest.site.why import why_page

_LINKS = (
    Item("Why are we below target?", "why/", "Expectations, then the profile, then the words."),
    Item("From a response to a client", "funnel/", "Where most are lost, and what may be scaled."),
    Item("What marketing and sales promised", "agreement/", "Met, missed or not yet known."),
    Item("Ebb and flow", "weeks/", "Which weeks are out of the ordinary, and which were empty."),
    Item("What moves answers?", "levers/", "Lessons over all experiments, sources, hearsay."),
    Item(
        "Does our critique predict answers?", "foresight/", "Findings and scores, held to results."
    ),
    Item("What would it take?", "planner/", "From clients back to prospects, with your numbers."),
)


def insight_pages(report: Report) -> Iterator[Page]:
    """Every page that asks further than the verdicts."""
    insight = report.insight
    if insight is None:
        return
    yield why_page(insight)
    yield funnel_page(insight)
    yield agreement_page(insight)
    yield flow_page(insight)
    yield levers_page(insight, report)
    yield foresight_page(insight)
    yield planner_page(insight, report.plan)


def insight_assets(report: Report) -> Iterator[Asset]:
    """What these pages need beside them."""
    if report.insight is not None:
        yield planner_script()


def insight_links(report: Report) -> list[Item]:
    """The way to each of these pages, where they are."""
    return [] if report.insight is None else list(_LINKS)
