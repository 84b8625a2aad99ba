"""What a change did, with the real git, as reviewers and salespeople read it."""

from __future__ import annotations

import datetime as dt
import json
import re
from pathlib import Path

import click
import pytest
from gitteam import EXPERIMENT, ROW, WORDS, Team, variant
from hypothesis import given
from hypothesis import strategies as st

from abtest import diff, formats
from abtest.diff import words
from abtest.errors import SurroundingsError, UsageError
from abtest.messages import history

DAY = dt.date(2025, 6, 1)
NEXT = "{date: 2025-03-09, sent: 30, responses: 2}"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """A team on a branch of its own that has changed nothing yet."""
    team = Team(tmp_path / "team")
    team.start()
    team.git("checkout", "-q", "-b", "side")
    return team


def compare(team: Team, revision: str | None = None) -> diff.ContentChange:
    return diff.compare(team.messages, revision, as_of=DAY, today=DAY)


def text_of(change: diff.ContentChange) -> str:
    return click.unstyle(formats.render("diff", "text", change))


def one(change: diff.ContentChange, name: str = "dock/vm-b") -> diff.VariantChange:
    (experiment,) = change.experiments
    (found,) = [each for each in experiment.variants if each.id == name]
    return found


def test_added_counts_are_told_with_what_they_make(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]})
    found = one(compare(team))
    assert found.kind == "changed"
    assert {c.count: (c.before, c.after) for c in found.counts} == {
        "sent": (40, 70),
        "responses": (5, 7),
    }
    assert found.before is not None
    assert found.after is not None
    assert (found.before.count, found.before.reached) == (5, 40)
    assert (found.after.count, found.after.reached) == (7, 70)
    assert (found.lost, found.words) == ((), ())
    text = text_of(compare(team))
    assert "sent +30 (40 → 70), responses +2 (5 → 7)" in text
    assert "answered: 12.5% (5 of 40) → 10.0% (7 of 70)" in text


def test_lost_and_lowered_rows_come_first(team: Team) -> None:
    team.put({"kim": [ROW.replace("responses: 5", "responses: 4")], "lee": [NEXT]})
    team.put({"kim": [ROW.replace("responses: 5", "responses: 4")]})
    team.put({"lee": [NEXT, ROW]})
    (row,) = one(compare(team)).lost
    assert (row.name, row.after) == ("kim, 2025-03-02", None)
    text = text_of(compare(team))
    lines = text.splitlines()
    assert lines[2] == "Counts were lost:"
    assert lines[3] == ("! dock/vm-b: the row kim, 2025-03-02 is gone (40 sent, 5 responses)")
    team.put({"kim": [ROW.replace("responses: 5", "responses: 4")]})
    assert "went down (responses 5 → 4)" in text_of(compare(team))


def test_words_are_compared_word_by_word(team: Team) -> None:
    team.put({"kim": [ROW]}, words=WORDS.replace("the dock plan", "your dock plan"))
    (touch,) = one(compare(team)).words
    assert touch.name == "Voicemail"
    assert [(r.kind, r.text) for r in touch.runs if r.kind != "same"] == [
        ("gone", "the"),
        ("new", "your"),
    ]
    assert "[-the-]{+your+} dock plan" in text_of(compare(team))
    assert "<del>the</del><ins>your</ins> dock plan" in formats.render(
        "diff", "markdown", compare(team)
    )


