"""What hardly ever happens to files and to git: each is said, or survived without a word."""

from __future__ import annotations

import datetime as dt
import gc
import importlib.util
import os
import pwd
import sys
from pathlib import Path

import pytest
from gitteam import EXPERIMENT, ROW, Team, variant

from abtest import diff
from abtest.assumptions import DEFAULTS
from abtest.errors import ContentError, SurroundingsError, UsageError
from abtest.messages import cache, disk, history, templates, tidy, witness
from abtest.messages.assumptions_file import load_assumptions
from abtest.messages.fields import REVIEW
from abtest.messages.history import corrections, git
from abtest.messages.history.process import HistoryError, run
from abtest.messages.history.settings import read_settings
from abtest.messages.reader import load
from abtest.messages.results import Vocabulary
from abtest.messages.rows import Change
from abtest.messages.writer import record
from abtest.plan import Plan

TODAY = dt.date(2026, 11, 25)
WORDS = Vocabulary(Plan())
FILE = "---\ntitle: Ask\nresults:\n  kim:\n    - {date: 2026-10-26, sent: 40}\n---\n## Email\nHi\n"


def change(rep: str = "kim", day: str = "2026-11-02", **counts: int) -> Change:
    return Change(rep, dt.date.fromisoformat(day), counts or {"sent": 20})


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "team")
    team.start()
    return team


# Writing


