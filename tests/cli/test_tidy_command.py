"""`abtest tidy`, as people run it."""

from __future__ import annotations

from pathlib import Path

import pytest

QUESTION = """---
title: Does a question beat an offer?
profile:
  industry: Logistics
  location: Chicago
  title: VP of Operations
---
Why.
"""
VARIANT = """---
title: Ask
results:
  kim:
    - date: '2025-03-02'
      sent: 40
---
## Voicemail
Hi.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    dock = tmp_path / "messages" / "dock"
    dock.mkdir(parents=True)
    (dock / "experiment.md").write_text(QUESTION)
    (dock / "vm-a.md").write_text(VARIANT)
    (dock / "vm-b.md").write_text(VARIANT.replace("title: Ask", "title: Ask\nauthor: 'kim'"))
    return tmp_path


def test_check_changes_nothing_and_fails(run, folder: Path) -> None:
    ran = run("tidy", "--check")
    assert ran.code == 1
    assert ran.out.splitlines() == [
        "Would tidy messages/dock/vm-a.md",
        "Would tidy messages/dock/vm-b.md",
        "2 would change, 1 left as they are.",
    ]
    assert (folder / "messages/dock/vm-a.md").read_text() == VARIANT


def test_tidy_changes_what_it_is_given_and_then_nothing(run, folder: Path) -> None:
    assert run("tidy", "messages/dock/vm-a.md").out.startswith("Tidied messages/dock/vm-a.md\n")
    text = (folder / "messages/dock/vm-a.md").read_text()
    assert "    - {date: 2025-03-02, sent: 40}\n" in text
    assert run("tidy", "messages/dock").code == 0
    ran = run("tidy", "--check")
    assert (ran.code, ran.out) == (0, "0 would change, 3 left as they are.\n")


def test_a_file_that_does_not_read_is_refused_and_the_rest_done(run, folder: Path) -> None:
    bad = VARIANT.replace("sent: 40", "sent: forty")
    (folder / "messages/dock/vm-b.md").write_text(bad)
    ran = run("tidy")
    assert ran.code == 1
    assert "messages/dock/vm-b.md:6:" in ran.err
    assert "1 changed, 1 left as they are." in ran.out
    assert (folder / "messages/dock/vm-b.md").read_text() == bad


def test_a_path_that_holds_no_such_file_is_wrong_usage(run, folder: Path) -> None:
    ran = run("tidy", "elsewhere")
    assert ran.code == 2
    assert "elsewhere is no experiment" in ran.err
