"""When a content folder is what it was, and when nobody can tell."""

from __future__ import annotations

import os

import pytest

from abtest.messages import digest


@pytest.fixture
def content(tmp_path):
    folder = tmp_path / "messages" / "opener"
    folder.mkdir(parents=True)
    (folder / "ask.md").write_text("one")
    return tmp_path / "messages"


def test_a_folder_behind_a_link_has_none(content, tmp_path):
    (tmp_path / "link").symlink_to(content)
    assert digest.of_content(str(content)) is not None
    assert digest.of_content(str(tmp_path / "link")) is None


def test_what_cannot_be_opened_has_none(tmp_path):
    assert digest.of_content(str(tmp_path / "nowhere")) is None


def test_a_pipe_is_never_opened_and_counts_as_what_it_is(content):
    before = digest.of_content(str(content))
    os.mkfifo(content / "opener" / "pipe.md")
    after = digest.of_content(str(content))
    assert before is not None
    assert after is not None
    assert before.whole != after.whole


def test_code_in_an_archive_has_none(tmp_path, monkeypatch):
    archive = tmp_path / "abtest.zip"
    archive.write_bytes(b"PK")
    monkeypatch.setattr(digest, "__file__", str(archive / "abtest/messages/digest.py"))
    assert digest.of_code.__wrapped__() is None
