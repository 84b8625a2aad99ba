"""YAML's complaints, told to someone who does not know YAML: what is wrong, the line to write.

A parser names the place where it lost its way. The line to blame is that one, or the one where
the open bracket or quote stands, or the nearest one above that shows a known slip. Each slip has
its own words and its own cure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

from abtest.messages.sheet import clipped, shown

if TYPE_CHECKING:
    from abtest.messages.nodes import Scalar


#: What is said of nesting beyond the limit, and the cure.
TOO_DEEP = (
    "This is nested deeper than anything that is read.",
    "No key needs that; see `abtest schema` for what there is.",
)


class Trouble(NamedTuple):
    """What is wrong at one place, and the cure."""

    line: int
    column: int
    code: str
    message: str
    suggestion: str


class Slip(NamedTuple):
    """A known slip: how a value (or a line) looks that has it, its code, what to say.

    Attributes:
        cure: The line as it was meant, from the line as it is.
    """

    pattern: re.Pattern[str]
    code: str
    message: str
    cure: Callable[[str], str]


#: A line `key: value` or `- value`, perhaps with a comment behind it.
_PAIR = re.compile(
    r"""(?P<key>\s*(?:-[ ]+)?[^\s:\#{\["'-][^:\#]*?:[ \t]+|\s*-[ ]+)
        (?P<value>[^\s\#].*?)
        (?:[ \t]+\#(?:\s.*)?)?$""",
    re.VERBOSE,
)
#: No line that a person wrote is longer; to look for slips in it could take long.
_LONGEST = 2000
_GLUED = re.compile(r"[ \t]+(#+[^\s#].*)")


def quote(text: str) -> str:
    """The text in the quotes that suit it.

    >>> print(quote("Kim's"), quote('the "dock"'))
    "Kim's" 'the "dock"'
    """
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def quoted_line(line: str) -> str:
    """The line `key: value` or `- value` with its value in quotes; empty if it is no such line.

    >>> quoted_line("title: Ask: who   # later")
    'title: "Ask: who"'
    """
    pair = _PAIR.match(line.rstrip()) if len(line) <= _LONGEST else None
    if pair is None:
        return ""
    return (pair["key"] + quote(_meant(pair["value"]))).strip()


def _meant(value: str) -> str:
    """The value without the quotes that were meant to hold all of it."""
    mark = value[0]
    if mark not in "'\"" or value.count(mark) % 2 == 0:
        return value
    return value[1:].removesuffix(mark)


def _spaces_for_tabs(line: str) -> str:
    text = line.lstrip(" \t")
    return line[: -len(text)].replace("\t", "  ") + text


def _plain_spaces(line: str) -> str:
    text = line.lstrip()
    return " " * (len(line) - len(text)) + text


_VALUES = tuple(
    Slip(re.compile(pattern), code, message, quoted_line)
    for pattern, code, message in [
        (r"\{\{", "FM004", "A {{merge field}} needs quotes here; its braces are YAML."),
        (r"[@`%]", "FM004", "A value cannot begin with this sign unless it is quoted."),
        (r"[*&!]", "FM007", "A value that begins with *, & or ! needs quotes."),
        (r"[-?] ", "FM004", "A value that begins with a dash needs quotes."),
        (r"'(?:[^']|'')*'\s*[^\s#,'}\]]", "FM004", "The second ' ends the text too early."),
        (r'"(?:[^"\\]|\\.)*"\s*[^\s#,}\]]', "FM004", "The text goes on behind its quotes."),
        (r"'(?:[^']|'')*$|\"(?:[^\"\\]|\\.)*$", "FM006", "This quote is never closed."),
        (r"\[[^\[\]]*\]\s*[^\s#]", "FM004", "The text goes on behind its brackets."),
        (r"\{[^{}]*\}\s*[^\s#]", "FM004", "The text goes on behind its braces."),
        (r"[|>](?![-+0-9]*\s*$)", "FM004", "A value cannot begin with | or > unless quoted."),
        (r"[^\[{\"'#].*?:(?:\s|$)", "FM004", "A second colon in one line needs quotes."),
    ]
)

_INDENTATIONS = (
    Slip(
        re.compile(r" *\t"),
        "FM005",
        "This line is indented with a tab; YAML takes only spaces.",
        _spaces_for_tabs,
    ),
    Slip(
        re.compile(r" *[\xa0\u2000-\u200a\u202f\u3000]"),
        "FM005",
        "This line is indented with spaces that only look like spaces.",
        _plain_spaces,
    ),
)

_LINES = (
    Slip(
        re.compile(r"[^\"']*\{[^}\"']*;"),
        "FM006",
        "Between braces, commas part the values.",
        lambda line: line.strip().replace(";", ","),
    ),
    Slip(
        re.compile(r"[^\"']*\{[^}\"']*[^\s,{:] +\w+: "),
        "FM006",
        "A comma is missing between two values.",
        lambda line: re.sub(r"([^\s,{:]) +(\w+: )", r"\1, \2", line.strip()),
    ),
    Slip(
        re.compile(r"[^{}]*\{[^}]*[ \t]#"),
        "FM006",
        "Behind ` #` everything is a comment, the closing brace too.",
        lambda _line: "",  # which words were meant cannot be known
    ),
    Slip(
        re.compile(r"[^{}]*\{[^{}]*$"),
        "FM006",
        "This { is never closed.",
        lambda line: line.strip().rstrip(",") + "}",
    ),
    Slip(
        re.compile(r"[^\[\]]*\[[^\[\]]*$"),
        "FM006",
        "This [ is never closed.",
        lambda line: line.strip().rstrip(",") + "]",
    ),
)

#: Slips that ordinary lines show too: looked for only where the parser points.
_POINTED = (
    Slip(
        re.compile(r"\s*(?:- +)?[A-Za-z]\w*:[^\s/:]"),
        "FM004",
        "A space belongs behind the colon.",
        lambda line: line.strip().replace(":", ": ", 1),
    ),
    Slip(
        re.compile(r"\s*(?:- +)?[A-Za-z]\w* +[^:]*$"),
        "FM004",
        "A key needs a colon and a space behind it.",
        lambda line: re.sub(r"(\w) +", r"\1: ", line.strip(), count=1),
    ),
)


def diagnose(front: str, error: Any) -> Trouble:
    """What a `yaml.YAMLError` about `front` means, at which place, and the cure."""
    mark = getattr(error, "problem_mark", None)
    if mark is not None and "nesting" in error.problem:
        return Trouble(mark.line + 1, mark.column + 1, "FM009", *TOO_DEEP)
    if mark is None:  # a character that the parser refuses before it reads a line
        return Trouble(1, 1, "FM004", f"This cannot be read as YAML: {error}.", "")
    lines = [line.rstrip("\r") for line in front.split("\n")]
    at = min(mark.line, len(lines) - 1)
    for number, slips in _suspects(lines, at, error):
        found = _slip(lines[number], number + 1, slips)
        if found is not None:
            return found
    return _misplaced(lines, at) or Trouble(
        at + 1,
        mark.column + 1,
        "FM004",
        f"This cannot be read as YAML: {error.problem}.",
        "Compare it with the lines around it; a value with signs in it needs quotes.",
    )


def _suspects(lines: list[str], at: int, error: Any) -> Iterator[tuple[int, tuple[Slip, ...]]]:
    """Lines to look at, the likeliest first, each with the slips to look for."""
    yield at, _LINES + _POINTED
    if "mapping values" in error.problem and at:
        yield at - 1, _POINTED
    opened = error.context_mark
    if opened is not None and "block" not in error.context:
        yield min(opened.line, len(lines) - 1), _LINES + _POINTED
    for number in range(at - 1, -1, -1):
        yield number, _LINES


def _slip(line: str, number: int, slips: tuple[Slip, ...]) -> Trouble | None:
    """The first slip that the line shows: in its indentation, in its value, in its form."""
    if len(line) > _LONGEST or not line.strip() or line.lstrip().startswith("#"):
        return None
    pair = _PAIR.match(line)
    value, at = (pair["value"], pair.start("value")) if pair else ("", 0)
    for group, text, column in (
        (_INDENTATIONS, line, 0),
        (_VALUES if value else (), value, at),
        (slips, line, len(line) - len(line.lstrip())),
    ):
        for slip in group:
            if slip.pattern.match(text):
                return _told(slip, line, number, column + 1)
    return None


def _told(slip: Slip, line: str, number: int, column: int) -> Trouble:
    cured = slip.cure(line)
    suggestion = f"Write: {cured}" if cured else "Put the value in quotes."
    return Trouble(number, column, slip.code, slip.message, clipped(suggestion, 300))


def _misplaced(lines: list[str], at: int) -> Trouble | None:
    """A line that is indented more than the key above it, which has a value already."""
    above = next((line for line in reversed(lines[:at]) if line.strip()), "")
    indent, wanted = (len(line) - len(line.lstrip()) for line in (lines[at], above))
    if not lines[at].strip() or indent == wanted or above.startswith("#"):
        return None
    return Trouble(
        at + 1,
        indent + 1,
        "FM005",
        f"This line is indented by {indent}, the line above by {wanted}.",
        f"Write it under the line above: {clipped(' ' * wanted + lines[at].strip(), 300)}",
    )


def swallowed(lines: list[str], scalar: Scalar) -> Trouble | None:
    """Words behind a plain value that YAML takes for a comment, though they hardly are one.

    A comment that is meant has a space behind its `#`; `VP #1 Ops` is a title.
    """
    number = scalar.end_line
    line = lines[number - 1].rstrip("\r")
    lost = _GLUED.match(line, scalar.end_column - 1)
    if lost is None:
        return None
    return Trouble(
        number,
        scalar.column,
        "FM010",
        f"{shown(lost[1].strip())} would be lost: a # behind a space begins a comment.",
        f"Write: {quoted_line(line)} (a comment has a space behind its #)",
    )
