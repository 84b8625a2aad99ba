"""MkDocs (and ProperDocs) hooks: read, judge, hand over the pages. Nothing is decided here."""

from __future__ import annotations

import os
from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urljoin

from mkdocs.exceptions import PluginError
from mkdocs.plugins import BasePlugin, CombinedEvent, event_priority
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page as MkDocsPage

from abtest.errors import AbtestError
from abtest.site import offline
from abtest.site.admin import Place, Wish, admin_assets
from abtest.site.generated import GeneratedPage, asset_file, manual_file, page_file
from abtest.site.kept import Kept, frame
from abtest.site.links import forge
from abtest.site.manual import FIRST, manual
from abtest.site.memory import FORGETFUL, Memory
from abtest.site.options import AbtestConfig, AdminConfig, day_of, editor_of, labels_of
from abtest.site.pages import assets, pages
from abtest.site.policy import policy
from abtest.site.source import read_content
from abtest.site.surroundings import Surroundings, published_recordings
from abtest.site.theme import finished, theme_hashes

if TYPE_CHECKING:
    from collections.abc import Iterator

    import jinja2
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.utils.templates import TemplateContext as Context

    from abtest.site.links import Forge
    from abtest.site.page import Asset


#: Where an index.md of the site's own folder wants the generated home page.
HOME_MARKER = "<!-- abtest:home -->"


