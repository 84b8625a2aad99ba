"""`abtest check` and `abtest diff` in a repository, as people and CI run them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from gitteam import ROW, Team, variant

from abtest.cli import main

LOWER = ROW.replace("sent: 40", "sent: 30")
NEXT = "{date: 2025-03-09, sent: 30, responses: 2}"


@pytest.fixture
def team(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    team = Team(tmp_path / "team")
    team.start()
    monkeypatch.chdir(team.path)
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return team


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stop:
        main(list(arguments))
    captured = capsys.readouterr()
    return int(stop.value.code or 0), captured.out, captured.err


def test_check_stops_at_lost_counts(team: Team, capsys) -> None:
    assert run(capsys, "check")[0] == 0
    team.put({"kim": [LOWER]}, "Oops")
    code, out, _ = run(capsys, "check", "--format", "json")
    lost = [f for f in json.loads(out)["findings"] if f["code"] == "DM008"]
    assert code == 1
    assert [(f["path"], f["line"], f["variant"]) for f in lost] == [
        ("messages/dock/vm-b.md", 5, "dock/vm-b")
    ]
    assert run(capsys, "check", "--no-history")[0] == 0
    team.commit("Correction: dock/vm-b kim 2025-03-02: ten were never sent")
    assert run(capsys, "check")[0] == 0


def test_check_takes_the_published_results_as_a_witness(team: Team, capsys) -> None:
    _, out, _ = run(capsys, "report", "--format", "json", "--as-of", "2025-06-01")
    (team.path / "results.json").write_text(out)
    assert run(capsys, "check", "--no-history", "--against", "results.json")[0] == 0
    team.write("dock/vm-b.md", variant({"kim": [LOWER]}))
    code, out, _ = run(capsys, "check", "--no-history", "--against", "results.json")
    assert code == 1
    assert "The published results had 40 sent, 30 now." in out


def test_check_says_what_a_shallow_clone_hides_and_fails_in_ci(
    team: Team, tmp_path: Path, capsys, monkeypatch: pytest.MonkeyPatch
) -> None:
    team.put({"kim": [LOWER]}, "Oops")
    team.git("clone", "-q", "--depth", "1", f"file://{team.path}", str(tmp_path / "shallow"))
    code, out, _ = run(capsys, "-C", str(tmp_path / "shallow"), "check")
    assert code == 0
    assert "This is a shallow clone" in out
    monkeypatch.setenv("CI", "true")
    assert run(capsys, "-C", str(tmp_path / "shallow"), "check")[0] == 1
    assert run(capsys, "-C", str(tmp_path / "shallow"), "check", "--allow-shallow")[0] == 0


def test_diff_tells_a_reviewer(team: Team, capsys) -> None:
    team.git("checkout", "-q", "-b", "side")
    team.put({"kim": [ROW, NEXT]})
    code, out, _ = run(capsys, "diff")
    assert code == 0
    assert out.startswith("What changed since main (")
    assert "sent +30 (40 → 70)" in out
    code, out, _ = run(capsys, "diff", "main", "--format", "markdown")
    assert "| `dock/vm-b` | +30 | +2 | 12.5% (5 of 40) | 10.0% (7 of 70) |" in out
    assert json.loads(run(capsys, "diff", "--format", "json")[1])["base"]["name"] == "main"


def test_diff_says_what_it_cannot_do(team: Team, tmp_path: Path, capsys) -> None:
    code, _, err = run(capsys, "diff", "nowhere")
    assert (code, "git knows no commit 'nowhere'" in err) == (2, True)
    alone = Team(tmp_path / "alone")
    alone.write("dock/vm-a.md", variant({}))
    code, _, err = run(capsys, "-C", str(alone.path), "diff")
    assert (code, "no commit yet" in err) == (2, True)
    shutil.rmtree(alone.path / ".git")
    code, _, err = run(capsys, "-C", str(alone.path), "diff")
    assert (code, "not in a git repository" in err) == (1, True)
