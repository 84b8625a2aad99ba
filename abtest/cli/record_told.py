"""What `abtest record` says of what it did: the row, the variant's totals, how to take it back."""

from __future__ import annotations

import difflib
import shlex
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from abtest import wording
from abtest.formats.escaping import plain
from abtest.messages.rows import Change
from abtest.messages.writer import Recorded
from abtest.model import Cohort
from abtest.plan import COUNTS, DIMENSIONS


def state(done: Recorded, change: Change, name: str, path: Path, *, dry_run: bool) -> str:
    """What was done, and where the variant stands now."""
    if done.after == done.before:
        return (
            f"Nothing to do: this is what {path.as_posix()} says already. More of the same day is "
            f"added with a plus, such as --sent +40.\n{_totals(done, name)}"
        )
    if dry_run:
        return "".join(_diff(done, path))
    row = _counted([done.cohort])
    was = _counted([done.was]) if done.was else row
    before = f"Before: {was}\n" if was != row else ""
    warning = (
        "Counts went down: put a line 'Correction: why' into the commit's message.\n"
        if change.correct
        else ""
    )
    added = "".join(_added(done, change, name))
    return (
        f"{plain(change.rep)}, {change.date}: {row}\n{before}{_totals(done, name)}{added}{warning}"
    )


def _added(done: Recorded, change: Change, name: str) -> Iterator[str]:
    """What a plus added to, and how to take it back: entered again, it would add again."""
    was = done.was
    if was is None or not change.raised:
        return
    sums = (
        f"{key} {was.get(key):,} + {more:,} = {done.cohort.get(key):,}"
        for key, more in change.raised.items()
    )
    yield f"Added: {', '.join(sums)}. If that was entered before, take it back:\n"
    back = {key: was.get(key) for key in change.raised}
    yield f"  {plain(shlex.join(_command(change, name, back)))}\n"


def _command(change: Change, name: str, counts: Mapping[str, int]) -> Iterator[str]:
    """The words of a command that sets counts of the same row, also to less."""
    yield from ("abtest", "record", name, "--rep", change.rep, "--date", change.date.isoformat())
    for key, value in change.dimensions.items():
        yield from ((f"--{key}", value) if key in DIMENSIONS else ("--dim", f"{key}={value}"))
    for key, count in counts.items():
        own = (f"--{key.replace('_', '-')}", str(count))
        yield from (own if key in COUNTS else ("--set", f"{key}={count}"))
    yield "--correct"


def _totals(done: Recorded, name: str) -> str:
    return f"All of {name}: {_counted(done.cohorts)}\n"


def _counted(cohorts: Sequence[Cohort]) -> str:
    reached = sum(cohort.reached for cohort in cohorts)
    responses = sum(cohort.get("responses") for cohort in cohorts)
    meetings = sum(cohort.get("meetings") for cohort in cohorts)
    rate = wording.percent(responses / reached if reached else None)
    met = f", {meetings:,} met us" if meetings else ""
    return f"{responses:,} of {reached:,} reached answered ({rate}){met}."


def _diff(done: Recorded, path: Path) -> Iterable[str]:
    before, after = done.before.splitlines(), done.after.splitlines()
    name = path.as_posix()
    for line in difflib.unified_diff(before, after, name, name, n=1, lineterm=""):
        yield f"{plain(line)}\n"