def test_changed_titles_and_settings_are_told_before_and_now(team: Team) -> None:
    decided = EXPERIMENT.replace("beat an offer?", "| beat it?").replace("Logistics", "Food")
    decided = decided.replace("status: running", "status: decided").replace(
        "\n---\n",
        "\ntarget: 12.5%\nallocation: {vm-a: 1, vm-b: 2}\nsmallest_effect: 3pp\n"
        "design: {fixed: 90}\nsample: true\n"
        "decision: {date: 2025-05-01, keep: vm-b, why: It draws more answers.}\n---\n",
        1,
    )
    team.write("dock/experiment.md", decided)
    team.put({"kim": [ROW]}, head="factors: {ask: question}\nignore: {VM003: short}\n")
    change = compare(team, "main")
    (experiment,) = change.experiments
    assert {key.key: (key.before, key.after) for key in experiment.keys} == {
        "title": ("Does a question beat an offer?", "Does a question | beat it?"),
        "status": ("running", "decided"),
        "profile.industry": ("Logistics", "Food"),
        "target": (None, "12.5%"),
        "allocation": ("equal", "vm-a: 1, vm-b: 2"),
        "design": ("sequential", "fixed: 90"),
        "smallest_effect": (None, "3pp"),
        "sample": (None, "true"),
        "decision": (None, "keep vm-b, 2025-05-01: It draws more answers."),
    }
    text = text_of(change)
    assert "\n  title: Does a question beat an offer? → Does a question | beat it?\n" in text
    assert "\n  target: not set → 12.5%\n" in text
    assert "  dock/vm-b (changed)\n    factors: not set → ask: question\n" in text
    shown = formats.render("diff", "markdown", change)
    assert "\n* title: Does a question beat an offer? → **Does a question \\| beat it?**\n" in shown
    assert "\n`dock/vm-b`:\n\n* factors: not set → **ask\\: question**\n" in shown
    assert "of `dock`; factors, ignore of `dock/vm-b` |" in shown
    (told,) = change.to_dict()["experiments"]
    assert told["keys"][1] == {"key": "status", "before": "running", "after": "decided"}
    assert [key["key"] for key in told["variants"][0]["keys"]] == ["factors", "ignore"]


def test_a_changed_title_of_a_variant_alone_is_a_change(team: Team) -> None:
    text = variant({"kim": [ROW]})
    team.write("dock/vm-b.md", text.replace("title: Ask\n", "title: Ask once more\n"))
    change = compare(team)
    found = one(change)
    assert (found.kind, found.words, found.counts) == ("changed", (), ())
    assert [key.to_dict() for key in found.keys] == [
        {"key": "title", "before": "Ask", "after": "Ask once more"}
    ]
    assert "    title: Ask → Ask once more" in text_of(change)
    assert "Nothing that counts changed" not in text_of(change)


def test_a_verdict_that_moved_is_told_in_its_sentences(team: Team) -> None:
    team.write("dock/vm-a.md", variant({"kim": ["{date: 2025-03-02, sent: 400, responses: 20}"]}))
    team.put({"kim": ["{date: 2025-03-02, sent: 400, responses: 90}"]})
    (experiment,) = compare(team).experiments
    assert experiment.moved
    assert experiment.after is not None
    assert experiment.after.winner == "dock/vm-b"
    shown = formats.render("diff", "markdown", compare(team))
    assert "**The verdict moved.** Before: " in shown


def test_findings_fixed_and_new_are_told_apart_from_those_that_stay(team: Team) -> None:
    stay = team.messages / "dock/vm-a.md"
    team.write("dock/vm-b.md", variant({"kim": [ROW]}, words="Hi, our best-in-class synergy."))
    change = compare(team)
    codes = {finding.path.rpartition("/")[2] for finding in (*change.new, *change.fixed)}
    assert change.new
    assert codes == {"vm-b.md"}, f"{stay.name} did not change"
    assert all(finding.path.startswith(str(team.messages)) for finding in change.new)
    team.commit("Worse words")
    back = diff.compare(team.messages, "HEAD", as_of=DAY, today=DAY)
    assert (back.new, back.fixed, back.experiments) == ((), (), ())
    assert "Nothing in the content changed." in text_of(back)


def test_added_removed_and_renamed_variants(team: Team) -> None:
    team.git("mv", "messages/dock/vm-b.md", "messages/dock/vm-question.md")
    (team.messages / "dock/vm-a.md").unlink()
    team.write("dock/vm-c.md", variant({}, words="Something new."))
    question = EXPERIMENT.replace("vm-a", "vm-c")
    team.write("dock/experiment.md", question)
    change = compare(team)
    assert one(change, "dock/vm-question").was == "dock/vm-b"
    assert one(change, "dock/vm-question").lost == ()
    assert one(change, "dock/vm-a").kind == "removed"
    assert one(change, "dock/vm-c").kind == "added"


