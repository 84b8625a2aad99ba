"""The pages of a report: a pure function, the same for every site generator.

To add a page, write a module with a function from the report to a `Page`, and name it here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from importlib.resources import files

from abtest.errors import Finding
from abtest.report import Portfolio, Report
from abtest.site.critique import critique_page
from abtest.site.critiques import critiques_page
from abtest.site.data import results_csv, results_json
from abtest.site.experiment import experiment_page
from abtest.site.experiments import experiments_page
from abtest.site.home import home_page
from abtest.site.insights import insight_assets, insight_pages
from abtest.site.learned import feed, learned_page
from abtest.site.memory import FORGETFUL, Memory
from abtest.site.message import message_page
from abtest.site.method import method_page
from abtest.site.page import Asset, Page
from abtest.site.rules import rules_pages
from abtest.site.surroundings import Surroundings, recording_assets
from abtest.site.team import team_page

_NOWHERE = Surroundings()


def pages(
    report: Report, around: Surroundings = _NOWHERE, memory: Memory = FORGETFUL
) -> Iterator[Page]:
    """Every page, parents before their children.

    Args:
        report: What to show.
        around: The forge's editor, the site's address and the recordings, where there are any.
        memory: The pages of an earlier build, for those of which nothing has changed.
    """
    findings = _by_variant(report)
    yield home_page(report)
    yield experiments_page(report)
    for alone, near in _one_by_one(report, around, findings):
        name = alone.experiments[0].id
        yield from memory.made("pages", name, _experiment_pages, alone, near)
    yield critiques_page(report, findings)
    yield learned_page(report)
    yield team_page(report)
    yield from insight_pages(report)
    yield method_page(report)
    yield from rules_pages(report)


def _experiment_pages(report: Report, around: Surroundings) -> tuple[Page, ...]:
    """The pages of the report's only experiment."""
    findings = _by_variant(report)
    (result,) = report
    made = [experiment_page(result, report, around)]
    for variant in result.variants:
        if variant.variant is not None:
            found = findings.get(variant.id, [])
            made.append(message_page(result, variant, variant.variant, report, found, around))
            made.append(critique_page(result, variant, variant.variant, report, found, around))
    return tuple(made)


def _one_by_one(
    report: Report, around: Surroundings, findings: Mapping[str, Sequence[Finding]]
) -> Iterator[tuple[Report, Surroundings]]:
    """Each experiment as a report of its own: its pages can show nothing that is not in it."""
    insight = report.insight
    for result in report:
        ids = [variant.id for variant in result.variants]
        versions = {name: around.versions[name] for name in ids if name in around.versions}
        yield (
            replace(
                report,
                experiments=(result,),
                portfolio=Portfolio(report.plan.alpha, 0),
                findings=tuple(finding for name in ids for finding in findings.get(name, ())),
                insight=insight and insight.of_experiment(result.id),
            ),
            replace(around, versions=versions),
        )


def _by_variant(report: Report) -> dict[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in report.findings:
        if finding.variant is not None:
            found[finding.variant].append(finding)
    return found


def assets(report: Report, around: Surroundings = _NOWHERE) -> Iterator[Asset]:
    """Every file beside the pages: style sheet, script, data, feed, recordings."""
    for name in ("abtest.css", "abtest.js"):
        own = files("abtest.site").joinpath("assets", name)
        yield Asset(f"assets/{name}", own.read_bytes())
    yield from insight_assets(report)
    yield results_json(report)
    yield from map(results_csv, report)
    yield feed(report, around.url)
    yield from recording_assets(around.recordings)
