"""Merges: the base and what both sides made of it, no less and no more."""

from __future__ import annotations

from pathlib import Path

import pytest
from gitteam import ROW, WORDS, Team, variant
from hypothesis import given
from hypothesis import strategies as st

from abtest.messages.history.arithmetic import Kind, losses, merge_breaks, merged_rows
from abtest.messages.history.graph import Graph
from abtest.messages.history.log import Commit
from abtest.messages.history.snapshot import RowKey

NEXT = "{date: 2025-03-09, sent: 30, responses: 2}"
LATER = "{date: 2025-03-16, sent: 20, responses: 1}"


def raised(row: str, responses: int) -> str:
    return row.replace("responses: 5", f"responses: {responses}")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    team = Team(tmp_path / "team")
    team.start({"kim": [ROW], "lee": [ROW]})
    return team


def on_branch(team: Team, name: str, rows: dict[str, list[str]], **more: str) -> None:
    team.git("checkout", "-q", "-b", name, "main")
    team.put(rows, f"On {name}", **more)


def finish(
    team: Team, rows: dict[str, list[str]] | None, branch: str, message: str = "Merge"
) -> None:
    """Merge a branch into main with these rows as the outcome, however git sees it."""
    team.git("checkout", "-q", "main")
    team.git("merge", "-q", "--no-ff", "--no-commit", branch, check=False)
    if rows is not None:
        team.write("dock/vm-b.md", variant(rows))
    team.commit(message)


def test_rows_of_both_sides_are_fine(team: Team) -> None:
    on_branch(team, "side", {"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [ROW, NEXT]})
    finish(team, None, "side")
    assert team.codes() == []


@pytest.mark.parametrize(
    ("merged", "said"),
    [
        (raised(ROW, 9), ""),
        (raised(ROW, 8), "may hold only one change: kim 2025-03-02, responses 9 → 8"),
        (raised(ROW, 7), "may hold only one change"),
        (raised(ROW, 6), "lost counts that one of its sides had"),
        (raised(ROW, 10), "more than both of its sides recorded"),
    ],
)
def test_two_raises_of_one_row_add_up(team: Team, merged: str, said: str) -> None:
    on_branch(team, "side", {"kim": [raised(ROW, 7)], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [raised(ROW, 7)], "lee": [ROW]})
    finish(team, {"kim": [merged], "lee": [ROW]}, "side")
    assert said in team.messages_found()
    assert bool(said) == bool(team.codes())


def test_a_merge_may_own_up_itself(team: Team) -> None:
    on_branch(team, "side", {"kim": [raised(ROW, 7)], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [raised(ROW, 7)], "lee": [ROW]})
    finish(team, None, "side", "Merge\n\nCorrection: it was one and the same answer")
    assert team.codes() == []


def test_a_row_deleted_on_one_side_stays_deleted(team: Team) -> None:
    on_branch(team, "side", {"kim": [ROW]})
    team.git("commit", "-q", "--amend", "-m", "Drop\n\nCorrection: lee never sent it")
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW, NEXT], "lee": [ROW]})
    finish(team, {"kim": [ROW, NEXT]}, "side")
    assert team.codes() == []


def test_a_deleted_row_that_a_merge_brings_back_is_told(team: Team) -> None:
    on_branch(team, "side", {"kim": [ROW]})
    team.git("commit", "-q", "--amend", "-m", "Drop\n\nCorrection: lee never sent it")
    finish(team, {"kim": [ROW], "lee": [ROW]}, "side")
    assert "more than both of its sides" in team.messages_found()


