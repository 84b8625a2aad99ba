"""Git, asked in bulk and without trusting it: the only module that runs git.

Nothing here writes to a repository, fetches, or lets the configuration of a repository run a
program. Each answer comes from one process, whatever the number of commits or files.
"""

from __future__ import annotations

import os
import re
import subprocess
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple

from abtest.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

#: No content file is larger; what is larger in the past is passed over unread.
LARGEST_BLOB = 256 * 1024

#: Modes of a raw diff: a file, an executable file, a symbolic link, a commit of a submodule.
FILE_MODES = ("100644", "100755")
SYMLINK_MODE, SUBMODULE_MODE = "120000", "160000"

_SAFE_CONFIGURATION = ("core.fsmonitor=false", "log.showSignature=false", "core.quotePath=false")
_LOG_FORMAT = "--format=%x1e%H%n%P%n%as%n%an%n%B"
_CORRECTION = re.compile(rb"(?im)^[ \t>*-]*correction:[ \t]*(\S.*?)[ \t\r]*$")
_REVERTS = re.compile(rb"This reverts commit ([0-9a-f]{40,64})")


class HistoryError(SurroundingsError):
    """Git is missing, refuses, or has no repository here; the text says which and what helps."""


class Change(NamedTuple):
    """A path that a commit left different from its first parent.

    Attributes:
        path: From the top of the repository.
        mode: The mode after the change, `000000` for a path that went away.
        old: The id of the content before the change, None for a new path.
        blob: The id of the content after the change, None for a path that went away.
    """

    path: str
    mode: str
    old: str | None
    blob: str | None


class Commit(NamedTuple):
    """One commit.

    Attributes:
        parents: Ids, the first parent first; empty for a root and where a shallow clone ends.
        day: The author's calendar day, as YYYY-MM-DD.
        author: The author's name.
        subject: The first line of the message.
        corrections: The texts of its `Correction:` lines.
        reverts: Ids of the commits that it says to revert.
        changes: Against the first parent, within the folder that was asked for.
    """

    id: str
    parents: tuple[str, ...]
    day: str
    author: str
    subject: str
    corrections: tuple[str, ...]
    reverts: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def short(self) -> str:
        """The id as people read it."""
        return self.id[:7]


@dataclass(frozen=True, slots=True)
class Repository:
    """A work tree and one folder of it.

    Attributes:
        top: The top of the work tree.
        prefix: The folder within it, with `/` at its end; empty for the top itself.
        common_dir: The repository's own folder, shared by all its work trees.
        shallow: True where the clone has only a part of the history.
        head: The id of the current commit, None before the first one.
    """

    top: Path
    prefix: str
    common_dir: Path
    shallow: bool
    head: str | None

    @classmethod
    def of(cls, folder: Path) -> Repository:
        """The repository that `folder` lies in.

        Raises:
            HistoryError: There is no git, no repository, or git refuses to open it.
        """
        asked = ("--is-shallow-repository", "--show-toplevel", "--git-common-dir", "--show-prefix")
        answer = _run(folder, "rev-parse", *asked).decode(errors="surrogateescape").split("\n")
        shallow, top, common_dir, prefix = answer[:4]
        return cls(
            top=Path(top),
            prefix=prefix,
            common_dir=(folder / common_dir).resolve(),
            shallow=shallow == "true",
            head=resolve(folder, "HEAD"),
        )

    def raw_log(self, revisions: Sequence[str]) -> bytes:
        """The log of `revisions`, parents before children, as `parse_log` reads it.

        Every commit is listed, so that the graph is whole; the changes are those within the folder.
        """
        return _run(
            self.top,
            "log",
            "--topo-order",
            "--reverse",
            "--full-history",
            "--sparse",
            "--diff-merges=first-parent",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--no-ext-diff",
            "--encoding=UTF-8",
            _LOG_FORMAT,
            *revisions,
            *self._paths(),
        )

    def blobs(self, ids: Collection[str]) -> Iterator[tuple[str, bytes | None]]:
        """Each id with its content: None where it is missing or larger than any content file."""
        if not ids:
            return
        with _started(self.top, "cat-file", "--batch", "--buffer") as process:
            assert process.stdin is not None
            assert process.stdout is not None
            # The ids are written while the contents are read, or both pipes would fill and stand.
            writer = threading.Thread(target=_write_ids, args=(process.stdin, ids), daemon=True)
            writer.start()
            # Answers come in the order of the questions.
            yield from zip(ids, _read_batch(process.stdout), strict=False)
            writer.join()

    def files_at(self, revision: str) -> Iterator[Change]:
        """The files of the folder at a revision, as additions."""
        listing = _run(self.top, "ls-tree", "-r", "-z", "--full-tree", revision, *self._paths())
        for entry in listing.decode(errors="surrogateescape").split("\0")[:-1]:
            about, _, path = entry.partition("\t")
            mode, _kind, blob = about.split(" ")
            yield Change(path, mode, None, blob)

    def merge_base(self, one: str, other: str) -> str | None:
        """The best common ancestor of two commits, None where their histories never met."""
        try:
            return _run(self.top, "merge-base", one, other).decode().split("\n")[0] or None
        except HistoryError:
            return None

    def is_ancestor(self, old: str, new: str) -> bool:
        """Whether `new` has `old` in its past."""
        return self.merge_base(old, new) == old

    def merging(self) -> str | None:
        """The commit that an unfinished merge brings in, None without one."""
        return resolve(self.top, "MERGE_HEAD")

    def _paths(self) -> tuple[str, ...]:
        return ("--", f":(top,literal){self.prefix}") if self.prefix else ()


