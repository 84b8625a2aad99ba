"""`abtest export`: all results as a table for spreadsheets."""

from __future__ import annotations

from pathlib import Path

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.errors import UsageError


@click.command()
@click.argument("experiments", nargs=-1, metavar="[EXPERIMENT]...")
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE", help="A new file."
)
@common_options
def command(experiments: tuple[str, ...], out: Path | None, settings: Settings) -> None:
    """All results as CSV: one line a row, a column for each count and dimension.

    What is changed there comes back with `abtest import EXPERIMENT FILE`; nothing is lost on the
    way, and cells that a spreadsheet would take for formulas are quoted.

    \b
    abtest export > results.csv
    abtest export denver-ramp --out denver.csv
    """
    from abtest.cli.content import load, only
    from abtest.messages import disk
    from abtest.outcomes.roundtrip import export

    found = load(settings)
    chosen = only(found, experiments) if experiments else found
    text = export(found, tuple(chosen.values()))
    if out is None:
        show(text)
        return
    if out.exists():
        raise UsageError(f"{out} exists; it was left as it is. Name a new file.")
    disk.create(out, text.encode("utf-8-sig"))
    show(f"Wrote {out}.\n")