def test_the_same_row_from_two_branches_is_one_row(team: Team) -> None:
    """As after a squash: main has the rows of the branch, and the branch goes on."""
    on_branch(team, "side", {"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW, NEXT], "lee": [ROW]}, "Squashed")
    team.git("checkout", "-q", "side")
    team.put({"kim": [ROW, NEXT, LATER], "lee": [ROW]})
    finish(team, {"kim": [ROW, NEXT, LATER], "lee": [ROW]}, "side")
    assert team.codes() == []


def test_branches_merged_into_each_other(team: Team) -> None:
    on_branch(team, "side", {"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [ROW, NEXT]})
    team.git("branch", "old-main")
    finish(team, None, "side")
    team.git("checkout", "-q", "side")
    team.git("merge", "-q", "-m", "Criss", "old-main")
    team.put({"kim": [ROW, NEXT, LATER], "lee": [ROW, NEXT]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW, NEXT], "lee": [ROW, NEXT, LATER]})
    finish(team, None, "side", "Cross")
    assert team.codes() == []
    rows = {"kim": [ROW, NEXT, LATER], "lee": [ROW, NEXT]}
    team.git("commit", "-q", "--amend", "-m", "Cross, badly")
    team.write("dock/vm-b.md", variant(rows))
    team.git("add", "-A")
    team.git("commit", "-q", "--amend", "-m", "Cross, badly")
    assert "lee 2025-03-16" in team.messages_found()


def test_many_branches_at_once(team: Team) -> None:
    branches = {"kim": "a", "lee": "b", "max": "c"}
    team.put({rep: [ROW] for rep in branches})
    for rep, name in branches.items():
        rows = {each: [ROW, NEXT] if each == rep else [ROW] for each in branches}
        on_branch(team, name, rows)
    team.git("checkout", "-q", "main")
    team.git("merge", "-q", "-m", "Octopus", *branches.values())
    assert len(team.git("show", "-s", "--format=%P", "HEAD").split()) == 3
    assert team.codes() == []
    team.write("dock/vm-b.md", variant({"kim": [ROW, NEXT], "lee": [ROW, NEXT], "max": [ROW]}))
    team.git("add", "-A")
    team.git("commit", "-q", "--amend", "-m", "Octopus, badly")
    assert "max 2025-03-09" in team.messages_found()


def test_a_file_renamed_on_one_side_and_raised_on_the_other(team: Team) -> None:
    team.git("checkout", "-q", "-b", "side")
    team.git("mv", "messages/dock/vm-b.md", "messages/dock/vm-question.md")
    team.commit("Rename")
    team.git("checkout", "-q", "main")
    team.put({"kim": [raised(ROW, 6)], "lee": [ROW]})
    team.git("merge", "-q", "--no-ff", "-m", "Merge", "side")
    assert "responses: 6" in (team.messages / "dock/vm-question.md").read_text()
    assert team.codes() == []


def test_a_merge_that_was_committed_with_its_conflict_is_looked_through(team: Team) -> None:
    on_branch(team, "side", {"kim": [raised(ROW, 6)], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [raised(ROW, 8)], "lee": [ROW]})
    finish(team, None, "side")
    assert "<<<<<<<" in (team.messages / "dock/vm-b.md").read_text()
    team.put({"kim": [raised(ROW, 9)], "lee": [ROW]}, "Mend")
    assert team.codes() == []
    team.put({"kim": [raised(ROW, 9)]}, "And lose one")
    assert "lee 2025-03-02" in team.messages_found()


def test_a_mended_merge_has_to_hold_both_sides_too(team: Team) -> None:
    on_branch(team, "side", {"kim": [raised(ROW, 6)], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [raised(ROW, 8)], "lee": [ROW]})
    finish(team, None, "side")
    team.put({"kim": [raised(ROW, 8)], "lee": [ROW]}, "Mend badly")
    assert "responses 9 → 8" in team.messages_found()


def test_an_unfinished_merge_is_checked_before_it_is_committed(team: Team) -> None:
    on_branch(team, "side", {"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW, LATER], "lee": [ROW]})
    team.git("merge", "-q", "side", check=False)
    team.write("dock/vm-b.md", variant({"kim": [ROW, NEXT, LATER], "lee": [ROW]}))
    assert team.codes() == []
    team.write("dock/vm-b.md", variant({"kim": [ROW, LATER], "lee": [ROW]}))
    (finding,) = team.examine().findings
    assert finding.severity == "error"
    assert "your uncommitted changes lost counts" in finding.message.replace("The merge ", "")


def test_words_settled_in_a_merge_are_a_change_of_words(team: Team) -> None:
    on_branch(team, "side", {"kim": [ROW, NEXT], "lee": [ROW]})
    team.git("checkout", "-q", "main")
    team.put({"kim": [ROW], "lee": [ROW, NEXT]})
    team.git("merge", "-q", "--no-ff", "--no-commit", "side")
    rows = {"kim": [ROW, NEXT], "lee": [ROW, NEXT]}
    team.write("dock/vm-b.md", variant(rows, words=f"{WORDS} Thanks."))
    team.commit("Merge")
    assert team.codes() == ["DM010 error"]


# The arithmetic and the graph by themselves

KEYS = [RowKey.of("kim", day, {}) for day in ("2025-03-02", "2025-03-09")]
counts = st.dictionaries(st.sampled_from(["sent", "responses"]), st.integers(1, 9), min_size=1)
rows = st.dictionaries(st.sampled_from(KEYS), counts)


@given(base=rows, sides=st.lists(rows, min_size=2, max_size=3))
def test_what_has_to_come_out_is_what_is_accepted(base, sides) -> None:
    assert not list(merge_breaks(base, sides, merged_rows(base, sides)))


@given(base=rows, side=rows)
def test_one_side_alone_comes_out_as_it_is(base, side) -> None:
    assert merged_rows(base, [base, side]) == side
    assert not list(merge_breaks(base, [side, base], side))


@given(before=rows, after=rows)
def test_only_growth_is_no_loss(before, after) -> None:
    found = {each.key for each in losses(before, after)}
    for key, counts in before.items():
        lower = any(after.get(key, {}).get(name, 0) < n for name, n in counts.items())
        assert (key in found) is (lower or key not in after)
    assert all(each.kind in (Kind.VANISHED, Kind.LOWERED) for each in losses(before, after))


@given(data=st.data())
def test_commits_of_one_side_are_those_that_no_other_has(data) -> None:
    size = data.draw(st.integers(2, 12))
    parents = [
        data.draw(st.lists(st.integers(0, at - 1), max_size=3, unique=True)) if at else []
        for at in range(size)
    ]
    commits = [
        Commit(str(at), tuple(map(str, of)), "", "", "", (), (), ())
        for at, of in enumerate(parents)
    ]
    graph = Graph(commits)

    def past(at: int) -> set[int]:
        return {at}.union(*(past(parent) for parent in parents[at]))

    sides = data.draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=3, unique=True))
    expected = [
        past(side) - set().union(*(past(other) for other in sides if other != side))
        for side in sides
    ]
    assert graph.exclusive(sides) == expected
    assert graph.descends(sides[0], sides[1]) is (sides[1] in past(sides[0]))
