"""Reading tens of thousands of versions, each of which differs from another in a line or two.

A line is understood once and remembered. A file with front matter that is not made of lines that
stand for themselves is given to the strict reader's parser instead.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, TypeAlias

from abtest.messages.history.snapshot import Snapshot, aside, groups_of, parsed, row_of
from abtest.messages.touches import read_body

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from abtest.messages.history.snapshot import Counts, RowKey, Words
    from abtest.model import Touch

_ROW = re.compile(r" +- (\{.*\})[ \t]*(?:#.*)?")
_REP = re.compile(r" +([A-Za-z0-9][\w.-]*(?: [\w.-]+)*)")
_NOTHING = re.compile(r"[ \t]*(?:#.*)?")
_ODD_FENCE = re.compile(r"\n---[ \t]*(?:\n|\Z)")
_NEXT_KEY = re.compile(r"(?:\A|\n)(?=[^\s#])")
_TEXT_CHANGE = re.compile(
    r"^text_change:(?:[^\n]|\n[ \t])*?([0-9]{4}-[0-9]{2}-[0-9]{2})", re.MULTILINE
)
_RESULTS = "\nresults:\n"

_Rows: TypeAlias = "dict[RowKey, Counts]"


class SnapshotReader:
    """Reads versions, remembering every line and every message that it has seen.

    Attributes:
        dimensions: Keys of a row that are dimensions even where their value is a number.
    """

    def __init__(self, dimensions: Iterable[str]) -> None:
        self.dimensions = frozenset(dimensions)
        self._heads: dict[str, bool] = {}
        self._reps: dict[str, str] = {}
        self._lines: dict[tuple[str, str], _Rows | None] = {}
        self._groups: defaultdict[str, dict[str, _Rows]] = defaultdict(dict)
        self._words: dict[str, Words | None] = {}
        self._touches: dict[Words, tuple[Touch, ...]] = {}

    def read(self, content: bytes) -> Snapshot | None:
        """What a version says; None if it cannot be understood."""
        try:
            text = content.decode().removeprefix("\ufeff")
        except UnicodeDecodeError:
            return None
        if "\r" in text:
            text = text.replace("\r\n", "\n")
        front, fence, body = text.partition("\n---\n")
        if not fence:
            front, fence, body = _split_at_odd_fence(text)
        if not fence or not text.startswith("---"):
            return None
        words = self._words_of(body)
        front += "\n"
        groups = self._by_lines(front)
        if groups is None:
            groups = groups_of(text, self.dimensions)
        if words is None or groups is None:
            return None
        change = _TEXT_CHANGE.search(front) if "text_change" in front else None
        return Snapshot(groups, words, change[1] if change else "")

    def touches(self, words: Words) -> tuple[Touch, ...]:
        """The touches that say these words, as some version wrote them."""
        return self._touches[words]

    def remember(self, touches: Sequence[Touch]) -> Words:
        """The words of these touches, whose touches can be asked for from now on."""
        words = tuple(
            (t.channel, t.number, " ".join((t.subject or "").split()), " ".join(t.text.split()))
            for t in touches
        )
        self._touches.setdefault(words, tuple(touches))
        return words

    def _words_of(self, body: str) -> Words | None:
        if body not in self._words:
            sheet = aside()
            touches = read_body(body, 1, sheet).touches
            self._words[body] = None if sheet.errors else self.remember(touches)
        return self._words[body]

    def _by_lines(self, front: str) -> dict[str, _Rows] | None:
        """The rows by rep, if each stands on a line below its rep; None if it is not so plain."""
        start = front.find(_RESULTS)
        if start < 0:
            return {} if self._stand_alone(front) else None
        head, results = front[: start + 1], front[start + len(_RESULTS) :]
        groups = self._grouped(results)
        if groups is None and (key := _NEXT_KEY.search(results)):
            head += results[key.end() :]
            groups = self._grouped(results[: key.end()])
        return groups if self._stand_alone(head) else None

    def _grouped(self, results: str) -> dict[str, _Rows] | None:
        groups: dict[str, _Rows] = {}
        rep = ""
        for part in results.split(":\n"):
            lines, _, following = part.rpartition("\n")
            group = self._group(rep, lines)
            if group is None or rep in groups:
                return None
            groups[rep] = group
            rep = self._rep(following)
        del groups[""]
        return groups

    def _rep(self, line: str) -> str:
        """The rep whose rows follow; empty for none, whose rows are never plain."""
        if line not in self._reps:
            rep = _REP.fullmatch(line)
            self._reps[line] = rep[1] if rep else ""
        return self._reps[line]

    def _group(self, rep: str, lines: str) -> _Rows | None:
        """The rows of a rep: most often those of an earlier version and one more."""
        known = self._groups[rep]
        if lines in known:
            return known[lines]
        earlier, _, last = lines.rpartition("\n")
        texts = [last] if earlier in known else lines.split("\n")
        rows = dict(known.get(earlier, ()))
        size = len(rows)
        for line in texts:
            found = self._line(rep, line)
            if found is None:
                return None
            rows.update(found)
            size += len(found)
        if len(rows) != size:
            return None  # a row twice
        known[lines] = rows
        return rows

    def _line(self, rep: str, line: str) -> _Rows | None:
        """The row of a line, or none where it is blank; None where it is something else."""
        place = (rep, line)
        if place not in self._lines:
            row = _ROW.fullmatch(line) if rep else None
            node = parsed(f"row: {row[1]}") if row else None
            found = node and row_of(rep, node.value("row"), self.dimensions)
            self._lines[place] = dict([found]) if found else None
            if _NOTHING.fullmatch(line):
                self._lines[place] = {}
        return self._lines[place]

    def _stand_alone(self, head: str) -> bool:
        """Whether nothing in these lines, such as an open quote, reaches beyond its line."""
        if head not in self._heads:
            lines = (line.strip() for line in head.split("\n")[1:])
            self._heads[head] = "\nresults" not in head and all(
                not line or line[0] == "#" or parsed(line) is not None for line in lines
            )
        return self._heads[head]


def _split_at_odd_fence(text: str) -> tuple[str, str, str]:
    """As `partition`, at a closing fence with blanks behind it or nothing below it."""
    fence = _ODD_FENCE.search(text)
    return (text[: fence.start()], fence[0], text[fence.end() :]) if fence else (text, "", "")
