"""Comments of front matter: found where no value holds them, and kept beside what they speak of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from abtest.messages.nodes import scalars

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.messages.canonical import Line
    from abtest.messages.nodes import Entries, Scalar

_SIGN = re.compile(r"(?:^|(?<=[ \t]))#[^\n]*", re.MULTILINE)
_BLANK_LINE = re.compile(r"^[ \t\r]*$", re.MULTILINE)


class Comment(NamedTuple):
    """A comment.

    Attributes:
        at: Its index in the text.
        text: From its sign on; empty for a blank line, which is kept like one.
        gap: The blanks before it, where it follows something on its line; else None.
    """

    at: int
    text: str
    gap: str | None


def find(front: str, root: Entries) -> Iterator[Comment]:
    """The comments and blank lines of front matter, in order, without its first line."""
    spans = sorted((_begin(front, scalar), scalar.end) for scalar in scalars(root))
    starts = [start for start, _ in spans]
    found = [*_signs(front, spans, starts)]
    found += [
        Comment(blank.start(), "", None)
        for blank in _BLANK_LINE.finditer(front, front.index("\n") + 1, len(front) - 1)
        if not _inside(blank.start(), spans, starts)
    ]
    yield from sorted(found)


def _signs(
    front: str, spans: Sequence[tuple[int, int]], starts: Sequence[int]
) -> Iterator[Comment]:
    at = front.index("\n") + 1
    while sign := _SIGN.search(front, at):
        if _inside(sign.start(), spans, starts):
            at = sign.start() + 1
            continue
        at = sign.end()
        before = front[front.rfind("\n", 0, sign.start()) + 1 : sign.start()]
        gap = before[len(before.rstrip()) :] if before.strip() else None
        yield Comment(sign.start(), sign[0].rstrip(), gap)


def _begin(front: str, scalar: Scalar) -> int:
    """Where a value begins: of folded text, below the line of its sign, which may end in one."""
    folded = not scalar.plain and front[scalar.start] in ">|"
    return front.index("\n", scalar.start) if folded else scalar.start


def _inside(at: int, spans: Sequence[tuple[int, int]], starts: Sequence[int]) -> bool:
    which = bisect_right(starts, at) - 1
    return which >= 0 and at < spans[which][1]


class Kept:
    """Comments by the line that they speak of.

    A comment of its own line speaks of what comes next; one behind a value, of that value. What
    stood between the keys of a row that becomes one line goes above it.

    Attributes:
        above: Start of a line → comments above it; -1 for those below everything.
        behind: Start of a line → the comment behind it, with its gap.
    """

    def __init__(self, comments: Sequence[Comment], lines: Sequence[Line]) -> None:
        self.above: defaultdict[int, list[str]] = defaultdict(list)
        self.behind: dict[int, str] = {}
        in_order = sorted(lines, key=lambda line: line.start)
        starts = [line.start for line in in_order]
        for comment in comments:
            which = bisect_right(starts, comment.at)
            before = in_order[which - 1] if which else None
            if before is not None and comment.gap is not None and comment.at >= before.end:
                self.behind[before.start] = comment.gap + comment.text
            elif before is not None and comment.at < before.end:
                self._keep_above(before, comment.text)
            else:
                following = in_order[which] if which < len(in_order) else None
                self._keep_above(following, comment.text)

    def _keep_above(self, line: Line | None, text: str) -> None:
        """Blank lines are kept between the keys of a file, one at a time."""
        above = self.above[line.start if line else -1]
        if text or (line is not None and line.indent == 0 and (not above or above[-1])):
            above.append(text)
