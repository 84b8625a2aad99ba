"""Contributed text on its way into other languages: one function for each.

Titles, names and message text may hold anything. Whatever leaves for a log or a table passes
through here, so that it stays text there too; for cells of a CSV file see `abtest.spreadsheet`.
"""

from __future__ import annotations

import re
import unicodedata

_LOG_COMMAND = re.compile(r":(?=:)|##(?=[a-z]*\[)")
_UNSEEN = ("Cc", "Cf", "Co", "Cs")
#: No characters, and forbidden in XML.
_NONE = "\ufffe\uffff"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+\-.!|~@:&/])")
#: What a forge takes for a mention or a reference, escaped or not: @kim #12 !7 &7 ~7 %7 $7 GH-7.
_REFERENCE = re.compile(r"""\\[@#]|(?:\\[!&~]|%|&\#36;)(?=[\w"])|\bgh(?=\\-[0-9])""", re.IGNORECASE)


def plain(text: str) -> str:
    r"""One line without control, bidi or other invisible characters, or such as XML refuses.

    >>> plain("a\x1b[31mb\nc")
    'a[31mb c'
    """
    if text.isprintable():
        return text
    spaced = text.replace("\r\n", " ").replace("\n", " ").replace("\t", " ")
    return "".join(c for c in spaced if unicodedata.category(c) not in _UNSEEN and c not in _NONE)


def log(text: str) -> str:
    """One line for a CI log: no workflow command can begin in it.

    `::` becomes `: :` and `##[` becomes `## [`.

    >>> log("::error:::gone ##[group]x")
    ': :error: : :gone ## [group]x'
    """
    line = plain(text)
    return _LOG_COMMAND.sub(r"\g<0> ", line) if "::" in line or "##" in line else line


def markdown(text: str) -> str:
    r"""One line of Markdown that shows as typed: no mark-up, link, mention or table cell break.

    >>> markdown("a | b @kim")
    'a \\| b \\@<!-- -->kim'
    """
    # The dollar sign would begin a formula.
    escaped = _MARKDOWN.sub(r"\\\1", plain(text)).replace("$", "&#36;")
    return _REFERENCE.sub(r"\g<0><!-- -->", escaped)


def code_span(text: str) -> str:
    """A Markdown code span with a fence longer than any run of backticks in it.

    >>> code_span("a `b`")
    '`` a `b` ``'
    """
    line = plain(text)
    longest = max((len(run) for run in re.findall(r"`+", line)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if longest else ""
    return f"{fence}{pad}{line}{pad}{fence}".replace("|", "\\|")