def test_without_locks_files_are_written_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on Windows, whose Python has no fcntl."""
    monkeypatch.setitem(sys.modules, "fcntl", None)
    spec = importlib.util.spec_from_file_location("disk_without_locks", disk.__file__)
    assert spec is not None
    assert spec.loader is not None
    lockless = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(lockless)
    path = tmp_path / "vm.md"
    (tmp_path / ".vm.md.abc.tmp").write_bytes(b"another process may still be at it")
    lockless.create(path, b"old")
    with lockless.taking_turns(tmp_path):
        lockless.replace(path, b"old", b"new")
    assert path.read_bytes() == b"new"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_folder_that_is_not_there_cannot_be_locked(tmp_path: Path) -> None:
    with (
        pytest.raises(SurroundingsError, match="cannot be opened: it is not there"),
        disk.taking_turns(tmp_path / "nowhere"),
    ):
        pass


def test_a_file_below_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "dock").write_text("no folder")
    with pytest.raises(SurroundingsError, match="was not written: "):
        disk.create(tmp_path / "dock" / "vm.md", b"new")


def test_a_file_that_others_keep_changing_is_given_up_after_five_tries(tmp_path: Path) -> None:
    """Every time that our change is about to be put in place, somebody else has just saved."""
    path = tmp_path / "vm.md"
    path.write_text(FILE)
    saved = []

    class Restless(Vocabulary):
        """Saves the file whenever the new text is checked."""

        @property
        def nested(self):
            saved.append(1)
            path.write_text(FILE + f"saved {len(saved)} times\n")
            return Vocabulary(Plan()).nested

        @nested.setter
        def nested(self, value: object) -> None:
            pass

    with pytest.raises(disk.ChangedMeanwhileError):
        record(path, change(), Restless(Plan()), today=TODAY)
    assert path.read_text().startswith(FILE)
    assert "2026-11-02" not in path.read_text()


@pytest.mark.parametrize(
    ("text", "error", "said"),
    [
        (FILE.encode() + b"\xff", UsageError, "is not UTF-8; 'abtest check' says where"),
        (b"no front matter", ContentError, "does not begin with front matter"),
        (FILE.replace("kim:\n    - {date: 2026-10-26, sent: 40}", "{kim: [{date: 2026-10-26, "
         "sent: 40}]}").replace("results:\n  {", "results: {").encode(),
         UsageError, "results stands in braces here. Run 'abtest tidy' once"),
        (FILE.encode() + b"x" * 300_000, ContentError, "would have more than 256 KB"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_take_a_row_is_left_alone(
    tmp_path: Path, text: bytes, error: type[Exception], said: str
) -> None:
    path = tmp_path / "vm.md"
    path.write_bytes(text)
    with pytest.raises(error, match=said):
        record(path, change("lee"), WORDS, today=TODAY)
    assert path.read_bytes() == text


def test_a_blank_list_stays_blank_when_tidied() -> None:
    text = "---\nmust_fix:\nkind: read\ndate: 2026-10-02\nby: lee\nof: ask\n---\nGood.\n"
    assert "\nmust_fix:\n" in tidy.tidied(text, REVIEW, WORDS)


def test_a_name_that_is_too_long_for_the_disk_is_said(tmp_path: Path) -> None:
    with pytest.raises(SurroundingsError, match="was not written: "):
        disk.create(tmp_path / f"{'x' * 250}.md", b"new")
    assert list(tmp_path.iterdir()) == []


def test_text_that_folding_would_change_is_not_folded() -> None:
    long = "  ".join(["word"] * 60)
    text = f"---\nof: ask\nby: lee\nscenario: {long}\n---\nGood.\n"
    assert f"scenario: {long}\n" in tidy.tidied(text, REVIEW, WORDS)


def test_a_fork_keeps_the_numbers_and_days_of_its_touches(team: Team) -> None:
    cadence = "---\ntitle: A\n---\n## Email 1\nSubject: A\n\nHi\n\n## Voicemail 2 (day 3)\nHi\n"
    team.write("dock/vm-c.md", cadence)
    text = templates.fork(load(team.messages)["dock"]["vm-c"], "B", "kim")
    assert "## Voicemail 2 (day 3)\nHi\n" in text
    team.write("dock/vm-d.md", text)
    copied, origin = (load(team.messages)["dock"][name].touches for name in ("vm-d", "vm-c"))
    said = [
        [(t.channel, t.number, t.day, t.subject, t.text) for t in of] for of in (copied, origin)
    ]
    assert said[0] == said[1]


def test_assumptions_come_with_or_without_a_source(team: Team) -> None:
    name = DEFAULTS[0].name
    for written, source in (
        (f"{name}: 0.3\n", "the team's own assumptions.yml"),
        (f"{name}: {{value: 0.3, source: us}}\n", "us"),
    ):
        team.write("assumptions.yml", written)
        [own] = [a for a in load_assumptions(str(team.messages)).values() if a.name == name]
        assert (own.value, own.source) == (0.3, source)


# Git


def test_nothing_can_be_owned_up_to_outside_a_repository(tmp_path: Path) -> None:
    assert corrections.corrected(tmp_path, ["dock/vm-b"], "2025-01-01") == set()


def test_git_that_refuses_is_quoted(team: Team) -> None:
    with pytest.raises(HistoryError, match="git"):
        run(team.path, "no-such-command")


def test_the_search_for_garbage_stays_off_where_it_was_off(team: Team) -> None:
    gc.disable()
    try:
        assert team.codes() == []
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_many_lost_rows_are_counted_beside_the_first(team: Team) -> None:
    rows = [f"{{date: 2025-03-{day:02}, sent: 9}}" for day in range(1, 29)]
    team.put({"kim": rows})
    team.put({"kim": rows[:1]}, "Clean up")
    (finding,) = [each for each in team.examine().findings if "vanished" in each.message]
    assert finding.message.endswith("kim 2025-03-04 (9 sent); and 24 more.")


def test_changed_words_are_told_at_the_touch_that_changed(team: Team) -> None:
    def two_touches(email: str) -> str:
        return variant({"kim": [ROW]}) + f"\n## Email\nSubject: Docks\n\n{email}\n"

    team.write("dock/vm-b.md", two_touches("Who plans?"))
    team.commit("Add an email", day="2025-03-01")
    team.write("dock/vm-b.md", two_touches("Who pays?"))
    team.commit("Change the email", day="2025-03-20")
    told = [f for f in team.examine().findings if f.code == "DM010"]
    lines = (team.messages / "dock/vm-b.md").read_text().splitlines()
    assert any(lines[finding.line - 1] == "Who pays?" for finding in told)


def test_a_removed_touch_is_told_at_the_first_one(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    both = variant({"kim": [ROW]}) + "\n## Email\nSubject: Docks\n\nWho plans?\n"
    team.write("dock/experiment.md", EXPERIMENT.replace("control: vm-a\n", ""))
    team.write("dock/vm-b.md", both)
    team.commit("Start")
    team.put({"kim": [ROW]}, "Remove the email")
    (told,) = [f for f in team.examine().findings if f.code == "DM010"]
    lines = (team.messages / "dock/vm-b.md").read_text().splitlines()
    assert lines[told.line - 1] == "## Voicemail"


def test_an_uncommitted_file_that_cannot_be_read_accuses_nobody(team: Team) -> None:
    content = load(team.messages)
    (team.messages / "dock/vm-b.md").write_text("<<<<<<< HEAD\nin the middle of a merge\n")
    assert history.examine(content, cache=False).findings == ()


@pytest.mark.parametrize("after", [None, b"\xff", b"target: [", b"- a list\n"])
def test_a_plan_that_is_gone_or_unreadable_is_no_late_change(
    team: Team, after: bytes | None
) -> None:
    plan = team.write("plan.yml", "target: 10%\n")
    team.commit("Plan", day="2025-03-01")
    team.put({"kim": [ROW, "{date: 2025-03-09, sent: 30}"]})
    content = load(team.messages)
    if after is None:
        plan.unlink()
    else:
        plan.write_bytes(after)
    found = history.examine(content, cache=False).findings
    assert all("cannot be read" not in finding.message for finding in found)
    if after is not None:
        assert found == ()


def test_settings_that_are_no_text_are_none() -> None:
    assert read_settings(b"\xff", of_plan=True) is None
    assert read_settings(b"- a list\n", of_plan=True) is None
    assert read_settings(b"no front matter", of_plan=False) is None
    defaults = read_settings(b"", of_plan=True)
    assert defaults is not None
    assert defaults["target"] == 0.1


def test_links_and_huge_files_of_the_past_are_compared_without_being_followed(team: Team) -> None:
    (team.messages / "dock/vm-link.md").symlink_to("/etc/passwd")
    (team.messages / "dock/vm-huge.md").write_bytes(b"x" * 20_000_000)
    team.commit("Bad files")
    (team.messages / "dock/vm-link.md").unlink()
    (team.messages / "dock/vm-huge.md").unlink()
    change = diff.compare(str(team.messages), "HEAD", as_of=TODAY, today=TODAY)
    assert "root:" not in repr(change)


def test_ids_are_not_missed_by_a_git_that_ended(team: Team) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb", buffering=0) as pipe:
        git._write_ids(pipe, ["a" * 40] * 10)


def test_the_cache_keeps_the_newest_files_alone(tmp_path: Path) -> None:
    for number in range(cache._MOST_FILES + 3):
        path = tmp_path / f"{number:03}"
        path.write_bytes(b"")
        os.utime(path, (number, number))
    cache._prune(tmp_path)
    kept = sorted(path.name for path in tmp_path.iterdir())
    assert kept == [f"{number:03}" for number in range(3, cache._MOST_FILES + 3)]


def test_published_results_that_are_a_folder_are_refused(team: Team) -> None:
    with pytest.raises(UsageError, match="cannot be used as published results: is a directory"):
        witness.compare(load(team.messages), str(team.messages))


def test_results_of_another_version_are_refused(team: Team, tmp_path: Path) -> None:
    path = tmp_path / "results.json"
    path.write_text('{"version": 99}')
    with pytest.raises(UsageError, match="it says version 99; version 1 is understood here"):
        witness.compare(load(team.messages), str(path))


def test_a_user_without_a_home_has_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a container that runs under a number of which no list of users knows."""
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.delenv("HOME", raising=False)
    monkeypatch.setattr(pwd, "getpwuid", {}.__getitem__)
    assert cache.cache_folder("check") is None
