"""Days: the one place that asks what day it is, and what a week is.

A calendar week runs from Monday to Sunday (ISO 8601) and is named by its Sunday.
"""

from __future__ import annotations

import datetime as dt
import os

from abtest.errors import UsageError


def today() -> dt.date:
    """SOURCE_DATE_EPOCH's day (UTC) if it is set, else the user's own calendar day.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    set_to = _source_date()
    return dt.date.today() if set_to is None else set_to.date()  # noqa: DTZ011  the user's day


def latest() -> dt.date:
    """The latest day that has begun anywhere on earth (UTC+14), now or at SOURCE_DATE_EPOCH.

    A row may name it: where it was written the day had begun, though not yet where it is checked.

    Raises:
        UsageError: SOURCE_DATE_EPOCH is not a number of seconds.
    """
    now = dt.datetime.now(dt.UTC)
    return (max(now, _source_date() or now) + dt.timedelta(hours=14)).date()


def _source_date() -> dt.datetime | None:
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(
            f"SOURCE_DATE_EPOCH is {epoch!r}; write the seconds since 1970, or unset it."
        ) from error


def week_end(day: dt.date) -> dt.date:
    """The Sunday that ends the calendar week of `day`.

    >>> week_end(dt.date(2026, 11, 25))
    datetime.date(2026, 11, 29)
    """
    return day + dt.timedelta(days=6 - day.weekday())
