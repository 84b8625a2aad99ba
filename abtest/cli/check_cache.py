"""What the last check of a folder found, kept in the user's cache folder.

Everything is kept under digests of all that it was found from: the content, the code that judges,
the days that count as today, the state of the repository. Nothing else makes it stale, and what
differs in any of them is judged again. The team's folder stays clean.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from abtest import clock
from abtest.messages import cache, digest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.cli.options import Settings
    from abtest.errors import Finding


class Judged(NamedTuple):
    """What reading and the critique found.

    Attributes:
        shared: Findings of the reader, and those on the team as a whole.
        critiques: Experiment → what the critique says of it.
        experiments: How many were read; None where there is no such folder.
        variants: How many were read.
    """

    shared: tuple[Finding, ...]
    critiques: dict[str, tuple[Finding, ...]]
    experiments: int | None
    variants: int


class CheckCache:
    """What is known of a content folder as it is now.

    Args:
        settings: Say which folder, and what day it is.
        state: Of the repository that it lies in; None where there is none to go by.
    """

    def __init__(self, settings: Settings, state: str | None) -> None:
        self._root = settings.messages
        self._state = state
        self._digests = digest.of_content(self._root)
        self._whole = self._digests.whole if self._digests else ""
        days = (settings.as_of, settings.today, clock.today())
        self._key = [digest.of_code(), self._root, *map(str, days)]
        folder = cache.cache_folder("check")
        self._path = folder / _name(self._root) if folder and all(self._key) else None
        self._kept = cache.load(self._path, self._key) if self._digests else {}

    def judged(self) -> Judged | None:
        """What was found in just this content; None where that is not known."""
        if not self._kept or self._kept["whole"] != self._whole:
            return None
        critiques = {
            name: cache.findings(found) for name, (_, found) in self._kept["critiques"].items()
        }
        return Judged(cache.findings(self._kept["shared"]), critiques, *self._kept["read"])

    def critique(self, experiment: str) -> tuple[Finding, ...] | None:
        """What was said of just this experiment under this plan; None where that is not known."""
        of, found = self._kept.get("critiques", {}).get(experiment, ("", ()))
        return cache.findings(found) if of == self._of(experiment) else None

    def history(self) -> tuple[Finding, ...] | None:
        """What just this history holds against just this content; None where not known."""
        of, found = self._kept.get("history") or ("", ())
        known = self._state is not None and of == [self._whole, self._state]
        return cache.findings(found) if known else None

    def keep(self, judged: Judged, past: Iterable[Finding] | None) -> None:
        """Keep what was found, unless a file has changed since.

        Args:
            judged: What reading and the critique found.
            past: What the history holds against the content; None where that is not known.
        """
        if self._path is None or self._digests is None:
            return
        if self._digests != digest.of_content(self._root):
            return  # edited while we read: nobody knows which words were read
        critiques = {
            n: [self._of(n), cache.written(found)] for n, found in judged.critiques.items()
        }
        content = {
            "key": self._key,
            "whole": self._whole,
            "shared": cache.written(judged.shared),
            "critiques": critiques,
            "read": [judged.experiments, judged.variants],
            "history": None if past is None else [[self._whole, self._state], cache.written(past)],
        }
        cache.keep(self._path, json.dumps(content).encode())

    def _of(self, experiment: str) -> str:
        """What the critique of an experiment depends on."""
        digests = self._digests
        return f"{digests.shared} {digests.experiments[experiment]}" if digests else ""


def _name(root: str) -> str:
    """The file for a content folder."""
    place = str(Path(root).absolute()).encode(errors="surrogateescape")
    return blake2b(place, digest_size=12).hexdigest()
