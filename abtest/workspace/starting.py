"""A new repository on disk: every file or none, and nothing overwritten."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from abtest.errors import SurroundingsError, UsageError
from abtest.messages.history.process import HistoryError, run
from abtest.workspace.files import starter_files
from abtest.workspace.manifest import MANIFEST, Manifest, digest
from abtest.workspace.team import Team, browsable

_GIT = ".git"
_FIRST_COMMIT = "Start with abtest"


def start(root: Path, team: Team, day: dt.date) -> tuple[str, ...]:
    """Write a team's repository into `root`, which is missing, empty, or has only `.git`.

    Args:
        root: The folder; it is made where it is missing.
        team: The answers.
        day: The day of the start; the example's results lie before it.

    Returns:
        The paths of the files, in order.

    Raises:
        UsageError: Something is in the folder already.
        SurroundingsError: The disk refuses; the folder is as it was.
    """
    refuse_unless_free(root)
    files = starter_files(team, day)
    manifest = Manifest(team, day, {path: digest(text) for path, text in files.items()})
    files[MANIFEST] = manifest.to_text()
    try:
        _put(root, files)
    except OSError as error:
        raise SurroundingsError(
            f"{root} could not be written ({error.strerror or error}); it is as it was."
        ) from error
    return tuple(sorted(files))


def refuse_unless_free(root: Path) -> None:
    """Refuse a folder with anything but `.git` in it.

    Raises:
        UsageError: It holds something, or is no folder.
    """
    if root.is_symlink() or (root.exists() and not root.is_dir()):
        raise UsageError(f"{root} is no folder; name one that is empty or not there yet.")
    held = (
        sorted(path.name for path in root.iterdir() if path.name != _GIT) if root.exists() else []
    )
    if held:
        more = f" and {len(held) - 1} more" if held[1:] else ""
        raise UsageError(
            f"{root} is not empty ({held[0]}{more}); nothing was written. Name a new folder, or "
            "'abtest init --update' in one that abtest made."
        )


def remote_of(root: Path) -> str:
    """The address in a browser of the repository that `root` was cloned from; empty if none."""
    if not (root / _GIT).exists():
        return ""
    try:
        return browsable(run(root, "config", "--get", "remote.origin.url").decode())
    except (HistoryError, UnicodeDecodeError):
        return ""


def commit(root: Path) -> None:
    """Put every file into git, starting a repository where there is none.

    Raises:
        HistoryError: Git is missing, or does not know who commits.
    """
    if not (root / _GIT).exists():
        run(root, "init", "--quiet", "--initial-branch=main")
    run(root, "add", "--all")
    run(root, "commit", "--quiet", f"--message={_FIRST_COMMIT}")


def _put(root: Path, files: Mapping[str, str]) -> None:
    """Write aside, on the same disk, then move into place."""
    new = not root.exists()
    beside = root.parent if new else root
    beside.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".abtest-", dir=beside) as made:
        aside = Path(made) / "new"
        for path, text in files.items():
            target = aside / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8", newline="\n")
        if new:
            aside.rename(root)
        else:
            _move_all(aside, root)


def _move_all(aside: Path, root: Path) -> None:
    """Move everything in `aside` to `root`; if one move fails, take the others back."""
    moved: list[Path] = []
    try:
        for path in sorted(aside.iterdir()):
            target = root / path.name
            if target.exists():
                raise FileExistsError(17, f"{target} appeared meanwhile")
            path.rename(target)
            moved.append(target)
    except OSError:
        for target in moved:
            with suppress(OSError):
                shutil.rmtree(target) if target.is_dir() else target.unlink()
        raise