def resolve(folder: Path, revision: str) -> str | None:
    """The id of the commit that `revision` names, None if it names none."""
    try:
        asked = ("--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
        return _run(folder, "rev-parse", *asked).decode().strip() or None
    except HistoryError:
        return None


def parse_log(raw: bytes) -> Iterator[Commit]:
    """The commits of a `raw_log`."""
    fields = iter(raw.split(b"\0"))
    header = next(fields, b"")
    while header:
        changes = []
        following = next(fields, b"")
        while following.startswith((b":", b"\n:")):
            changes.append(_change(following, next(fields)))
            following = next(fields, b"")
        yield _commit(header, tuple(changes))
        header = following


def _commit(header: bytes, changes: tuple[Change, ...]) -> Commit:
    id_, parents, day, author, message = header[1:].split(b"\n", 4)
    lower = message.lower()
    return Commit(
        id=id_.decode(),
        parents=tuple(parents.decode().split()),
        day=day.decode(),
        author=author.decode(errors="replace"),
        subject=message.partition(b"\n")[0].decode(errors="replace"),
        corrections=_texts(_CORRECTION, message) if b"correction:" in lower else (),
        reverts=_texts(_REVERTS, message) if b"this reverts" in lower else (),
        changes=changes,
    )


def _texts(pattern: re.Pattern[bytes], message: bytes) -> tuple[str, ...]:
    return tuple(found.decode(errors="replace") for found in pattern.findall(message))


def _change(about: bytes, path: bytes) -> Change:
    _, mode, old, blob, status = about.decode().split(" ")
    return Change(
        path.decode(errors="surrogateescape"),
        mode,
        None if status == "A" else old,
        None if status == "D" else blob,
    )


def _write_ids(pipe: IO[bytes], ids: Iterable[str]) -> None:
    try:
        with pipe:
            pipe.writelines(f"{id_}\n".encode() for id_ in ids)
    except BrokenPipeError:
        pass  # git ended first; the reader sees fewer answers and says so


def _read_batch(pipe: IO[bytes]) -> Iterator[bytes | None]:
    while header := pipe.readline():
        if header.endswith((b"missing\n", b"ambiguous\n")):
            yield None
            continue
        yield _read_sized(pipe, int(header[header.rindex(b" ") :]))
        pipe.read(1)


def _read_sized(pipe: IO[bytes], size: int) -> bytes | None:
    if size <= LARGEST_BLOB:
        return pipe.read(size)
    while size > 0:
        size -= len(pipe.read(min(size, LARGEST_BLOB)))
    return None


def _environment() -> dict[str, str]:
    """The environment without git's own variables, which hooks set to steer git elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_FLUSH": "0",  # or git writes each commit of a log to the pipe by itself
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    configuration = [part for setting in _SAFE_CONFIGURATION for part in ("-c", setting)]
    return ["git", "-C", str(folder), "--no-pager", *configuration, *arguments]


@contextmanager
def _started(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    try:
        process = subprocess.Popen(  # noqa: S603  a fixed program, no shell
            _command(folder, arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=1 << 20,
            pipesize=1 << 20,
        )
    except OSError as error:
        raise HistoryError(_why_not_started(error)) from error
    with process:
        try:
            yield process
        finally:
            if process.poll() is None and process.stdout is not None:
                process.stdout.close()


def _run(folder: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(  # noqa: S603  a fixed program, no shell
            _command(folder, arguments),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=_environment(),
            check=False,
        )
    except OSError as error:
        raise HistoryError(_why_not_started(error)) from error
    if done.returncode != 0:
        raise HistoryError(_why(done.stderr.decode(errors="replace"), folder))
    return done.stdout


def _why_not_started(error: OSError) -> str:
    if isinstance(error, FileNotFoundError):
        return "git is not installed or not on the PATH."
    return f"git could not be started ({error.strerror})."


def _why(stderr: str, folder: Path) -> str:
    """Git's complaint in a user's words."""
    if "not a git repository" in stderr:
        return f"{folder} is not in a git repository; 'git init' starts one."
    if "dubious ownership" in stderr:
        return (
            f"the repository of {folder} belongs to another user and git will not open it; "
            f"if you trust it: git config --global --add safe.directory '{folder.resolve()}'."
        )
    first = next(iter(stderr.strip().splitlines()), "no reason given")
    return f"git refused ({first.removeprefix('fatal: ')})."
