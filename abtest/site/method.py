"""The method page: how the numbers are made, shown on this team's own numbers."""

from __future__ import annotations

from abtest import wording
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.home import is_published
from abtest.site.links import variant_url
from abtest.site.page import Page
from abtest.site.templating import plural, render


def method_page(report: Report) -> Page:
    """How the numbers are made, in plain words."""
    example = _example(report)
    html = render(
        "method.jinja",
        depth=1,
        plan=report.plan,
        example=_worked(*example) if example else None,
        portfolio=report.portfolio,
    )
    return Page(
        "method/index.md", "Method", html, listed=True, search=1.5,
        description="How the numbers are made, and why they may be looked at every day.",
    )  # fmt: skip


def _example(report: Report) -> tuple[ExperimentResult, VariantResult] | None:
    """The message with the most weeks behind it, the team's own before any other."""
    candidates = [
        (result, variant)
        for result in report
        for variant in result.variants
        if variant.metrics[result.metric].target is not None
        and variant.metrics[result.metric].per > 0
    ]
    return max(candidates, key=_telling, default=None)


def _telling(candidate: tuple[ExperimentResult, VariantResult]) -> tuple[bool, bool, int, str]:
    """A message of our own before a study's, a decided one before an open one, then the longest."""
    result, variant = candidate
    metric = variant.metrics[result.metric]
    own, decided = not is_published(result), metric.decided_at is not None
    return (own, decided, len(metric.look_dates), variant.id)


def _worked(result: ExperimentResult, variant: VariantResult) -> dict[str, object]:
    metric = variant.metrics[result.metric]
    test = metric.target
    return {
        "title": variant.title,
        "url": variant_url(variant.id),
        "sample": result.sample,
        "sent": f"{variant.sent:,}",
        "bounced": f"{variant.bounced:,}",
        "fraction": wording.fraction(metric.count, metric.per),
        "rate": wording.percent(metric.rate),
        "single": wording.between(metric.interval) if metric.interval else "",
        "always": wording.between(metric.sequence),
        "looks": plural(len(metric.look_dates), "week"),
        "test": test,
        "sentence": variant.sentence,
    }
