"""The graph of commits: which commits only one parent of a merge has, and who descends from whom.

Commits are known by their place in the log, where parents stand before their children.
"""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abtest.messages.history.log import Commit


class Graph:
    """The commits of a log, by place.

    Attributes:
        parents: For each commit the places of its parents; those that a shallow clone lacks left
            out.
    """

    def __init__(self, commits: Sequence[Commit]) -> None:
        place = {commit.id: at for at, commit in enumerate(commits)}
        self.parents = [
            tuple(place[parent] for parent in commit.parents if parent in place)
            for commit in commits
        ]
        self.place = place

    def children_counts(self) -> list[int]:
        """For each commit the number of its children."""
        counts = [0] * len(self.parents)
        for parents in self.parents:
            for parent in parents:
                counts[parent] += 1
        return counts

    def exclusive(self, sides: Sequence[int]) -> list[set[int]]:
        """For each of several commits those in its past (and itself) that no other side has.

        Walks from the newest down and stops where nothing but shared commits is left, so that it
        costs no more than the branches are long.
        """
        owners: dict[int, int] = {}
        for number, side in enumerate(sides):
            owners[side] = owners.get(side, 0) | 1 << number
        queue = [-side for side in owners]
        heapq.heapify(queue)
        single = sum(_is_single(owned) for owned in owners.values())
        found: list[set[int]] = [set() for _ in sides]
        while single:
            at = -heapq.heappop(queue)
            owned = owners.pop(at)
            if _is_single(owned):
                single -= 1
                found[owned.bit_length() - 1].add(at)
            for parent in self.parents[at]:
                before = owners.get(parent, 0)
                owners[parent] = after = before | owned
                if not before:
                    heapq.heappush(queue, -parent)
                single += _is_single(after) - _is_single(before)
        return found

    def descends(self, new: int, old: int) -> bool:
        """Whether `new` is `old` or has it in its past."""
        seen, stack = {new}, [new]
        while stack:
            at = stack.pop()
            if at == old:
                return True
            fresh = [p for p in self.parents[at] if p >= old and p not in seen]
            seen.update(fresh)
            stack += fresh
        return False


def _is_single(owned: int) -> bool:
    """Whether exactly one side owns a commit."""
    return owned > 0 and owned & (owned - 1) == 0
