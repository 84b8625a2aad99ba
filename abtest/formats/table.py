"""Plain-text tables that fit a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import click


def width(text: str) -> int:
    """Terminal columns of a text: wide characters take two, combining ones and colors none.

    >>> width("abc"), width("日本")
    (3, 4)
    """
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in click.unstyle(text)
    )


def shorten(text: str, columns: int) -> str:
    """A text cut to so many columns, with an ellipsis where something was cut.

    >>> shorten("straight-pitch", 9)
    'straight…'
    """
    if width(text) <= columns:
        return text
    kept = ""
    for character in text:
        if width(kept + character) > columns - 1:
            break
        kept += character
    return kept + "…"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, right: str) -> list[str]:
    """Lines of a table; `right` has `r` for each right-aligned column, `l` for the others."""
    cells = [head, *rows]
    widths = [max(width(row[i]) for row in cells) for i in range(len(head))]
    return [_line(row, widths, right) for row in cells]


def _line(row: Sequence[str], widths: Sequence[int], right: str) -> str:
    padded = (
        " " * (columns - width(text)) + text
        if side == "r"
        else text + " " * (columns - width(text))
        for text, columns, side in zip(row, widths, right, strict=True)
    )
    return "  ".join(padded).rstrip()
