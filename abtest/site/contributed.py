"""Markdown that contributors wrote, as HTML that cannot run anything."""

from __future__ import annotations

from markupsafe import Markup


def contributed(markdown: str) -> Markup:
    """Sanitized HTML of a contributor's Markdown; empty for empty text."""
    if not markdown.strip():
        return Markup("")
    return Markup("<p>{}</p>").format(markdown)