def test_experiments_come_and_go_and_others_are_left_out(team: Team) -> None:
    team.write("gate/experiment.md", EXPERIMENT)
    team.write("gate/vm-a.md", variant({}))
    team.commit("A second experiment")
    assert [(e.id, e.kind) for e in compare(team).experiments] == [("gate", "added")]
    change = compare(team, "main")
    assert text_of(change).startswith("What changed since main (")


def test_a_changed_plan_concerns_every_experiment(team: Team) -> None:
    team.write("plan.yml", "target: 60%\ncritique: {disable: [VM003, VM004]}\n")
    change = compare(team)
    assert {key.key: (key.before, key.after) for key in change.plan} == {
        "target": ("10%", "60%"),
        "critique.disable": (None, "VM003, VM004"),
    }
    assert "\n\nplan.yml\n  target: 10% → 60%\n" in text_of(change)
    shown = formats.render("diff", "markdown", change)
    assert "| target, critique\\.disable of `plan.yml` |" in shown
    assert "\n`plan.yml`:\n\n* target: 10% → **60%**\n" in shown
    assert [e.id for e in change.experiments] == ["dock"]
    found = one(change)
    assert found.before is not None
    assert found.after is not None
    assert (found.before.state, found.after.state) == ("undecided", "below")


def test_every_setting_of_a_plan_is_told(team: Team) -> None:
    team.write(
        "plan.yml",
        "metric: demo_rate\nalpha: 0.1\nresponse_window: 7\nsmallest_effect: 2.5pp\n"
        "metrics:\n  demo_rate: {count: demos, per: reached, target: 5%}\n"
        "  kept: {count: kept, per: demos}\ncounts: [demos, kept]\ndimensions: [size]\n"
        "sender: {names: [Kim Ito, Lee], company: Brightline}\n"
        "critique: {profile: gong, severity: {VM001: info}, phrases: {hype: [rocket]}}\n",
    )
    change = compare(team)
    assert {key.key: key.after for key in change.plan} == {
        "metric": "demo_rate",
        "alpha": "0.1",
        "response_window": "7 days",
        "smallest_effect": "2.5pp",
        "metrics.demo_rate": "demos per reached, target 5%",
        "metrics.kept": "kept per demos",
        "counts": "demos, kept",
        "dimensions": "size",
        "sender.names": "Kim Ito, Lee",
        "sender.company": "Brightline",
        "critique.profile": "gong",
        "critique.severity": "VM001: info",
        "critique.phrases.hype": "rocket",
    }
    assert change.to_dict()["plan"][2] == {
        "key": "response_window", "before": "14 days", "after": "7 days",
    }  # fmt: skip


def test_where_a_change_began(team: Team) -> None:
    start = team.git("rev-parse", "HEAD").strip()
    with pytest.raises(UsageError, match="no earlier commit"):
        history.base_of(team.messages)
    team.put({"kim": [ROW, NEXT]})
    assert history.base_of(team.messages) == ("main", start)
    assert history.base_of(team.messages, "HEAD") == (
        "HEAD",
        team.git("rev-parse", "HEAD").strip(),
    )
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [NEXT]})
    newest = team.git("rev-parse", "HEAD").strip()
    assert history.base_of(team.messages, "side") == ("side", start)
    assert history.base_of(team.messages) == ("the commit before", start)
    team.write("dock/vm-b.md", variant({"kim": [ROW]}))
    assert history.base_of(team.messages) == ("the last commit", newest)
    team.git("checkout", "-q", "-f", "--detach", "side")
    team.git("merge", "-q", "-m", "Merge", "main", check=False)
    team.put({"kim": [ROW, NEXT], "lee": [NEXT]}, "As a forge merges a pull request")
    assert history.base_of(team.messages) == ("main", newest)


def test_a_branch_behind_the_main_one_lost_nothing(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [NEXT]})
    team.git("checkout", "-q", "side")
    assert compare(team, "main").lost == ()


@pytest.mark.parametrize("revision", ["nowhere", "--help", "HEAD~9", "messages"])
def test_an_unknown_revision_is_wrong_usage(team: Team, revision: str) -> None:
    with pytest.raises(UsageError, match="git knows no commit"):
        compare(team, revision)


