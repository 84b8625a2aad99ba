"""Call sheets: one CSV a rep, to work through and to bring back with `abtest import`."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.spreadsheet import csv_text

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from abtest.model import Experiment
    from abtest.outcomes.assignment.assign import Assignment
    from abtest.outcomes.assignment.prospects import Prospect
    from abtest.outcomes.private import Private

#: Columns that a rep fills in; `abtest import` knows them.
OUTCOMES = ("date_sent", "bounced", "responded", "positive", "opted_out", "meeting_held")
_OWN = ("variant", "script", "rep", *OUTCOMES)
#: The sheet of a list that names no rep.
_NOBODY = "prospects"


def write_sheets(
    experiment: Experiment,
    assignment: Assignment,
    private: Private,
    folder: Path,
    *,
    site: str,
    day: dt.date,
) -> list[tuple[Path, int]]:
    """Write a sheet for each rep, never over another one.

    Args:
        experiment: Whose variants were assigned.
        assignment: Who got which.
        private: Refuses a folder that a commit could take along.
        folder: Where to; never where a commit could take it along.
        site: The address of the published site; empty for links to the files.
        day: Stands in the names of the sheets.

    Returns:
        Each sheet with the number of its prospects.

    Raises:
        UsageError: The folder could be committed.
    """
    written = []
    for rep, prospects in assignment.by_rep().items():
        content = _sheet(experiment, assignment, prospects, site).encode("utf-8-sig")
        path = _free(folder / f"{day.isoformat()}-{_file_name(rep)}", content)
        private.write(path, content)
        written.append((path, len(prospects)))
    return written


def _script_link(experiment: Experiment, variant: str, site: str) -> str:
    """Where the words of a variant are to be read."""
    if site:
        return f"{site.rstrip('/')}/experiments/{experiment.id}/{variant}/"
    return experiment.variants[variant].path


def _sheet(
    experiment: Experiment, assignment: Assignment, prospects: Sequence[Prospect], site: str
) -> str:
    header = assignment.prospects.header
    kept = [n for n, name in enumerate(header) if name.casefold() not in _OWN]
    rows = []
    for prospect in prospects:
        variant = assignment.variants[prospect.line]
        link = _script_link(experiment, variant, site)
        own = (variant, link, prospect.rep, *("" for _ in OUTCOMES))
        rows.append((*own, *(prospect.cells[n] for n in kept)))
    return csv_text((*_OWN, *(header[n] for n in kept)), rows)


def _file_name(rep: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", rep.casefold()).strip("-") or _NOBODY


def _free(stem: Path, content: bytes) -> Path:
    """The first name that is free, or that holds this very sheet already."""
    number = 1
    while True:
        path = Path(f"{stem}.csv" if number == 1 else f"{stem}-{number}.csv")
        if not path.exists() or path.read_bytes() == content:
            return path
        number += 1
