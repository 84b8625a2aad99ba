"""Every kind of clone and machine: what can be checked is, what cannot is said."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from gitteam import EXPERIMENT, ROW, Team, variant

from abtest.messages import history
from abtest.messages.history import process
from abtest.messages.history.state import NO_COMMIT, State, state_of
from abtest.messages.reader import load, read

LOWER = ROW.replace("sent: 40", "sent: 30")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A team that lost ten prospects in its second commit."""
    team = Team(tmp_path / "team")
    team.start()
    team.put({"kim": [LOWER]}, "Oops")
    return team


def examine(messages: Path, **options: bool) -> history.History:
    return history.examine(load(messages), cache=False, **options)


def lost(past: history.History) -> bool:
    return any("sent 40 → 30" in finding.message for finding in past.findings)


def unchecked(messages: Path, word: str) -> bool:
    """Whether nothing was found, and exactly one sentence says why with this word in it."""
    past = examine(messages)
    return not past.findings and len(past.not_checked) == 1 and word in past.not_checked[0]


def test_a_whole_clone_is_checked_whole(team: Team) -> None:
    assert lost(examine(team.messages))
    assert examine(team.messages).not_checked == ()


def test_a_detached_head_is_checked_whole(team: Team) -> None:
    team.git("checkout", "-q", "--detach")
    assert lost(examine(team.messages))
    assert examine(team.messages).not_checked == ()


def test_a_work_tree_is_checked_whole(team: Team, tmp_path: Path) -> None:
    team.git("worktree", "add", "-q", str(tmp_path / "second"))
    assert lost(examine(tmp_path / "second" / "messages"))


def test_a_submodule_is_checked_by_its_own_history(team: Team, tmp_path: Path) -> None:
    outer = Team(tmp_path / "outer")
    outer.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(team.path), "inner")
    outer.commit("Take the team in")
    assert lost(examine(outer.path / "inner" / "messages"))


def test_a_submodule_inside_the_content_is_said(team: Team, tmp_path: Path) -> None:
    outer = Team(tmp_path / "outer")
    outer.start()
    allow = ("-c", "protocol.file.allow=always")
    outer.git(*allow, "submodule", "add", "-q", str(team.path), "messages/_elsewhere")
    outer.commit("Take the team in")
    (outer.messages / "_elsewhere/experiment.md").write_text(
        EXPERIMENT.replace("control: vm-a", "")
    )
    (outer.messages / "_elsewhere/vm-a.md").write_text(variant({}))
    content, _ = read(outer.messages)
    assert content is not None
    (said,) = history.examine(content, cache=False).not_checked
    assert said.startswith("_elsewhere is a submodule: its history is kept by another repository")


def test_content_at_the_top_of_a_repository(tmp_path: Path) -> None:
    team = Team(tmp_path / "messages")
    team.messages = team.path
    team.start()
    team.put({"kim": [LOWER]}, "Oops")
    assert lost(examine(team.messages))


