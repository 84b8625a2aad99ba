"""The state of a folder's history: what a finding that was made in it is still true of."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from abtest.messages.history.git import Repository
from abtest.messages.history.process import HistoryError

if TYPE_CHECKING:
    from pathlib import Path

UNSEEN = "Lost or lowered counts, and words or plans changed after first results, can go unseen."
NO_COMMIT = "There is no commit yet, so there is no history to check."


class State(NamedTuple):
    """What git can say of a folder.

    Attributes:
        name: What tells this state from any other; None where nothing does. A shallow clone has no
            name: a fetch can deepen it below the same commit.
        missing: Why there is no history to check, in a sentence; empty where there is one.
    """

    name: str | None
    missing: str = ""


def state_of(folder: Path) -> State:
    """The state of the history of a folder."""
    try:
        repository = Repository.of(folder)
    except HistoryError as error:
        return State(None, unchecked(error))
    if repository.head is None:
        return State(None, NO_COMMIT)
    return State(name_of(repository))


def name_of(repository: Repository) -> str | None:
    """What tells the state of a repository from any other; None where nothing does."""
    if repository.shallow:
        return None
    parts = (repository.common_dir, repository.prefix, repository.head, repository.merging)
    return "\0".join(map(str, parts))


def unchecked(error: HistoryError) -> str:
    """What cannot be said, since git cannot be asked."""
    return f"The history was not checked: {error} {UNSEEN}"
