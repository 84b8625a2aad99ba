"""Source: the bytes of a file as text that can be trusted, or the reason why not."""

from __future__ import annotations

import os
import re
import stat
from typing import TYPE_CHECKING

from abtest.messages.sheet import WHOLE, Spot, clipped, shown

if TYPE_CHECKING:
    from abtest.messages.sheet import Sheet

#: The largest file, in bytes.
LIMIT = 256 * 1024

_CONTROLS = re.compile("[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
#: What editors and other programs call those that get into text by accident.
_NAMES = {
    "\0": "null",
    "\x07": "bell",
    "\x08": "backspace",
    "\x0b": "vertical tab",
    "\x0c": "form feed",
    "\r": "carriage return",
    "\x1b": "escape",
    "\x7f": "delete",
    "\x85": "next line",
    "\u2028": "line separator",
    "\u2029": "paragraph separator",
}
#: So many characters in front of one show where it stands.
_QUOTED = 20
_LONE_RETURN = re.compile("\r(?!\n)")
_MARKERS = re.compile(r"^(?:<{7}|>{7}|\|{7})(?:[ \t\r].*)?$", re.MULTILINE)
_SIGNS = ("<<<<<<<", ">>>>>>>", "|||||||")


def read_source(path: str, sheet: Sheet) -> str | None:
    """The text of a file, without a byte order mark; None, and an error, if it is none.

    Args:
        path: The file, to open; never followed if it is a link.
        sheet: Takes the findings, and names the file in them.
    """
    data = read_bytes(path, LIMIT, sheet)
    text = None if data is None else _decode(data, sheet)
    if text is None:
        return None
    return text if is_clean(text, sheet) else None


def is_clean(text: str, sheet: Sheet) -> bool:
    """Whether a text has no control characters and no marks of a conflict; each is an error."""
    before = sheet.errors
    _check_characters(text, sheet)
    _check_conflicts(text, sheet)
    return sheet.errors == before


def read_bytes(path: str, limit: int, sheet: Sheet) -> bytes | None:
    """Up to `limit` bytes of a regular file; None, and an error, if there are more, or none."""
    try:
        with open(path, "rb", buffering=0, opener=_open_file) as file:
            data = file.read(limit + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        sheet.error(
            "FS005", WHOLE, f"This file cannot be read: {reason}.", "Check its permissions."
        )
        return None
    if data is not None and len(data) > limit:
        sheet.error(
            "SZ001",
            WHOLE,
            f"This file has more than {limit // 1024:,} KB, the most that is read.",
            "Start a new file, or shorten this one.",
        )
        return None
    return data


def _open_file(path: str, flags: int) -> int:
    """Open without following a link and without waiting for a pipe."""
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)
    descriptor = os.open(path, flags)
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError(0, "it is no file")
    return descriptor


def _decode(data: bytes, sheet: Sheet) -> str | None:
    if data.startswith((b"\xff\xfe", b"\xfe\xff", b"\0\0\xfe\xff")) or _is_wide(data):
        sheet.error(
            "EN001",
            Spot(1, 1),
            "This file is saved as UTF-16 or UTF-32.",
            "Save it as UTF-8 (in the editor: Save with Encoding).",
        )
        return None
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        _say_undecodable(data, error.start, sheet)
        return None
    if text.startswith("\ufeff"):
        sheet.run.marked.append(sheet)
        text = text[1:]
    if "\r\n" in text:
        sheet.run.windows.append(sheet)
    return text


def _is_wide(data: bytes) -> bool:
    """Every other byte is 0, as in English text of two bytes a character."""
    return data.count(0) > len(data) // 3


def _say_undecodable(data: bytes, at: int, sheet: Sheet) -> None:
    if b"\0" in data:
        sheet.error("EN001", Spot(1, 1), "This is no text.", "Put the text itself here.")
        return
    before = data[:at]
    column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
    meant = data[at : at + 1].decode("cp1252", "replace")
    looks = f", which older Windows programs write for {meant}" if meant.isprintable() else ""
    sheet.error(
        "EN001",
        Spot(before.count(b"\n") + 1, column),
        f"The byte 0x{data[at]:02X} here is not UTF-8{looks}.",
        "Save the file as UTF-8, and type the character afresh.",
    )


def _check_characters(text: str, sheet: Sheet) -> None:
    returns = _LONE_RETURN.finditer(text) if "\r" in text else ()
    for found in (*_CONTROLS.finditer(text), *returns):
        if sheet.full:
            break
        start = found.start()
        above = text.rfind("\n", 0, start)
        name = _NAMES.get(found[0], "")
        behind = text[above + 1 : start].strip()[-_QUOTED:]
        sheet.error(
            "EN002",
            Spot(text.count("\n", 0, start) + 1, start - above),
            f"There is a control character here (U+{ord(found[0]):04X}{name and f', {name}'})"
            + (f", behind {shown(behind)}." if behind else "."),
            "Delete it; if your editor does not show it, type the line afresh.",
        )


def _check_conflicts(text: str, sheet: Sheet) -> None:
    if not any(sign in text for sign in _SIGNS):
        return
    markers = list(_MARKERS.finditer(text))
    begins = [found for found in markers if found[0].startswith("<")]
    for found in begins or markers:
        sheet.error(
            "MG001",
            Spot(text.count("\n", 0, found.start()) + 1, 1),
            f"git left a merge conflict here ({clipped(found[0])}).",
            "Keep the rows of both sides, delete the lines <<<<<<<, ======= and >>>>>>>.",
        )
