"""`abtest check`: is every file valid, and what would a critic say?"""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from abtest import formats
from abtest.cli.checking import Check
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.cli.watching import watch_checks
from abtest.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from abtest.formats.findings import Checked

_NEVER = "never"


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--format",
    "format_",
    type=click.Choice(formats.names("check")),
    default="text",
    help="How to print the findings.",
)
@click.option(
    "--fail-on",
    type=click.Choice([*map(str, Severity), _NEVER]),
    default="error",
    show_default=True,
    help="Exit with 1 at this severity or a graver one.",
)
@click.option(
    "--against",
    type=click.Path(exists=True, dir_okay=False),
    metavar="RESULTS.JSON",
    help="The last published results: tells rows that were lost since.",
)
@click.option(
    "--no-history", is_flag=True, help="Do not ask git whether counts or words were lost."
)
@click.option("--allow-shallow", is_flag=True, help="In CI, accept a clone without its history.")
@click.option("--watch", "watching", is_flag=True, help="Check again whenever a file changes.")
@common_options
def command(
    paths: tuple[Path, ...],
    format_: str,
    fail_on: str,
    against: str | None,
    no_history: bool,
    allow_shallow: bool,
    watching: bool,
    settings: Settings,
) -> None:
    """Is every file in messages/ valid, and what would a critic say?

    PATH limits what is shown to files and folders.

    \b
    abtest check
    abtest check messages/denver-ramp
    abtest check --watch
    abtest check --format github --against site/results.json
    """

    def check() -> Checked:
        one = Check(settings, with_history=not no_history, allow_shallow=allow_shallow)
        checked = _limited(one.done(against), paths)
        show(formats.render("check", format_, checked))
        return checked

    if watching:
        watch_checks(Path(settings.messages), check)
    else:
        sys.exit(_fails(check(), fail_on))


def _limited(checked: Checked, paths: tuple[Path, ...]) -> Checked:
    """What was found under any of `paths`, and how many errors elsewhere."""
    shown = _within(checked.findings, paths)
    elsewhere = _errors(checked.findings) - _errors(shown) if paths else None
    return replace(checked, findings=shown, elsewhere=elsewhere)


def _errors(findings: Iterable[Finding]) -> int:
    return sum(finding.severity is Severity.ERROR for finding in findings)


def _within(findings: Sequence[Finding], paths: tuple[Path, ...]) -> tuple[Finding, ...]:
    """The findings under any of `paths` (all without paths), in the order of the files."""
    inside: Iterable[Finding] = findings
    if paths:
        roots = [_absolute(str(path)) for path in paths]
        files = {path: _absolute(path) for path in {finding.path for finding in findings}}
        wanted = {p for p, file in files.items() if any(file.is_relative_to(r) for r in roots)}
        inside = (finding for finding in findings if finding.path in wanted)
    return tuple(sorted(inside, key=Finding.sort_key))


def _absolute(path: str) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  links stay what they are called


def _fails(checked: Checked, fail_on: str) -> bool:
    if fail_on == _NEVER:
        return False
    limit = Severity(fail_on).rank
    return any(finding.severity.rank <= limit for finding in checked.findings)
