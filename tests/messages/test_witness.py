"""The published results see what git no longer shows."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from gitteam import ROW, Team, variant

from abtest import analyze
from abtest.errors import UsageError
from abtest.messages import witness
from abtest.messages.reader import load

NEXT = "{date: 2025-03-09, sent: 30, bounced: 1, responses: 2, meetings: 1}"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "team")
    team.start({"kim": [ROW, NEXT]})
    return team


@pytest.fixture
def published(team: Team, tmp_path: Path) -> Path:
    """Results of a day on which the second row had not matured."""
    report = analyze(load(team.messages), as_of=dt.date(2025, 3, 18))
    path = tmp_path / "results.json"
    path.write_text(json.dumps(report.to_dict()))
    return path


def found(team: Team, published: Path) -> str:
    findings = witness.compare(load(team.messages), published)
    assert all((f.code, f.severity, f.variant) == ("DM008", "error", "dock/vm-b") for f in findings)
    return "\n".join(str(f) for f in findings)


def test_unchanged_or_grown_counts_are_fine(team: Team, published: Path) -> None:
    assert found(team, published) == ""
    team.write("dock/vm-b.md", variant({"kim": [ROW, NEXT], "lee": [ROW]}))
    assert found(team, published) == ""


def test_a_row_lost_from_a_rewritten_history_is_seen(team: Team, published: Path) -> None:
    team.write("dock/vm-b.md", variant({"kim": [ROW]}))
    team.git("add", "-A")
    team.git("commit", "-q", "--amend", "-m", "As if nothing had been")
    assert team.codes() == [], "git cannot know"
    assert "70 sent, 40 now" in found(team, published)
    assert "7 responses, 5 now" in found(team, published)
    assert "/dock/vm-b.md:3:" in found(team, published)


def test_a_variant_that_is_gone_is_seen_and_a_renamed_one_is_not_gone(
    team: Team, published: Path
) -> None:
    (team.messages / "dock/vm-b.md").unlink()
    assert "it is gone" in found(team, published)
    team.write("dock/vm-question.md", variant({"kim": [ROW, NEXT]}))
    assert found(team, published) == ""


def test_a_correction_since_then_is_accepted(team: Team, published: Path) -> None:
    team.put({"kim": [ROW]}, "Fix\n\nCorrection: typed twice")
    assert "70 sent" in found(team, published), "the commit is older than the results"
    team.day = "2025-03-19"
    team.commit("Correction: dock/vm-b had a row twice")
    assert found(team, published) == ""


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"version": 9}',
        '{"version": 1}',
        "<html>",
        '{"version": 1, "as_of": "2025-03-01", "experiments": [{}]}',
    ],
)
def test_other_files_are_refused_in_words(team: Team, tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(UsageError, match="cannot be used as published results"):
        witness.compare(load(team.messages), path)
