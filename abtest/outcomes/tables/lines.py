"""Rows of a file with their line numbers, and every line that was left out with its reason."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from abtest.errors import AbtestError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: No export has more columns; a file that claims so is damaged or not meant.
MOST_COLUMNS = 2_000

#: Skipped lines that are named one by one; of the rest only the number is told.
NAMED = 20


class FileError(AbtestError):
    """A file that cannot be read as a table; the text names the file, the line and the cure."""


class Row(NamedTuple):
    """One record: the line on which it begins, and its cells as text."""

    line: int
    cells: tuple[str, ...]


@dataclass(slots=True)
class Skipped:
    """Lines that do not count: how many for each reason, and the first of them by number."""

    reasons: Counter[str] = field(default_factory=Counter)
    first: dict[str, list[int]] = field(default_factory=dict)

    def add(self, reason: str, line: int = 0, times: int = 1) -> None:
        """Leave out a line; 0 where the reason has no line of its own."""
        self.reasons[reason] += times
        named = self.first.setdefault(reason, [])
        if line and len(named) < NAMED:
            named.append(line)

    def sentences(self) -> Iterator[str]:
        """One sentence a reason, the most frequent first."""
        for reason, times in self.reasons.most_common():
            lines = self.first[reason]
            noun = "line" if times == 1 else "lines"
            where = f" ({named_lines(lines, times)})" if lines else ""
            yield f"{times:,} {noun} left out{where}: {reason}"

    def __len__(self) -> int:
        return self.reasons.total()


def named_lines(lines: Sequence[int], total: int) -> str:
    """Line numbers as a sentence lists them.

    >>> named_lines([2, 7], 2), named_lines([2], 1), named_lines([2, 7], 9)
    ('lines 2, 7', 'line 2', 'lines 2, 7 and 7 more')
    """
    shown = ", ".join(map(str, lines))
    rest = f" and {total - len(lines):,} more" if total > len(lines) else ""
    return f"line{'s' if total > 1 else ''} {shown}{rest}"


def unique_headers(cells: Sequence[str]) -> tuple[str, ...]:
    """Column names as they are told: trimmed, never blank, never twice.

    >>> unique_headers(["Email ", "", "Email"])
    ('Email', 'column 2', 'Email (2)')
    """
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, start=1):
        name = " ".join(cell.split()) or f"column {number}"
        seen[name.casefold()] += 1
        times = seen[name.casefold()]
        names.append(name if times == 1 else f"{name} ({times})")
    return tuple(names)
