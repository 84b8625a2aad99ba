"""The content as it was at a commit, put into a folder of its own."""

from __future__ import annotations

import os
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from abtest.errors import UsageError
from abtest.messages.history.git import Repository
from abtest.messages.history.log import FILE_MODES, SYMLINK_MODE
from abtest.messages.history.places import PLAN_FILE
from abtest.messages.history.process import HistoryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.messages.history.log import Change

#: Recordings are files of the content too; no file of it is larger.
_LARGEST = 11_000_000
_MAIN = ("origin/HEAD", "origin/main", "origin/master", "main", "master")


class Base(NamedTuple):
    """The commit that a change is held against.

    Attributes:
        name: As a sentence may name it.
        commit: Its id.
    """

    name: str
    commit: str


def base_of(root: Path, revision: str | None = None) -> Base:
    """Where the change began that the files of today are.

    Args:
        root: The content folder.
        revision: A commit, branch or tag; where histories parted, the commit at which they did. By
            default where this branch left the main one; on the main one, the last commit if
            something is uncommitted, else the one before.

    Raises:
        UsageError: No commit has that name, or there is none to compare with.
        HistoryError: Git is missing or refuses.
    """
    repository = Repository.of(root)
    if repository.head is None:
        raise UsageError("There is no commit yet to compare with.")
    if revision is not None:
        commit = repository.resolve(revision)
        if commit is None:
            raise UsageError(f"git knows no commit {revision!r}. Write a branch, a tag or an id.")
        return _parting(repository, revision, commit)
    for name in _MAIN:
        commit = repository.resolve(name)
        if commit is not None and not repository.is_ancestor(repository.head, commit):
            return _parting(repository, name, commit)
    if repository.changed_since("HEAD"):
        return Base("the last commit", repository.head)
    before = repository.resolve("HEAD~1")
    if before is None:
        raise UsageError("There is no earlier commit to compare with (a shallow clone has none).")
    return Base("the commit before", before)


def _parting(repository: Repository, name: str, commit: str) -> Base:
    assert repository.head is not None
    base = repository.merge_base(repository.head, commit)
    if base is None and repository.shallow:
        raise HistoryError(
            f"this shallow clone does not reach back to where {name} was left; "
            "'git fetch --unshallow' brings the rest (fetch-depth: 0 for actions/checkout)."
        )
    return Base(name, base or commit)


@contextmanager
def content_at(root: Path, commit: str) -> Iterator[tuple[Path, set[str]]]:
    """A folder with those experiments, as they were, that are different now; and their ids.

    The plan is in it; where it changed, all experiments are. The folder is gone afterwards.
    """
    repository = Repository.of(root)
    changed = repository.changed_since(commit)
    files = [
        change._replace(path=change.path[len(repository.prefix) :])
        for change in repository.files_at(commit)
    ]
    ids = {path.partition("/")[0] for path in changed if "/" in path}
    if PLAN_FILE in changed:
        ids |= {file.path.partition("/")[0] for file in files if "/" in file.path}
        ids |= {path.name for path in root.iterdir() if path.is_dir()}
    wanted = [f for f in files if f.path == PLAN_FILE or f.path.partition("/")[0] in ids]
    with tempfile.TemporaryDirectory(prefix="abtest-") as folder:
        there = Path(folder) / (root.name or "messages")
        there.mkdir()
        _write(repository, wanted, there)
        yield there, ids


def _write(repository: Repository, files: list[Change], folder: Path) -> None:
    """Write files as git has them; links stay links, which no reader follows."""
    blobs = {f.blob: None for f in files if f.blob and f.mode in (*FILE_MODES, SYMLINK_MODE)}
    contents = dict(repository.blobs(blobs, limit=_LARGEST))
    for file in files:
        content = contents.get(file.blob or "")
        if content is None:
            continue
        path = folder / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        if file.mode == SYMLINK_MODE:
            path.symlink_to(os.fsdecode(content))
        else:
            path.write_bytes(content)
