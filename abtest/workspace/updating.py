"""What newer templates would change in a team's repository, and what the team has made its own."""

from __future__ import annotations

import difflib
import enum
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from abtest import __version__
from abtest.errors import SurroundingsError
from abtest.messages import disk
from abtest.workspace.files import CONTENT, starter_files
from abtest.workspace.manifest import MANIFEST, Manifest, digest, read_manifest


class Standing(enum.StrEnum):
    """How a file stands to its template."""

    NEW = "new"
    UNEDITED = "unedited"
    EDITED = "edited"


@dataclass(frozen=True, slots=True)
class Change:
    """One file that its template would change.

    Attributes:
        path: Within the repository.
        standing: New and unedited files may be written, edited ones never are.
        old: What is there; empty for a new file.
        new: What the template makes.
    """

    path: str
    standing: Standing
    old: str
    new: str

    @property
    def diff(self) -> str:
        """A unified diff."""
        lines = difflib.unified_diff(
            self.old.splitlines(keepends=True),
            self.new.splitlines(keepends=True),
            f"a/{self.path}" if self.old else "/dev/null",
            f"b/{self.path}",
        )
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def changes(root: Path) -> tuple[Change, ...]:
    """What the templates of this abtest would change; never in the folder of the messages.

    A file that the team deleted stays deleted, and an edited file whose template is as it was
    is not mentioned.

    Raises:
        UsageError: `abtest init` has not made this folder.
        SurroundingsError: A file cannot be read.
    """
    manifest = read_manifest(root)
    return tuple(_changes(root, manifest))


def apply(root: Path, found: Sequence[Change]) -> tuple[str, ...]:
    """Write the new and unedited files among the changes, and note it in the manifest.

    Returns:
        The paths that were written.

    Raises:
        SurroundingsError: The disk refuses, or a file was changed meanwhile.
    """
    manifest = read_manifest(root)
    writable = [change for change in found if change.standing is not Standing.EDITED]
    for change in writable:
        _write(root / change.path, change)
    written = {change.path: digest(change.new) for change in writable}
    noted = replace(manifest, digests={**manifest.digests, **written}, version=__version__)
    path = root / MANIFEST
    with disk.taking_turns(root):
        disk.replace(path, disk.read(path), noted.to_text().encode())
    return tuple(written)


def _changes(root: Path, manifest: Manifest) -> Iterator[Change]:
    for path, new in sorted(starter_files(manifest.team, manifest.day).items()):
        if path.startswith(CONTENT):
            continue
        old, before = _text(root / path), manifest.digests.get(path)
        if old is None:
            if before is None:
                yield Change(path, Standing.NEW, "", new)
        elif digest(old) == digest(new) or digest(new) == before:
            continue
        else:
            standing = Standing.UNEDITED if digest(old) == before else Standing.EDITED
            yield Change(path, standing, old, new)


def _text(path: Path) -> str | None:
    if not path.exists():
        return None
    try:
        return disk.read(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SurroundingsError(f"{path} is not in UTF-8; save it as UTF-8.") from error


def _write(path: Path, change: Change) -> None:
    if change.standing is Standing.NEW:
        disk.create(path, change.new.encode())
        return
    with disk.taking_turns(path.parent):
        current = disk.read(path)
        if current.decode("utf-8-sig", errors="replace") != change.old:
            raise disk.ChangedMeanwhileError(f"{path} was changed by someone else just now.")
        disk.replace(path, current, change.new.encode())
