"""Which losses someone owned up to: a `Correction:` line in a commit message says so.

The line stands in the commit that took the counts away; or in a later one that changes the row
again, or that names the variant, and the row if it names any. `git revert` of the loss speaks for
itself. A vanished row that is back needs no words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from abtest.messages.history.arithmetic import Kind, losses

if TYPE_CHECKING:
    from abtest.messages.history.past import Past
    from abtest.messages.history.plans import Replanned
    from abtest.messages.history.snapshot import RowKey
    from abtest.messages.history.walk import Broken, Node

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


class Acceptance:
    """Knows the corrections of a past."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._nodes: dict[str, dict[int, Node]] = {}
        self._speaking = [
            at for at, commit in enumerate(past.commits) if commit.corrections or commit.reverts
        ]

    def accepts(self, broken: Broken) -> bool:
        """Whether a lost row is accounted for."""
        at, path, found = broken
        if found.kind is Kind.VANISHED and self._is_back(broken):
            return True
        return any(
            self._reverts(speaking, at)
            or self._names(speaking, path.removesuffix(".md"), found.key)
            or (self._past.commits[speaking].corrections and self._changes(speaking, broken))
            for speaking in self._later(at)
        )

    def accepts_plan(self, change: Replanned) -> bool:
        """Whether a late change of what decides is accounted for."""
        at, name = change.at, change.path.removesuffix(".md")
        return any(
            self._reverts(speaking, at)
            or any(speaking == at or name in said for said in self._said(speaking))
            for speaking in self._later(at)
        )

    def _later(self, at: int) -> list[int]:
        """The commits that say something, of those that have the one at `at` in their past."""
        return [
            speaking
            for speaking in self._speaking
            if speaking >= at and self._past.graph.descends(speaking, at)
        ]

    def _said(self, speaking: int) -> tuple[str, ...]:
        return self._past.commits[speaking].corrections

    def _is_back(self, broken: Broken) -> bool:
        key, expected = broken.found.key, broken.found.expected
        node = self._past.state.get(broken.path)
        return bool(node and expected and not any(losses({key: expected}, node.rows)))

    def _reverts(self, speaking: int, at: int) -> bool:
        return self._past.commits[at].id in self._past.commits[speaking].reverts

    def _names(self, speaking: int, variant: str, key: RowKey) -> bool:
        """Whether a correction names the row, or the variant and no row at all."""
        rep, day, *_ = key.parts
        return any(
            variant in said and ((rep in said and day in said) or not _DAY.search(said))
            for said in self._said(speaking)
        )

    def _changes(self, speaking: int, broken: Broken) -> bool:
        """Whether a commit changes the row, as the one does that broke it."""
        node = self._nodes_of(broken.path).get(speaking)
        key = broken.found.key
        return speaking == broken.at or (
            node is not None and any(old.rows.get(key) != node.rows.get(key) for old in node.before)
        )

    def _nodes_of(self, path: str) -> dict[int, Node]:
        """The versions of a file by the place of their commits."""
        if path not in self._nodes:
            found: dict[int, Node] = {}
            stack = [self._past.state[path]] if path in self._past.state else []
            while stack:
                node = stack.pop()
                if node.at not in found:
                    found[node.at] = node
                    stack += node.before
            self._nodes[path] = found
        return self._nodes[path]
