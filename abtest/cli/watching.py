"""Doing something again whenever a file changes: a loop that looks, with nothing to install."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from abtest.cli.output import show

#: Seconds between two looks.
_PAUSE = 0.5

#: Path → when it was changed, and its size.
_Snapshot = Mapping[str, tuple[int, int]]


def watch(
    folder: Path, act: Callable[[], None], *, rounds: int | None = None, pause: float = _PAUSE
) -> None:
    """Call `act` now, and again after every change beneath `folder`, until interrupted.

    Args:
        folder: It may come and go.
        act: What to do; a change that happens meanwhile is seen afterwards.
        rounds: How many times to act; None for no end.
        pause: Seconds between two looks.
    """
    acted = 0
    while rounds is None or acted < rounds:
        before = _snapshot(folder)
        act()
        acted += 1
        while acted != rounds and _snapshot(folder) == before:
            time.sleep(pause)


def watch_checks(folder: Path, check: Callable[[], object]) -> None:
    """Check again after every change, between two lines that an editor's task waits for."""

    def told() -> None:
        show(f"Checking {folder.as_posix()} ({time.strftime('%H:%M:%S')})\n")
        check()
        show("Waiting for changes. Ctrl+C ends.\n\n")

    watch(folder, told)


def _snapshot(folder: Path) -> _Snapshot:
    return dict(_files(folder))


def _files(folder: Path) -> Iterator[tuple[str, tuple[int, int]]]:
    for place, folders, names in os.walk(folder):
        folders.sort()
        for name in names:
            path = os.path.join(place, name)  # noqa: PTH118  os.walk gives text
            try:
                status = os.stat(path)  # noqa: PTH116  as above
            except OSError:  # gone between two looks: the next one sees it
                continue
            yield path, (status.st_mtime_ns, status.st_size)
