"""What is seldom in a history: rows that a merge brings, files of no side, versions unread."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from gitteam import EXPERIMENT, ROW, Team, variant

from abtest.messages import history
from abtest.messages.history.checkout import content_at
from abtest.messages.history.git import _read_batch

NEXT = "{date: 2025-03-09, sent: 30, responses: 2}"
LATER = "{date: 2025-03-16, sent: 20, responses: 1}"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "team")
    team.start({"kim": [ROW], "lee": [ROW]})
    return team


def part_and_meet(team: Team) -> None:
    """A row on each of two branches, and their merge, not yet committed."""
    team.git("checkout", "-q", "-b", "side")
    team.put({"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [ROW, NEXT]})
    team.git("merge", "-q", "--no-ff", "--no-commit", "side", check=False)


def test_a_row_that_only_the_merge_has_goes_with_its_words(team: Team) -> None:
    part_and_meet(team)
    rows = {"kim": [ROW, NEXT, LATER], "lee": [ROW, NEXT]}
    team.write("dock/vm-b.md", variant(rows))
    team.commit("Merge")
    [merged] = team.examine().findings
    assert merged.code == "DM008"
    assert "2025-03-16" in merged.message
    team.put(rows, "Say it otherwise", words="Hi, other words altogether. Who runs the docks?")
    assert [finding.code for finding in team.examine().findings] == ["DM008", "DM010"]


def test_a_merge_that_brings_a_file_nobody_can_read_holds_nothing_against_it(team: Team) -> None:
    part_and_meet(team)
    team.write("dock/vm-b.md", variant({"kim": [ROW, NEXT], "lee": [ROW, NEXT]}))
    team.write("dock/vm-c.md", "---\ntitle: [never closed\n---\n## Voicemail\nHi.\n")
    team.commit("Merge")
    team.write("dock/vm-c.md", variant({"kim": [ROW]}))
    team.commit("Mend it")
    assert team.codes() == []


def test_a_file_that_came_and_went_on_a_branch_is_nothing_to_its_merge(team: Team) -> None:
    team.git("checkout", "-q", "-b", "side")
    path = team.write("dock/vm-c.md", variant({}))
    team.commit("Try a third")
    path.unlink()
    team.commit("Not after all")
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert team.codes() == []


def test_a_version_that_nobody_can_read_is_kept_as_such(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("abtest.messages.history.store._WORTH_KEEPING", 1)
    team.write("dock/vm-b.md", "---\ntitle: [never closed\n---\n## Voicemail\nHi.\n")
    team.commit("A slip")
    team.put({"kim": [ROW], "lee": [ROW]}, "Mend it")
    team.examine(cache=True)
    team.put({"kim": [ROW], "lee": [ROW.replace("sent: 40", "sent: 30")]}, "Lower")
    assert team.examine(cache=True) == team.examine()
    assert "sent 40 → 30" in team.messages_found()


def test_a_workbook_without_words_holds_no_addresses(team: Team) -> None:
    with zipfile.ZipFile(team.path / "prospects.xlsx", "w") as book:
        book.writestr("xl/styles.xml", "<a>kim@acme.example</a>")
    team.commit("Keep a workbook")
    assert history.private_lists(team.messages) == ()


def test_a_submodule_in_the_content_is_not_among_the_files_of_before(
    team: Team, tmp_path: Path
) -> None:
    inner = Team(tmp_path / "inner")
    inner.start()
    allow = ("-c", "protocol.file.allow=always")
    team.git(*allow, "submodule", "add", "-q", str(inner.path), "messages/dock/elsewhere")
    before = team.commit("Take the others in")
    team.write("dock/experiment.md", EXPERIMENT.replace("Why we ask.", "Why we still ask."))
    with content_at(team.messages, before) as (there, ids):
        assert ids == {"dock"}
        assert (there / "dock/vm-b.md").is_file()
        assert not (there / "dock/elsewhere").exists()


def test_answers_of_git_end_where_git_does() -> None:
    said = io.BytesIO(b"3\nabc\nffff missing\n5\nwords\n")
    assert list(_read_batch(said, limit=4)) == [b"abc", None, b""]
