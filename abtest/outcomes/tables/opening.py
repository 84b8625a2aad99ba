"""Open a file by what it holds, whatever its name says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.outcomes.tables.delimited import Opened, open_delimited
from abtest.outcomes.tables.textfile import first_bytes
from abtest.outcomes.tables.workbook import open_workbook

if TYPE_CHECKING:
    from pathlib import Path

_ZIP, _PARQUET = b"PK\x03\x04", b"PAR1"


def is_parquet(path: Path) -> bool:
    """Whether the file begins as Parquet does."""
    return first_bytes(path).startswith(_PARQUET)


def open_rows(path: Path) -> Opened:
    """Open a CSV, TSV or XLSX file row by row.

    Raises:
        FileError: It is none of these, or damaged.
    """
    if first_bytes(path).startswith(_ZIP):
        return open_workbook(path)
    return open_delimited(path)
