"""Jinja2 as the pages use it: every value escaped, every missing name an error."""

from __future__ import annotations

import datetime as dt
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from abtest import wording
from abtest.site.charts import dots, shape


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


def number(value: float | None) -> str:
    """A figure of the method with four significant digits; a dash where it is undefined.

    >>> number(0.0125), number(1234567.0), number(None)
    ('0.0125', '1.235e+06', '–')
    """
    return "–" if value is None else f"{value:.4g}"
