"""The MkDocs plugin, run as MkDocs runs it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping
from pathlib import Path

import pytest
from building import DAY, ROOT, free_port, settings


def run_mkdocs(
    folder: Path, *arguments: str, **environment: str
) -> subprocess.CompletedProcess[str]:
    """`python -m mkdocs` in a folder."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", *arguments],
        cwd=folder,
        env={
            **os.environ,
            "SOURCE_DATE_EPOCH": str(DAY),
            "NO_MKDOCS_2_WARNING": "1",
            **environment,
        },
        text=True,
        capture_output=True,
        check=False,
    )


def team(folder: Path, *names: str, **more: str) -> Path:
    """A team's folder with some of the repository's experiments."""
    (folder / "messages").mkdir()
    shutil.copy(ROOT / "messages" / "plan.yml", folder / "messages")
    for name in names:
        shutil.copytree(ROOT / "messages" / name, folder / "messages" / name)
    settings(folder, **more)
    return folder


def tree(folder: Path) -> Mapping[str, bytes]:
    """Every file of a folder."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_strict_build_is_clean(tmp_path: Path) -> None:
    done = run_mkdocs(team(tmp_path, "new-hire-opener"), "build", "--strict")
    assert done.returncode == 0, done.stderr
    assert "WARNING" not in done.stderr
    assert (tmp_path / "site/experiments/new-hire-opener/your-new-reps/index.html").is_file()
    assert (tmp_path / "site/results.json").is_file()
    assert (tmp_path / "site/experiments/new-hire-opener/results.csv").is_file()


def test_two_builds_are_the_same_bytes(tmp_path: Path) -> None:
    team(tmp_path, "new-hire-opener", "staffing-offers")
    surroundings = [
        {"PYTHONHASHSEED": "1", "TZ": "Pacific/Kiritimati", "LC_ALL": "C"},
        {"PYTHONHASHSEED": "2", "TZ": "America/Los_Angeles", "LC_ALL": "C.UTF-8"},
    ]
    built = []
    for i, environment in enumerate(surroundings):
        done = run_mkdocs(tmp_path, "build", "--site-dir", f"site{i}", **environment)
        assert done.returncode == 0, done.stderr
        built.append(tree(tmp_path / f"site{i}"))
    assert built[0].keys() == built[1].keys()
    assert [path for path in built[0] if built[0][path] != built[1][path]] == []


def test_bad_content_leaves_the_old_site_and_names_every_problem(tmp_path: Path) -> None:
    team(tmp_path, "new-hire-opener")
    assert run_mkdocs(tmp_path, "build").returncode == 0
    before = tree(tmp_path / "site")
    for name in ("your-new-reps.md", "our-company.md"):
        path = tmp_path / "messages" / "new-hire-opener" / name
        path.write_text(path.read_text().replace("title:", "tilte:", 1))
    done = run_mkdocs(tmp_path, "build")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    for name in ("your-new-reps.md", "our-company.md"):
        assert f"messages/new-hire-opener/{name}:2:1: " in done.stderr
    assert tree(tmp_path / "site") == before


def test_a_missing_content_folder_is_said(tmp_path: Path) -> None:
    settings(tmp_path)
    done = run_mkdocs(tmp_path, "build")
    assert done.returncode == 1
    assert "messages" in done.stderr
    assert "Traceback" not in done.stderr


def test_navigation_titles_come_from_the_settings(tmp_path: Path) -> None:
    config = settings(team(tmp_path, "new-hire-opener"))
    config.write_text(config.read_text().replace("- Home: index.md", "- Start: index.md"))
    assert run_mkdocs(tmp_path, "build", "--strict").returncode == 0
    page = (tmp_path / "site/index.html").read_text()
    assert ">Start<" in page.replace("\n", "").replace(" ", "")
    assert "<title>What should I send now? - " in page


def test_a_message_hangs_below_its_experiment(tmp_path: Path) -> None:
    team(tmp_path, "new-hire-opener")
    assert run_mkdocs(tmp_path, "build").returncode == 0
    page = (tmp_path / "site/experiments/new-hire-opener/your-new-reps/index.html").read_text()
    path = page.split('class="md-path__list"')[1].split("</nav>")[0]
    links = [part.split('"')[0] for part in path.split('href="')[1:]]
    assert [link.rstrip("/") for link in links] == ["../../..", "../..", ".."]
    assert 'class="md-tabs__item md-tabs__item--active"' in page


def test_the_pencil_opens_the_content_file(tmp_path: Path) -> None:
    address = "https://github.com/brightline/outreach/edit/main/site_src/"
    team(tmp_path, "new-hire-opener", edit_uri=address)
    assert run_mkdocs(tmp_path, "build", "--strict").returncode == 0
    page = (tmp_path / "site/experiments/new-hire-opener/your-new-reps/index.html").read_text()
    root = "https://github.com/brightline/outreach/edit/main/messages/"
    assert f'href="{root}new-hire-opener/your-new-reps.md"' in page


def test_a_team_may_write_its_own_home_page(tmp_path: Path) -> None:
    team(tmp_path, "new-hire-opener")
    (tmp_path / "site_src/index.md").write_text("# Welcome\n\nHello.\n\n<!-- abtest:home -->\n")
    assert run_mkdocs(tmp_path, "build", "--strict").returncode == 0
    page = (tmp_path / "site/index.html").read_text()
    assert "Hello." in page
    assert 'class="ab-answer ab-meets"' in page
    assert page.count("<h1") == 1


def test_every_page_carries_one_and_the_same_policy(tmp_path: Path) -> None:
    team(tmp_path, "new-hire-opener")
    (tmp_path / "site_src/hello.md").write_text("# Hello\n\n<script>alert(1)</script>\n")
    assert run_mkdocs(tmp_path, "build").returncode == 0
    policies = set()
    for path in (tmp_path / "site").rglob("*.html"):
        page = path.read_text()
        head = page.split("</head>")[0]
        assert head.count('http-equiv="Content-Security-Policy"') == 1, path
        assert head.index("Content-Security-Policy") < head.index("<link"), path
        policies.add(head.split('http-equiv="Content-Security-Policy" content="')[1].split('"')[0])
    assert len(policies) == 1
    assert "unsafe" not in policies.pop()


@pytest.mark.parametrize("value", ["2026-10-20", "'2026-10-20'"])
def test_the_day_can_be_fixed_in_the_settings(tmp_path: Path, value: str) -> None:
    config = settings(team(tmp_path, "new-hire-opener"))
    config.write_text(
        config.read_text().replace(
            "messages: messages", f"messages: messages\n      as_of: {value}"
        )
    )
    assert run_mkdocs(tmp_path, "build").returncode == 0
    assert "As of 20 Oct 2026" in (tmp_path / "site/index.html").read_text()


@pytest.mark.slow
def test_serve_follows_edits_of_the_content(tmp_path: Path) -> None:
    team(tmp_path, "new-hire-opener")
    host = f"127.0.0.1:{free_port()}"
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "serve", "--dev-addr", host],
        cwd=tmp_path,
        env={**os.environ, "SOURCE_DATE_EPOCH": str(DAY)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    ) as server:
        try:
            url = f"http://{host}/experiments/new-hire-opener/your-new-reps/"
            assert wait_for(url, "Name their new reps")
            path = tmp_path / "messages/new-hire-opener/your-new-reps.md"
            path.write_text(path.read_text().replace("Name their new reps", "Greet their new reps"))
            assert wait_for(url, "Greet their new reps")
        finally:
            server.terminate()


def wait_for(url: str, words: str) -> bool:
    """Does the page have these words within half a minute?"""
    deadline = time.monotonic() + 30
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                if words in answer.read().decode():
                    return True
        except OSError:
            pass
        time.sleep(0.2)
    return False
