"""A month of a team, in real git: reps record on branches, and the branches are merged.

What was really sent and answered is kept beside the repository. Whatever the files say less, or
more, at the end has to be among what `check` reports.
"""

from __future__ import annotations

import datetime as dt
import random
import re
from collections import Counter
from pathlib import Path

import pytest
from gitteam import EXPERIMENT, Team, variant

from abtest.messages import history
from abtest.messages.reader import load, read
from abtest.messages.results import Vocabulary
from abtest.messages.rows import Change
from abtest.messages.writer import record
from abtest.plan import Plan

REPS = ("kim", "lee", "max")
NAMES = [f"{experiment}/vm-{letter}" for experiment in ("dock", "gate") for letter in "abc"]
START = dt.date(2025, 3, 3)
TODAY = dt.date(2025, 12, 1)
WORDS = Vocabulary(Plan())

Row = tuple[str, str, str]


class Month:
    """A team at work.

    Attributes:
        truth: (variant, rep, day) → what was really counted.
        conflicts: Merges that git left to people.
        merges: All of them.
    """

    def __init__(self, path: Path, seed: int) -> None:
        self.team = Team(path)
        self.chance = random.Random(seed)
        self.truth: dict[Row, Counter[str]] = {}
        self.day = START
        self.merges = self.conflicts = 0
        for name in ("dock", "gate"):
            self.team.write(f"{name}/experiment.md", EXPERIMENT)
        for name in NAMES:
            rows = {rep: [f"{{date: {START}, sent: 10, responses: 1}}"] for rep in REPS}
            self.team.write(f"{name}.md", variant(rows, words=f"Hi, this is {name}."))
            for rep in REPS:
                self.truth[name, rep, str(START)] = Counter(sent=10, responses=1)
        self.team.commit("Start")

    def path(self, name: str) -> Path:
        return self.team.messages / f"{name}.md"

    def branch(self, name: str) -> None:
        self.team.git("checkout", "-q", "-B", name, "main")

    def commit(self, message: str) -> None:
        self.team.commit(message, day=str(self.day))

    def send(self, rep: str) -> None:
        """A rep sends a batch today, or hears late from an earlier one; and records it."""
        name = self.chance.choice(NAMES)
        earlier = [key for key in self.recorded(name) if key[1] == rep]
        fresh = (name, rep, str(self.day))
        if (earlier and self.chance.random() < 0.4) or fresh in self.truth:
            key = self.chance.choice(earlier)
            raised = {self.chance.choice(("responses", "meetings")): 1}
            self.record(key, {}, raised)
            self.truth[key].update(raised)
        else:
            counts = {"sent": self.chance.randint(20, 60), "responses": self.chance.randint(0, 5)}
            self.record(fresh, counts, {})
            self.truth[fresh] = Counter(counts)

    def record(self, key: Row, counts: dict[str, int], raised: dict[str, int]) -> None:
        name, rep, day = key
        change = Change(rep, dt.date.fromisoformat(day), counts, raised)
        record(self.path(name), change, WORDS, today=TODAY)

    def recorded(self, name: str) -> list[Row]:
        """The rows of a variant that this branch knows."""
        experiment, _, local = name.partition("/")
        cohorts = load(self.team.messages)[experiment][local].cohorts
        return [(name, row.rep, str(row.date)) for row in cohorts]

    def rewrite(self, key: Row, new: str | None) -> None:
        """Change a row with an editor: to other counts, or away with it."""
        lines, at = self.line_of(key)
        lines[at : at + 1] = [] if new is None else [f"    - {new}\n"]
        self.path(key[0]).write_text("".join(lines))

    def line_of(self, key: Row) -> tuple[list[str], int]:
        """The lines of the file, and which of them is the row's."""
        lines = self.path(key[0]).read_text().splitlines(keepends=True)
        group = lines.index(f"  {key[1]}:\n")
        return lines, next(i for i in range(group, len(lines)) if f"date: {key[2]}," in lines[i])

    def merge(self, branch: str, *how: str, message: str = "Merge") -> None:
        """Merge a branch into main, as a forge does; people keep both sides of a conflict."""
        self.team.git("checkout", "-q", "main")
        self.merges += 1
        self.team.git("merge", "-q", "--no-ff", *how, "-m", message, branch, check=False)
        if self.team.git("ls-files", "--unmerged"):
            self.conflicts += 1
            self.keep_both(branch)

    def keep_both(self, branch: str) -> None:
        """Rows of both sides; where both changed a row, the sum of the changes."""
        base = self.team.git("merge-base", "HEAD", branch).strip()
        for line in self.team.git("diff", "--name-only", "--diff-filter=U").splitlines():
            sides = [self.rows_at(revision, line) for revision in (base, "HEAD", branch)]
            total = {
                key: {
                    count: sides[1].get(key, {}).get(count, 0)
                    + sides[2].get(key, {}).get(count, 0)
                    - sides[0].get(key, {}).get(count, 0)
                    for count in ("sent", "responses", "meetings")
                }
                for key in {**sides[1], **sides[2]}
            }
            name = line.removeprefix("messages/").removesuffix(".md")
            grouped: dict[str, list[str]] = {}
            for (rep, day), counts in sorted(total.items()):
                said = ", ".join(
                    f"{count}: {n}" for count, n in counts.items() if n or count == "sent"
                )
                grouped.setdefault(rep, []).append(f"{{date: {day}, {said}}}")
            self.team.write(f"{name}.md", variant(grouped, words=f"Hi, this is {name}."))
        self.commit("Merge by hand")

    def rows_at(self, revision: str, file: str) -> dict[tuple[str, str], dict[str, int]]:
        side = self.team.path.parent / "side" / "messages" / "x"
        side.mkdir(parents=True, exist_ok=True)
        (side / "experiment.md").write_text(EXPERIMENT)
        (side / "vm-a.md").write_text(self.team.git("show", f"{revision}:{file}"))
        cohorts = load(side.parent)["x"]["vm-a"].cohorts
        return {(row.rep, str(row.date)): dict(row.counts) for row in cohorts}

    def weeks_work(self, number: int, *how: str) -> None:
        """Each rep works on a branch of their own; then the branches are merged in any order."""
        branches = []
        for rep in REPS:
            self.branch(f"{rep}-{number}")
            for _ in range(self.chance.randint(1, 3)):
                self.send(rep)
                self.commit(f"Record for {rep}")
            branches.append(f"{rep}-{number}")
        self.chance.shuffle(branches)
        for branch in branches:
            self.merge(branch, *how)
        self.day += dt.timedelta(days=1)

    def wrong(self) -> set[Row]:
        """The rows that do not say what really happened."""
        experiments, _ = read(self.team.messages, today=TODAY)
        assert experiments is not None
        said = {
            (v.id, row.rep, str(row.date)): {k: n for k, n in row.counts.items() if n}
            for experiment in experiments.values()
            for v in experiment
            for row in v.cohorts
        }
        true = {key: {k: n for k, n in counts.items() if n} for key, counts in self.truth.items()}
        return {key for key in {*said, *true} if said.get(key) != true.get(key)}

    def reported(self) -> set[Row]:
        """The rows that history says something about; the reader has nothing to say."""
        past = history.examine(load(self.team.messages, today=TODAY), cache=False)
        assert past.not_checked == ()
        assert not any("more" in f.message for f in past.findings if "; and " in f.message)
        return {
            (f.variant or "", rep, day)
            for f in past.findings
            for rep, day in re.findall(r"\b(kim|lee|max) ([0-9-]{10})", f.message)
        }


