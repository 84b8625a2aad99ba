"""Running git, without trusting it: the only module that starts it.

Nothing that is asked of it here writes to a repository or fetches, and the configuration of a
repository runs no program. Each answer comes from one process, however many commits or files.
"""

from __future__ import annotations

import os
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

from abtest.errors import SurroundingsError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

#: Settings of a user or a repository that would run programs, or change what is printed.
_CONFIGURATION = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "log.follow=false",
    "log.showRoot=true",
    "log.showSignature=false",
)


class HistoryError(SurroundingsError):
    """Git is missing, refuses, or has no repository here; the text says which and what helps."""


def _environment() -> dict[str, str]:
    """The environment without git's own variables, which hooks set to steer git elsewhere."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return kept | {
        "LC_ALL": "C",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_GRAFT_FILE": f"{os.devnull}/none",  # as above, in its older form
        "GIT_FLUSH": "0",  # or git writes each commit of a log to the pipe by itself
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_TERMINAL_PROMPT": "0",
    }


def _command(folder: Path, arguments: Sequence[str]) -> list[str]:
    configuration = [part for setting in _CONFIGURATION for part in ("-c", setting)]
    return ["git", "-C", str(folder), "--no-pager", *configuration, *arguments]


@contextmanager
def started(folder: Path, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """Git at work in a folder, to be written to and read from.

    Raises:
        HistoryError: It could not be started.
    """
    try:
        process = subprocess.Popen(
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


def run(folder: Path, *arguments: str) -> bytes:
    """What git answers in a folder.

    Raises:
        HistoryError: It could not be started, or refuses.
    """
    try:
        done = subprocess.run(
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
    if "tell me who you are" in stderr:
        return (
            "git does not know who you are; tell it once: git config --global user.name 'Kim Ito' "
            "and git config --global user.email kim@brightline.example."
        )
    first = next(iter(stderr.strip().splitlines()), "no reason given")
    return f"git refused ({first.removeprefix('fatal: ')})."
