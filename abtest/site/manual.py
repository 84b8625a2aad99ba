"""The documentation of abtest as pages of every team's site, below `docs/`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

#: Where an installed package has it; and a checkout, whose showcase it belongs to.
_INSTALLED = Path(__file__).parents[1] / "manual"
_CHECKOUT = Path(__file__).parents[2] / "site_src" / "docs"

#: Its first page; a site that has one of its own keeps all of its own.
FIRST = "docs/index.md"


def manual() -> Iterator[tuple[str, Path]]:
    """Path in the site → file, of every page."""
    root = _INSTALLED if _INSTALLED.is_dir() else _CHECKOUT
    for file in sorted(root.rglob("*.md")):
        yield f"docs/{file.relative_to(root).as_posix()}", file
