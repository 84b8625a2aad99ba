"""The ledger: which variant a prospect got, under a pseudonym, outside git."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import TYPE_CHECKING, NamedTuple

from abtest.errors import SurroundingsError
from abtest.outcomes.private import load_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from abtest.outcomes.private import Private


class Entry(NamedTuple):
    """One assignment.

    Attributes:
        prospect: The pseudonym.
        variant: Local id.
        rep: Who contacts the prospect.
        stratum: The pseudonym of rep, week and profile.
        date: The day of the assignment.
    """

    prospect: str
    variant: str
    rep: str
    stratum: str
    date: dt.date


def read_ledger(path: Path) -> dict[str, Entry]:
    """Pseudonym → assignment; empty where there is no ledger yet.

    Raises:
        SurroundingsError: The file is damaged.
    """
    lines = list(csv.reader(io.StringIO(load_text(path))))
    try:
        entries = [Entry(p, v, r, s, dt.date.fromisoformat(d)) for p, v, r, s, d in lines[1:]]
    except ValueError as error:
        raise SurroundingsError(f"{path} is damaged; bring it back from a backup.") from error
    return {entry.prospect: entry for entry in entries}


def write_ledger(private: Private, path: Path, entries: Mapping[str, Entry]) -> None:
    """Write the whole ledger, in the order of the assignments."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(Entry._fields)
    writer.writerows((*entry[:-1], entry.date.isoformat()) for entry in entries.values())
    private.write(path, out.getvalue().encode())


def elsewhere(private: Private, experiment: str, prospects: Iterable[str]) -> dict[str, int]:
    """Other experiments that some of these prospects are in → how many of them."""
    wanted = set(prospects)
    found = {}
    for name, path in private.ledgers().items():
        if name != experiment and (shared := wanted & read_ledger(path).keys()):
            found[name] = len(shared)
    return found
