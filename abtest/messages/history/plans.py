"""Watches the numbers that decide: whether they changed after results had been recorded."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from abtest.messages.history.places import EXPERIMENT_FILE, PLAN_FILE
from abtest.messages.history.settings import read_settings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from abtest.messages.history.git import Repository
    from abtest.messages.history.log import Commit
    from abtest.messages.history.places import Places
    from abtest.messages.history.settings import Settings
    from abtest.messages.history.walk import Node, State


class Replanned(NamedTuple):
    """A number that decides, changed after results had been recorded.

    Attributes:
        experiments: Those that had results by then, and that it decides.
    """

    at: int
    path: str
    key: str
    before: object
    after: object
    experiments: frozenset[str]


class PlanWatch:
    """Compares each version of plan.yml and experiment.md with the one before it.

    Attributes:
        replanned: What changed after results.
    """

    def __init__(
        self, repository: Repository, commits: Sequence[Commit], places: Places, root: Path
    ) -> None:
        self._places = places
        self._root = root
        self._seen: dict[str, list[Settings | None]] = {}
        self.replanned: list[Replanned] = []
        wanted = {
            blob: places[change.path].name == PLAN_FILE
            for commit in commits
            for change in commit.changes
            if places[change.path].decides
            for blob in (change.old, change.blob)
            if blob
        }
        self._settings = {
            blob: None if content is None else read_settings(content, wanted[blob])
            for blob, content in repository.blobs(wanted)
        }

    def take_in(self, at: int, commit: Commit, state: State) -> None:
        """Compare what a commit changed, given the files as it left them."""
        for change in commit.changes:
            place = self._places[change.path]
            if place.decides and change.blob:
                new = self._settings.get(change.blob)
                self._seen.setdefault(place.name, []).append(new)
                if change.old and len(commit.parents) < 2:
                    old = self._settings.get(change.old)
                    self._compare(at, place.name, old, new, state)

    def take_in_files(self, at: int, state: State) -> None:
        """Compare the files as they lie on the disk, unless some commit had them so."""
        for path, seen in self._seen.items():
            now = self.now(path)
            if now not in seen:
                self._compare(at, path, seen[-1], now, state)

    def now(self, path: str) -> Settings | None:
        """What decides, as the file has it now; None if it cannot be read."""
        try:
            content = (self._root / path).read_bytes()
        except OSError:
            return None
        return read_settings(content, path == PLAN_FILE)

    def _compare(
        self, at: int, path: str, old: Settings | None, new: Settings | None, state: State
    ) -> None:
        if old is None or new is None or old == new:
            return
        own = "" if path == PLAN_FILE else path.removesuffix(EXPERIMENT_FILE)
        looked_at = frozenset(
            name.partition("/")[0]
            for name, node in state.items()
            if name.startswith(own) and _had_rows(node, at)
        )
        if looked_at:
            self.replanned += [
                Replanned(at, path, key, value, new[key], looked_at)
                for key, value in old.items()
                if value != new[key]
            ]


def _had_rows(node: Node, at: int) -> bool:
    """Whether a file had rows before the commit at a place."""
    return bool(node.rows) if node.at < at else any(before.rows for before in node.before)
