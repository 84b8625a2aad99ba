"""A copy to open from a disk: search without a server, and links that name files.

Material's own plugin `offline` does the first half: it writes the search index as a script. The
second is a worker for search to run in, which it would fetch from another host; ours lies beside
the pages.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from material.plugins.offline.plugin import OfflinePlugin

from abtest.site.page import Asset

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

#: The theme's plugin leaves its own worker away where one of this name is given.
_WORKER = "iframe-worker.js"

#: A link to a folder of the site, up to its end or its anchor.
_FOLDER = re.compile(r'(<a [^<>]*?href="(?!\w+:|//)[^"#?]*/)(?=["#])')


def switch_on(config: MkDocsConfig) -> None:
    """Have the site built for a disk, whether or not mkdocs.yml names the theme's plugin."""
    plugin = _plugin(config)
    if plugin is None:
        plugin = OfflinePlugin()
        plugin.load_config({})
        config.plugins["material/offline"] = plugin
    plugin.config.enabled = True


def is_on(config: MkDocsConfig) -> bool:
    """Whether the site is built for a disk."""
    plugin = _plugin(config)
    return plugin is not None and bool(plugin.config.enabled)


def _plugin(config: MkDocsConfig) -> OfflinePlugin | None:
    found = (each for each in config.plugins.values() if isinstance(each, OfflinePlugin))
    return next(found, None)


def bring_worker(config: MkDocsConfig) -> None:
    """Name our worker before the theme's plugin names that of another host."""
    config.extra.setdefault("polyfills", []).append(f"assets/{_WORKER}")


def worker() -> Asset:
    """The worker's script."""
    content = files("abtest.site").joinpath("assets", _WORKER).read_bytes()
    return Asset(f"assets/{_WORKER}", content)


def with_file_names(html: str) -> str:
    """A page whose links to folders name the files in them, for where nobody else does.

    >>> with_file_names('<a href="../why/#one">Why</a> <a href="https://example.com/">x</a>')
    '<a href="../why/index.html#one">Why</a> <a href="https://example.com/">x</a>'
    """
    return _FOLDER.sub(r"\1index.html", html)
