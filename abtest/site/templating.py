"""Jinja2 as the pages use it: every value escaped, every missing name an error."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from abtest import wording
from abtest.site.charts import dots, shape

_COMMAND = re.compile(
    r"\babtest (?:check|fit|investigate|new (?:variant|review)|plan|record)\b"
    r"(?: (?P<about>[\w-]+/[\w-]+))?(?: --[a-z]+ [\w-]+)*"
)
_NOWHERE: Mapping[str, str] = MappingProxyType({})


@cache
def environment() -> Environment:
    """The one environment; templates are compiled once a process."""
    made = Environment(
        loader=PackageLoader("abtest.site"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        percent=wording.percent,
        short_percent=wording.short_percent,
        points=wording.points,
        day=day,
        plural=plural,
        number=number,
        ticked=ticked,
        commands=commands,
    )
    made.globals.update(shape=shape, dots=dots)
    return made


def render(template: str, *, depth: int, **values: object) -> str:
    """A page's HTML.

    Args:
        template: The name of a file in `templates/`.
        depth: How many folders the page lies below the site's root; makes `root`, the way back.
        values: What the template shows.
    """
    return environment().get_template(template).render(root="../" * depth or "./", **values)


def day(date: dt.date) -> str:
    """A day as people write it.

    >>> day(dt.date(2026, 11, 2))
    '2 Nov 2026'
    """
    return f"{date.day} {date:%b %Y}"


def plural(count: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "prospect"), plural(2400, "prospect"), plural(0, "reply", "replies")
    ('1 prospect', '2,400 prospects', '0 replies')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def ticked(text: str) -> Markup:
    """A sentence of the critique, with what it puts between backticks as code.

    >>> ticked("Add `positive` < all.")
    Markup('Add <code>positive</code> &lt; all.')
    """
    plain, *rest = text.split("`")
    if len(rest) % 2:
        return escape(text)
    parts = [escape(plain)]
    for code, after in zip(rest[::2], rest[1::2], strict=True):
        parts += [Markup("<code>{}</code>").format(code), escape(after)]
    return Markup("").join(parts)


def commands(text: str, links: Mapping[str, str] = _NOWHERE, root: str = "") -> Markup:
    """Advice, with the commands in it as code.

    Args:
        text: The advice.
        links: Variant id → the page that has what a command about it would tell.
        root: The way back to the site's root.

    >>> commands("Mend it & see: abtest investigate dock/ask.", {"dock/ask": "why/"}, "../")
    Markup('Mend it &amp; see: <a href="../why/"><code>abtest investigate dock/ask</code></a>.')
    >>> commands("Record the counts: abtest record.")
    Markup('Record the counts: <code>abtest record</code>.')
    """
    parts, end = [], 0
    for found in _COMMAND.finditer(text):
        code = Markup("<code>{}</code>").format(found[0])
        url = links.get(found["about"] or "")
        if url and found[0].startswith("abtest investigate"):
            code = Markup('<a href="{}{}">{}</a>').format(root, url, code)
        parts += [escape(text[end : found.start()]), code]
        end = found.end()
    return Markup("").join([*parts, escape(text[end:])])


def number(value: float | None) -> str:
    """A figure of the method with four significant digits; a dash where it is undefined.

    >>> number(0.0125), number(1234567.0), number(None)
    ('0.0125', '1.235e+06', '–')
    """
    return "–" if value is None else f"{value:.4g}"
