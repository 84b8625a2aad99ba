"""`abtest calc`: the same statistics on numbers typed in."""

from __future__ import annotations

import re

import click

from abtest import formats
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show

_COHORT = re.compile(r"(\d{1,12})/(\d{1,12})")

Cohorts = tuple[tuple[int, int], ...]


class VariantCounts(click.ParamType[Cohorts]):
    """`52/400`, or cohorts in order: `5/40+7/50`."""

    name = "count/prospects"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Cohorts:
        """The cohorts, or a usage error that shows the form."""
        matches = [_COHORT.fullmatch(part.strip()) for part in str(value).split("+")]
        cohorts = [(int(m[1]), int(m[2])) for m in matches if m]
        if len(cohorts) < len(matches):
            self.fail(f"{value!r}: write answers/prospects, such as 52/400.", param, ctx)
        for count, nobs in cohorts:
            if count > nobs:
                self.fail(f"{value!r}: {count} answers cannot come from {nobs}.", param, ctx)
        return tuple(cohorts)


class Share(click.ParamType[float]):
    """A proportion: `10%` or `0.1`; with `unit="pp"` also `4pp`."""

    name = "percent"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> float:
        """The fraction, or a usage error that shows the form."""
        if isinstance(value, float):
            return value
        text = str(value).strip()
        match = re.fullmatch(r"(\d+(?:\.\d+)?|\.\d+)\s*(%|pp)?", text)
        share = float(match[1]) / (100 if match[2] else 1) if match else 2.0
        if not 0 < share < 1:
            self.fail(f"{text!r}: write a share between 0% and 100%, such as 10%.", param, ctx)
        return share


@click.command()
@click.argument("variants", nargs=-1, required=True, type=VariantCounts())
@click.option("--target", type=Share(), default=0.10, help="The target (default: 10%).")
@click.option("--alpha", type=Share(), default=0.05, help="The error rate (default: 5%).")
@click.option(
    "--smallest-effect",
    type=Share(),
    default=0.04,
    help="The smallest difference worth acting on (default: 4pp).",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(formats.names("report")),
    default="text",
    help="How to print the result.",
)
@common_options
def command(
    variants: tuple[Cohorts, ...],
    target: float,
    alpha: float,
    smallest_effect: float,
    format_: str,
    settings: Settings,
) -> None:
    """The statistics of a report on numbers typed in; the first variant is the control.

    \b
    abtest calc 52/400                         does it meet the target?
    abtest calc 52/400 71/410                  is the second one better?
    abtest calc 5/40+7/50 3/40+9/50            weeks, sent side by side
    """
    from abtest.analysis.typed import typed
    from abtest.plan import Plan

    plan = Plan(target=target, alpha=alpha, smallest_effect=smallest_effect)
    report = typed(variants, plan, as_of=settings.as_of)
    show(formats.render("report", format_, report))
