"""Any course of commits and merges, in real git: what was lost is reported, and nothing else.

A branch is modeled as the set of things that happened to it: a row recorded, a count raised, a row
harmed. A merge holds what happened on either side; so the file of every branch is known, however
the branches crossed. Commits are dated at random, also backwards.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import tempfile
from pathlib import Path
from typing import NamedTuple

from gitteam import EXPERIMENT, Team, variant
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

FIRST = dt.date(2024, 1, 1)
REPS = ("kim", "lee")
days = st.dates(dt.date(2025, 1, 1), dt.date(2025, 12, 31)).map(str)
names = st.sampled_from(["main", "one", "two"])


class Event(NamedTuple):
    """Something that happened to a row.

    Attributes:
        number: Tells events apart.
        row: (rep, day).
        sent: More prospects.
        responses: More answers.
        left: After harm: what is left of the row's prospects, None for nothing at all.
        kind: `counted`, `harmed`, or `owned` for a harm that its commit owns up to.
    """

    number: int
    row: tuple[str, str]
    sent: int = 0
    responses: int = 0
    left: int | None = None
    kind: str = "counted"


class Histories(RuleBasedStateMachine):
    """A team whose every step is known."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="abtest-history-"))
        self.team = Team(self.folder / "team")
        self.team.write("dock/experiment.md", EXPERIMENT.replace("vm-a", "vm-b"))
        start = Event(0, ("kim", str(FIRST)), 40, 5)
        self.branches: dict[str, frozenset[Event]] = {"main": frozenset({start})}
        self.now, self.count = "main", 1
        self.retired: set[tuple[str, str]] = set()
        self.save("Start", "2025-06-01")

    def teardown(self) -> None:
        shutil.rmtree(self.folder)

    @property
    def events(self) -> frozenset[Event]:
        return self.branches[self.now]

    def rows(self, events: frozenset[Event]) -> dict[tuple[str, str], tuple[int, int]]:
        """Row → (sent, responses), as the file has it."""
        found: dict[tuple[str, str], tuple[int, int]] = {}
        for event in sorted(events):
            sent, responses = found.get(event.row, (0, 0))
            found[event.row] = sent + event.sent, responses + event.responses
        for event in (each for each in events if each.kind != "counted"):
            if event.left is None:
                del found[event.row]
            else:
                found[event.row] = event.left, 0
        return found

    def save(self, message: str, day: str) -> None:
        groups: dict[str, list[str]] = {}
        for (rep, sent_on), (sent, responses) in sorted(self.rows(self.events).items()):
            line = f"{{date: {sent_on}, sent: {sent}, responses: {responses}}}"
            groups.setdefault(rep, []).append(line)
        self.team.write("dock/vm-b.md", variant(groups))
        self.team.commit(message, day=day)

    def happen(self, event: Event, message: str, day: str) -> None:
        self.branches[self.now] = self.events | {event}
        self.count += 1
        self.save(message, day)

    def whole(self) -> list[tuple[str, str]]:
        """Rows of this branch that nothing was done to, anywhere."""
        return sorted(self.rows(self.events).keys() - self.retired)

    @rule(rep=st.sampled_from(REPS), sent=st.integers(10, 60), day=days)
    def record(self, rep: str, sent: int, day: str) -> None:
        sent_on = str(FIRST + dt.timedelta(days=self.count))
        self.happen(Event(self.count, (rep, sent_on), sent, sent // 10), "Record", day)

    @precondition(lambda self: self.whole())
    @rule(data=st.data(), more=st.integers(1, 3), day=days)
    def hear_late(self, data: st.DataObject, more: int, day: str) -> None:
        row = data.draw(st.sampled_from(self.whole()))
        self.happen(Event(self.count, row, 0, more), "Late answers", day)

    @precondition(lambda self: self.whole())
    @rule(data=st.data(), left=st.sampled_from([None, 9, 1]), day=days)
    def harm(self, data: st.DataObject, left: int | None, day: str) -> None:
        row = data.draw(st.sampled_from(self.whole()))
        self.retired.add(row)
        self.happen(Event(self.count, row, left=left, kind="harmed"), "Clean up", day)

    @precondition(lambda self: self.whole())
    @rule(data=st.data(), left=st.sampled_from([None, 9]), day=days)
    def own_up(self, data: st.DataObject, left: int | None, day: str) -> None:
        row = data.draw(st.sampled_from(self.whole()))
        mine = {each for each in self.events if each.row == row}
        if any({e for e in other if e.row == row} - mine for other in self.branches.values()):
            return  # who corrects a row has seen all that was recorded of it
        self.retired.add(row)
        event = Event(self.count, row, left=left, kind="owned")
        self.happen(event, "Fix\n\nCorrection: counted twice", day)

    @rule(name=names)
    def switch(self, name: str) -> None:
        new = name not in self.branches
        self.team.git("checkout", "-q", *(["-b"] if new else []), name)
        self.branches.setdefault(name, self.events)
        self.now = name

    @precondition(lambda self: len(self.branches) > 1)
    @rule(name=names, day=days)
    def merge(self, name: str, day: str) -> None:
        if self.branches.get(name, self.events) <= self.events:
            return
        self.team.git("merge", "-q", "--no-ff", "--no-commit", name, check=False)
        self.branches[self.now] = self.events | self.branches[name]
        self.save(f"Merge {name}", day)

    @invariant()
    def what_was_lost_is_reported_and_nothing_else(self) -> None:
        past = self.team.examine()
        assert past.not_checked == ()
        reported = {
            (rep, day)
            for finding in past.findings
            for rep, day in re.findall(r"\b(kim|lee) ([0-9-]{10})", finding.message)
        }
        assert reported == {each.row for each in self.events if each.kind == "harmed"}


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=12, stateful_step_count=14, deadline=None)
