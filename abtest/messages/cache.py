"""The user's cache folder: what can be made again, kept for the next time.

Whoever keeps something here keeps it under a key of everything that it was made from. A file that
is missing, torn or of another make is as good as none.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.errors import Finding, Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

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


def load(path: Path | None, key: list[str | None]) -> dict[str, Any]:
    """What was kept as JSON under `key`; nothing where there is none, or under another key."""
    kept = None
    if path is not None and all(key):
        with suppress(OSError, ValueError):
            kept = json.loads(path.read_bytes())
    return kept if isinstance(kept, dict) and kept.get("key") == key else {}


def written(findings: Iterable[Finding]) -> list[list[Any]]:
    """Findings as JSON can hold them."""
    return [[getattr(finding, name) for name in Finding.__slots__] for finding in findings]


def findings(rows: Iterable[list[Any]]) -> tuple[Finding, ...]:
    """Findings that were `written`."""
    return tuple(_finding(*row) for row in rows)


def _finding(path: str, line: int, column: int, code: str, severity: str, *others: str) -> Finding:
    return Finding(path, line, column, code, Severity(severity), *others)


def _prune(folder: Path) -> None:
    files = sorted(folder.iterdir(), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in files[_MOST_FILES:]:
        path.unlink()
