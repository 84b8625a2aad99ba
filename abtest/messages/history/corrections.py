"""Who owned up to what: the `Correction:` lines of the commits that are at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.messages.history.git import Repository
from abtest.messages.history.log import parse_log
from abtest.messages.history.process import HistoryError

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path


def corrected(root: Path, variants: Collection[str], since: str) -> set[str]:
    """Those variants that a commit with a `Correction:` line names, or whose files it touches.

    Args:
        root: The content folder.
        variants: Ids.
        since: A day as YYYY-MM-DD; commits of earlier days do not count.
    """
    try:
        repository = Repository.of(root)
        raw = repository.raw_log((repository.head,)) if repository.head else b""
    except HistoryError:
        return set()
    found: set[str] = set()
    for commit in parse_log(raw):
        if commit.corrections and commit.day >= since:
            touched = {change.path for change in commit.changes}
            found |= {
                id_
                for id_ in variants
                if f"{repository.prefix}{id_}.md" in touched
                or any(id_ in said for said in commit.corrections)
            }
    return found
