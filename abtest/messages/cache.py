"""The user's cache folder: what can be made again, kept for the next time.

Whoever keeps something here keeps it under a key of everything that it was made from. A file that
is missing, torn or of another make is as good as none.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

#: Files of other folders, or of folders long gone, beyond these are removed.
_MOST_FILES = 20


def cache_folder(name: str) -> Path | None:
    """Where users' programs keep what can be made again (XDG Base Directory Specification).

    None for a user without a home.
    """
    try:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    except RuntimeError:
        return None
    return cache / "abtest" / name


def keep(path: Path, content: bytes) -> None:
    """Write a file whole, or not at all; say nothing where the disk refuses."""
    temporary = path.with_suffix(f".{os.getpid()}")
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(path)
        _prune(path.parent)


def _prune(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_MOST_FILES:]:
        path.unlink()
