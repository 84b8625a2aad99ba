"""The theme's own page: which inline scripts it has, and what of it is taken away."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from mkdocs.commands.build import get_context
from mkdocs.structure.files import File, Files
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.utils import get_relative_url

from abtest.site.policy import script_hashes, with_policy

if TYPE_CHECKING:
    import jinja2
    from mkdocs.config.defaults import MkDocsConfig


def theme_hashes(env: jinja2.Environment, config: MkDocsConfig, files: Files) -> set[str]:
    """The hashes of its inline scripts with nothing of ours in it, at every depth of the site."""
    bases = {get_relative_url(".", f.page.url) for f in files.documentation_pages() if f.page}
    bases.add(urlsplit(config.site_url or "/").path)
    return set().union(*(script_hashes(_bare_page(env, config, base)) for base in bases))


def _bare_page(env: jinja2.Environment, config: MkDocsConfig, base: str) -> str:
    """The theme's page at one depth, with an empty page in an empty site."""
    file = File.generated(config, "index.md", content="")
    page = Page("", file, config)
    page.content, page.markdown = "", ""
    context = get_context(Navigation([], []), [], config, page)
    context["base_url"] = base
    return env.get_template("main.html").render(context)


def finished(html: str, policy: str) -> str:
    """A page with its policy, and without the theme's question to the forge's server.

    The theme asks it for stars and releases; a visit here stays here.

    Args:
        html: As the theme prints it.
        policy: Empty for a preview, which goes without.
    """
    html = html.replace(' data-md-component="source"', "")
    return with_policy(html, policy) if policy else html
