"""Take the README's pictures from the built site: `python scripts/make_screenshots.py`.

The day, the window and the color scheme are fixed and nothing moves, so that a picture changes
where its page did. Needs chromium.
"""

from __future__ import annotations

import datetime as dt
import functools
import http.server
import shutil
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from abtest.site.build import build_site

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
DAY = dt.date(2026, 11, 25)
WINDOW = (1280, 800)
#: No picture makes the repository heavier than this, in bytes.
HEAVIEST = 150_000

#: Picture → the page whose top it shows.
SHOTS = {
    "home": "",
    "experiment": "experiments/new-hire-opener/",
    "message": "experiments/new-hire-opener/your-new-reps/",
    "critique": "experiments/staffing-offers/book-a-demo/critique/",
    "why": "why/",
    "team": "team/",
}


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a local server that shows a folder."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


def take(page: Page, address: str, picture: Path) -> None:
    """One picture of one page."""
    page.goto(address, wait_until="networkidle")
    page.add_style_tag(content="* { transition: none !important; animation: none !important }")
    page.screenshot(path=picture, animations="disabled", caret="hide")
    size = picture.stat().st_size
    if size > HEAVIEST:
        raise SystemExit(f"{picture.name} has {size:,} bytes; {HEAVIEST:,} are the most.")
    sys.stdout.write(f"{picture.relative_to(ROOT)}: {size:,} bytes\n")


def main() -> None:
    """Build the site aside, and photograph it."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        raise SystemExit("This needs chromium: apt-get install chromium")
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place, _ = build_site(str(ROOT / "mkdocs.yml"), site_dir=f"{folder}/site", as_of=DAY)
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        width, height = WINDOW
        context = browser.new_context(
            viewport={"width": width, "height": height},
            color_scheme="light",
            reduced_motion="reduce",
            bypass_csp=True,
        )
        page = context.new_page()
        with served(place) as address:
            for name, way in SHOTS.items():
                take(page, address + way, PICTURES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
