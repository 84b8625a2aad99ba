"""`abtest init --update`: newer templates are shown, and edits are never overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from doc_samples import tree

from abtest.workspace import files, updating
from abtest.workspace.manifest import MANIFEST, digest, read_manifest


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch) -> None:
    """A newer abtest: two templates say something else, one is new, and so is a message."""
    real = files.starter_files

    def starter_files(team, day):
        made = real(team, day)
        made["mkdocs.yml"] += "copyright: ours\n"
        made["README.md"] += "More help.\n"
        made["messages/plan.yml"] += "# more\n"
        return made | {"new/file.txt": "new\n"}

    monkeypatch.setattr(updating, "starter_files", starter_files)


def test_nothing_to_do_at_first(run, outreach: Path) -> None:
    done = run("init", "--update", cwd=outreach)
    assert done.code == 0
    assert "Nothing to update" in done.out


def test_changes_are_shown_and_not_made(run, newer: None, outreach: Path) -> None:
    (outreach / "README.md").write_text("ours\n", "utf-8")
    before = tree(outreach)
    done = run("init", "--update", cwd=outreach)
    assert done.code == 0
    assert "mkdocs.yml: you never edited it" in done.out
    assert "+copyright: ours" in done.out
    assert "README.md: you edited it, so it stays" in done.out
    assert "-ours" in done.out
    assert "new/file.txt: new" in done.out
    assert "messages/plan.yml:" not in done.out
    assert "2 can be written, 1 edited by you." in done.out
    assert tree(outreach) == before


def test_only_unedited_files_are_written(run, newer: None, outreach: Path) -> None:
    (outreach / "README.md").write_text("ours\n", "utf-8")
    plan = (outreach / "messages/plan.yml").read_bytes()
    done = run("init", outreach, "--update", "--write")
    assert done.code == 0
    assert (outreach / "README.md").read_text("utf-8") == "ours\n"
    assert (outreach / "mkdocs.yml").read_text("utf-8").endswith("copyright: ours\n")
    assert (outreach / "new/file.txt").read_text("utf-8") == "new\n"
    assert (outreach / "messages/plan.yml").read_bytes() == plan
    again = run("init", "--update", cwd=outreach)
    assert "mkdocs.yml:" not in again.out
    assert "README.md" in again.out


def test_what_was_deleted_stays_deleted(run, newer: None, outreach: Path) -> None:
    (outreach / "mkdocs.yml").unlink()
    run("init", "--update", "--write", cwd=outreach)
    assert not (outreach / "mkdocs.yml").exists()


def test_an_edit_alone_is_no_news(run, outreach: Path) -> None:
    (outreach / "README.md").write_text("ours\n", "utf-8")
    assert "Nothing to update" in run("init", "--update", cwd=outreach).out


def test_other_line_ends_and_a_byte_order_mark_are_no_edit(run, newer, outreach: Path) -> None:
    path = outreach / "mkdocs.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    done = run("init", "--update", "--write", cwd=outreach)
    assert "Wrote mkdocs.yml" in done.out
    assert path.read_text("utf-8").endswith("copyright: ours\n")


def test_a_change_meanwhile_is_not_lost(newer: None, outreach: Path) -> None:
    found = updating.changes(outreach)
    (outreach / "mkdocs.yml").write_text("theirs\n", "utf-8")
    with pytest.raises(Exception, match="changed by someone else"):
        updating.apply(outreach, found)
    assert (outreach / "mkdocs.yml").read_text("utf-8") == "theirs\n"


def test_the_manifest_knows_every_file(outreach: Path) -> None:
    manifest = read_manifest(outreach)
    on_disk = set(tree(outreach)) - {MANIFEST}
    assert set(manifest.digests) == on_disk
    for path, found in manifest.digests.items():
        assert digest((outreach / path).read_text("utf-8")) == found


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"team": {"target": "x"}}', "\x00"])
def test_a_broken_manifest_is_said(run, outreach: Path, content: str) -> None:
    (outreach / MANIFEST).write_text(content, "utf-8")
    done = run("init", "--update", cwd=outreach)
    assert done.code == 2
    assert MANIFEST in done.err


def test_wrong_uses_are_said(run, outreach: Path, tmp_path: Path) -> None:
    assert "'abtest init' made" in run("init", "--update").err
    assert run("init", "--write", cwd=outreach).code == 2
    assert run("init", "--update", "--sender", "Bo", cwd=outreach).code == 2


def test_answers_of_a_newer_version_are_passed_over(run, outreach: Path) -> None:
    path = outreach / MANIFEST
    content = json.loads(path.read_text("utf-8"))
    content["team"]["slogan"] = "x"
    path.write_text(json.dumps(content), "utf-8")
    assert run("init", "--update", cwd=outreach).code == 0
