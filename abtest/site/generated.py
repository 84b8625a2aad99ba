"""Our pages and assets as MkDocs takes them."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.pages import Page as MkDocsPage
from mkdocs.structure.toc import get_toc

from abtest.site.offline import with_file_names
from abtest.site.page import Asset, Page

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class GeneratedPage(MkDocsPage):
    """A page that comes as HTML: Markdown has nothing to do with it."""

    def __init__(self, page: Page, label: str, file: File, config: MkDocsConfig) -> None:
        # The theme prints titles as HTML, so they are escaped before it sees them.
        super().__init__(escape(label), file, config)
        named = config.use_directory_urls
        self.generated = page if named else replace(page, html=with_file_names(page.html))
        #: The finished page of an earlier build, where that is still what the theme would print.
        self.kept: str | None = None

    def read_source(self, config: MkDocsConfig) -> None:
        """The page's metadata; its Markdown is empty."""
        page = self.generated
        self.markdown = ""
        self.meta = {
            "title": escape(page.title),
            "description": escape(page.description),
            "hide": ["navigation", "toc"] if page.wide else ["navigation"],
            "search": {"exclude": True} if page.search is None else {"boost": page.search},
        }

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """The page's own HTML, and its headings as the table of contents."""
        sections = self.generated.sections
        self.content = self.generated.html
        self.toc = get_toc(
            [{"level": 2, "id": s.anchor, "name": s.title, "children": []} for s in sections]
        )
        self.present_anchor_ids = {section.anchor for section in sections}


def page_file(page: Page, config: MkDocsConfig) -> File:
    """The file behind a page; only listed pages stand in the navigation."""
    inclusion = InclusionLevel.INCLUDED if page.listed else InclusionLevel.NOT_IN_NAV
    return File.generated(config, page.path, content="", inclusion=inclusion)


def asset_file(asset: Asset, config: MkDocsConfig) -> File:
    """The file behind an asset."""
    if asset.content is None:
        return File.generated(config, asset.path, abs_src_path=str(Path(asset.file).absolute()))
    return File.generated(config, asset.path, content=asset.content)


def manual_file(path: str, source: Path, config: MkDocsConfig) -> File:
    """A page of the documentation: Markdown, which nobody edits on a team's forge."""
    place = str(source.absolute())
    out = InclusionLevel.NOT_IN_NAV
    file = File.generated(config, path, abs_src_path=place, inclusion=out)
    file.edit_uri = None
    return file
