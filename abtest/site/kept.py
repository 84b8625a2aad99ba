"""Finished pages of the last build: the theme is asked again only for what it would print anew.

A page is given back as it was where all that the theme prints on it is the same: the page, the way
to it, the navigation, the settings. Where anything else could have a hand in it (another plugin, a
hook, a team's own templates) every page is made anew.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterable
from typing import TYPE_CHECKING

import jinja2

from abtest.site.generated import GeneratedPage
from abtest.site.memory import Memory

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig
    from mkdocs.structure import StructureItem
    from mkdocs.structure.files import Files
    from mkdocs.structure.nav import Navigation

#: A template that prints a page as it was.
_TEMPLATE = "abtest-kept.html"

#: Plugins that print nothing on a page but what follows from the page itself.
_KNOWN = {"search", "material/search", "offline", "material/offline", "abtest"}

#: Settings that say which files there are and where they go, never what is printed.
_NOT_PRINTED = {"site_dir", "exclude_docs", "draft_docs", "not_in_nav", "hooks", "watch"}

_KIND = "finished page"


class Kept:
    """The finished pages that this build may take over.

    Args:
        memory: Where they are kept.
        frame: All that is printed around a page, None where nobody can tell.
    """

    def __init__(self, memory: Memory, frame: tuple[object, ...] | None) -> None:
        self._memory, self._frame = memory, frame

    def take_over(self, files: Files, env: jinja2.Environment) -> None:
        """Mark the pages that need no theme, and let the theme print them as they were."""
        for file in files.documentation_pages():
            page = file.page
            if isinstance(page, GeneratedPage) and self._may_keep(page):
                packed = self._memory.recall(_KIND, page.url, *self._made_from(page))
                if packed is not None:
                    page.kept = zlib.decompress(packed).decode()
                    page.meta["template"] = _TEMPLATE
        own = jinja2.DictLoader({_TEMPLATE: "{{ page.kept }}"})
        env.loader = jinja2.ChoiceLoader([own, *([env.loader] if env.loader else [])])

    def keep(self, page: GeneratedPage, html: str) -> None:
        """Keep a finished page for the next build."""
        if self._may_keep(page):
            packed = zlib.compress(html.encode(), 1)
            self._memory.keep(_KIND, page.url, packed, *self._made_from(page))

    def _may_keep(self, page: GeneratedPage) -> bool:
        """Pages of the navigation have neighbors, which the theme may name."""
        return self._memory.keeps and self._frame is not None and not page.generated.listed

    def _made_from(self, page: GeneratedPage) -> tuple[object, ...]:
        above = tuple((str(item.title), getattr(item, "url", "")) for item in page.ancestors)
        return (self._frame, page.generated, str(page.title), above, page.edit_url, page.url)


def frame(config: MkDocsConfig, nav: Navigation, policy: str) -> tuple[object, ...] | None:
    """What is printed around every page; None where something else may print there, too."""
    alone = set(config.plugins) <= _KNOWN and not config.hooks and not config.theme.custom_dir
    if not alone:
        return None
    settings = {
        **{key: value for key, value in config.items() if key not in _NOT_PRINTED},
        "theme": (config.theme.name, dict(config.theme)),
        "plugins": {name: dict(plugin.config) for name, plugin in config.plugins.items()},
    }
    return (json.dumps(settings, sort_keys=True, default=str), policy, tuple(_entries(nav)))


def _entries(items: Iterable[StructureItem]) -> Iterable[tuple[str, str]]:
    for item in items:
        yield (str(item.title), getattr(item, "url", ""))
        yield from _entries(getattr(item, "children", None) or ())
