"""Writing files: the old one or the new one, at every instant, and nothing beside it."""

from __future__ import annotations

import os
import random
import resource
import shutil
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from abtest.errors import AbtestError, SurroundingsError, UsageError
from abtest.messages import disk

OLD, NEW = b"old\n" * 5_000, b"new\n" * 9_000


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that any user may enter, unlike pytest's own."""
    path = Path(tempfile.mkdtemp())
    path.chmod(0o755)
    yield path
    path.chmod(0o755)
    shutil.rmtree(path)


def in_child(work: Callable[[], None]) -> str:
    """The user's error that `work` ends with in a process of its own; empty if it ends well."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            work()
        except AbtestError as error:
            os.write(writer, str(error).encode())
        finally:
            os._exit(0)
    os.close(writer)
    os.waitpid(child, 0)
    with os.fdopen(reader) as stream:
        return stream.read()


def replace(path: Path) -> None:
    with disk.taking_turns(path.parent):
        disk.replace(path, OLD, NEW)


def test_the_mode_is_kept_and_nothing_is_left_beside(folder: Path) -> None:
    path = folder / "vm-a.md"
    path.write_bytes(OLD)
    path.chmod(0o640)
    replace(path)
    assert path.read_bytes() == NEW
    assert path.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in folder.iterdir()] == ["vm-a.md"]


def test_a_symbolic_link_is_refused(folder: Path) -> None:
    (folder / "there.md").write_bytes(OLD)
    (folder / "vm-a.md").symlink_to("there.md")
    with pytest.raises(UsageError, match="symbolic link"):
        disk.read(folder / "vm-a.md")


def test_a_file_that_changed_meanwhile_is_left_alone(folder: Path) -> None:
    path = folder / "vm-a.md"
    path.write_bytes(b"someone else's\n")
    with pytest.raises(disk.ChangedMeanwhileError):
        replace(path)
    assert path.read_bytes() == b"someone else's\n"
    assert len(list(folder.iterdir())) == 1


def test_a_full_disk_is_said_and_leaves_the_old_file(folder: Path) -> None:
    path = folder / "vm-a.md"
    path.write_bytes(OLD)

    def on_a_full_disk() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (len(OLD), len(OLD)))
        replace(path)

    assert "larger than the system allows" in in_child(on_a_full_disk)
    assert path.read_bytes() == OLD
    assert len(list(folder.iterdir())) == 1


def test_a_folder_that_may_not_be_written_is_said(folder: Path) -> None:
    path = folder / "vm-a.md"
    path.write_bytes(OLD)
    folder.chmod(0o555)

    def as_someone_without_rights() -> None:
        if os.geteuid() == 0:
            os.seteuid(65_534)
        replace(path)

    assert "you may not write there" in in_child(as_someone_without_rights)
    assert path.read_bytes() == OLD


def test_create_never_overwrites_and_makes_the_folders(folder: Path) -> None:
    path = folder / "dock" / "reviews" / "lee.md"
    disk.create(path, OLD)
    with pytest.raises(UsageError, match="exists"):
        disk.create(path, NEW)
    assert path.read_bytes() == OLD
    assert path.stat().st_mode & 0o400
    assert len(list(path.parent.iterdir())) == 1


def test_a_folder_in_place_of_a_file_is_said(folder: Path) -> None:
    with pytest.raises(SurroundingsError, match="is a folder"):
        disk.read(folder)


def test_what_a_killed_process_left_is_cleared_by_the_next(folder: Path) -> None:
    path = folder / "vm-a.md"
    path.write_bytes(OLD)
    (folder / ".vm-a.md.abc123.tmp").write_bytes(b"half")
    replace(path)
    assert [entry.name for entry in folder.iterdir()] == ["vm-a.md"]


def test_200_kills_leave_the_old_file_or_the_new_one(folder: Path) -> None:
    path = folder / "vm-a.md"
    path.write_bytes(OLD)
    chance = random.Random(4)

    def forever() -> None:
        while True:
            now = path.read_bytes()
            with disk.taking_turns(folder):
                disk.replace(path, now, NEW if now == OLD else OLD)

    seen = set()
    for _ in range(200):
        child = os.fork()
        if child == 0:
            try:
                forever()
            finally:
                os._exit(1)
        time.sleep(chance.uniform(0.001, 0.02))
        os.kill(child, signal.SIGKILL)
        assert os.WIFSIGNALED(os.waitpid(child, 0)[1]), "the writer ended by itself"
        seen.add(path.read_bytes())
    assert seen == {OLD, NEW}
