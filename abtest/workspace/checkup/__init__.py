"""What `abtest doctor` looks at: the machine, the repository, the content, the site's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.workspace.checkup import content, machine, repository, requirements, site
from abtest.workspace.checkup.diagnosis import Diagnosis, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator
    from pathlib import Path

__all__ = ["Diagnosis", "State", "examine"]


def examine(root: Path, messages: str, today: dt.date) -> Iterator[Diagnosis]:
    """Everything there is to say, in the order in which it is best mended.

    Args:
        root: The top of the team's repository.
        messages: The content folder, relative to `root`.
        today: The latest day that a row may name.
    """
    lost = content.is_missing(root, messages)
    if lost:
        yield from content.examine(root, messages, today)
    yield from machine.examine()
    if lost and not site.is_here(root):
        # No team's repository: what to mend in it would be the wrong advice.
        return
    yield from repository.examine(root)
    if not lost:
        yield from content.examine(root, messages, today)
    yield from site.examine(root, messages)
    yield from requirements.examine(root)