def good_month(path: Path, merges: int, seed: int) -> Month:
    month = Month(path, seed)
    while month.merges < merges:
        month.weeks_work(month.merges)
    return month


def careless_month(path: Path, merges: int, seed: int) -> Month:
    """As a good one, with a mishap a day: what is wrong is known, what is reported has to be."""
    month = Month(path, seed)
    while month.merges < merges:
        month.weeks_work(month.merges)
        mishap = month.chance.choice(MISHAPS)
        month.team.git("checkout", "-q", "main")
        mishap(month, month.chance.choice(month.recorded(month.chance.choice(NAMES))))
    return month


def delete_unsaid(month: Month, key: Row) -> None:
    month.rewrite(key, None)
    month.commit("Clean up")


def delete_owned(month: Month, key: Row) -> None:
    month.rewrite(key, None)
    month.commit("Fix\n\nCorrection: typed under the wrong rep")
    del month.truth[key]


def lower_unsaid(month: Month, key: Row) -> None:
    month.rewrite(key, f"{{date: {key[2]}, sent: 7}}")  # fewer than `lower_owned` leaves
    month.commit("Clean up")


def lower_owned(month: Month, key: Row) -> None:
    month.rewrite(key, f"{{date: {key[2]}, sent: 8}}")
    month.commit("Fix\n\nCorrection: eight were sent")
    month.truth[key] = Counter(sent=8)


