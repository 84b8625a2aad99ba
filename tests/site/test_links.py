"""Every link and every anchor of the built site leads somewhere inside it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

pytestmark = pytest.mark.browser


class _Reader(HTMLParser):
    """The ids of a page, and what it links to."""

    def __init__(self) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.ids.append(value)
            if name in ("href", "src") and value is not None:
                self.links.append(value)


@pytest.fixture(scope="module")
def read(built: Path) -> dict[Path, _Reader]:
    """Every page of the site, read."""
    found = {}
    for path in built.rglob("*.html"):
        reader = _Reader()
        reader.feed(path.read_text(encoding="utf-8"))
        found[path] = reader
    return found


def test_every_link_and_anchor_resolves(
    built: Path, served: str, read: dict[Path, _Reader]
) -> None:
    """A link leads to a file of the site, and its anchor to an id of that page."""
    broken = []
    for path, reader in read.items():
        here = served + path.relative_to(built).as_posix().removesuffix("index.html")
        for link in reader.links:
            whole = urlsplit(urljoin(here, link))
            if whole.scheme not in ("http", "https") or not whole.geturl().startswith(served):
                continue
            target = built / unquote(whole.geturl().removeprefix(served)).partition("#")[0]
            target = target / "index.html" if target.is_dir() else target
            anchor = unquote(whole.fragment)
            inside = target in read and anchor in read[target].ids
            if not target.is_file() or (anchor and not inside and anchor != "__search"):
                broken.append(f"{here} → {link}")
    assert broken == []
    assert len(read) > 100


def test_links_to_other_hosts_are_only_the_forge_and_the_theme(
    built: Path, read: dict[Path, _Reader]
) -> None:
    """Nothing contributed became a link to elsewhere, except through sanitized Markdown."""
    hosts = {
        urlsplit(link).hostname
        for path, reader in read.items()
        if path.relative_to(built).parts[0] != "docs"  # the documentation names its sources
        for link in reader.links
    }
    assert hosts <= {None, "127.0.0.1", "github.com", "squidfunk.github.io", "doi.org"}


def test_no_id_is_used_twice(read: dict[Path, _Reader]) -> None:
    """An anchor means one place."""
    twice = {
        path.parent.name: sorted({i for i in reader.ids if reader.ids.count(i) > 1})
        for path, reader in read.items()
        if len(reader.ids) != len(set(reader.ids))
    }
    assert twice == {}


def test_no_link_runs_code(read: dict[Path, _Reader]) -> None:
    """No address of any page is a script."""
    schemes = {urlsplit(link).scheme for reader in read.values() for link in reader.links}
    assert schemes <= {"", "http", "https"}
