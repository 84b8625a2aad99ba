"""`abtest record`: what it says beside what it writes (the writing: tests/messages)."""

import shutil
from pathlib import Path

import pytest

MESSAGES = Path(__file__).parents[2] / "messages"
ROW = ("--rep", "kim", "--date", "2026-11-20", "--sent", "3")


@pytest.fixture
def team(tmp_path):
    shutil.copytree(MESSAGES, tmp_path / "messages")
    return tmp_path


def test_a_row_of_a_decided_experiment_is_written_with_a_note(run, team):
    done = run("record", "new-hire-opener/your-new-reps", *ROW)
    assert done.code == 0
    assert done.out.splitlines()[-1].startswith("Note: new-hire-opener is decided. ")
    path = team / "messages/new-hire-opener/your-new-reps.md"
    assert "- {date: 2026-11-20, sent: 3}" in path.read_text("utf-8")


def test_a_running_experiment_needs_no_note(run, team):
    done = run("record", "staffing-offers/book-a-demo", *ROW)
    assert (done.code, "Note:" in done.out) == (0, False)


def test_a_question_that_cannot_be_read_keeps_no_row_back(run, team):
    (team / "messages/staffing-offers/experiment.md").write_text("---\nstatus: [\n---\n", "utf-8")
    done = run("record", "staffing-offers/book-a-demo", *ROW)
    assert (done.code, "Note:" in done.out) == (0, False)
