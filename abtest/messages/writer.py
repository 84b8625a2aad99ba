"""Record: one row of one file changed, everything else byte for byte, or nothing at all."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path

from abtest.messages import disk
from abtest.messages.results import Vocabulary
from abtest.messages.rewriting import Rewriting
from abtest.messages.rows import Change
from abtest.model import Cohort

#: So many times a file that someone else changed is read afresh.
_TRIES = 5


@dataclass(frozen=True, slots=True)
class Recorded:
    """What a record did, or would do.

    Attributes:
        before: The file's text as it was.
        after: As it is now; the same text where nothing had to be done.
        cohorts: All cohorts of the variant, as they are now.
        cohort: The one that was added or raised.
        was: The same one before; None where it was added.
    """

    before: str
    after: str
    cohorts: tuple[Cohort, ...]
    cohort: Cohort
    was: Cohort | None


def record(
    path: Path, change: Change, words: Vocabulary, *, today: dt.date, dry_run: bool = False
) -> Recorded:
    """Add a row, or raise the row of that rep, date and dimensions.

    Args:
        path: The variant's file.
        change: What to write.
        words: The keys that rows may have.
        today: The latest day that a row may name.
        dry_run: Only say what would be done.

    Raises:
        UsageError: The change is not possible.
        ContentError: The file is not readable, or would not be afterwards; nothing was written.
        SurroundingsError: The disk refuses, or others keep changing the file.
    """
    tries_left = _TRIES
    while True:
        tries_left -= 1
        try:
            with disk.taking_turns(path.parent):
                return _record(path, change, words, today, dry_run)
        except disk.ChangedMeanwhileError:
            if not tries_left:
                raise


def _record(
    path: Path, change: Change, words: Vocabulary, today: dt.date, dry_run: bool
) -> Recorded:
    file = Rewriting(path, words, today)
    before, cohorts = file.text, file.cohorts
    file.apply([change])
    found = _found(file.cohorts, change)
    if file.text != before and not dry_run:
        file.write()
    return Recorded(before, file.text, file.cohorts, found, _was(cohorts, found))


def _found(cohorts: tuple[Cohort, ...], change: Change) -> Cohort:
    """The row that the change is about; its absence would be a bug of ours."""
    dated = [c for c in cohorts if (c.rep, c.date) == (change.rep, change.date)]
    exact = [c for c in dated if dict(c.dimensions) == dict(change.dimensions)]
    return (exact or dated)[0]


def _was(cohorts: tuple[Cohort, ...], now: Cohort) -> Cohort | None:
    """The row before, if there was one."""
    key = (now.rep, now.date, now.dimensions)
    return next((c for c in cohorts if (c.rep, c.date, c.dimensions) == key), None)
