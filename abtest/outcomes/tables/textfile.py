"""Text files of unknown origin: what they are, how they are encoded, one line at a time."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from abtest.outcomes.tables.lines import FileError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: No line of a table is longer; a longer one is a file without line ends.
LONGEST_LINE = 1_000_000

_CHUNK = 1 << 20
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: First bytes → what the file really is, and what to do about it.
_NOT_TEXT = (
    (b"\xd0\xcf\x11\xe0", "a workbook of Excel before 2007", "Save it as XLSX or CSV."),
    (b"\x1f\x8b", "compressed", "Unpack it first."),
    (b"BZh", "compressed", "Unpack it first."),
    (b"\xfd7zXZ", "compressed", "Unpack it first."),
    (b"%PDF", "a PDF", "Export the table as CSV."),
    (b"SQLite format 3", "a database", "Export the table as CSV."),
)
_PAGES = (b"<!doctype", b"<html", b"<table", b"<?xml")


def first_bytes(path: Path) -> bytes:
    """The beginning of a file, enough to know it by.

    Raises:
        FileError: It cannot be read, or is empty.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(4096)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise FileError(f"{path} cannot be read: {reason}.") from error
    if not head.strip():
        raise FileError(f"{path} is empty. Export it again.")
    return head


def encoding_of(path: Path, head: bytes) -> str:
    """The encoding of a text file: UTF-8, UTF-16, or the Windows code page of old spreadsheets.

    Raises:
        FileError: It is no text, or in none of these.
    """
    _refuse_other_kinds(path, head)
    for mark, name in _BYTE_ORDER_MARKS:
        if head.startswith(mark):
            return name
    if b"\0" in head:
        return _without_mark(path, head)
    return "utf-8" if _is(path, "utf-8") else _old(path)


def lines_of(path: Path, encoding: str) -> Iterator[str]:
    """The lines with their line ends.

    Raises:
        FileError: A line is endless, holds NUL, or cannot be decoded.
    """
    number = 0
    try:
        with path.open(encoding=encoding, newline="") as stream:
            while line := stream.readline(LONGEST_LINE + 1):
                number += 1
                if len(line) > LONGEST_LINE:
                    raise FileError(
                        f"{path}:{number}: this line is longer than a million characters: the "
                        "file is damaged, or is no table."
                    )
                if "\0" in line:
                    raise FileError(f"{path}:{number}: a NUL character: the file is damaged.")
                yield line
    except UnicodeError as error:
        raise FileError(
            f"{path}: after line {number} the text is not {encoding.upper()}; the file is damaged "
            "or cut off. Export it again as CSV in UTF-8."
        ) from error


def _refuse_other_kinds(path: Path, head: bytes) -> None:
    for start, what, cure in _NOT_TEXT:
        if head.startswith(start):
            raise FileError(f"{path} is {what}, no table of text. {cure}")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_PAGES):
        raise FileError(
            f"{path} is a web page, no table: the export may have ended at a login. "
            "Export it again as CSV."
        )


def _without_mark(path: Path, head: bytes) -> str:
    """UTF-16 shows by a zero in every second byte of plain words; other zeros are no text."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    most = len(head) * 0.4
    if odd > most and not even:
        return "utf-16-le"
    if even > most and not odd:
        return "utf-16-be"
    raise FileError(f"{path} is no text: it holds NUL bytes. Export the table as CSV.")


def _is(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as stream:
            while chunk := stream.read(_CHUNK):
                decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _old(path: Path) -> str:
    if _is(path, "cp1252"):
        return "cp1252"
    raise FileError(
        f'{path} is neither UTF-8 nor Windows-1252. Save it as "CSV UTF-8" and try again.'
    )
