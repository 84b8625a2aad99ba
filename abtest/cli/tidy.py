"""`abtest tidy`: bring files to their one form."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from abtest import formats
from abtest.cli.options import Settings, common_options, from_here
from abtest.cli.output import show
from abtest.errors import ContentError, Severity, UsageError
from abtest.formats.findings import Checked
from abtest.messages import tidy
from abtest.messages.reader import read
from abtest.messages.results import Vocabulary

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abtest.errors import Finding


@click.command()
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="Change nothing; exit with 1 if anything would change.")
@common_options
def command(paths: tuple[Path, ...], check: bool, settings: Settings) -> None:
    """Bring experiments, variants and reviews to their one form.

    Rows of results on one line each and in order of their dates, keys in one order, quotes where
    they are needed. Nothing is said differently, comments stay, and so does all below the front
    matter. Files that cannot be read are left alone.

    \b
    abtest tidy
    abtest tidy messages/denver-ramp
    abtest tidy --check
    """
    experiments, findings = read(settings.messages, today=settings.today)
    if experiments is None:
        raise ContentError(findings)
    named = [Path(from_here(str(path))) for path in paths]
    chosen = _chosen(sorted(tidy.files(Path(experiments.root))), named)
    errors = [f for f in findings if f.severity is Severity.ERROR]
    broken = {f.path for f in errors}
    words = Vocabulary(experiments.plan)
    sound = [path for path in chosen if path.as_posix() not in broken]
    changed = [path for path in sound if tidy.tidy(path, words, write=not check)]
    for path in changed:
        show(f"{'Would tidy' if check else 'Tidied'} {path.as_posix()}\n")
    refused = [f for f in errors if Path(f.path) in chosen]
    _tell(len(changed), len(chosen) - len(changed), refused, check=check)
    sys.exit(bool(refused or (check and changed)))


def _chosen(files: Sequence[Path], paths: Sequence[Path]) -> list[Path]:
    """The files that are, or lie below, one of `paths`; all without paths."""
    for path in paths:
        if not any(file == path or path in file.parents for file in files):
            raise UsageError(f"{path} is no experiment, variant or review, nor a folder of them.")
    return [f for f in files if not paths or any(f == p or p in f.parents for p in paths)]


def _tell(changed: int, rest: int, refused: Sequence[Finding], *, check: bool) -> None:
    if refused:
        checked = Checked(findings=tuple(refused), experiments=0, variants=0)
        show(formats.render("check", "text", checked), err=True)
        rest -= len({finding.path for finding in refused})
    did = "would change" if check else "changed"
    show(f"{changed} {did}, {rest} left as they are.\n")
