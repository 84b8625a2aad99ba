"""Every kind of broken, hostile or merely odd content is told at its place, with a cure."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from content_trees import REVIEW, first_change, read_tree, with_edit
from hostile_edits import EDITS, Edit

from abtest.errors import Severity
from abtest.messages.codes import CODES


def _name(edit: Edit) -> str:
    return f"{edit.code or 'fine'}:{edit.new[:40]!r}"


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.code], ids=_name)
def test_a_problem_is_told_at_its_place_with_a_cure(edit: Edit, tmp_path: Path) -> None:
    tree = with_edit(edit.path, edit.old, edit.new)
    started = time.process_time()
    _, findings = read_tree(tmp_path, tree)
    assert time.process_time() - started < 2
    line = first_change(edit.path, tree) if edit.line is None else edit.line
    told = [f for f in findings if f.path == edit.path and f.code == edit.code]
    assert told, [str(f) for f in findings]
    if line:
        assert line in {f.line for f in told}, [str(f) for f in told]
    assert all(f.code in CODES for f in findings)
    assert all(f.message.endswith(".") for f in findings)
    assert all(f.suggestion for f in findings if f.severity != Severity.INFO)


@pytest.mark.parametrize("edit", [edit for edit in EDITS if edit.code is None], ids=_name)
def test_what_is_fine_passes_without_a_word(edit: Edit, tmp_path: Path) -> None:
    experiments, findings = read_tree(tmp_path, with_edit(edit.path, edit.old, edit.new))
    assert [str(f) for f in findings if f.severity != Severity.INFO] == []
    assert experiments is not None
    assert len(experiments["gym-owners"]) == 2


def test_every_problem_of_all_files_is_told_at_once(tmp_path: Path) -> None:
    tree = with_edit(REVIEW, "fit: 4", "fit: 9")
    for path, old, new in [
        ("messages/plan.yml", "target: 10%", "target: 10"),
        ("messages/gym-owners/experiment.md", "status: running", "status: going"),
        ("messages/gym-owners/offer.md", "sent: 30", "sent: -30"),
        ("messages/gym-owners/question.md", "sent: 20", "sent: x"),
        ("messages/gym-owners/question.md", "Subject: Who plans January?", "Subject:"),
    ]:
        text = tree[path]
        assert isinstance(text, str)
        tree[path] = text.replace(old, new)
    experiments, findings = read_tree(tmp_path, tree)
    assert [(f.path.rpartition("/")[2], f.code) for f in findings] == [
        ("experiment.md", "VL003"),
        ("offer.md", "CT001"),
        ("question.md", "CT001"),
        ("question.md", "SB001"),
        ("ana.md", "VL006"),
        ("plan.yml", "VL004"),
    ]
    assert experiments is not None
    question = experiments["gym-owners"]["question"]
    assert [c.sent for c in question.cohorts] == [30, 25]
    assert [t.channel for t in question.touches] == ["voicemail"]
