"""Markdown for a terminal: every line of prose fits, samples are set in instead of fenced."""

from __future__ import annotations

import re
import textwrap

#: The columns of a terminal that nobody has made wider.
COLUMNS = 80

_SAMPLE = re.compile(r"^~~~(\w*)\n(.*?)\n~~~$", re.MULTILINE | re.DOTALL)
_ITEM = re.compile(r"([*-]|\d+\.) ")
_SET_IN = "    "


def fitted(markdown: str) -> str:
    """The text with its paragraphs and lists broken anew.

    >>> print(fitted("* one\\n* " + "word " * 20), end="")
    * one
    * word word word word word word word word word word word word word word word
      word word word word word
    >>> print(fitted("Like so:\\n\\n~~~yaml\\na: 1\\n\\nb: 2\\n~~~"), end="")
    Like so:
    <BLANKLINE>
        a: 1
    <BLANKLINE>
        b: 2
    """
    parts = _SAMPLE.split(markdown.strip())
    prose = ["\n\n".join(map(_block, part.strip().split("\n\n"))) for part in parts[::3]]
    samples = map(_sample, parts[1::3], parts[2::3])
    found = [part for pair in zip(prose, [*samples, ""], strict=True) for part in pair if part]
    return "\n\n".join(found) + "\n"


def _sample(language: str, text: str) -> str:
    """A sample, set in; one of prose is broken like prose."""
    if language != "text":
        return textwrap.indent(text, _SET_IN)
    return "\n".join(
        textwrap.fill(line, COLUMNS, initial_indent=_SET_IN, subsequent_indent=_SET_IN)
        for line in text.split("\n")
    )


def _block(block: str) -> str:
    """One paragraph or list."""
    if block.startswith(("#", "|", " ")):
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
