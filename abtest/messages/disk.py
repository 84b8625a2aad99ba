"""Writing a file so that at every instant it is the old one or the new one, whole.

The new content is written beside the file, forced to the disk, and renamed over it. Two
processes of one machine take turns by a lock on the folder, which leaves nothing behind; an
editor that knows of no lock is noticed by reading the file again just before it is replaced.
"""

from __future__ import annotations

import errno
import glob
import os
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.errors import SurroundingsError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

try:
    import fcntl
except ImportError:  # Windows has no such lock; there the second reading alone stands guard
    fcntl = None  # type: ignore[assignment]  # a module, or None where the system has none

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is full",
    errno.EFBIG: "the file would be larger than the system allows",
    errno.EROFS: "the disk is read-only",
    errno.EACCES: "you may not write there",
    errno.EPERM: "you may not write there",
    errno.ENOENT: "it is not there",
    errno.EISDIR: "it is a folder",
    errno.ENOTDIR: "a part of its path is a file",
    errno.ENAMETOOLONG: "its name is too long",
}


class ChangedMeanwhileError(SurroundingsError):
    """Someone else wrote the file between our reading and our writing."""


def read(path: Path) -> bytes:
    """The content of a file that is to be changed.

    Raises:
        UsageError: It is a symbolic link, which would take the change elsewhere.
        SurroundingsError: It cannot be read.
    """
    if path.is_symlink():
        raise UsageError(f"{path} is a symbolic link; name the file that it points to.")
    try:
        return path.read_bytes()
    except OSError as error:
        raise SurroundingsError(f"{path} cannot be read: {_reason(error)}.") from error


def replace(path: Path, old: bytes, new: bytes) -> None:
    """Put `new` in the place of `old`: whole or not at all, with the file's mode and owner.

    The caller has the folder's turn (`taking_turns`).

    Raises:
        ChangedMeanwhileError: The file no longer holds `old`.
        SurroundingsError: The disk refuses; the file is as it was.
    """

    def put(temporary: Path) -> None:
        _keep_mode_and_owner(path, temporary)
        if read(path) != old:
            raise ChangedMeanwhileError(f"{path} was changed by someone else just now.")
        temporary.replace(path)

    _by_way_of_temporary(path, new, put)


def create(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, with the folders that it needs.

    Raises:
        UsageError: Something of that name is there.
        SurroundingsError: The disk refuses; nothing is left behind.
    """

    def put(temporary: Path) -> None:
        temporary.chmod(0o666 & ~_umask())
        _refuse_existing(path)
        temporary.rename(path)

    _refuse_existing(path)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SurroundingsError(f"{path} was not written: {_reason(error)}.") from error
    with taking_turns(path.parent):
        _by_way_of_temporary(path, content, put)


@contextmanager
def taking_turns(folder: Path) -> Iterator[None]:
    """Keep our other processes out of a folder for a moment; they wait their turn."""
    if fcntl is None:
        yield
        return
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise SurroundingsError(f"{folder} cannot be opened: {_reason(error)}.") from error
    try:
        with suppress(OSError):  # a network disk may know no locks
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def _refuse_existing(path: Path) -> None:
    if os.path.lexists(path):
        raise UsageError(f"{path} exists; it was left as it is.")


def _by_way_of_temporary(path: Path, content: bytes, put: Callable[[Path], None]) -> None:
    """Write `content` beside `path`, let `put` move it into place, leave nothing else."""
    temporary = None
    try:
        _remove_remains(path)
        descriptor, name = tempfile.mkstemp(".tmp", f".{path.name}.", path.parent)
        temporary = Path(name)
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        put(temporary)
        _force_folder(path.parent)
    except OSError as error:
        raise SurroundingsError(f"{path} was not written: {_reason(error)}.") from error
    finally:
        if temporary is not None:
            temporary.unlink(missing_ok=True)


def _remove_remains(path: Path) -> None:
    """Take away what a killed process of ours left; whoever holds the turn knows it is dead."""
    if fcntl is not None:
        for remains in path.parent.glob(f".{glob.escape(path.name)}.*.tmp"):
            remains.unlink(missing_ok=True)


def _keep_mode_and_owner(path: Path, temporary: Path) -> None:
    status = path.stat()
    temporary.chmod(status.st_mode & 0o7777)
    if hasattr(os, "chown"):  # pragma: no branch  Windows has none
        with suppress(PermissionError):  # only an administrator writes files of other people
            os.chown(temporary, status.st_uid, status.st_gid)


def _force_folder(folder: Path) -> None:
    """Make the rename itself last, where the system can open a folder."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _reason(error: OSError) -> str:
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
