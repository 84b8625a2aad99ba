"""The one form of front matter: the order of its keys, what stands on one line, what is quoted.

A row of results is one line, so that two people who add rows change different lines. Other
mappings are one line where they fit, else a line a key; long text is folded. Text is plain where
every program reads it back as it is, else in quotes.
"""

from __future__ import annotations

import re
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

from abtest.messages.kinds import ListOf, MapOf, Text
from abtest.messages.nodes import Entries, Items, Node, Scalar, scalars
from abtest.messages.records import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.messages.kinds import Kind
    from abtest.messages.results import Vocabulary

#: The longest line, rows of results aside.
WIDTH = 100

#: Mappings that are written below their key, however short they are.
_BELOW = ("profile", "decision")
_RESULTS = "results"

_PLAIN = re.compile(r"[^\W_][^\n\t:#]*(?:(?::(?! |$)|(?<! )#)[^\n\t:#]*)*")
_PLAIN_IN_BRACES = re.compile(r"[^\W_][^\n\t:#,\[\]{}]*(?:(?<! )#[^\n\t:#,\[\]{}]*)*")
#: What other programs take for a number, a date, a truth value or nothing.
_TYPED = re.compile(
    r"[-+.]?[0-9][0-9_.,:eExXa-fA-FoO+-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}.*|"
    r"(?:y|n|yes|no|on|off|true|false|null|nan|inf)",
    re.IGNORECASE,
)


@dataclass
class Line:
    """A line to write, or a few that belong together, and what of the file they stand for.

    Attributes:
        indent: Blanks before it.
        text: Without them.
        start: The index in the old text of the first character that it stands for.
        end: The index behind the last one.
    """

    indent: int
    text: str
    start: int
    end: int


def lines(root: Entries, record: Record, words: Vocabulary) -> Iterator[Line]:
    """The lines of a file's front matter, in order.

    Args:
        root: What was read, without errors.
        record: The keys that it may have.
        words: The keys that rows may have.
    """
    for name in ordered(root, list(record.fields)):
        if name == _RESULTS:
            yield from _results(*root.pairs[name], words)
        else:
            yield from _entry(name, *root.pairs[name], _kind_of(record, name), 0)


def ordered(entries: Entries, names: Sequence[str]) -> list[str]:
    """The keys of a mapping: those of `names` first, in that order; then the others."""
    known = [name for name in names if name in entries.pairs]
    return known + [name for name in entries.pairs if name not in names]


def text(value: str, *, in_braces: bool, textual: bool = True) -> str:
    """A text as YAML.

    Args:
        value: The text.
        in_braces: It stands in braces or brackets, where a comma would end it.
        textual: It is meant as text, so that what looks like a number is quoted.

    >>> text("Does it: work?", in_braces=False)
    '"Does it: work?"'
    >>> text("2026-11-02", in_braces=True, textual=False)
    '2026-11-02'
    """
    pattern = _PLAIN_IN_BRACES if in_braces else _PLAIN
    typed = textual and _TYPED.fullmatch(value)
    if pattern.fullmatch(value) and not typed and value == value.rstrip():
        return value
    if '"' in value and "'" not in value and "\n" not in value:
        return f"'{value}'"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\n", "\\n").replace("\t", "\\t") + '"'


def _end_of(node: Node) -> int:
    """The index behind a value: of block mappings and lists, too, whose own end lies further."""
    if isinstance(node, Scalar) or node.flow:
        return node.end
    parts = [*node.nodes] if isinstance(node, Items) else [v for _, v in node.pairs.values()]
    return max((_end_of(part) for part in parts), default=node.end)


def _results(key: Scalar, groups: Node, words: Vocabulary) -> Iterator[Line]:
    yield Line(0, f"{_RESULTS}:", key.start, key.end)
    for name, (rep, rows) in groups.pairs.items() if isinstance(groups, Entries) else ():
        yield Line(2, f"{text(name, in_braces=False)}:", rep.start, rep.end)
        items = rows.nodes if isinstance(rows, Items) else ()
        for row in sorted((row for row in items if isinstance(row, Entries)), key=_day):
            pairs = (
                _pair(name, row.pairs[name][1], Text() if name in words.dimensions else None)
                for name in ordered(row, words.ordered)
            )
            yield Line(4, f"- {{{', '.join(pairs)}}}", row.start, _end_of(row))


