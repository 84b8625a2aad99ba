"""A page and an asset: what a site generator gets from us, free of any generator."""

from __future__ import annotations

import re
from dataclasses import dataclass

#: Our own section headings; contributed HTML never has this class.
_HEADING = re.compile(r'<h2 class="ab-section[^"]*" id="([^"]+)"[^>]*>(.*?)</h2>', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a page.

    Attributes:
        anchor: Its id in the page.
        title: Its text, as HTML.
    """

    anchor: str
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site.

    Attributes:
        path: Where it lies, as a Markdown file's path: `experiments/x/index.md`.
        title: Plain text; whoever puts it into HTML escapes it.
        html: The whole body, from `<h1>` on; nothing in it needs Markdown.
        description: Plain text, one sentence, for search engines and previews.
        parent: The path of the page above it, empty at the top.
        source: The content file that it shows, relative to the content folder; may be empty.
        listed: True for the few pages that belong in a navigation.
        search: How much a hit weighs (1 is ordinary), None for a page that search leaves out.
        words: Plain text that search finds the page by, besides its title.
        wide: True where the list of sections would only take room.
        label: A shorter name for navigation and breadcrumbs; the title if empty.
    """

    path: str
    title: str
    html: str
    description: str = ""
    parent: str = ""
    source: str = ""
    listed: bool = False
    search: float | None = 1.0
    words: str = ""
    wide: bool = False
    label: str = ""

    @property
    def url(self) -> str:
        """The page's folder, relative to the site's root, with a slash; empty for the home page."""
        return self.path.removesuffix("index.md")

    @property
    def sections(self) -> tuple[Section, ...]:
        """The headings below the title, in order."""
        return tuple(Section(anchor, title) for anchor, title in _HEADING.findall(self.html))


@dataclass(frozen=True, slots=True)
class Asset:
    """A file beside the pages: a style sheet, a data file, a recording.

    Attributes:
        path: Where it lies, relative to the site's root.
        content: Its bytes, or None when it is copied from `file`.
        file: The file to copy, as the reader of the content knows it.
    """

    path: str
    content: bytes | None = None
    file: str = ""
