"""A repository, asked in bulk: one process a question, however many commits or files."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

from abtest.messages.history.log import LOG_OPTIONS, Change
from abtest.messages.history.process import HistoryError, run, started

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

#: No content file is larger; what is larger in the past is passed over unread.
LARGEST_BLOB = 256 * 1024


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree and one folder of it.

    Attributes:
        top: The top of the work tree.
        prefix: The folder within it, with `/` at its end; empty for the top itself.
        common_dir: The repository's own folder, shared by all its work trees.
        shallow: True where the clone has only a part of the history.
        head: The id of the current commit, None before the first one.
        merging: The commit that an unfinished merge brings in, None without one.
    """

    top: Path
    prefix: str
    common_dir: Path
    shallow: bool
    head: str | None
    merging: str | None

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """The repository that `folder` lies in.

        Raises:
            HistoryError: There is no git, no repository, or git refuses to open it.
        """
        asked = ("--is-shallow-repository", "--show-toplevel", "--git-common-dir", "--show-prefix")
        commits = ("--git-path", "MERGE_HEAD", "--revs-only", "HEAD^{commit}")
        answer = run(folder, "rev-parse", *asked, *commits).decode(errors="surrogateescape")
        shallow, top, common_dir, prefix, merge, head, *_ = (*answer.split("\n"), "")
        return cls(
            top=Path(top),
            prefix=prefix,
            common_dir=(folder / common_dir).resolve(),
            shallow=shallow == "true",
            head=head or None,
            merging=resolve(folder, "MERGE_HEAD") if (folder / merge).exists() else None,
        )

    def raw_log(self, revisions: Sequence[str]) -> bytes:
        """The log of `revisions`, parents before children, as `parse_log` reads it.

        Every commit is listed, so that the graph is whole; the changes are those within the folder.
        """
        return run(self.top, "log", *LOG_OPTIONS, *revisions, *self._paths())

    def blobs(
        self, ids: Collection[str], limit: int = LARGEST_BLOB
    ) -> Iterator[tuple[str, bytes | None]]:
        """Each id with its content: None if missing, empty where it has more bytes than `limit`."""
        if not ids:
            return
        with started(self.top, "cat-file", "--batch=%(objectsize)", "--buffer") as process:
            assert process.stdin is not None
            assert process.stdout is not None
            # The ids are written while the contents are read, or both pipes would fill and stand.
            writer = threading.Thread(target=_write_ids, args=(process.stdin, ids), daemon=True)
            writer.start()
            # Answers come in the order of the questions.
            yield from zip(ids, _read_batch(process.stdout, limit), strict=False)
            writer.join()

    def files_at(self, revision: str) -> Iterator[Change]:
        """The files of the folder at a revision, as additions."""
        listing = run(self.top, "ls-tree", "-r", "-z", "--full-tree", revision, *self._paths())
        for entry in listing.decode(errors="surrogateescape").split("\0")[:-1]:
            about, _, path = entry.partition("\t")
            mode, _kind, blob = about.split(" ")
            yield Change(path, mode, None, blob)

    def changed_since(self, revision: str) -> set[str]:
        """Paths within the folder whose files now differ from a revision's, committed or not."""
        asked = ("--name-only", "-z", "--no-renames", "--no-ext-diff", "--ignore-submodules")
        differing = run(self.top, "diff", *asked, revision, *self._paths())
        untracked = run(
            self.top, "ls-files", "--others", "--exclude-standard", "-z", *self._paths()
        )
        paths = (differing + untracked).decode(errors="surrogateescape").split("\0")
        return {path[len(self.prefix) :] for path in paths if path}

    def resolve(self, revision: str) -> str | None:
        """The id of the commit that `revision` names, None if it names none."""
        return resolve(self.top, revision)

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, None where their histories never met."""
        try:
            return run(self.top, "merge-base", one, other).decode().split("\n")[0] or None
        except HistoryError:
            return None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` has `old` in its past."""
        return self.merge_base(old, new) == old

    def _paths(self) -> tuple[str, ...]:
        return ("--", f":(top,literal){self.prefix}") if self.prefix else ()


def resolve(folder: Path, revision: str) -> str | None:
    """The id of the commit that `revision` names, None if it names none."""
    try:
        asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return run(folder, "rev-parse", *asked).decode().strip() or None
    except HistoryError:
        return None


def _write_ids(pipe: IO[bytes], ids: Iterable[str]) -> None:
    try:
        with pipe:
            pipe.writelines(f"{id_}\n".encode() for id_ in ids)
    except BrokenPipeError:
        pass  # git ended first; the reader sees fewer answers and says so


def _read_batch(pipe: IO[bytes], limit: int) -> Iterator[bytes | None]:
    """The contents that git sends, each behind a line with its size; None for what it lacks."""
    read, readline = pipe.read, pipe.readline
    while header := readline():
        if not header[:-1].isdigit():
            yield None
            continue
        size = int(header)
        if size > limit:
            _pass_over(pipe, size)
            yield b""
        else:
            yield read(size)
        read(1)


def _pass_over(pipe: IO[bytes], size: int) -> None:
    while size > 0:
        size -= len(pipe.read(min(size, LARGEST_BLOB)))
