"""Options that every command shares."""

from __future__ import annotations

import datetime as dt
import functools
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import click

from abtest.clock import latest, today


@dataclass(frozen=True, slots=True)
class Settings:
    """What every command knows.

    Attributes:
        messages: The content folder, relative to the current one.
        as_of: The day that counts as today.
        today: The latest day that a row may name: never before `as_of`.
        given: Which of `messages` and `as_of` were asked for, and are no defaults.
    """

    messages: str
    as_of: dt.date
    today: dt.date
    given: frozenset[str] = frozenset()


class DateType(click.ParamType[dt.date]):
    """A day as YYYY-MM-DD."""

    name = "date"

    def convert(
        self, value: Any, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """The day, or a usage error that shows the form."""
        if isinstance(value, dt.date):
            return value
        try:
            if len(value) != len("2026-11-02"):
                raise ValueError(value)
            return dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value!r} is not a day; write it as 2026-11-02.", param, ctx)


def common_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """Add `--messages` and `--as-of`, before or after the command's name; pass `settings`."""

    @click.option("--messages", metavar="DIR", help="The content folder (default: messages).")
    @click.option(
        "--as-of",
        metavar="DATE",
        type=DateType(),
        help="The day that counts as today (default: SOURCE_DATE_EPOCH's, else today).",
    )
    @click.pass_context
    @functools.wraps(function)
    def with_settings(
        ctx: click.Context,
        /,
        *args: Any,
        messages: str | None,
        as_of: dt.date | None,
        **kwargs: Any,
    ) -> Any:
        inherited = ctx.obj if isinstance(ctx.obj, Settings) else None
        settings = inherited or _defaults()
        if messages is not None:
            settings = replace(settings, messages=messages, given=settings.given | {"messages"})
        if as_of is not None:
            latest_day = max(as_of, settings.today)
            given = settings.given | {"as_of"}
            settings = replace(settings, as_of=as_of, today=latest_day, given=given)
        if ctx.parent is not None:  # not before `-C` has changed the folder
            settings = replace(settings, messages=from_here(settings.messages))
        return function(*args, settings=settings, **kwargs)

    return with_settings


def from_here(path: str) -> str:
    """A path as problems name it: from the current folder if it is in there, with `/`."""
    try:
        inside = os.path.relpath(path).replace(os.sep, "/")
    except ValueError:  # another drive
        return path
    return path if inside == ".." or inside.startswith("../") else inside


def _defaults() -> Settings:
    day = today()
    return Settings(messages="messages", as_of=day, today=max(day, latest()))
