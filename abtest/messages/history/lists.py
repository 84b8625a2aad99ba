"""Tables that git keeps and that hold people's addresses: what must never have been committed."""

from __future__ import annotations

import os
import re
import zipfile
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.errors import Finding, Severity
from abtest.messages.history.process import HistoryError, run
from abtest.messages.personal import personal_data
from abtest.plan import Sender

if TYPE_CHECKING:
    from collections.abc import Iterator

_TABLES = (".csv", ".tsv", ".xlsx")
#: The parts of a workbook that hold words, and how much of a table is looked at.
_WORDS = re.compile(r"xl/(?:sharedStrings|worksheets/[^/]+)\.xml")
_LINES, _CHARACTERS = 2_000, 1_000_000
#: What RFC 2606 and the numbering plan set aside for examples belongs to nobody.
_NOBODY = re.compile(r".*[@.](?:example(?:\.(?:com|net|org))?|test|invalid|localhost)", re.I)
_FICTION = re.compile(r"555[ .-]?01[0-9]{2}$")


def private_lists(folder: Path, sender: Sender | None = None) -> tuple[Finding, ...]:
    """A warning for each table in git that holds addresses or phone numbers.

    Args:
        folder: Any folder of the repository; without one, there is nothing to find.
        sender: Whose own addresses are no secret.
    """
    patterns = [f":(top,icase)*{ending}" for ending in _TABLES]
    try:
        listed = run(folder, "ls-files", "-z", "--", *patterns).decode(errors="replace")
    except HistoryError:
        return ()
    paths = [Path(os.path.relpath(folder / name)) for name in listed.split("\0") if name]
    return tuple(_warnings(paths, sender or Sender()))


def _warnings(paths: list[Path], sender: Sender) -> Iterator[Finding]:
    for path in paths:
        number, what = next(_personal(path, sender), (0, ""))
        if what:
            yield Finding(
                path=path.as_posix(),
                line=number,
                column=0,
                code="PD004",
                severity=Severity.WARNING,
                message=f"This table is in git and holds {what}.",
                suggestion=f"git rm --cached {path.as_posix()}, and write it into .gitignore. Who "
                "has cloned the repository has it still: ask who runs it to clear the history.",
            )


def _personal(path: Path, sender: Sender) -> Iterator[tuple[int, str]]:
    """Line and kind of each address or number of somebody who may exist."""
    for number, line in _lines(path):
        for code, words, _ in personal_data(line, sender):
            if code == "PD003" and not _NOBODY.fullmatch(words):
                yield number, "people's addresses"
            if code == "PD002" and not _FICTION.search(words):
                yield number, "phone numbers"


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    """The first lines of a table; a workbook's words are on none."""
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _cells(path)
        else:
            with path.open(encoding="utf-8", errors="replace") as lines:
                for number, line in enumerate(islice(lines, _LINES), 1):
                    yield number, line[:_CHARACTERS]
    except (OSError, zipfile.BadZipFile):
        return


def _cells(path: Path) -> Iterator[tuple[int, str]]:
    with zipfile.ZipFile(path) as book:
        for name in filter(_WORDS.fullmatch, book.namelist()):
            with book.open(name) as part:
                text = part.read(_CHARACTERS).decode(errors="replace")
            yield from ((0, cell) for cell in re.split(r"<[^>]*>", text) if cell)
