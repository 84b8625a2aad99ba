"""History, with the real git: nothing that was recorded may vanish or change in silence."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from gitteam import ROW, WORDS, Team, variant

from abtest.messages import history
from abtest.messages.reader import load
from abtest.model import Experiments
from abtest.plan import CritiqueSettings

NEXT = "{date: 2025-03-09, sent: 30, responses: 2}"
LATER = "{date: 2025-03-16, sent: 20, responses: 1}"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "team")
    team.start()
    return team


def test_rows_that_only_grow_are_fine(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]})
    team.put({"kim": [ROW.replace("responses: 5", "responses: 6"), NEXT], "lee": [LATER]})
    assert team.examine().findings == ()
    assert team.examine().not_checked == ()


def test_a_row_that_vanished_is_told_with_its_commit(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]})
    commit = team.put({"kim": [NEXT]}, "Tidy up")
    (finding,) = team.examine().findings
    assert (finding.code, finding.severity) == ("DM008", "error")
    assert finding.path == f"{team.messages}/dock/vm-b.md"
    assert finding.line == load(team.messages)["dock"]["vm-b"].key_lines["results"]
    assert f"{commit[:7]} (Kim Ito, 2025-03-03)" in finding.message
    assert "kim 2025-03-02 (40 sent, 5 responses)" in finding.message
    assert "Correction: dock/vm-b kim 2025-03-02" in finding.suggestion


def test_a_count_that_went_down_is_told_on_its_row(team: Team) -> None:
    team.put({"kim": [ROW.replace("responses: 5", "responses: 3")]})
    (finding,) = team.examine().findings
    assert "kim 2025-03-02, responses 5 → 3" in finding.message
    assert finding.line == load(team.messages)["dock"]["vm-b"].cohorts[0].line


@pytest.mark.parametrize(
    "message",
    [
        "Fix\n\nCorrection: typed twice",
        "Fix\n\ncorrection: typed twice\nReviewed-by: Lee",
        "Fix\n\nCORRECTION: typed twice",
        "Squashed (#12)\n\n* Fix a row\n\n* Correction: typed twice\n\nCo-authored-by: Lee <l@x.y>",
    ],
)
def test_a_correction_owns_up_to_a_loss(team: Team, message: str) -> None:
    team.put({"kim": [ROW.replace("sent: 40", "sent: 30")]}, message)
    assert team.codes() == []


def test_an_empty_correction_says_nothing(team: Team) -> None:
    team.put({"kim": [ROW.replace("sent: 40", "sent: 30")]}, "Fix\n\nCorrection:")
    assert team.codes() == ["DM008 error"]


def test_a_later_commit_may_own_up_by_name(team: Team) -> None:
    team.put({"kim": [ROW.replace("sent: 40", "sent: 30")]}, "Oops")
    team.commit("Nothing here\n\nCorrection: dock/vm-a was right")
    assert team.codes() == ["DM008 error"]
    team.commit("Own up\n\nCorrection: dock/vm-b kim 2025-03-02: 10 were never sent")
    assert team.codes() == []


def test_a_later_correction_of_one_row_does_not_excuse_another(team: Team) -> None:
    team.put({"kim": [ROW, NEXT], "lee": [LATER]})
    team.put({"kim": [ROW, NEXT.replace("sent: 30", "sent: 29")], "lee": [LATER]}, "Oops")
    fixed = {"kim": [ROW.replace("sent: 40", "sent: 39"), NEXT.replace("sent: 30", "sent: 29")]}
    team.put({**fixed, "lee": [LATER]}, "Fix\n\nCorrection: one was never sent")
    assert "sent 30 → 29" in team.messages_found()
    team.commit("Correction: dock/vm-b lee 2025-03-16 is right")
    assert len(team.codes()) == 1
    team.commit("Correction: dock/vm-b kim 2025-03-09: one was never sent")
    assert team.codes() == []


def test_a_correction_before_the_loss_does_not_excuse_it(team: Team) -> None:
    team.commit("Correction: dock/vm-b will be corrected")
    team.put({"kim": [ROW.replace("sent: 40", "sent: 30")]}, "Oops")
    assert team.codes() == ["DM008 error"]


def test_a_correction_on_another_branch_does_not_excuse_it(team: Team) -> None:
    team.git("branch", "side")
    team.put({"kim": [ROW.replace("sent: 40", "sent: 30")]}, "Oops")
    team.git("checkout", "-q", "side")
    team.commit("Correction: dock/vm-b was wrong")
    team.git("checkout", "-q", "main")
    team.git("merge", "-q", "-m", "Merge side", "side")
    assert team.codes() == ["DM008 error"]


def test_a_vanished_row_that_is_back_is_forgiven(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]})
    team.put({"kim": [NEXT]}, "Oops")
    team.put({"kim": [ROW, NEXT]}, "Put it back")
    assert team.codes() == []


def test_a_lowered_count_that_grows_again_is_still_lost(team: Team) -> None:
    team.put({"kim": [ROW.replace("responses: 5", "responses: 4")]}, "Oops")
    team.put({"kim": [ROW]}, "A late answer")
    assert team.codes() == ["DM008 error"]


def test_a_revert_of_the_loss_mends_it(team: Team) -> None:
    team.put({"kim": [ROW.replace("responses: 5", "responses: 4")]}, "Oops")
    team.git("revert", "--no-edit", "HEAD")
    assert team.codes() == []


def test_a_deleted_variant_takes_its_rows_with_it(team: Team) -> None:
    (team.messages / "dock/vm-b.md").unlink()
    team.commit("Drop vm-b")
    (finding,) = team.examine().findings
    assert finding.variant == "dock/vm-b"
    assert finding.line == 0
    assert "vanished" in finding.message


def test_a_renamed_variant_keeps_its_rows(team: Team) -> None:
    team.git("mv", "messages/dock/vm-b.md", "messages/dock/vm-question.md")
    team.commit("Rename")
    assert team.codes() == []
    team.write("dock/vm-question.md", variant({"kim": [ROW]}, words="Something else."))
    assert team.codes() == ["DM010 error"], "the counts still belong to the first words"


def test_a_rename_that_loses_a_row_is_told(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]})
    (team.messages / "dock/vm-b.md").unlink()
    team.write("dock/vm-question.md", variant({"kim": [ROW]}))
    team.commit("Rename")
    assert "vanished" in team.messages_found()


def test_a_fork_that_kept_the_rows_counts_twice(team: Team) -> None:
    team.write("dock/vm-c.md", variant({"kim": [ROW]}, words="Another question."))
    team.commit("Fork")
    (finding,) = team.examine().findings
    assert (finding.code, finding.severity) == ("DM008", "warning")
    assert "the rows of dock/vm-b.md (40 sent)" in finding.message
    team.write("dock/vm-c.md", variant({}, words="Another question."))
    team.commit("Fork without rows\n\nCorrection: dock/vm-c: copied rows")
    assert team.codes() == []


def test_what_is_not_committed_yet_is_a_warning(team: Team) -> None:
    team.write("dock/vm-b.md", variant({"kim": [ROW.replace("sent: 40", "sent: 30")]}))
    assert team.codes() == ["DM008 warning"]
    assert "your uncommitted changes" in team.messages_found()


def test_rows_as_block_lists_are_read_like_others(team: Team) -> None:
    block = "date: 2025-03-02\n      sent: 40\n      responses: 5"
    team.put({"kim": [block]}, "Saved by a web editor")
    assert team.codes() == []
    team.put({"kim": [block.replace("responses: 5", "responses: 4")]}, "Lower")
    assert "responses 5 → 4" in team.messages_found()


def test_a_version_that_cannot_be_read_is_looked_through(team: Team) -> None:
    team.write("dock/vm-b.md", "---\ntitle: [Ask\n---\n## Voicemail\nHi\n")
    team.commit("Break it")
    team.put({"kim": [ROW, NEXT]}, "Mend it")
    assert team.codes() == []
    team.write("dock/vm-b.md", "no front matter\n")
    team.commit("Break it again")
    team.put({"kim": [NEXT]}, "Mend it wrongly")
    assert "kim 2025-03-02" in team.messages_found()


# Words


def test_words_changed_after_results_belong_to_another_variant(team: Team) -> None:
    commit = team.put({"kim": [ROW]}, "Sharpen", words=f"{WORDS} Thanks!")
    (finding,) = team.examine().findings
    assert (finding.code, finding.severity) == ("DM010", "error")
    assert commit[:7] in finding.message
    assert "40 prospects" in finding.message
    assert "text_change: {date: 2025-03-03, why: typo}" in finding.suggestion
    assert finding.line == load(team.messages)["dock"]["vm-b"].touches[0].line


def test_words_may_change_before_results(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.start(rows={})
    team.put({}, words="Other words.")
    team.put({"kim": [ROW]}, words="Other words.")
    assert team.codes() == []


def test_blanks_and_notes_are_no_words(team: Team) -> None:
    team.put({"kim": [ROW]}, words=WORDS.replace(", this", ",\n\n  this") + "\n\n## Notes\nNew.")
    assert team.codes() == []


@pytest.mark.parametrize(("day", "codes"), [("2025-03-03", []), ("2025-03-02", ["DM010 error"])])
def test_text_change_covers_changes_up_to_its_day(team: Team, day: str, codes: list[str]) -> None:
    head = f"text_change: {{date: {day}, why: typo}}\n"
    team.put({"kim": [ROW]}, words=f"{WORDS} Thanks!", head=head)
    assert team.codes() == codes


def test_old_words_put_back_are_fine_again(team: Team) -> None:
    team.put({"kim": [ROW]}, words="Other words.")
    team.put({"kim": [ROW]})
    assert team.codes() == []


def test_rows_recorded_meanwhile_belong_to_the_words_of_their_time(team: Team) -> None:
    team.put({"kim": [ROW]}, words="Other words.")
    team.put({"kim": [ROW, NEXT]}, words="Other words.")
    team.put({"kim": [ROW, NEXT]})
    assert "30 prospects" in team.messages_found()
    first, second = team.examine().versions["dock/vm-b"]
    assert (first.counts["sent"], first.current) == (40, True)
    assert (second.counts["sent"], second.current) == (30, False)
    assert second.touches[0].text == "Other words."


def test_words_changed_on_one_branch_and_rows_added_on_another_are_seen(team: Team) -> None:
    team.put({}, "Take it back\n\nCorrection: nothing was sent")
    team.git("checkout", "-q", "-b", "words")
    team.put({}, words="Other words.")
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW]})
    team.git("merge", "-q", "-m", "Merge words", "words")
    assert team.codes() == ["DM010 error"]


# Plans


def test_a_plan_changed_after_the_first_look_is_told(team: Team) -> None:
    team.write("plan.yml", "alpha: 0.05\n")
    team.commit("Write the defaults down")
    team.write("plan.yml", "alpha: 0.1\ntarget: 10%\n")
    team.commit("Loosen")
    (finding,) = team.examine().findings
    assert finding.code == "XP001"
    assert "alpha changed from 0.05 to 0.1" in finding.message
    assert finding.path.endswith("plan.yml")


def test_a_design_changed_late_is_told_until_it_is_put_back(team: Team) -> None:
    question = (team.messages / "dock/experiment.md").read_text()
    team.write("dock/experiment.md", question.replace("control:", "design: {fixed: 400}\ncontrol:"))
    assert "changed from sequential to fixed: 400" in team.messages_found()
    team.commit("Stop at 400")
    assert team.codes() == ["XP001 error"]
    team.write("dock/experiment.md", question)
    team.commit("Go on")
    assert team.codes() == []


def test_a_late_plan_may_be_owned_up_to(team: Team) -> None:
    question = (team.messages / "dock/experiment.md").read_text()
    team.write("dock/experiment.md", question.replace("control: vm-a", "control: vm-b"))
    team.commit("Swap\n\nCorrection: vm-b was the control from the first day")
    assert team.codes() == []


def test_a_plan_may_change_before_results(tmp_path: Path) -> None:
    team = Team(tmp_path / "team")
    team.start(rows={})
    team.write(
        "dock/experiment.md",
        (team.messages / "dock/experiment.md")
        .read_text()
        .replace("control: vm-a", "control: vm-b"),
    )
    team.commit("Swap")
    team.put({"kim": [ROW]})
    assert team.codes() == []


# Switches


def loosened(team: Team, critique: str) -> None:
    """Everything that history finds, under these settings of the critique."""
    team.write("plan.yml", f"critique: {critique}\n")
    question = (team.messages / "dock/experiment.md").read_text()
    team.write("dock/experiment.md", question.replace("control: vm-a", "control: vm-b"))
    team.put({"kim": [ROW.replace("sent: 40", "sent: 30")]}, "All at once", words="Other words.")


@pytest.mark.parametrize(
    ("critique", "codes"),
    [
        ("{}", ["XP001 error", "DM010 error", "DM008 error"]),
        ("{disable: [XP001, DM010, DM008]}", ["DM008 error"]),
        (
            "{severity: {XP001: info, DM010: warning, DM008: info}}",
            ["XP001 info", "DM010 warning", "DM008 error"],
        ),
    ],
)
def test_a_plan_switches_off_and_weighs_all_but_lost_counts(
    team: Team, critique: str, codes: list[str]
) -> None:
    loosened(team, critique)
    assert sorted(team.codes()) == sorted(codes)


def test_a_message_may_ignore_its_words_and_never_its_lost_counts(team: Team) -> None:
    team.write("plan.yml", "critique: {}\n")
    head = "ignore: {DM010: a greeting, DM008: typed twice}\n"
    lower = ROW.replace("sent: 40", "sent: 30")
    team.put({"kim": [lower]}, words="Other words.", head=head)
    assert team.codes() == ["DM008 error"]


def test_what_was_said_is_said_anew_under_other_switches(team: Team, monkeypatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(team.path.parent / "cache"))
    loosened(team, "{}")
    experiments = load(team.messages)
    assert len(history.examine(experiments).findings) == 3
    switches = CritiqueSettings(disable=("XP001", "DM010"))
    plan = dataclasses.replace(experiments.plan, critique=switches)
    (left,) = history.examine(Experiments(experiments, plan, experiments.root)).findings
    assert left.code == "DM008"
