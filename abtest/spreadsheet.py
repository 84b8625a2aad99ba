"""CSV for spreadsheets: text stays text there, and comes back as it was."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def quoted(text: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> quoted("=1+1"), quoted("plain"), quoted("'tis")
    ("'=1+1", 'plain', "''tis")
    """
    return f"'{text}" if text.startswith((*_FORMULA, "'")) else text


def unquoted(cell: str) -> str:
    """The text that `quoted` made a cell of.

    >>> unquoted("'=1+1"), unquoted("plain"), unquoted("''tis")
    ('=1+1', 'plain', "'tis")
    """
    return cell[1:] if cell.startswith("'") else cell


def csv_text(head: Sequence[str], rows: Iterable[Iterable[object]]) -> str:
    """A CSV file; every text in it is quoted against formulas, None is an empty cell."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(quoted, head))
    for row in rows:
        writer.writerow(_cell(value) for value in row)
    return out.getvalue()


def _cell(value: object) -> object:
    return quoted(value) if isinstance(value, str) else value
