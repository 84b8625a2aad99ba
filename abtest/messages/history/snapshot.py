"""One version of a variant's file: its rows and its words.

Old versions are read leniently: what the strict reader refuses today may once have been fine. A
version that cannot be understood says nothing about its time; history looks through it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from abtest.messages import frontmatter
from abtest.messages.kinds import COUNT
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.sheet import Run

if TYPE_CHECKING:
    from collections.abc import Collection

    from abtest.messages.sheet import Sheet

_SEPARATOR = "\0"

#: Count key → number; a key that is not there counts as 0, and no 0 is kept.
Counts: TypeAlias = Mapping[str, int]

#: What a message says, blanks aside: channel, number, subject and text of each touch.
Words: TypeAlias = tuple[tuple[str, int, str, str], ...]


class RowKey(str):
    """What makes a row that row: rep, day as YYYY-MM-DD, dimensions.

    One text, since texts remember their hash, and rows are looked up by the million.
    """

    __slots__ = ()

    @classmethod
    def of(cls, rep: str, day: str, dimensions: Mapping[str, str]) -> RowKey:
        """The key of a row."""
        pairs = (part for pair in sorted(dimensions.items()) for part in pair)
        return cls(_SEPARATOR.join((rep, day, *pairs)))

    @property
    def parts(self) -> list[str]:
        """Rep, day, then name and value of each dimension, by name."""
        return self.split(_SEPARATOR)


class Snapshot(NamedTuple):
    """What one version of a variant's file says.

    Attributes:
        groups: Rep → the counts of each row; versions share the groups that are alike.
        words: The message.
        text_change: The day up to which a change of words is said to be immaterial; or empty.
    """

    groups: Mapping[str, Mapping[RowKey, Counts]]
    words: Words
    text_change: str = ""

    @property
    def rows(self) -> dict[RowKey, Counts]:
        """The counts of each row, of all reps."""
        return {key: counts for group in self.groups.values() for key, counts in group.items()}


def grouped(rows: Mapping[RowKey, Counts]) -> dict[str, dict[RowKey, Counts]]:
    """Rows by their rep."""
    groups: dict[str, dict[RowKey, Counts]] = {}
    for key, counts in rows.items():
        groups.setdefault(key.parts[0], {})[key] = counts
    return groups


def groups_of(text: str, dimensions: Collection[str]) -> dict[str, dict[RowKey, Counts]] | None:
    """The rows of a file by rep, by way of its front matter's nodes; None if they make no sense.

    Args:
        text: The file, without carriage returns.
        dimensions: Keys of a row that are dimensions even where their value is a number.
    """
    parts = frontmatter.split(text, aside())
    root = parsed(parts.front) if parts else None
    if root is None:
        return None
    groups = root.pairs["results"][1] if "results" in root.pairs else None
    if groups is None or (isinstance(groups, Scalar) and groups.blank):
        return {}
    if not isinstance(groups, Entries):
        return None
    rows = {rep: _group(rep, items, dimensions) for rep, (_, items) in groups.pairs.items()}
    good = {rep: group for rep, group in rows.items() if group is not None}
    return good if len(good) == len(rows) else None


def row_of(rep: str, node: Node, dimensions: Collection[str]) -> tuple[RowKey, Counts] | None:
    """One row; None if it has no day."""
    if not isinstance(node, Entries) or "date" not in node.pairs:
        return None
    counts: dict[str, int] = {}
    others: dict[str, str] = {}
    for key, (_, value) in node.pairs.items():
        if not isinstance(value, Scalar):
            continue
        if key in dimensions or not COUNT.fullmatch(value.text):
            others[key] = value.text
        elif value.text != "0":
            counts[key] = int(value.text)
    return RowKey.of(rep, others.pop("date", ""), others), counts


def parsed(front: str) -> Entries | None:
    """The mapping that some front matter writes; None without a word if it writes none."""
    return frontmatter.parse(front, aside())


def aside() -> Sheet:
    """A sheet that nobody reads: the past cannot be mended."""
    return Run(dt.date.max).sheet("")


def _group(rep: str, node: Node, dimensions: Collection[str]) -> dict[RowKey, Counts] | None:
    items = node.nodes if isinstance(node, Items) else ()
    rows = [row_of(rep, item, dimensions) for item in items]
    group = dict(row for row in rows if row is not None)
    return group if len(group) == len(rows) else None