class AbtestPlugin(BasePlugin[AbtestConfig]):  # type: ignore[no-untyped-call]  # as its options
    """Publishes the experiments of a content folder."""

    def __init__(self) -> None:
        self._serving = False
        self._memory = FORGETFUL
        self._policy = ""
        self._home = ""
        self._pages, self._written = 0, 0
        #: Called with the pages written so far and all pages, after each page.
        self.tell: Callable[[int, int], None] | None = None

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], **_: object) -> None:
        """Remember whether somebody watches the pages while editing."""
        self._serving = command == "serve"
        self._memory = Memory(keeps=self._serving)

    @event_priority(50)
    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read and judge before MkDocs empties the old site: bad content leaves it as it was."""
        base = Path(config.config_file_path or ".").parent
        self._messages = base / self.config.messages
        config.watch.append(str(self._messages))
        try:
            day = day_of(self.config.as_of)
            self._content = read_content(_shown(self._messages), day, self._memory)
        except AbtestError as error:
            raise PluginError(f"The content cannot be published:\n{error}") from error
        config.extra_css.insert(0, "assets/abtest.css")
        config.extra_javascript.append("assets/abtest.js")
        if offline.is_on(config):
            offline.bring_worker(config)
        return config

    @event_priority(-50)
    def on_files(self, files: Files, *, config: MkDocsConfig) -> Files:
        """Add every page and every file beside the pages; files of the site's own folder win."""
        labels = dict(labels_of(config.nav or []))
        content = os.path.relpath(self._messages, config.docs_dir).replace(os.sep, "/") + "/"
        report = self._content.report
        around = Surroundings(
            editor=forge(urljoin(editor_of(config), content)),
            url=config.site_url or "",
            recordings=published_recordings(report),
            versions=self._content.versions,
        )
        for page in pages(report, around, self._memory):
            if page.path == "index.md":
                self._home = page.html.partition("</h1>")[2]
            if files.get_file_from_path(page.path) is None:
                file = page_file(page, config)
                file.edit_uri = content + page.source if page.source else None
                GeneratedPage(page, labels.get(page.path, page.label or page.title), file, config)
                files.append(file)
        if files.get_file_from_path(FIRST) is None:
            for path, source in manual():
                files.append(manual_file(path, source, config))
        for asset in self._assets(around, config):
            files.append(asset_file(asset, config))
        return files

    def _assets(self, around: Surroundings, config: MkDocsConfig) -> Iterator[Asset]:
        """Every file beside the pages."""
        yield from assets(self._content.report, around)
        if offline.is_on(config):
            yield offline.worker()
        if self.config.admin.enabled:
            yield from self._admin(self.config.admin, around.editor, config)

    def _admin(
        self, asked: AdminConfig, editor: Forge | None, config: MkDocsConfig
    ) -> Iterator[Asset]:
        """The editor in the browser."""
        root = Path(config.config_file_path or ".").parent.absolute()
        wish = Wish(
            backend=asked.backend,
            local=asked.local,
            reps=asked.reps,
            package=root / asked.package if asked.package else None,
        )
        place = Place(
            name=config.site_name,
            url=config.site_url or "",
            messages=os.path.relpath(self._messages, root).replace(os.sep, "/"),
            media=os.path.relpath(config.docs_dir, root).replace(os.sep, "/") + "/media",
            root=root,
        )
        try:
            yield from admin_assets(wish, self._content.experiments, place, editor)
        except AbtestError as error:
            raise PluginError(str(error)) from error

    @event_priority(-50)
    def on_nav(self, nav: Navigation, *, files: Files, **_: object) -> Navigation:
        """Hang each page below its parent: breadcrumbs and the marked tab follow from that."""
        for file in files.documentation_pages():
            page, above = file.page, files.get_file_from_path(_above(file))
            if page is not None and page.parent is None and above is not None:
                # Any structure item does as a parent; the declared type names the usual one.
                page.parent = above.page  # type: ignore[assignment]  # typed too narrowly
        self._nav = nav
        return nav

    def on_page_content(self, html: str, *, page: MkDocsPage, **_: object) -> str:
        """Put the home page below the team's own words where these ask for it."""
        own = page.is_homepage and not isinstance(page, GeneratedPage)
        return html.replace(HOME_MARKER, self._home) if own else html

    @event_priority(100)
    def _show_search_the_words(
        self, /, context: Context, *, page: MkDocsPage, **_: object
    ) -> Context:
        """Let search read a page's words in place of its tables and drawings."""
        if isinstance(page, GeneratedPage):
            found = page.generated
            page.content = f"<h1>{escape(found.title)}</h1><p>{escape(found.words)}</p>"
        return context

    @event_priority(-100)
    def _show_everyone_the_page(
        self, /, context: Context, *, page: MkDocsPage, **_: object
    ) -> Context:
        """Give the page back what search was spared."""
        if isinstance(page, GeneratedPage):
            page.content = page.generated.html
        return context

    on_page_context = CombinedEvent(_show_search_the_words, _show_everyone_the_page)

    def on_env(
        self, env: jinja2.Environment, *, config: MkDocsConfig, files: Files
    ) -> jinja2.Environment:
        """Make the policy, and see which pages of the last build are still right."""
        self._pages, self._written = len(files.documentation_pages()), 0
        # The preview adds an inline script of its own to each page, so it goes without a policy.
        self._policy = "" if self._serving else policy(theme_hashes(env, config, files))
        self._kept = Kept(self._memory, frame(config, self._nav, self._policy))
        self._kept.take_over(files, env)
        return env

    def on_post_page(self, output: str, *, page: MkDocsPage, **_: object) -> str:
        """Finish every page of the site, ours or not."""
        self._written += 1
        if self.tell is not None:
            self.tell(self._written, self._pages)
        if not isinstance(page, GeneratedPage):
            return finished(output, self._policy)
        if page.kept is None:
            output = finished(output, self._policy)
            self._kept.keep(page, output)
        return output

    def on_post_build(self, **_: object) -> None:
        """Forget pages and verdicts that are gone."""
        self._memory.forget_the_rest()

    def on_post_template(self, output: str, *, template_name: str, **_: object) -> str:
        """Finish the page for missing pages, too."""
        return finished(output, self._policy) if template_name.endswith(".html") else output


def _above(file: File) -> str:
    """The path of the page above one of ours; empty for pages of the team's own."""
    if isinstance(file.page, GeneratedPage):
        return file.page.generated.parent
    return FIRST if file.generated_by and file.src_uri != FIRST else ""


def _shown(messages: Path) -> str:
    """The content folder as problems name it: relative to the current folder where possible."""
    return os.path.relpath(messages).replace(os.sep, "/")
