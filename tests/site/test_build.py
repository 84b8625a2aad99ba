"""`abtest build`: the published folder is whole at every instant."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from building import DAY, ROOT
from test_plugin import team, tree

from abtest.cli import main
from abtest.errors import AbtestError, SurroundingsError, UsageError
from abtest.site import exchange
from abtest.site.build import build_site

EDITED = "messages/new-hire-opener/your-new-reps.md"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A team's folder, as the current one."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(DAY))
    monkeypatch.chdir(team(tmp_path, "new-hire-opener"))
    return tmp_path


def test_the_site_lands_where_the_settings_say(folder: Path) -> None:
    place, pages = build_site("mkdocs.yml")
    assert place == folder / "site"
    assert pages == len(list(place.rglob("*.html"))) > 20
    assert [path.name for path in (folder / ".abtest").iterdir()] == ["build.lock"]


def test_what_is_gone_from_the_content_is_gone_from_the_site(folder: Path) -> None:
    shutil.copytree(ROOT / "messages/staffing-offers", folder / "messages/staffing-offers")
    build_site("mkdocs.yml")
    assert (folder / "site/experiments/staffing-offers").is_dir()
    shutil.rmtree(folder / "messages/staffing-offers")
    build_site("mkdocs.yml")
    assert not (folder / "site/experiments/staffing-offers").exists()


def test_a_failed_build_leaves_the_old_site(folder: Path) -> None:
    build_site("mkdocs.yml")
    before = tree(folder / "site")
    Path(EDITED).write_text("no front matter")
    with pytest.raises(AbtestError, match=rf"{EDITED}:\d+:\d+: \w+ "):
        build_site("mkdocs.yml")
    assert tree(folder / "site") == before
    assert [path.name for path in (folder / ".abtest").iterdir()] == ["build.lock"]


def _told(stderr: int) -> None:
    """Build with the error stream at `stderr`."""
    done = subprocess.run(
        [sys.executable, "-m", "abtest", "build"],
        env={**os.environ, "TERM": "xterm"},
        stdout=subprocess.DEVNULL,
        stderr=stderr,
        check=False,
    )
    assert done.returncode == 0


def test_a_terminal_shows_how_far_the_build_is(folder: Path) -> None:
    ours, theirs = os.openpty()
    _told(theirs)
    os.close(theirs)
    said = os.read(ours, 65536).decode()
    os.close(ours)
    pages = len(list((folder / "site").rglob("index.html")))
    assert f"1 of {pages} pages" in said
    assert said.endswith("\r\x1b[K")


def test_a_log_stays_empty(folder: Path) -> None:
    with Path("log").open("w+b") as log:
        _told(log.fileno())
        log.seek(0)
        assert log.read() == b""


def test_a_warning_fails_the_build(folder: Path) -> None:
    Path("site_src/page.md").write_text("# A page\n\n[broken](nowhere.md)\n")
    with pytest.raises(AbtestError, match=r"nowhere\.md"):
        build_site("mkdocs.yml")
    assert not Path("site").exists()


def test_what_is_asked_for_counts_before_the_settings(folder: Path) -> None:
    settings = Path("mkdocs.yml").read_text()
    assert "messages: messages" in settings
    Path("mkdocs.yml").write_text(settings.replace("messages: messages", "messages: elsewhere"))
    with pytest.raises(SystemExit) as stop:
        main(["build", "--messages", "messages"])
    assert not stop.value.code
    assert (folder / "site/experiments/new-hire-opener").is_dir()
    with pytest.raises(SystemExit) as stop:
        main(["build"])
    assert stop.value.code == 1


def test_settings_that_do_not_fit_are_said(folder: Path) -> None:
    with pytest.raises(UsageError, match="There is no other"):
        build_site("other.yml")
    Path("mkdocs.yml").write_text("site_name: x\nplugins: [search]\ndocs_dir: site_src\n")
    with pytest.raises(UsageError, match="plugin"):
        build_site("mkdocs.yml")


def _hold(lock: str, held: multiprocessing.synchronize.Event, done: object) -> None:
    import fcntl

    with Path(lock).open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        held.set()
        done.wait()


def test_a_second_builder_is_turned_away(folder: Path) -> None:
    build_site("mkdocs.yml")
    spawn = multiprocessing.get_context("spawn")
    held, done = spawn.Event(), spawn.Event()
    other = spawn.Process(target=_hold, args=(str(folder / ".abtest/build.lock"), held, done))
    other.start()
    try:
        assert held.wait(20)
        with pytest.raises(SurroundingsError, match="Another build"):
            build_site("mkdocs.yml")
    finally:
        done.set()
        other.join()
    build_site("mkdocs.yml")


@pytest.mark.parametrize("can_swap", [True, False])
def test_folders_change_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, can_swap: bool
) -> None:
    if not can_swap:
        monkeypatch.setattr(exchange, "_swap", lambda *_: False)
    new, place = tmp_path / "new", tmp_path / "place"
    for path, words in ((new, "new"), (place, "old")):
        path.mkdir()
        (path / "words").write_text(words)
    exchange.put_in_place(new, place)
    assert (place / "words").read_text() == "new"
    assert (new / "words").read_text() == "old"


@pytest.mark.slow
def test_killed_at_any_moment_the_site_is_whole(folder: Path) -> None:
    """Twenty builds, each killed at another moment: the site is always one whole version."""
    build_site("mkdocs.yml")
    versions = [tree(folder / "site")]
    edited = Path(EDITED)
    original = edited.read_text()
    edited.write_text(original.replace("Name their new reps", "Greet their new reps"))
    build_site("mkdocs.yml")
    versions.append(tree(folder / "site"))
    command = [sys.executable, "-m", "abtest", "build"]
    started = time.monotonic()
    subprocess.run(command, check=True, capture_output=True)
    whole = time.monotonic() - started
    for i in range(20):
        edited.write_text(original if i % 2 else edited.read_text())
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as run:
            # Most moments lie near the end, where the folders change places.
            time.sleep(whole * (0.5 + 0.6 * i / 20))
            os.kill(run.pid, signal.SIGKILL)
        assert tree(folder / "site") in versions, i
    build_site("mkdocs.yml")
    assert [path.name for path in (folder / ".abtest").iterdir()] == ["build.lock"]
