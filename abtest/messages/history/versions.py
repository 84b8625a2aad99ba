"""The wordings that a message has had, and the counts that each of them earned."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abtest.messages.history.past import Past
    from abtest.messages.history.reading import SnapshotReader
    from abtest.messages.history.snapshot import Words
    from abtest.messages.history.walk import Node
    from abtest.model import Touch


@dataclass(frozen=True, slots=True)
class Version:
    """One wording of a message.

    Attributes:
        commit: The id of the commit that brought it; empty for one that is not committed.
        day: The day of that commit, as YYYY-MM-DD.
        author: Who committed it.
        touches: What it says.
        counts: Count key → number, over the rows first recorded under this wording.
        current: The file says this now.
    """

    commit: str
    day: str
    author: str
    touches: tuple[Touch, ...]
    counts: Mapping[str, int]
    current: bool


def versions_of(past: Past, reader: SnapshotReader) -> Mapping[str, tuple[Version, ...]]:
    """Variant id → its wordings, oldest first, of every variant that is there now."""
    return MappingProxyType(
        {
            path.removesuffix(".md"): _of_file(path, node, past, reader)
            for path, node in sorted(past.state.items())
            if node.snapshot is not None
        }
    )


def _of_file(path: str, newest: Node, past: Past, reader: SnapshotReader) -> tuple[Version, ...]:
    assert newest.snapshot is not None
    earned: dict[Words, dict[str, int]] = {}
    for key, counts in newest.rows.items():
        words = past.walk.recorded.get((path, key), newest.snapshot.words)
        sums = earned.setdefault(words, {})
        for name, number in counts.items():
            sums[name] = sums.get(name, 0) + number
    versions = []
    for words, at in past.walk.worded[path].items():
        commit = past.commits[at]
        versions.append(
            Version(
                commit=commit.id,
                day=commit.day,
                author=commit.author,
                touches=reader.touches(words),
                counts=MappingProxyType(earned.get(words, {})),
                current=words == newest.snapshot.words,
            )
        )
    return tuple(versions)
