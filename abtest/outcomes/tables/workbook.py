"""XLSX workbooks: the first sheet that has rows, cell by cell as text."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from typing import TYPE_CHECKING, Any

from abtest.errors import SurroundingsError
from abtest.outcomes.tables.delimited import Opened, below_header, fitting
from abtest.outcomes.tables.lines import MOST_COLUMNS, FileError, Row, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: A workbook that unpacks to more than this was made to fill a disk.
_LARGEST = 1 << 30
#: Blank rows in a row after which nothing more is expected.
_BLANK_ROWS = 10_000


def open_workbook(path: Path) -> Opened:
    """Open the first sheet that has rows.

    Raises:
        FileError: It is damaged, or no workbook.
        SurroundingsError: The part of abtest that reads workbooks is not installed.
    """
    sheets = _sheets(path)
    skipped = Skipped()
    for sheet in sheets:
        rows = _rows(path, sheet)
        first = next(rows, None)
        if first is None:
            continue
        opened = below_header(_again(first, rows), skipped, path)
        width = len(opened.header)
        notes = [f"{path} has {len(sheets)} sheets; {sheet.title!r} was read."]
        return Opened(
            opened.header,
            fitting(_padded(opened.rows, width), width, skipped),
            skipped,
            tuple(notes if len(sheets) > 1 else ()),
        )
    raise FileError(f"{path} holds no rows. Export it again.")


def _sheets(path: Path) -> list[Any]:
    try:
        import openpyxl
    except ImportError as error:
        raise SurroundingsError(
            "Reading workbooks needs openpyxl. Run: pip install openpyxl"
        ) from error
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > _LARGEST:
                raise FileError(f"{path} unpacks to more than 1 GB; it was not opened.")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that say nothing about cells
            stream = io.BytesIO(path.read_bytes())  # by its content, whatever its name says
            return list(openpyxl.load_workbook(stream, read_only=True, data_only=True).worksheets)
    except FileError:
        raise
    except Exception as error:  # a damaged archive fails in whatever part reads it first
        raise _damaged(path) from error


def _rows(path: Path, sheet: Any) -> Iterator[Row]:
    blank = 0
    try:
        sheet.reset_dimensions()  # the size that a file claims is often wrong
        for line, values in enumerate(sheet.iter_rows(values_only=True), start=1):
            cells = tuple(map(_text, values))
            while cells and not cells[-1]:
                cells = cells[:-1]
            if len(cells) > MOST_COLUMNS:
                raise FileError(f"{path}:{line}: {len(cells):,} columns; no export has that many.")
            blank = 0 if cells else blank + 1
            if blank > _BLANK_ROWS:
                return
            if cells:
                yield Row(line, cells)
    except FileError:
        raise
    except Exception as error:  # a damaged part of the archive shows only when it is reached
        raise _damaged(path) from error


def _text(value: Any) -> str:
    """A cell as an export would write it."""
    match value:
        case None:
            return ""
        case bool():
            return "TRUE" if value else "FALSE"
        case dt.datetime() if value.time() == dt.time():
            return value.date().isoformat()
        case dt.date():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
    return str(value)


def _again(first: Row, rest: Iterator[Row]) -> Iterator[Row]:
    yield first
    yield from rest


def _padded(rows: Iterator[Row], width: int) -> Iterator[Row]:
    """Rows of a sheet end where their last filled cell is."""
    for line, cells in rows:
        yield Row(line, cells + ("",) * (width - len(cells)))


def _damaged(path: Path) -> FileError:
    return FileError(f"{path} is damaged or cut off. Save the workbook again, or export CSV.")
