"""`examine`: one pass over the history of a content folder."""

from __future__ import annotations

import gc
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from abtest import clock
from abtest.errors import Finding, Severity
from abtest.messages.cache import cache_folder
from abtest.messages.history.acceptance import Acceptance
from abtest.messages.history.findings import Findings
from abtest.messages.history.git import Repository
from abtest.messages.history.past import Past
from abtest.messages.history.process import HistoryError
from abtest.messages.history.reading import SnapshotReader
from abtest.messages.history.result import History
from abtest.messages.history.state import NO_COMMIT, UNSEEN, unchecked
from abtest.messages.history.store import Store
from abtest.messages.history.switches import heeded
from abtest.messages.history.told import Told
from abtest.messages.history.versions import versions_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from abtest.model import Experiments

_CI = ("1", "true", "yes")


def examine(
    experiments: Experiments, *, allow_shallow: bool = False, cache: bool = True
) -> History:
    """Hold the files of today against all that was ever committed.

    Args:
        experiments: The content, as it was read.
        allow_shallow: In CI, take a clone without its history; elsewhere that is no error.
        cache: Keep what was understood in the user's cache folder, and look there first.
    """
    try:
        with _nothing_thrown_away():
            return _examined(experiments, allow_shallow, cache_folder("history") if cache else None)
    except HistoryError as error:
        return History(not_checked=(unchecked(error),))


def _examined(experiments: Experiments, allow_shallow: bool, folder: Path | None) -> History:
    root = Path(experiments.root)
    repository = Repository.of(root)
    if repository.head is None:
        return History(not_checked=(NO_COMMIT,))
    told = Told(experiments, repository, folder)
    known = told.recall()
    if known is not None:
        return known
    reader = SnapshotReader(experiments.plan.all_dimensions)
    store = Store(repository, reader, folder)
    past = Past(repository, store, reader, root, clock.today().isoformat())
    found = list(heeded(Findings(past, Acceptance(past), experiments).all(), experiments))
    if repository.shallow and not allow_shallow and os.environ.get("CI", "").lower() in _CI:
        found.append(_shallow_in_ci(experiments.root))
    history = History(
        findings=tuple(sorted(found, key=Finding.sort_key)),
        not_checked=tuple(_not_checked(repository, past, store)),
        versions=versions_of(past, reader),
    )
    if store.worth_keeping:
        told.keep(history)
    return history


@contextmanager
def _nothing_thrown_away() -> Iterator[None]:
    """Spare the search for garbage: of the objects made here by the million, all are in use."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _not_checked(repository: Repository, past: Past, store: Store) -> list[str]:
    said = []
    if repository.shallow:
        commits = "commit" if past.now == 1 else f"{past.now:,} commits"
        said.append(
            f"This is a shallow clone: only its last {commits} could be checked. {UNSEEN} "
            "'git fetch --unshallow' brings the rest."
        )
    if store.missing:
        what = "1 version of a file is" if store.missing == 1 else f"{store.missing:,} versions are"
        said.append(f"{what} not in this clone (a partial or damaged one?), and not checked.")
    said += [
        f"{name} is a submodule: its history is kept by another repository, and was not checked."
        for name in sorted(past.submodules)
    ]
    return said


def _shallow_in_ci(root: str) -> Finding:
    return Finding(
        path=root,
        line=0,
        column=0,
        code="DM008",
        severity=Severity.ERROR,
        message="This clone has only a part of the history: rows that were lost cannot be seen.",
        suggestion="Fetch all of it (fetch-depth: 0 for actions/checkout, GIT_DEPTH: 0 on GitLab), "
        "or pass --allow-shallow.",
    )
