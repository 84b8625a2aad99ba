"""A copy to open from a disk: search, links and policy without any server."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from urllib.request import url2pathname

import pytest
from building import DAY
from playwright.sync_api import Browser
from test_plugin import run_mkdocs, team, tree

from abtest.cli import main

NAME = "Name their new reps"
MESSAGE = "experiments/new-hire-opener/your-new-reps/index.html"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site built with `abtest build --offline`, by settings that do not name the plugin."""
    folder = team(tmp_path_factory.mktemp("disk"), "new-hire-opener", "staffing-offers")
    settings = (folder / "mkdocs.yml").read_text(encoding="utf-8")
    named = re.compile(r"  - offline:.*\n.*\n")
    assert named.search(settings)
    (folder / "mkdocs.yml").write_text(named.sub("", settings), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(DAY))
        patch.chdir(folder)
        with pytest.raises(SystemExit) as stop:
            main(["build", "--offline"])
    assert not stop.value.code
    return folder / "site"


def test_the_setting_and_the_option_build_the_same_copy(copy: Path, tmp_path: Path) -> None:
    folder = team(tmp_path, "new-hire-opener", "staffing-offers")
    assert run_mkdocs(folder, "build", "--strict", OFFLINE="true").returncode == 0
    assert tree(folder / "site") == tree(copy)


def test_every_link_names_a_file(copy: Path) -> None:
    """Opened from a disk, a folder would be listed instead of its page."""
    link = re.compile(r'<a [^<>]*?href="([^"]*)"')
    for page in copy.rglob("*.html"):
        if page.name == "404.html":  # its links are those of a server, which alone shows it
            continue
        for href in link.findall(page.read_text(encoding="utf-8")):
            target = urlsplit(urljoin(page.as_uri(), href))
            if target.scheme == "file":
                assert Path(url2pathname(target.path)).is_file(), (page, href)


def test_nothing_is_fetched_from_elsewhere(copy: Path) -> None:
    """The theme's plugin would load its worker from another host."""
    page = (copy / "index.html").read_text(encoding="utf-8")
    assert "assets/iframe-worker.js" in page
    assert re.findall(r'<script[^>]*src="(?:https?:)?//', page) == []


def test_a_published_site_needs_neither_worker_nor_second_index(built: Path) -> None:
    assert not (built / "assets/iframe-worker.js").exists()
    assert not (built / "search/search_index.js").exists()


@pytest.mark.browser
def test_search_works_from_a_disk(browser: Browser, copy: Path) -> None:
    """A typed word leads to the message, under the policy, and nobody else is asked."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page, said, asked = context.new_page(), list[str](), list[str]()
    page.on("console", lambda m: said.append(m.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((copy / "experiments/index.html").as_uri())
    page.keyboard.press("/")
    page.keyboard.type("drill", delay=20)
    hit = page.locator(".md-search-result__link", has_text=NAME).first
    hit.click(timeout=5000)
    page.locator("h1", has_text=NAME).wait_for()
    assert urlsplit(page.url).path == (copy / MESSAGE).as_posix()
    assert said == []
    assert {urlsplit(url).scheme for url in asked} == {"file"}
    context.close()


@pytest.mark.browser
def test_links_work_from_a_disk_without_scripts(browser: Browser, copy: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((copy / "index.html").as_uri())
    page.get_by_role("link", name=NAME).first.click()
    page.locator("h1", has_text=NAME).wait_for()
    assert urlsplit(page.url).path == (copy / MESSAGE).as_posix()
    context.close()
