"""Markdown for a terminal: every line of prose fits, everything else stays as it is."""

from __future__ import annotations

import re
import textwrap

#: The columns of a terminal that nobody has made wider.
COLUMNS = 80

_FENCE = "~~~"
_ITEM = re.compile(r"([*-]|\d+\.) ")


def fitted(markdown: str) -> str:
    """The text with its paragraphs and lists broken anew.

    >>> print(fitted("* one\\n* " + "word " * 20))
    * one
    * word word word word word word word word word word word word word word word
      word word word word word
    <BLANKLINE>
    """
    return "\n\n".join(map(_block, markdown.rstrip().split("\n\n"))) + "\n"


def _block(block: str) -> str:
    """One paragraph, list or sample; a sample of prose is broken like prose."""
    if block.startswith(f"{_FENCE}text\n") and block.endswith(f"\n{_FENCE}"):
        opening, *lines, closing = block.split("\n")
        return "\n".join([opening, *(_filled(line) for line in lines), closing])
    if block.startswith((_FENCE, "#", "|", " ")):
        return block
    parts: list[str] = []
    for line in block.split("\n"):
        if parts and not _ITEM.match(line):
            parts[-1] += f" {line.strip()}"
        else:
            parts.append(line)
    return "\n".join(map(_filled, parts))


def _filled(text: str) -> str:
    indent = "  " if _ITEM.match(text) else ""
    return textwrap.fill(
        text, COLUMNS, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False
    )