def save_over_others(month: Month, key: Row) -> None:
    """An editor that was open since yesterday saves what it had."""
    old = month.path(key[0]).read_bytes()
    month.branch("others")
    month.record((key[0], "lee", "2025-02-14"), {"sent": 33}, {}) if (
        key[0],
        "lee",
        "2025-02-14",
    ) not in month.truth else None
    month.truth.setdefault((key[0], "lee", "2025-02-14"), Counter(sent=33))
    month.commit("Record")
    month.merge("others")
    month.path(key[0]).write_bytes(old)
    month.commit("Save")


def merge_one_side_only(month: Month, key: Row) -> None:
    """A merge that takes one side, where both had something."""
    month.branch("aside")
    month.record(key, {}, {"responses": 1})
    month.truth[key].update(responses=1)
    month.commit("A late answer")
    month.merge("aside", "-s", "ours")


def raise_on_two_machines(month: Month, key: Row) -> None:
    """The same count goes up on two branches: git sees one change, and keeps one."""
    for name in ("laptop", "phone"):
        month.branch(name)
        month.record(key, {}, {"responses": 1})
        month.truth[key].update(responses=1)
        month.commit(f"A late answer, from the {name}")
    month.merge("laptop")
    month.merge("phone")


def raise_differently_on_two_machines(month: Month, key: Row) -> None:
    """The same count goes up by one and by two: git asks, and people add the two up."""
    for name, more in (("laptop", 1), ("phone", 2)):
        month.branch(name)
        month.record(key, {}, {"responses": more})
        month.truth[key].update(responses=more)
        month.commit(f"Late answers, from the {name}")
    month.merge("laptop")
    month.merge("phone")


def add_twice(month: Month, key: Row) -> None:
    """A merge driver that keeps all lines of both sides."""
    lines, at = month.line_of(key)
    month.path(key[0]).write_text("".join([*lines[: at + 1], *lines[at:]]))
    month.commit("Merge")
    month.rewrite(key, None)
    month.commit("Take one away again")


def inflate_in_a_merge(month: Month, key: Row) -> None:
    """People who resolve a conflict by adding what was there already."""
    month.branch("aside")
    month.record(key, {}, {"responses": 1})
    month.truth[key].update(responses=1)
    month.commit("A late answer")
    month.team.git("checkout", "-q", "main")
    month.team.git("merge", "-q", "--no-ff", "--no-commit", "aside")
    month.merges += 1
    month.record(key, {}, {"sent": 20, "responses": 2})
    month.commit("Merge")


MISHAPS = (
    delete_unsaid,
    delete_owned,
    lower_unsaid,
    lower_owned,
    save_over_others,
    merge_one_side_only,
    raise_on_two_machines,
    raise_differently_on_two_machines,
    add_twice,
    inflate_in_a_merge,
)


HARMLESS = (delete_owned, lower_owned, raise_differently_on_two_machines, add_twice)


def check_good(month: Month) -> None:
    assert month.wrong() == set(), "a merge lost or doubled something"
    assert month.reported() == set(), "a false alarm"
    assert month.conflicts <= 0.02 * month.merges


def test_a_good_month_merges_without_losses_and_without_alarms(tmp_path: Path) -> None:
    check_good(good_month(tmp_path / "team", merges=24, seed=1))


@pytest.mark.parametrize("mishap", MISHAPS)
def test_each_mishap_is_reported_if_and_only_if_it_did_harm(mishap, tmp_path: Path) -> None:
    month = Month(tmp_path / "team", seed=2)
    month.weeks_work(1)
    month.team.git("checkout", "-q", "main")
    mishap(month, ("dock/vm-b", "kim", str(START)))
    month.weeks_work(2)
    assert month.reported() == month.wrong()
    assert bool(month.wrong()) is (mishap not in HARMLESS)


def test_nothing_is_lost_in_silence_in_a_careless_month(tmp_path: Path) -> None:
    month = careless_month(tmp_path / "team", merges=24, seed=3)
    assert month.wrong()
    assert month.wrong() <= month.reported()


@pytest.mark.slow
@pytest.mark.parametrize("seed", [0, 1])
def test_300_merges(tmp_path: Path, seed: int) -> None:
    check_good(good_month(tmp_path / "good", merges=300, seed=seed))
    month = careless_month(tmp_path / "careless", merges=300, seed=seed)
    assert month.wrong() <= month.reported()
