"""The front matter: a strict subset of YAML, every value with its place.

The subset is block and flow mappings and sequences, with plain, quoted and folded scalars. Every
scalar stays the text that was written, until a field's kind says what it means: `NO`, `010`,
`1:30` and `1.10` are what they look like. Anchors, aliases, tags, merge keys, keys given twice,
keys that are not text, and nesting deeper than `DEPTH` are refused.

The parser's events are read as they come, and reading stops at the first level that is too deep,
so that no nesting, however hopeless, reaches a recursive function (PyYAML's own loaders die of
it).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from abtest.messages.diagnosis import TOO_DEEP, Trouble, diagnose, quoted_line, swallowed
from abtest.messages.nodes import Entries, Items, Node, Scalar, scalars
from abtest.messages.sheet import WHOLE, Spot, clipped, shown
from abtest.messages.source import read_source

if TYPE_CHECKING:
    from collections.abc import Callable

    from abtest.messages.nodes import Mark
    from abtest.messages.sheet import Sheet

#: libyaml's parser; the same in Python, slower, where PyYAML was built without it.
_EventParser: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

#: The deepest nesting of mappings and sequences.
DEPTH = 6

#: The largest front matter, in characters.
LIMIT = 65_536

_OPENING = re.compile(r"---[ \t]*\r?\n")
_CLOSING = re.compile(r"^---[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
_HEADING = re.compile(r"^## +(?:Voicemail|Email|Notes)\b", re.MULTILINE)
_GLUED_COMMENT = re.compile(r"[ \t]#+[^\s#]")
_HIDING = "\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\U000e0000-\U000e007f"
_HIDDEN = re.compile(f"[{_HIDING}]")
_UNSEEN = re.compile(f"[{_HIDING}\0-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")
_FENCES = "Begin the file with a line ---, then the keys, one a line, then a line ---."


class Parts(NamedTuple):
    """A file cut at its fences.

    Attributes:
        front: The front matter with its opening fence made a comment: every index, line and
            column in it is the file's own.
        body: All behind the closing fence, with line ends of one kind.
        body_line: The line of the file on which the body begins.
    """

    front: str
    body: str
    body_line: int


def read_file(path: str, sheet: Sheet) -> tuple[Parts | None, Entries | None]:
    """A Markdown file, cut at its fences, and its front matter; None where it cannot be read."""
    text = read_source(path, sheet)
    parts = None if text is None else split(text, sheet)
    return parts, None if parts is None else parse(parts.front, sheet)


def split(text: str, sheet: Sheet) -> Parts | None:
    """Cut a Markdown file into front matter and body; None, and an error, without fences."""
    opening = _OPENING.match(text)
    if opening is None:
        sheet.error("FM001", Spot(1, 1), *_unopened(text))
        return None
    closing = _CLOSING.search(text, opening.end())
    heading = _HEADING.search(text, 0, closing.start() if closing else len(text))
    if heading is not None:
        sheet.error(
            "FM002",
            Spot(text.count("\n", 0, heading.start()) + 1, 1),
            f"The front matter is not closed before {heading[0]}.",
            "Put a line --- above this heading.",
        )
        return None
    if closing is None:
        sheet.error(
            "FM002",
            Spot(1, 1),
            "The front matter that begins here is never closed.",
            "Put a line --- below its last key.",
        )
        return None
    front = "#" + text[1 : closing.start()]
    body = text[closing.end() :].replace("\r\n", "\n")
    return Parts(front, body, text.count("\n", 0, closing.end()) + 1)


def _check_unseen(front: str, sheet: Sheet) -> None:
    """Characters that hide, or turn the text around them, are refused in front matter."""
    for found in _HIDDEN.finditer(front):
        if sheet.full:
            break
        at = found.start()
        sheet.error(
            "EN003",
            Spot(front.count("\n", 0, at) + 1, at - front.rfind("\n", 0, at)),
            f"There is a character here that cannot be seen (U+{ord(found[0]):04X}).",
            "Delete it, or type the line afresh.",
        )


def _unopened(text: str) -> tuple[str, str]:
    first = text.lstrip().partition("\n")[0].strip()
    if not first:
        return "The file is empty.", _FENCES
    if first == "---":
        return "There is something above the fence --- with which a file begins.", _FENCES
    if first.startswith("+++"):
        return "This is TOML between +++; front matter here is YAML between ---.", _FENCES
    if re.fullmatch(r"[-–—]{2,}", first):
        return f"The line {shown(first)} is not the fence; a fence is three dashes.", _FENCES
    return "The file does not begin with front matter.", _FENCES


def parse(front: str, sheet: Sheet) -> Entries | None:
    """The mapping that `front` writes; None, and an error, where it writes none.

    What is refused and can be passed over (a key given twice, a tag) is told, and the rest read.

    Args:
        front: YAML; what it says about places is true of the file.
        sheet: Takes every error.
    """
    if len(front) > LIMIT:
        sheet.error(
            "SZ002",
            WHOLE,
            f"The front matter has {len(front):,} characters; {LIMIT:,} are the most.",
            "Start a new variant, or put the counts of several days into one row.",
        )
        return None
    _check_unseen(front, sheet)
    root = _Reading(front, sheet).document()
    if root is not None and (_GLUED_COMMENT.search(front) or "\\" in front):
        _look_closely(root, front, sheet)
    return root


class _TooDeepError(Exception):
    """Raised where reading must stop."""


class _Reading:
    """One pass over the events of one document."""

    __slots__ = ("depth", "front", "get", "refused", "sheet")

    def __init__(self, front: str, sheet: Sheet) -> None:
        self.front = front
        self.sheet = sheet
        self.depth = 0
        self.refused: set[int] = set()
        self.get: Callable[[], Any]

    def document(self) -> Entries | None:
        try:
            self.get = _EventParser(self.front).get_event
            return self._document()
        except _TooDeepError:
            return None
        except yaml.YAMLError as error:
            self._tell(diagnose(self.front, error))
            return None

    def _document(self) -> Entries | None:
        self.get()  # the stream begins
        start = self.get()
        if type(start) is StreamEndEvent:
            self.sheet.error("FM003", Spot(1, 1), "There are no keys here.", _FENCES)
            return None
        if start.version is not None or start.tags:
            self._refuse("FM011", start.start_mark, "This % line is not needed.", "Delete it.")
        root = self._node(self.get())
        self.get()  # the document ends
        end = self.get()
        if type(end) is not StreamEndEvent:
            self._refuse(
                "FM011",
                end.start_mark,
                "A second document begins here, and would be lost.",
                "Delete the line ---, so that all keys stand together.",
            )
        if isinstance(root, Entries):
            return root
        if isinstance(root, Scalar) and not root.text:
            self.sheet.error("FM003", Spot(1, 1), "There are no keys here.", _FENCES)
            return None
        what = "a list" if isinstance(root, Items) else "text without a key"
        self.sheet.error(
            "FM003", root, f"This is {what}; keys belong here.", "Write each as key: value."
        )
        return None

    def _node(self, event: Any) -> Node:
        kind = type(event)
        if kind is AliasEvent:
            self._refuse_sign(event, "*", "a reference")
            return Scalar(f"*{event.anchor}", False, event.start_mark, event.end_mark)
        if event.anchor is not None:
            self._refuse_sign(event, "&", "a label")
        if event.tag is not None:
            self._refuse_sign(event, "!", "a type")
        if kind is ScalarEvent:
            return Scalar(event.value, not event.style, event.start_mark, event.end_mark)
        self.depth += 1
        if self.depth > DEPTH:
            self._refuse("FM009", event.start_mark, *TOO_DEEP)
            raise _TooDeepError
        node = self._mapping(event) if kind is MappingStartEvent else self._sequence(event)
        self.depth -= 1
        return node

    def _sequence(self, start: Any) -> Items:
        nodes: list[Node] = []
        while (_ := type(event := self.get())) is not SequenceEndEvent:
            nodes.append(self._node(event))
        return Items(nodes, bool(start.flow_style), start.start_mark, event.end_mark)

    def _mapping(self, start: Any) -> Entries:
        pairs: dict[str, tuple[Scalar, Node]] = {}
        while (_ := type(event := self.get())) is not MappingEndEvent:
            key = self._node(event)
            value = self._node(self.get())
            if not isinstance(key, Scalar):
                self._refuse_key(key)
            elif key.text == "<<" and key.plain:
                self.sheet.error(
                    "FM007", key, "A << merge key is not allowed.", "Write the keys out."
                )
            elif key.text in pairs:
                self.sheet.error(
                    "FM008",
                    key,
                    f"{clipped(key.text)} is given twice; first on line {pairs[key.text][0].line}.",
                    "Keep one of them.",
                )
            else:
                pairs[key.text] = (key, value)
        return Entries(pairs, bool(start.flow_style), start.start_mark, event.end_mark)

    def _refuse_key(self, key: Items | Entries) -> None:
        if self.front.startswith("{{", key.start - 1):
            self._refuse(
                "FM004",
                key.marks[0],
                "A {{merge field}} needs quotes here; its braces are YAML.",
                f"Write: {quoted_line(self._line(key.line)) or 'the value in quotes'}",
            )
        else:
            what = "list" if isinstance(key, Items) else "mapping"
            self.sheet.error("FM012", key, f"A {what} cannot be a key.", "Write key: value.")

    def _refuse_sign(self, event: Any, sign: str, what: str) -> None:
        mark = event.start_mark
        message = f"{sign} begins {what} in YAML, which is not allowed here."
        line = quoted_line(self._line(mark.line + 1))
        cure = f"If it is part of a text, write: {line}" if line else ""
        self._refuse("FM007", mark, message, f"Write the value out. {cure}".strip())

    def _refuse(self, code: str, mark: Mark, message: str, suggestion: str) -> None:
        self.refused.add(mark.line + 1)
        self.sheet.error(code, Spot(mark.line + 1, mark.column + 1), message, suggestion)

    def _tell(self, trouble: Trouble) -> None:
        """Say where the parser gave up, unless that line has been refused already."""
        if trouble.line not in self.refused:
            spot = Spot(trouble.line, trouble.column)
            self.sheet.error(trouble.code, spot, trouble.message, trouble.suggestion)

    def _line(self, number: int) -> str:
        """A line of the front matter; none where so much is wrong that nobody reads on."""
        return "" if self.sheet.full else self.front.split("\n")[number - 1]


def _look_closely(root: Entries, front: str, sheet: Sheet) -> None:
    """Find what a parser is content with: words lost behind ` #`, and characters unseen."""
    lines = front.split("\n")
    for scalar in scalars(root):
        if scalar.plain and scalar.text:
            lost = swallowed(lines, scalar)
            if lost is not None:
                sheet.error(lost.code, Spot(lost.line, lost.column), lost.message, lost.suggestion)
        elif not scalar.plain and _UNSEEN.search(scalar.text):
            sheet.error(
                "EN003",
                scalar,
                "An escape here stands for a character that cannot be seen or printed.",
                "Delete the escape.",
            )
