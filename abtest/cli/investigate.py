"""`abtest investigate`: why is a message below target?"""

from __future__ import annotations

import sys

import click

from abtest import formats
from abtest.assumptions import Assumptions
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.errors import ContentError
from abtest.formats.findings import Checked
from abtest.messages.assumptions_file import load_assumptions


@click.command()
@click.argument("variant", metavar="EXPERIMENT/VARIANT")
@click.option(
    "--because",
    default="",
    metavar="REASON",
    help="Go on to the words although an earlier step fails; the reason is shown.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(formats.names("investigate")),
    default="text",
    help="How to print the inquiry.",
)
@common_options
def command(variant: str, because: str, format_: str, settings: Settings) -> None:
    """Why is EXPERIMENT/VARIANT below target? Expectations first, then profile, then words.

    The inquiry stops at the first step that fails and says what to do next. Only when the first
    two pass, or with a reason, does it ask about the words.

    \b
    abtest investigate dock-hours/control
    abtest investigate dock-hours/control --because "legal wants other words"
    """
    from abtest.analysis.investigate import investigate
    from abtest.cli.content import find_variant, load
    from abtest.critique.run import findings

    content = load(settings)
    found = find_variant(content, variant)
    experiment = content[found.experiment_id]
    inquiry = investigate(
        content,
        found.id,
        as_of=settings.as_of,
        findings=findings(found, experiment, content.plan),
        assumptions=_assumptions(settings),
        because=because.strip(),
    )
    show(formats.render("investigate", format_, inquiry))
    sys.exit(0)


def _assumptions(settings: Settings) -> Assumptions:
    """The team's own numbers of hearsay; prints every problem and exits with 1 if there is one."""
    try:
        return load_assumptions(settings.messages)
    except ContentError as error:
        checked = Checked(findings=error.findings, experiments=0, variants=0)
        show(formats.render("check", "text", checked), err=True)
        sys.exit(1)
