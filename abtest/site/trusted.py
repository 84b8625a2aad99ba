"""The one door through which a string becomes HTML that is not escaped again."""

from __future__ import annotations

from markupsafe import Markup


def trusted(html: str) -> Markup:
    """HTML of our own making: every value in it is a number, a fixed word, or escaped already."""
    return Markup(html)  # noqa: S704  the callers' contract, stated above
