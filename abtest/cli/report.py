"""`abtest report`: all results, judged."""

from __future__ import annotations

import sys

import click

from abtest import formats
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show


@click.command()
@click.argument("experiments", nargs=-1, metavar="[EXPERIMENT]...")
@click.option(
    "--format",
    "format_",
    type=click.Choice(formats.names("report")),
    default="text",
    help="How to print the report.",
)
@common_options
def command(experiments: tuple[str, ...], format_: str, settings: Settings) -> None:
    """All results: what meets the target, what falls below, what is not yet known.

    \b
    abtest report
    abtest report denver-ramp --format json
    """
    from abtest.analysis import analyze
    from abtest.cli.content import load, only

    found = load(settings)
    chosen = only(found, experiments) if experiments else found
    report = analyze(chosen, as_of=settings.as_of)
    show(formats.render("report", format_, report))
    sys.exit(0)
