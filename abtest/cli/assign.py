"""`abtest assign`: a fair split of a prospect list into the variants of an experiment."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import click

from abtest.cli.fit import also_option, key_value, misfits_told
from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.errors import AbtestError
from abtest.formats.table import table

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.outcomes.assignment.assign import Assignment
    from abtest.outcomes.assignment.profile import ListFit


@click.command()
@click.argument("experiment")
@click.argument("prospects", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--rep", help="The rep of every prospect on the list (default: its rep column).")
@click.option("--identity", metavar="COLUMN", help="The column that tells prospects apart.")
@also_option
@click.option("--allow-misfits", is_flag=True, help="Assign prospects outside the profile too.")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Where the call sheets go: outside of any repository (default: .abtest/call-sheets).",
)
@click.option("--site", metavar="URL", help="The site with the scripts (default: mkdocs.yml's).")
@common_options
def command(
    experiment: str,
    prospects: Path,
    rep: str | None,
    identity: str | None,
    also: tuple[str, ...],
    allow_misfits: bool,
    out: Path | None,
    site: str | None,
    settings: Settings,
) -> None:
    """Split a prospect list into the variants of EXPERIMENT, by chance and by plan.

    Each rep gets a call sheet in .abtest/, which git ignores; only the counts of the split are
    for git. A prospect who was assigned before keeps the variant.

    \b
    abtest assign denver-ramp prospects.csv
    abtest assign denver-ramp prospects.csv --rep kim --also "industry=Staffing"
    """
    from abtest.cli.content import load, only
    from abtest.outcomes.assignment.assign import assign, planned_shares
    from abtest.outcomes.assignment.callsheet import write_sheets
    from abtest.outcomes.assignment.profile import Judge
    from abtest.outcomes.assignment.prospects import read_prospects
    from abtest.outcomes.assignment.splits import read_splits
    from abtest.outcomes.private import Private

    chosen = only(load(settings), [experiment])[experiment]
    planned_shares(chosen)
    judge = Judge(chosen.profile, map(key_value, also))
    listed = read_prospects(prospects, keys=tuple(judge.wanted), identity=identity, rep=rep)
    if not allow_misfits:
        _refuse_misfits(prospects, judge.judge(listed))
    private = Private()
    folder = out or private.sheets(chosen.id)
    private.refuse_tracked(folder)
    splits = read_splits(chosen)
    day = settings.as_of
    assignment = assign(chosen, listed, judge, private, seed=splits.seed, day=day)
    address = _site() if site is None else site
    sheets = write_sheets(chosen, assignment, private, folder, site=address, day=day)
    splits.add(assignment.ledger.values())
    splits.write()
    lines = [*listed.notes, *_told(assignment)]
    lines += [f"Wrote {path} ({number:,} prospects)." for path, number in sheets]
    lines.append(f"Wrote {splits.path}: the counts of the split and its seed, to be committed.")
    if private.made_salt:
        lines.append(
            f"Drew a new salt, {private.folder / 'salt'}: keep a copy outside of git; without it, "
            "prospects seen again are not recognized."
        )
    show("\n".join(lines) + "\n")


def _refuse_misfits(path: Path, found: ListFit) -> None:
    if found.misfits:
        raise AbtestError(
            f"{len(found.misfits):,} of {found.total:,} prospects do not fit the profile; nothing "
            "was assigned.\n" + "\n".join(misfits_told(path, found)) + "\nTake them off the list, "
            'count a value as fitting with --also "industry=…", or assign them all the same with '
            "--allow-misfits."
        )


def _told(assignment: Assignment) -> Iterator[str]:
    """The counts of the split, and what is worth knowing about it."""
    reps = {rep: assignment.counts(rep) for rep in assignment.by_rep()}
    names = list(assignment.shares)
    rows = [
        (rep or "(no rep)", *(f"{counts[name]:,}" for name in names), f"{counts.total():,}")
        for rep, counts in reps.items()
    ]
    planned = (f"{float(assignment.shares[name]):.1%}" for name in names)
    yield from table(
        ("", *names, "total"),
        [*rows, ("planned", *planned, "")],
        right="l" + "r" * (len(names) + 1),
    )
    total = len(assignment.variants)
    before = total - len(assignment.new)
    yield f"{total:,} prospects, of whom {before:,} had a variant before and keep it."
    for other, shared in assignment.elsewhere.items():
        yield f"{shared:,} of them are in {other} too, and may answer to what they hear there."


def _site() -> str:
    """The address that mkdocs.yml gives the site; empty without one."""
    try:
        text = Path("mkdocs.yml").read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    found = re.search(r"^site_url:\s*[\"']?(https?://[^\s\"']+)", text, re.MULTILINE)
    return found[1] if found else ""
