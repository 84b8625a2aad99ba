"""The past of a content folder: every commit taken in, and today's files as the last step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.messages.history.git import LARGEST_BLOB
from abtest.messages.history.graph import Graph
from abtest.messages.history.log import FILE_MODES, SUBMODULE_MODE, Commit, parse_log
from abtest.messages.history.places import EXPERIMENT_FILE, Places
from abtest.messages.history.plans import PlanWatch
from abtest.messages.history.walk import State, Walk

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from abtest.messages.history.git import Repository
    from abtest.messages.history.reading import SnapshotReader
    from abtest.messages.history.snapshot import Snapshot
    from abtest.messages.history.store import Store


class Past:
    """What became of the folder's files.

    Attributes:
        prefix: The folder, from the top of the repository, with `/`; other paths here are
            relative to it.
        commits: Oldest first; the last one stands for the files as they are now.
        graph: Their graph.
        walk: What was found on the way.
        plans: What decides, and whether it changed late.
        state: The files as they are now.
        submodules: Folders whose history another repository keeps.
    """

    def __init__(
        self, repository: Repository, store: Store, reader: SnapshotReader, root: Path, today: str
    ) -> None:
        assert repository.head is not None
        self.prefix = repository.prefix
        merging = repository.merging
        parents = (repository.head,) if merging is None else (repository.head, merging)
        self.commits = list(parse_log(store.log(repository.head, merging)))
        self.commits.append(Commit("", parents, today, "", "", (), (), ()))
        self.graph = Graph(self.commits)
        self.submodules: set[str] = set()
        self._places = Places(repository.prefix)
        self._snapshots = store.snapshots(self._blobs())
        store.save(self._snapshots)
        self.plans = PlanWatch(repository, self.commits, self._places, root)
        self.walk = Walk(self.graph)
        for at in range(self.now):
            self._take_in(at)
        head = self.graph.place[repository.head]
        self.state = self._take_in_files(head, root, reader)

    @property
    def now(self) -> int:
        """The place that stands for the files as they are, committed or not."""
        return len(self.commits) - 1

    def _blobs(self) -> list[str]:
        """The versions of variants that the log names, in its order."""
        changes = (change for commit in self.commits for change in commit.changes)
        found = (
            change.blob
            for change in changes
            if change.blob and change.mode in FILE_MODES and self._places[change.path].is_variant
        )
        return list(dict.fromkeys(found))

    def _take_in(self, at: int) -> None:
        changes: dict[str, Snapshot | None] = {}
        unread: list[str] = []
        commit = self.commits[at]
        for change in commit.changes:
            name, is_variant, _ = self._places[change.path]
            if change.mode == SUBMODULE_MODE:
                self.submodules.add(name)
            elif not is_variant:
                self.submodules.discard(name)
            else:
                snapshot = self._snapshots.get(change.blob) if change.blob else None
                if snapshot is None and change.blob:
                    unread.append(name)
                else:
                    changes[name] = snapshot
        state = self.walk.step(at, changes, unread)
        self.plans.take_in(at, commit, state)

    def _take_in_files(self, head: int, root: Path, reader: SnapshotReader) -> State:
        """The files as they lie on the disk, as one more commit on top of the current one."""
        changes: dict[str, Snapshot | None] = dict.fromkeys(self.walk.files(head))
        unread: list[str] = []
        for name, content in _files(root):
            changes[name] = snapshot = reader.read(content)
            if snapshot is None:
                unread.append(name)
        for name in unread:
            del changes[name]
        state = self.walk.step(self.now, changes, unread)
        self.plans.take_in_files(self.now, state)
        return state


def _files(root: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(root.glob("*/*.md")):
        if path.name != EXPERIMENT_FILE and path.is_file() and not path.is_symlink():
            with path.open("rb") as stream:
                yield f"{path.parent.name}/{path.name}", stream.read(LARGEST_BLOB)
