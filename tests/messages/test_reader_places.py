"""What may stand where in a content folder, and bytes that are no text."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from content_trees import (
    OFFER,
    PLAN,
    QUESTION,
    REVIEW,
    REVIEW_TEXT,
    TODAY,
    TREE,
    errors,
    read_tree,
    with_edit,
    write,
)

from abtest.errors import Severity
from abtest.messages.reader import read
from abtest.messages.sheet import MOST

GYM = "messages/gym-owners"


@pytest.mark.parametrize(
    ("name", "code", "told"),
    [
        ("messages/gym-owners/Big.md", "ID001", "messages/gym-owners/Big.md"),
        ("messages/gym-owners/a b.md", "ID001", "messages/gym-owners/a b.md"),
        ("messages/gym-owners/a_b.md", "ID001", "messages/gym-owners/a_b.md"),
        ("messages/gym-owners/a.b.md", "ID001", "messages/gym-owners/a.b.md"),
        ("messages/gym-owners/-a.md", "ID001", "messages/gym-owners/-a.md"),
        ("messages/gym-owners/é.md", "ID001", "messages/gym-owners/é.md"),
        (f"messages/gym-owners/{'x' * 64}.md", "ID001", f"messages/gym-owners/{'x' * 64}.md"),
        ("messages/gym-owners/a\nb.md", "ID001", "messages/gym-owners/a\\nb.md"),
        ("messages/gym-owners/a\u202eb.md", "ID001", "messages/gym-owners/a\\u202eb.md"),
        ("messages/gym-owners/::error::.md", "ID001", "messages/gym-owners/::error::.md"),
        ("messages/gym-owners/📦.md", "ID001", "messages/gym-owners/📦.md"),
        ("messages/gym-owners/Offer.md", "ID002", "messages/gym-owners/Offer.md"),
        ("messages/gym-owners/OFFER.MD", "FS006", "messages/gym-owners/OFFER.MD"),
        ("messages/gym-owners/third.markdown", "FS006", "messages/gym-owners/third.markdown"),
        ("messages/gym-owners/list.csv", "FS004", "messages/gym-owners/list.csv"),
        ("messages/gym-owners/review/x.md", "FS006", "messages/gym-owners/review"),
        ("messages/gym-owners/lists/x.csv", "FS004", "messages/gym-owners/lists"),
        ("messages/gym-owners/reviews/x.txt", "FS004", "messages/gym-owners/reviews/x.txt"),
        ("messages/gym-owners/reviews/more/x.md", "FS004", "messages/gym-owners/reviews/more"),
        ("messages/Gym/experiment.md", "ID001", "messages/Gym"),
        ("messages/gym 2/experiment.md", "ID001", "messages/gym 2"),
        ("messages/gym.2/experiment.md", "ID001", "messages/gym.2"),
        ("messages/__x/experiment.md", "ID001", "messages/__x"),
        ("messages/third/offer.md", "FS003", "messages/third"),
        ("messages/plan.yaml", "FS006", "messages/plan.yaml"),
        ("messages/Plan.yml", "ID002", "messages/Plan.yml"),
        ("messages/third.md", "FS006", "messages/third.md"),
    ],
)
def test_names_and_places_that_are_not_content(
    name: str, code: str, told: str, tmp_path: Path
) -> None:
    _, findings = read_tree(tmp_path, {**TREE, name: TREE[OFFER]})
    assert (told, code) in [(f.path, f.code) for f in findings]


def test_a_readme_in_an_experiment_has_a_better_place(tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, f"{GYM}/README.md": "# Gym owners\n"})
    assert [f.code for f in findings] == ["ID001"]
    assert "experiment.md" in findings[0].suggestion


@pytest.mark.parametrize("name", ["x" * 63, "b", "2nd", "no", "null", "a-1"])
def test_names_that_are_ids(name: str, tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, f"{GYM}/{name}.md": TREE[OFFER]})
    assert findings == ()


def test_what_is_no_content_is_left_alone(tmp_path: Path) -> None:
    extras = ["messages/README.md", "messages/notes.txt", f"{GYM}/.DS_Store", "messages/.git/x.md"]
    _, findings = read_tree(tmp_path, {**TREE, **dict.fromkeys(extras, "x")})
    assert findings == ()


def test_a_name_that_windows_keeps_is_said(tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, f"{GYM}/aux.md": TREE[OFFER]})
    assert [(f.code, f.severity) for f in findings] == [("ID003", Severity.WARNING)]


def test_bytes_that_are_no_name_are_told_escaped(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    bad = os.fsencode(tmp_path / "messages" / "gym-owners") + b"/caf\xe9.md"
    Path(os.fsdecode(bad)).write_text("x")
    _, findings = read(tmp_path / "messages", today=TODAY)
    assert [f.path.rpartition("/")[2] for f in findings] == ["caf\\udce9.md"]


@pytest.mark.parametrize(
    "link",
    [
        f"{GYM}/third.md",
        f"{GYM}/experiment.md",
        PLAN,
        f"{GYM}/reviews",
        f"{GYM}/reviews/x.md",
        f"{GYM}/recordings",
        f"{GYM}/again",
        "messages/second",
        f"{GYM}/offer.md",
    ],
)
@pytest.mark.parametrize("target", ["offer.md", "../..", "gone", "../../../etc", "."])
def test_links_are_refused_and_never_followed(link: str, target: str, tmp_path: Path) -> None:
    write(tmp_path, {name: text for name, text in TREE.items() if name != link})
    path = tmp_path / link
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)
    _, findings = read(tmp_path / "messages", today=TODAY)
    assert (path.as_posix(), "FS002") in [(f.path, f.code) for f in findings]


def test_pipes_are_refused_without_waiting(tmp_path: Path) -> None:
    write(tmp_path, TREE)
    os.mkfifo(tmp_path / GYM / "third.md")
    _, findings = read(tmp_path / "messages", today=TODAY)
    assert [f.code for f in findings] == ["FS005"]


def test_an_unreadable_file_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, TREE)
    real = os.open

    def refuse(path: str, flags: int, *rest: int) -> int:
        if str(path).endswith("offer.md"):
            raise PermissionError(13, "Permission denied")
        return real(path, flags, *rest)

    monkeypatch.setattr(os, "open", refuse)
    _, findings = read(tmp_path / "messages", today=TODAY)
    assert [(f.code, f.message) for f in findings] == [
        ("FS005", "This file cannot be read: permission denied.")
    ]


def test_an_unreadable_folder_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, TREE)
    real = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("gym-owners"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", refuse)
    _, findings = read(tmp_path / "messages", today=TODAY)
    assert [f.code for f in findings] == ["FS005"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        (TREE[OFFER].encode("utf-16"), "EN001", 1),
        (TREE[OFFER].encode("utf-16-le"), "EN001", 1),
        (TREE[OFFER].encode("utf-32"), "EN001", 1),
        (b"\x89PNG\r\n\x1a\n\0\0\0\xff" + bytes(range(1, 256)) * 3, "EN001", 1),
        (TREE[OFFER].replace("checklist?", "café?").encode("latin-1"), "EN001", 16),
        (TREE[OFFER].encode() + b"\xe2\x82", "EN001", 19),
        (TREE[OFFER].replace("Shall", "\0Shall").encode(), "EN002", 16),
        (b"", "FM001", 1),
        (b" \n\n", "FM001", 1),
        (b"x" * 300_000, "SZ001", 0),
        (TREE[OFFER].encode() + b"x\n" * 200_000, "SZ001", 0),
    ],
)
def test_bytes_that_are_no_text(content: bytes, code: str, line: int, tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, OFFER: content})
    assert [(f.code, f.line) for f in errors(findings)] == [(code, line)]


@pytest.mark.parametrize(
    ("title", "column", "said"),
    [
        ("Ask \x1b[31mwho", 12, "(U+001B, escape), behind 'title: Ask'."),
        ("Ask\x0bwho", 11, "(U+000B, vertical tab), behind 'title: Ask'."),
        ("A title that goes on and\x01 on", 32, "(U+0001), behind 'tle that goes on and'."),
    ],
)
def test_a_control_character_is_named_with_what_stands_before_it(
    title: str, column: int, said: str, tmp_path: Path
) -> None:
    content = re.sub(r"(?m)^title: .*$", lambda _: f"title: {title}", TREE[OFFER], count=1)
    (found,) = errors(read_tree(tmp_path, {**TREE, OFFER: content.encode()})[1])
    assert (found.code, found.line, found.column) == ("EN002", 2, column)
    assert found.message == f"There is a control character here {said}"
    assert "type the line afresh" in found.suggestion


def test_a_control_character_at_the_start_of_a_line_stands_behind_nothing(tmp_path: Path) -> None:
    content = TREE[OFFER].replace("---\n", "---\n\x07", 1)
    (found,) = errors(read_tree(tmp_path, {**TREE, OFFER: content.encode()})[1])
    assert found.message == "There is a control character here (U+0007, bell)."


def test_a_byte_is_named_as_an_older_program_meant_it(tmp_path: Path) -> None:
    content = TREE[OFFER].replace("checklist?", "café?").encode("latin-1")
    _, findings = read_tree(tmp_path, {**TREE, OFFER: content})
    assert "for é" in findings[0].message
    assert findings[0].column == 25


def test_byte_order_marks_and_windows_lines_are_fine_and_said_once(tmp_path: Path) -> None:
    tree = {
        name: ("\ufeff" + text.replace("\n", "\r\n") if name.endswith(".md") else text)
        for name, text in {**TREE, REVIEW: REVIEW_TEXT}.items()
    }
    experiments, findings = read_tree(tmp_path, tree)
    assert [(f.code, f.severity) for f in findings] == [
        ("EN004", Severity.INFO),
        ("EN005", Severity.INFO),
    ]
    assert "as 3 more have" in findings[0].message
    plain, _ = read_tree(tmp_path / "plain", {**TREE, REVIEW: REVIEW_TEXT})
    assert experiments is not None
    assert plain is not None
    ours, theirs = experiments["gym-owners"], plain["gym-owners"]
    assert ours.body == theirs.body
    for one, other in zip(ours, theirs, strict=True):
        assert one.touches == other.touches
        assert one.cohorts == other.cohorts
        assert one.notes == other.notes
        assert one.reviews[0:1] == () or one.reviews[0].body == other.reviews[0].body


def test_a_file_with_hundreds_of_problems_tells_the_first(tmp_path: Path) -> None:
    rows = "".join(f"    - {{date: 2026-10-{n % 30 + 1:02d}, sent: x}}\n" for n in range(300))
    tree = with_edit(QUESTION, "    - {date: 2026-10-06, sent: 25, responses: 3}\n", rows)
    _, findings = read_tree(tmp_path, tree)
    assert len(findings) == MOST
    assert [f.code for f in findings].count("SZ003") == 1
