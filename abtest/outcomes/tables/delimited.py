"""CSV, TSV and their kin: the delimiter, the header, and the records below it."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass
from itertools import chain, islice
from typing import TYPE_CHECKING

from abtest.outcomes.tables.lines import MOST_COLUMNS, FileError, Row, Skipped, unique_headers
from abtest.outcomes.tables.textfile import encoding_of, first_bytes, lines_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

_DELIMITERS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
#: Lines that are looked at to find the delimiter and the header.
_LOOKED_AT = 50
#: A record over more lines than this is a quote that someone forgot to close.
_LONGEST_RECORD = 200

_QUOTE = "a quote stands in the middle of a cell"
_ABOVE = "it stands above the header"


@dataclass(frozen=True, slots=True)
class Opened:
    """An opened table of text.

    Attributes:
        header: The names of the columns, each once.
        rows: The records, read as they are asked for.
        skipped: Fills up while the rows are read.
        notes: What was assumed about the file, in sentences.
    """

    header: tuple[str, ...]
    rows: Iterator[Row]
    skipped: Skipped
    notes: tuple[str, ...] = ()


def open_delimited(path: Path) -> Opened:
    """Open a CSV or TSV file.

    Raises:
        FileError: It is no table of text; also while the rows are read, if it turns out damaged.
    """
    encoding = encoding_of(path, first_bytes(path))
    lines = lines_of(path, encoding)
    start = list(islice(lines, _LOOKED_AT))
    declared = start[0].strip().casefold()
    if declared.startswith("sep=") and declared[4:] in _DELIMITERS:
        delimiter, start[0] = declared[4:], "\n"
    else:
        delimiter = _delimiter(path, start)
    skipped = Skipped()
    records = _Records(path, chain(start, lines), delimiter, skipped)
    opened = below_header(records, skipped, path)
    notes = []
    if encoding == "cp1252":
        notes.append(f"{path} is not UTF-8; it was read as Windows-1252.")
    if delimiter in ";|":
        notes.append(f"{path} is separated by {_DELIMITERS[delimiter]}.")
    return Opened(opened.header, records.checked(opened.rows, opened.header), skipped, tuple(notes))


def below_header(records: Iterable[Row], skipped: Skipped, path: Path) -> Opened:
    """Find the header: the first record about as wide as most, with a name in most cells.

    Raises:
        FileError: There is none, or it is too wide.
    """
    records = iter(records)
    start = list(islice(records, _LOOKED_AT))
    if not start:
        raise FileError(f"{path} holds no rows. Export it again.")
    usual = Counter(len(row.cells) for row in start).most_common(1)[0][0]
    at = next((n for n, row in enumerate(start) if _names(row) >= usual / 2), None)
    if at is None:
        raise FileError(f"{path}:{start[0].line}: no line looks like a header with column names.")
    for row in start[:at]:
        skipped.add(_ABOVE, row.line)
    header = start[at].cells
    if len(header) > MOST_COLUMNS:
        raise FileError(f"{path} has {len(header):,} columns; no export has that many.")
    return Opened(unique_headers(header), chain(start[at + 1 :], records), skipped)


def fitting(rows: Iterable[Row], width: int, skipped: Skipped) -> Iterator[Row]:
    """The rows as wide as the header; blank ones are passed over, others left out and named."""
    for line, cells in rows:
        if not any(map(str.strip, cells)):
            continue
        if len(cells) > width and not any(map(str.strip, cells[width:])):
            cells = cells[:width]  # trailing blank cells say nothing
        if len(cells) == width:
            yield Row(line, cells)
        else:
            skipped.add(f"its number of cells is not the header's, {width}", line)


def _names(row: Row) -> int:
    return sum(1 for cell in row.cells if cell.strip())


def _delimiter(path: Path, lines: Sequence[str]) -> str:
    """The delimiter that cuts most lines into one same number of cells, more than one."""
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(width for width in _widths(lines, delimiter) if width > 1)
        width, times = widths.most_common(1)[0] if widths else (0, 0)
        if width > MOST_COLUMNS:
            raise FileError(f"{path} has {width:,} columns; no export has that many.")
        if (times, width) > most:
            best, most = delimiter, (times, width)
    return best


def _widths(lines: Sequence[str], delimiter: str) -> Iterator[int]:
    try:
        yield from map(len, csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return


class _Records:
    """The records of a text, with the line each begins on; says where a quote went wrong."""

    def __init__(self, path: Path, lines: Iterable[str], delimiter: str, skipped: Skipped) -> None:
        self.path = path
        self.lines = lines
        self.delimiter = delimiter
        self.skipped = skipped
        self.ended = True

    def __iter__(self) -> Iterator[Row]:
        reader = csv.reader(self._watched(), delimiter=self.delimiter, strict=True)
        while True:
            first = reader.line_num + 1
            try:
                cells = next(reader, None)
            except csv.Error as error:
                if "unexpected end" in str(error) or "field larger" in str(error):
                    raise self._unclosed(first) from error
                self.skipped.add(_QUOTE, first)
                continue
            if cells is None:
                return
            if reader.line_num - first > _LONGEST_RECORD:
                raise self._unclosed(first)
            if cells:
                yield Row(first, tuple(cells))

    def checked(self, rows: Iterable[Row], header: Sequence[str]) -> Iterator[Row]:
        """The fitting rows; an error if the last line stops in the middle."""
        last = Row(0, ())

        def noted() -> Iterator[Row]:
            nonlocal last
            for row in rows:
                last = row
                yield row

        yield from fitting(noted(), len(header), self.skipped)
        if not self.ended and 0 < len(last.cells) < len(header):
            raise FileError(
                f"{self.path}:{last.line}: the file stops in the middle of this line: it was cut "
                "off. Export it again."
            )

    def _watched(self) -> Iterator[str]:
        for line in self.lines:
            self.ended = line.endswith(("\n", "\r"))
            yield line

    def _unclosed(self, line: int) -> FileError:
        return FileError(
            f"{self.path}:{line}: a quote that opens here is never closed: the file was cut off "
            "or is damaged. Export it again."
        )
