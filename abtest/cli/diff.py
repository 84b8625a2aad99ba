"""`abtest diff`: what a change did."""

from __future__ import annotations

import click

from abtest import formats
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.diff import compare


@click.command()
@click.argument("revision", required=False, metavar="[REV]")
@click.option(
    "--format",
    "format_",
    type=click.Choice(formats.names("diff")),
    default="text",
    help="How to print the change; markdown is the comment on a pull request.",
)
@common_options
def command(revision: str | None, format_: str, settings: Settings) -> None:
    """What did a change do? Words, titles, settings, counts, verdicts, findings; and lost counts.

    REV is a commit, branch or tag; by default, where this branch left the main one. The files as
    they are, committed or not, are held against it.

    \b
    abtest diff
    abtest diff origin/main --format markdown
    """
    change = compare(settings.messages, revision, as_of=settings.as_of, today=settings.today)
    show(formats.render("diff", format_, change))
