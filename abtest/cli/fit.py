"""`abtest fit`: how well a prospect list matches the profile of an experiment."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.errors import UsageError
from abtest.wording import listed, percent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.model import Experiments
    from abtest.outcomes.assignment.profile import KeyFit, ListFit

_VALUES = 8
_LINES = 10


def key_value(text: str) -> tuple[str, str]:
    """`industry=Staffing` as a pair, or a usage error that shows the form."""
    key, equals, value = text.partition("=")
    if not equals or not key.strip() or not value.strip():
        raise click.UsageError(f"--also {text!r}: write a profile key and a value: industry=Retail")
    return key.strip(), value.strip()


also_option = click.option(
    "--also",
    multiple=True,
    metavar="KEY=VALUE",
    help="Count this value of the list as fitting, such as industry=Retail; repeatable.",
)


@click.command()
@click.argument("prospects", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("experiment", required=False)
@click.option("--identity", metavar="COLUMN", help="The column that tells prospects apart.")
@also_option
@common_options
def command(
    prospects: Path,
    experiment: str | None,
    identity: str | None,
    also: tuple[str, ...],
    settings: Settings,
) -> None:
    """How well does a prospect list match the profile of EXPERIMENT?

    Each value of the list is shown with what was made of it; what was misjudged can be set right
    with --also. Nothing is written.

    \b
    abtest fit prospects.csv denver-ramp
    abtest fit prospects.csv denver-ramp --also "industry=Staffing and Recruiting"
    """
    from abtest.cli.content import load, only
    from abtest.outcomes.assignment.profile import Judge
    from abtest.outcomes.assignment.prospects import read_prospects

    experiments = load(settings)
    name = experiment or _running(experiments)
    chosen = only(experiments, [name])[name]
    judge = Judge(chosen.profile, map(key_value, also))
    listed_ = read_prospects(prospects, keys=tuple(judge.wanted), identity=identity)
    lines = [*listed_.notes, *_told(prospects, judge.judge(listed_))]
    show("\n".join(lines) + "\n")


def _running(experiments: Experiments) -> str:
    names = [
        experiment.id for experiment in experiments.published if experiment.status == "running"
    ]
    if len(names) == 1:
        return names[0]
    raise UsageError(f"Say which experiment the list is for: {', '.join(names) or 'none runs'}.")


def _told(path: Path, found: ListFit) -> Iterator[str]:
    share = percent(found.fitting / found.total)
    yield f"{found.fitting:,} of {found.total:,} prospects on {path} fit the profile ({share})."
    for key in found.keys:
        yield ""
        yield f"{key.key}: {key.wanted}"
        yield from _key_told(key)
    missing = [key.key for key in found.keys if key.missing]
    if missing:
        yield ""
        yield f"The list has no column for {listed(missing)}; add it to be sure."
    if found.misfits:
        yield ""
        yield f"{len(found.misfits):,} lines do not fit:"
        yield from misfits_told(path, found)


def misfits_told(path: Path, found: ListFit) -> Iterator[str]:
    """The first misfits, one a line with its place in the list."""
    for line, why in list(found.misfits.items())[:_LINES]:
        yield f"  {path}:{line}: {why}"
    more = len(found.misfits) - _LINES
    if more > 0:
        yield f"  and {more:,} more"


def _key_told(key: KeyFit) -> Iterator[str]:
    for state in key.counts:
        yield f"  {state}: {key.counts[state]:,}"
    for cell, times, state in key.values[:_VALUES]:
        yield f"    {times:>6,}  {cell or '(blank)'} - {state}"
    more = len(key.values) - _VALUES
    if more > 0:
        yield f"            and {more:,} other values"
