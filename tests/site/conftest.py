"""A whole site, built as a user builds it, and a browser to look at it."""

from __future__ import annotations

import functools
import http.server
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from building import DAY, ROOT, settings
from hostile import write_hostile
from playwright.sync_api import Browser, sync_playwright

from abtest.site.build import build_site

AXE = ROOT / "tests" / "browser" / "node_modules" / "axe-core" / "axe.min.js"

_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="session")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str]]:
    """An empty folder and the address of a local server that shows it."""
    root = tmp_path_factory.mktemp("www")
    handler = functools.partial(_Quiet, directory=str(root))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield root, f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def built(web: tuple[Path, str], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's content and hostile content, built for a sub-path of the local server."""
    folder = tmp_path_factory.mktemp("team")
    shutil.copytree(ROOT / "messages", folder / "messages")
    write_hostile(folder / "messages")
    root, address = web
    more = {
        "site_url": f"{address}sub/path/",
        "repo_url": "https://github.com/brightline/outreach",
        "edit_uri": "edit/main/site_src/",
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOURCE_DATE_EPOCH", str(DAY))
        place, _ = build_site(str(settings(folder, **more)), site_dir=str(root / "sub" / "path"))
    return place


@pytest.fixture(scope="session")
def served(built: Path, web: tuple[Path, str]) -> str:
    """The address of the built site."""
    return f"{web[1]}sub/path/"


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless chromium."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.fail("The browser tests need chromium: apt-get install chromium")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The source of axe-core."""
    if not AXE.is_file():
        pytest.fail("The browser tests need axe-core: npm install --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")