def _day(row: Entries) -> str:
    """The day of a row, by which rows are sorted: as text, it sorts like a date."""
    return next(scalars(row.value("date"))).text


def _entry(name: str, key: Scalar, value: Node, kind: Kind | None, indent: int) -> Iterator[Line]:
    """A key and its value, on one line or on several."""
    one = _pair(name, value, kind, in_braces=False)
    fits = indent + len(one) <= WIDTH
    if (
        isinstance(value, Entries)
        and value.pairs
        and (name in _BELOW or (not fits and _wordy(kind)))
    ):
        yield Line(indent, f"{name}:", key.start, key.end)
        for child in ordered(value, _names_of(kind)):
            yield from _entry(child, *value.pairs[child], _kind_of(kind, child), indent + 2)
    elif isinstance(kind, ListOf) and isinstance(kind.kind, Record) and _filled(value):
        yield Line(indent, f"{name}:", key.start, key.end)
        for item in value.nodes:
            yield Line(indent + 2, _item(item, kind.kind, indent + 2), item.start, _end_of(item))
    elif isinstance(value, Scalar) and not fits:
        folded = _folded(name, value.text, indent) or one
        yield Line(indent, folded, key.start, value.end)
    else:
        yield Line(indent, one, key.start, _end_of(value))


def _item(node: Node, record: Record, indent: int) -> str:
    """An item of a list, on one line or a line a key."""
    one = f"- {_value(node, record, in_braces=False)}"
    if indent + len(one) <= WIDTH or not isinstance(node, Entries):
        return one
    parts = (
        line
        for name in ordered(node, _names_of(record))
        for line in _entry(name, *node.pairs[name], _kind_of(record, name), 0)
    )
    return "- " + textwrap.indent("\n".join(part.text for part in parts), "  ")[2:]


def _folded(name: str, value: str, indent: int) -> str | None:
    """Long text over several lines; None where folding would change it."""
    found = textwrap.wrap(value, WIDTH - indent - 2, break_long_words=False, break_on_hyphens=False)
    if " ".join(found) != value:
        return None
    return f"{name}: >-\n" + textwrap.indent("\n".join(found), "  ")


def _filled(value: Node) -> TypeGuard[Items]:
    """Whether a value is a list that holds something."""
    return isinstance(value, Items) and bool(value.nodes)


def _wordy(kind: Kind | None) -> bool:
    """Whether a mapping holds words, rather than a row of numbers."""
    return not isinstance(kind, MapOf) or isinstance(kind.kind, Text)


def _names_of(kind: Kind | None) -> list[str]:
    return list(kind.fields) if isinstance(kind, Record) else []


def _kind_of(kind: Kind | None, name: str) -> Kind | None:
    """The kind of the value of a key, in a mapping of a kind."""
    if isinstance(kind, Record):
        return kind.fields[name].kind if name in kind.fields else kind.others
    return kind.kind if isinstance(kind, MapOf) else None


def _pair(name: str, value: Node, kind: Kind | None, *, in_braces: bool = True) -> str:
    written = _value(value, kind, in_braces=in_braces)
    return f"{text(name, in_braces=in_braces, textual=False)}: {written}".rstrip()


def _value(node: Node, kind: Kind | None, *, in_braces: bool) -> str:
    if isinstance(node, Scalar):
        if node.blank:
            return ""
        return text(node.text, in_braces=in_braces, textual=isinstance(kind, Text))
    if isinstance(node, Items):
        of_items = kind.kind if isinstance(kind, ListOf) else None
        return f"[{', '.join(_value(item, of_items, in_braces=True) for item in node.nodes)}]"
    pairs = (
        _pair(name, node.pairs[name][1], _kind_of(kind, name))
        for name in ordered(node, _names_of(kind))
    )
    return f"{{{', '.join(pairs)}}}"
