"""`abtest record`: what it says beside what it writes (the writing: tests/messages)."""

import shlex
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


def test_a_rep_that_looks_like_a_slip_of_the_pen_is_noted_once(run, team):
    row = ("record", "staffing-offers/book-a-demo", "--rep", "amx", "--sent", "3")
    first = run(*row, "--date", "2026-11-20")
    assert "Note: amx is new here. If you meant max, move the row." in first.out.splitlines()
    assert "Note:" not in run(*row, "--date", "2026-11-21").out
    row = ("record", "staffing-offers/book-a-demo", "--rep", "zoltan", "--sent", "3")
    assert "Note:" not in run(*row, "--date", "2026-11-20").out


def test_a_row_of_a_draft_asks_for_its_status(run, team):
    path = team / "messages/staffing-offers/experiment.md"
    text = path.read_text("utf-8").replace("status: running", "status: draft")
    path.write_text(text, "utf-8")
    done = run("record", "staffing-offers/book-a-demo", *ROW)
    assert done.code == 0
    assert done.out.splitlines()[-1].startswith("Note: staffing-offers is a draft. ")


def test_a_question_that_cannot_be_read_keeps_no_row_back(run, team):
    (team / "messages/staffing-offers/experiment.md").write_text("---\nstatus: [\n---\n", "utf-8")
    done = run("record", "staffing-offers/book-a-demo", *ROW)
    assert (done.code, "Note:" in done.out) == (0, False)


def test_a_row_that_changes_is_shown_as_it_was(run, team):
    assert "Before:" not in run("record", "staffing-offers/book-a-demo", *ROW).out
    done = run("record", "staffing-offers/book-a-demo", *ROW[:-1], "+2", "--responses", "1")
    assert done.out.splitlines()[:2] == [
        "kim, 2026-11-20: 1 of 5 reached answered (20.0%).",
        "Before: 0 of 3 reached answered (0.0%).",
    ]
    again = run("record", "staffing-offers/book-a-demo", *ROW[:-1], "5")
    assert again.out.startswith("Nothing to do")
    assert "--sent +40" in again.out


def test_an_answer_that_is_entered_twice_can_be_seen_and_taken_back(run, team):
    row = ("record", "staffing-offers/book-a-demo", *ROW[:4], "--industry", "IT & more")
    run(*row, "--sent", "40", "--responses", "2")
    path = team / "messages/staffing-offers/book-a-demo.md"
    once = run(*row, "--responses", "+3").out
    right = path.read_text("utf-8")
    twice = run(*row, "--responses", "+3").out
    assert "Added: responses 2 + 3 = 5. If that was entered before, take it back:\n" in once
    assert "Added: responses 5 + 3 = 8. If that was entered before, take it back:\n" in twice
    (command,) = [line for line in twice.splitlines() if line.startswith("  abtest record ")]
    assert run(*shlex.split(command)[1:]).code == 0
    assert path.read_text("utf-8") == right


def test_more_of_a_team_s_own_counts_can_be_taken_back(run, team):
    (team / "messages/plan.yml").write_text("counts: [demos]\ndimensions: [size]\n", "utf-8")
    row = ("record", "staffing-offers/book-a-demo", *ROW[:4], "--dim", "size=big")
    run(*row, "--sent", "40")
    path = team / "messages/staffing-offers/book-a-demo.md"
    done = run(*row, "--set", "demos=+1", "--second-meetings", "+0")
    assert "Added: second_meetings 0 + 0 = 0, demos 0 + 1 = 1." in done.out
    (command,) = [line for line in done.out.splitlines() if line.startswith("  abtest record ")]
    assert command.endswith(" --dim size=big --second-meetings 0 --set demos=0 --correct")
    assert run(*shlex.split(command)[1:]).code == 0
    assert "demos: 0" in path.read_text("utf-8")


def test_a_row_without_a_plus_needs_no_way_back(run, team):
    run("record", "staffing-offers/book-a-demo", *ROW)
    done = run("record", "staffing-offers/book-a-demo", *ROW, "--responses", "1")
    assert "Added:" not in done.out


def test_a_count_that_is_not_printed_needs_no_row_before(run, team):
    run("record", "staffing-offers/book-a-demo", *ROW, "--responses", "1")
    done = run("record", "staffing-offers/book-a-demo", *ROW, "--positive", "1")
    assert (done.code, "Before:" in done.out) == (0, False)


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("staffing-offers/book-demo", "Did you mean 'staffing-offers/book-a-demo'?"),
        ("book-a-demo", "Did you mean 'staffing-offers/book-a-demo'?"),
        ("xyz", "Name its experiment, too: EXPERIMENT/VARIANT"),
        ("xyz/qqq", "Start it: abtest new variant xyz/qqq"),
        ("staffing-offers", "staffing-offers has book-a-demo"),
        ("staffing-offers/zebra", "staffing-offers has book-a-demo"),
        ("staffing-offer/zebra", "Did you mean staffing-offers? It has book-a-demo"),
        ("staffing-offer/book-demo", "Did you mean 'staffing-offers/book-a-demo'?"),
    ],
)
def test_a_variant_that_is_not_there(run, team, name, hint):
    done = run("record", name, *ROW)
    assert done.code == 2
    assert hint in done.err
