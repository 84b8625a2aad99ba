"""Which losses someone owned up to: a `Correction:` line in a commit message says so.

The line stands in the commit that took the counts away, or in a later one that touches the file
again or names the variant; `git revert` of the loss speaks for itself. A vanished row that is
back needs no words.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.messages.history.arithmetic import Kind, losses

if TYPE_CHECKING:
    from abtest.messages.history.past import Past
    from abtest.messages.history.plans import Replanned
    from abtest.messages.history.walk import Broken


class Acceptance:
    """Knows the corrections of a past."""

    def __init__(self, past: Past) -> None:
        self._past = past
        self._prefix = past.prefix
        self._speaking = [
            at for at, commit in enumerate(past.commits) if commit.corrections or commit.reverts
        ]

    def accepts(self, broken: Broken) -> bool:
        """Whether a lost row is accounted for."""
        if broken.found.kind is Kind.VANISHED and self._is_back(broken):
            return True
        return self._spoken_for(broken.at, broken.path)

    def accepts_plan(self, change: Replanned) -> bool:
        """Whether a late change of what decides is accounted for."""
        return self._spoken_for(change.at, change.path)

    def _is_back(self, broken: Broken) -> bool:
        key, expected = broken.found.key, broken.found.expected
        node = self._past.state.get(broken.path)
        return bool(node and expected and not any(losses({key: expected}, node.rows)))

    def _spoken_for(self, at: int, path: str) -> bool:
        return any(
            self._speaks_of(speaking, at, path) and self._past.graph.descends(speaking, at)
            for speaking in self._speaking
            if speaking >= at
        )

    def _speaks_of(self, speaking: int, at: int, path: str) -> bool:
        commit = self._past.commits[speaking]
        if self._past.commits[at].id in commit.reverts:
            return True
        if not commit.corrections:
            return False
        name = path.removesuffix(".md")
        touched = any(change.path == self._prefix + path for change in commit.changes)
        return touched or any(name in said for said in commit.corrections)
