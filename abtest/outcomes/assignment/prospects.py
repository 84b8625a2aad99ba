"""A prospect list: who is on it, who contacts them, and what is known of their fit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from abtest.errors import UsageError
from abtest.outcomes.headers import first_with, meaning
from abtest.outcomes.identity import IDENTITIES, normalized
from abtest.outcomes.tables.lines import FileError, Skipped, named_lines
from abtest.outcomes.tables.opening import is_parquet, open_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from abtest.outcomes.tables.lines import Row

#: The three basics of a profile.
BASICS = ("industry", "location", "title")
#: Columns that make up a location where there is none by that name.
_PLACE = ("city", "state", "country")
_NAMED = 10


@dataclass(frozen=True, slots=True)
class Prospect:
    """One line of the list.

    Attributes:
        line: Its line in the file.
        identity: One spelling of what tells the prospect apart.
        rep: Who is to contact the prospect; empty if the list does not say.
        facts: Profile key → cell, of the keys that the list has.
        cells: The line as it is.
    """

    line: int
    identity: str
    rep: str
    facts: Mapping[str, str]
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProspectList:
    """A list without duplicates.

    Attributes:
        header: The names of the columns.
        identity: The name of the column that tells prospects apart.
        notes: What was assumed about the file.
    """

    path: Path
    header: tuple[str, ...]
    identity: str
    prospects: tuple[Prospect, ...]
    notes: tuple[str, ...]

    def has(self, key: str) -> bool:
        """Whether the list tells this profile key of anyone."""
        return any(key in prospect.facts for prospect in self.prospects)


def read_prospects(
    path: Path, *, keys: Sequence[str] = BASICS, identity: str | None = None, rep: str | None = None
) -> ProspectList:
    """Read a list and refuse what cannot be split fairly.

    Args:
        path: CSV, TSV or XLSX.
        keys: Profile keys to look for.
        identity: The column that tells prospects apart, instead of the one found.
        rep: The rep of all prospects, instead of a column.

    Raises:
        FileError: The list cannot be read, or names someone twice or not at all.
        UsageError: There is no column of that name.
    """
    if is_parquet(path):
        raise FileError(f"{path} is Parquet; a prospect list is CSV, TSV or XLSX.")
    opened = open_rows(path)
    columns = _Columns(path, opened.header, keys, identity, rep)
    prospects = tuple(columns.prospect(row) for row in opened.rows)
    _refuse(path, prospects, opened.skipped, columns.identity)
    return ProspectList(path, opened.header, columns.identity, prospects, opened.notes)


class _Columns:
    """Which column holds what."""

    def __init__(
        self,
        path: Path,
        header: tuple[str, ...],
        keys: Sequence[str],
        identity: str | None,
        rep: str | None,
    ) -> None:
        self.header = header
        self.rep = rep
        self.identity = identity or _identity(path, header)
        if self.identity not in header:
            raise UsageError(
                f"There is no column {self.identity!r} in {path}; it has {', '.join(header)}."
            )
        known = meaning(self.identity)
        self.kind = known.role if known and known.role in IDENTITIES else "prospect_id"
        self.rep_column = None if rep else first_with(header, "rep")
        self.facts = {key: self._sources(key) for key in keys}

    def prospect(self, row: Row) -> Prospect:
        cells = dict(zip(self.header, row.cells, strict=True))
        rep = self.rep or (cells[self.rep_column].strip() if self.rep_column else "")
        facts = {
            key: ", ".join(filter(None, (cells[name].strip() for name in names)))
            for key, names in self.facts.items()
            if names
        }
        identity = normalized(self.kind, cells[self.identity])
        return Prospect(row.line, identity, rep_name(rep), facts, row.cells)

    def _sources(self, key: str) -> tuple[str, ...]:
        """The columns that tell a profile key."""
        wanted = key.replace("_", " ").casefold()
        named = [name for name in self.header if name.replace("_", " ").casefold() == wanted]
        found = named[0] if named else first_with(self.header, key)
        if found or key != "location":
            return (found,) if found else ()
        parts = (first_with(self.header, part) or _state(self.header, part) for part in _PLACE)
        return tuple(name for name in parts if name)


def rep_name(text: str) -> str:
    """A rep as results name them: of an email address, what stands before the @.

    >>> rep_name("kim@brightline.example"), rep_name("Kim Ito ")
    ('kim', 'Kim Ito')
    """
    return " ".join(text.partition("@")[0].split())


def _state(header: Sequence[str], part: str) -> str | None:
    """`State` alone is a status in a log, and a place in a list of people."""
    if part != "state":
        return None
    return next((name for name in header if name.casefold() == "state"), None)


def _identity(path: Path, header: Sequence[str]) -> str:
    for role in IDENTITIES:
        found = first_with(header, role)
        if found:
            return found
    raise FileError(
        f"{path}:1: no column tells prospects apart: there is no email, id, phone or LinkedIn. "
        "Add one, or name it with --identity COLUMN."
    )


def _refuse(path: Path, prospects: Sequence[Prospect], skipped: Skipped, identity: str) -> None:
    """Say all that is wrong with the lines at once."""
    if not prospects and not skipped:
        raise FileError(f"{path} has a header and no rows below it.")
    problems = [f"{path}: {sentence}" for sentence in skipped.sentences()]
    nobody = [prospect.line for prospect in prospects if not prospect.identity]
    if nobody:
        lines = named_lines(nobody[:_NAMED], len(nobody))
        problems.append(f"{path}: {lines}: {identity} is blank, so nothing names the prospect.")
    problems += _duplicates(path, prospects)
    if problems:
        raise FileError("\n".join([*problems, f"Mend {path} and try again; nothing was written."]))


def _duplicates(path: Path, prospects: Sequence[Prospect]) -> Iterator[str]:
    first: dict[str, int] = {}
    for prospect in prospects:
        if prospect.identity:
            line = first.setdefault(prospect.identity, prospect.line)
            if line != prospect.line:
                yield f"{path}:{prospect.line}: the same prospect as on line {line}."