def test_a_shallow_clone_that_does_not_reach_back_says_so(team: Team, tmp_path: Path) -> None:
    team.put({"kim": [ROW, NEXT]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [NEXT]})
    clone = Team(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth", "1", f"file://{team.path}", "side", "main:main2")
    clone.git("checkout", "-q", "--detach", "FETCH_HEAD")
    clone.git("branch", "-f", "main", "main2")
    with pytest.raises(SurroundingsError, match="fetch --unshallow"):
        compare(clone, "main")


def test_files_that_did_not_read_are_remarked(team: Team) -> None:
    team.write("dock/vm-a.md", "---\ntitle: [\n---\n")
    team.commit("Break")
    team.write("dock/vm-a.md", variant({}))
    (remark,) = compare(team, "HEAD").remarks
    assert "1 file had errors (dock/vm-a.md)" in remark


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("dock/vm-b.md", variant({"kim": [ROW.replace("responses: 5", "responses: 50")]})),
        ("plan.yml", "metric: happiness\n"),
    ],
)
def test_content_with_errors_is_compared_and_not_judged(team: Team, name: str, text: str) -> None:
    team.write(name, text)
    change = compare(team)
    assert "error" in {finding.severity for finding in change.new}
    (experiment,) = change.experiments
    assert (experiment.after, experiment.moved) == (None, False)


def test_recordings_of_the_past_are_there(team: Team) -> None:
    sound = (
        b"RIFF" + (36 + 300_000).to_bytes(4, "little") + b"WAVEfmt " + (16).to_bytes(4, "little")
    )
    sound += bytes([1, 0, 1, 0]) + (8000).to_bytes(4, "little") * 2 + bytes([1, 0, 8, 0])
    sound += b"data" + (300_000).to_bytes(4, "little") + b"\x80" * 300_000
    (team.messages / "dock/recordings").mkdir()
    (team.messages / "dock/recordings/kim.wav").write_bytes(sound)
    head = "recording: recordings/kim.wav\n"
    team.put({"kim": [ROW]}, head=head)
    team.write("dock/vm-b.md", variant({"kim": [ROW, NEXT]}, head=head))
    change = compare(team, "HEAD")
    assert (change.remarks, change.new, change.fixed) == ((), (), ())


def test_contributed_text_injects_nothing(team: Team) -> None:
    hostile = "<img src=x onerror=alert(1)> @kim #12 | `a` [x](http://e.vil) ::error::x"
    title = 'title: "</details> @lee | **x**"\n'
    text = variant({"kim": [ROW]}, words=hostile).replace("title: Ask\n", title)
    team.write("dock/vm-b.md", text)
    team.write("dock/experiment.md", EXPERIMENT.replace("Does a", "<b>@max</b> #7 ::warning::"))
    shown = formats.render("diff", "markdown", compare(team))
    for bad in ("<img", "<b>", "</details>", "`a`", "[x"):
        assert not re.search(rf"(?<!\\){re.escape(bad)}", shown), bad
    for bad in ("@kim", "@max", "@lee", "#12", "#7", "](http", "\n::"):
        assert bad not in shown
    assert shown.count("<ins>") == shown.count("</ins>") > 0
    assert "::" not in text_of(compare(team))


def test_the_json_has_it_all(team: Team) -> None:
    team.put({"kim": [ROW, NEXT]}, words="Other words.")
    found = json.loads(formats.render("diff", "json", compare(team)))
    assert found["version"] == 1
    assert found["base"]["name"] == "main"
    (shown,) = found["experiments"][0]["variants"]
    assert shown["id"] == "dock/vm-b"
    assert shown["counts"][0] == {"count": "sent", "before": 40, "after": 70}
    assert shown["after"] == {"count": 7, "reached": 70, "state": "undecided"}
    assert {"gone", "new"} <= {kind for run in shown["words"][0]["runs"] for kind in run}


@given(old=st.text("ab ,.\n", max_size=40), new=st.text("ab ,.\n", max_size=40))
def test_both_texts_can_be_read_back_from_their_difference(old: str, new: str) -> None:
    runs = words.compare(old, new)
    assert "".join(run.text for run in runs if run.kind != "gone") == new
    assert "".join(run.text for run in runs if run.kind != "new").split() == old.split()