def test_content_deep_in_a_repository_beside_other_work(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.messages = team.path / "sales" / "a b" / "messages"
    team.start()
    (team.path / "other.txt").write_text("other work\n")
    team.commit("Other work")
    team.put({"kim": [LOWER]}, "Oops")
    assert lost(examine(team.messages))


@pytest.fixture
def shallow(team: Team, tmp_path: Path) -> Path:
    team.put({"kim": [LOWER, "{date: 2025-03-09, sent: 9}"]})
    team.git("clone", "-q", "--depth", "1", f"file://{team.path}", str(tmp_path / "shallow"))
    return tmp_path / "shallow" / "messages"


def test_a_shallow_clone_says_what_it_cannot_see(
    shallow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("CI", raising=False)
    assert unchecked(shallow, "only its last commit could be checked")
    assert "git fetch --unshallow" in examine(shallow).not_checked[0]


def test_a_shallow_clone_fails_in_ci_unless_told(
    shallow: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CI", "true")
    (finding,) = examine(shallow).findings
    assert (finding.code, finding.severity) == ("DM008", "error")
    assert "fetch-depth: 0" in finding.suggestion
    past = examine(shallow, allow_shallow=True)
    assert past.findings == ()
    assert "shallow" in past.not_checked[0]


def test_a_shallow_clone_is_not_kept_since_a_fetch_may_deepen_it(
    shallow: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("abtest.messages.history.store._WORTH_KEEPING", 1)
    history.examine(load(shallow), cache=True, allow_shallow=True)
    assert not (tmp_path / "cache/abtest/history").exists()


def test_no_git_is_said(team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert unchecked(team.messages, "not installed")


def test_no_repository_is_said(team: Team, tmp_path: Path) -> None:
    shutil.copytree(team.messages, tmp_path / "alone" / "messages")
    assert unchecked(tmp_path / "alone" / "messages", "not in a git repository")


def test_no_commit_is_said(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.write("dock/experiment.md", EXPERIMENT)
    team.write("dock/vm-a.md", variant({"kim": [ROW]}))
    assert unchecked(team.messages, "no commit yet")
    assert state_of(team.messages) == State(None, NO_COMMIT)


def test_a_repository_of_someone_else_is_said_with_the_cure(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = process._environment
    as_stranger = {"GIT_TEST_ASSUME_DIFFERENT_OWNER": "1", "HOME": str(tmp_path)}
    monkeypatch.setattr(process, "_environment", lambda: ours() | as_stranger)
    assert unchecked(team.messages, "safe.directory")
    assert "belongs to another user" in examine(team.messages).not_checked[0]


def test_a_broken_repository_is_said(team: Team) -> None:
    for pack in (team.path / ".git/objects").glob("??/*"):
        pack.unlink()
    past = examine(team.messages)
    assert past.findings == ()
    assert past.not_checked


def test_content_that_git_lost_is_said(team: Team) -> None:
    blob = team.git("rev-parse", "HEAD~1:messages/dock/vm-b.md").strip()
    (team.path / ".git/objects" / blob[:2] / blob[2:]).unlink()
    assert unchecked(team.messages, "1 version of a file is not in this clone")


def test_a_version_too_large_for_any_reader_is_looked_through(team: Team) -> None:
    team.write("dock/vm-b.md", variant({"kim": [LOWER]}, words="very long " * 30_000))
    team.commit("Paste a book")
    team.put({"kim": [LOWER]}, "Take it out")
    past = examine(team.messages)
    assert lost(past)
    assert (len(past.findings), past.not_checked) == (1, ())


def test_variables_of_a_hook_do_not_lead_elsewhere(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Team(tmp_path / "other").start()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other" / ".git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "index"))
    assert lost(examine(team.messages))


def test_settings_of_a_repository_run_nothing_and_change_nothing(team: Team) -> None:
    trap = team.path / "trap"
    script = team.path / "trap.sh"
    script.write_text(f"#!/bin/sh\ntouch '{trap}'\ncat\n")
    script.chmod(0o755)
    for name, value in {
        "core.fsmonitor": str(script),
        "core.pager": str(script),
        "pager.log": str(script),
        "diff.external": str(script),
        "gpg.program": str(script),
        "log.showSignature": "true",
        "log.follow": "true",
        "log.showRoot": "false",
        "log.date": "relative",
        "format.pretty": "oneline",
        "diff.renames": "copies",
        "diff.relative": "true",
        "color.ui": "always",
        "core.quotePath": "true",
        "i18n.logOutputEncoding": "UTF-16",
    }.items():
        team.git("config", name, value)
    assert lost(examine(team.messages))
    assert not trap.exists()


def test_a_replaced_commit_hides_nothing(team: Team) -> None:
    first = team.git("rev-parse", "HEAD~1").strip()
    team.git("replace", "--graft", "HEAD")
    assert first not in team.git("log", "--format=%H")
    assert lost(examine(team.messages))


def test_the_cache_gives_the_same_answer_and_a_broken_one_is_ignored(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "cache"
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    monkeypatch.setattr("abtest.messages.history.store._WORTH_KEEPING", 1)
    team = Team(tmp_path / "team")
    team.start()
    first = team.examine(cache=True)
    (kept,) = (cache / "abtest/history").iterdir()
    assert team.examine(cache=True) == first
    team.put({"kim": [LOWER], "lee": [ROW]}, "Oops")
    team.git("checkout", "-q", "-b", "side", "HEAD~1")
    team.put({"kim": [ROW], "max": [ROW]}, "Aside", words="Other words.")
    team.git("merge", "-q", "-s", "ours", "-m", "Merge", "main")
    fresh = team.examine()
    assert fresh.findings
    assert team.examine(cache=True) == fresh
    assert team.examine(cache=True) == fresh
    (told,) = (cache / "abtest/told").iterdir()
    for damage in (b"", b"{}", kept.read_bytes()[:-9], b'["x", "y", 3]\nlog\n{}'):
        told.unlink()
        kept.write_bytes(damage)
        assert team.examine(cache=True) == fresh
    for damage in (b"", b"[]", b"{}", told.read_bytes()[:-9]):
        told.write_bytes(damage)
        assert team.examine(cache=True) == fresh
    team.git("checkout", "-q", "main")
    assert team.examine(cache=True) == team.examine()


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """A team whose history was told, with a lie in what is kept of it."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr("abtest.messages.history.store._WORTH_KEEPING", 1)
    team = Team(tmp_path / "team")
    team.start()
    team.put({"kim": [LOWER]}, "Oops")
    assert "LIE" not in str(team.examine(cache=True))
    (kept,) = (tmp_path / "cache/abtest/told").iterdir()
    kept.write_text(kept.read_text().replace("Recorded counts", "LIE"))
    assert "LIE" in str(team.examine(cache=True))
    return team


def _commit(team: Team) -> None:
    team.git("commit", "-q", "--allow-empty", "-m", "Nothing")


def _edit_without_commit(team: Team) -> None:
    path = next(path for path in team.messages.glob("*/*.md") if "sent: 30" in path.read_text())
    path.write_text(path.read_text().replace("responses: ", "responses:  "))


def _add_a_line_above(team: Team) -> None:
    path = next(path for path in team.messages.glob("*/*.md") if "sent: 30" in path.read_text())
    path.write_text(path.read_text().replace("---\n", "---\n# a remark\n", 1))


def _declare_a_dimension(team: Team) -> None:
    (team.messages / "plan.yml").write_text("dimensions: [size]\n")


def _begin_a_merge(team: Team) -> None:
    team.git("branch", "-q", "other", "HEAD~1")
    team.git("checkout", "-q", "other")
    team.git("commit", "-q", "--allow-empty", "-m", "Aside")
    team.git("checkout", "-q", "-")
    team.git("merge", "-q", "--no-commit", "--no-ff", "other")


@pytest.mark.parametrize(
    "change",
    [_commit, _edit_without_commit, _add_a_line_above, _declare_a_dimension, _begin_a_merge],
)
def test_what_was_told_of_a_history_is_told_afresh_when_anything_changes(
    told: Team, change: Callable[[Team], None]
) -> None:
    change(told)
    assert told.examine(cache=True) == told.examine()


def test_what_was_told_is_told_afresh_on_another_day_and_by_other_code(
    told: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", "1900000000")
        assert "LIE" not in str(told.examine(cache=True))
    with monkeypatch.context() as patch:
        patch.setattr("abtest.messages.digest.of_code", lambda: "another version")
        assert "LIE" not in str(told.examine(cache=True))


def test_small_histories_leave_nothing_in_the_cache(
    team: Team, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert lost(team.examine(cache=True))
    assert not (tmp_path / "cache").exists()
    assert "GIT_DIR" not in os.environ


def test_a_git_that_may_not_run_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "git").write_text("#!/bin/sh\n")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(process.HistoryError, match=r"could not be started \(Permission denied\)"):
        process.run(tmp_path, "status")
    with (
        pytest.raises(process.HistoryError, match="could not be started"),
        process.started(tmp_path, "cat-file", "--batch"),
    ):
        pytest.fail("git ran")
