"""How far a long build is: one line on a terminal, which its end wipes away; nothing in a log."""

from __future__ import annotations

import os
import sys
import time
from types import TracebackType
from typing import Self

from abtest.cli.output import show

#: Seconds between two states of the line.
_PAUSE = 0.1

#: Back to the start of the line, and wipe it.
_WIPE = "\r\033[K"


class Progress:
    """The line; silent where nobody watches a terminal."""

    def __init__(self) -> None:
        self._watched = sys.stderr.isatty() and os.environ.get("TERM") != "dumb"
        self._due = 0.0

    def __enter__(self) -> Self:
        self._say("Reading and judging …")
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._say("")

    def __call__(self, done: int, pages: int) -> None:
        """So many pages are written, of so many."""
        if time.monotonic() >= self._due:
            self._due = time.monotonic() + _PAUSE
            self._say(f"{done:,} of {pages:,} pages")

    def _say(self, text: str) -> None:
        if self._watched:
            show(_WIPE + text, err=True)
