"""Markdown that contributors wrote, as HTML that cannot run anything."""

from __future__ import annotations

from markupsafe import Markup

from abtest.messages.markdown import render
from abtest.site.trusted import trusted

#: Contributed headings stand below the page's own, which end at the second level.
_TOP = 3


def contributed(markdown: str) -> Markup:
    """Sanitized HTML of a contributor's Markdown; says when something was taken out."""
    if not markdown.strip():
        return Markup("")
    rendered = render(markdown, top=_TOP)
    html = trusted(rendered.html)
    if rendered.sentence:
        html += Markup('<p class="ab-fine">{}</p>').format(rendered.sentence)
    return html
