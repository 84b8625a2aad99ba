"""Days as exports write them: which day a cell names, and whether 3/4 is in March or in April."""

from __future__ import annotations

import datetime as dt
import functools
import re

_ISO = re.compile(r"(\d{4})[-/.]?(\d{1,2})[-/.]?(\d{1,2})(?!\d)")
_SLASHES = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?!\d)")
_WEEKDAY = re.compile(r"^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,?\s+", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_DAY_FIRST = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?\.?[\s-]+([A-Za-z]{3,9})\.?,?[\s-]+(\d{4})")
_SECONDS = re.compile(r"\d{10}(?:\d{3})?")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MILLISECONDS = 13
_CENTURY = 2000


@functools.lru_cache(maxsize=65536)
def day_of(text: str, day_first: bool = False) -> dt.date | None:
    """The day that a cell begins with, as it is written there; None if it names none.

    >>> day_of("2026-11-02T23:10:00-07:00"), day_of("11/2/26 3:04 PM")
    (datetime.date(2026, 11, 2), datetime.date(2026, 11, 2))
    >>> day_of("Mon, Nov 2, 2026"), day_of("2.11.2026", day_first=True)
    (datetime.date(2026, 11, 2), datetime.date(2026, 11, 2))
    """
    text = _WEEKDAY.sub("", text.strip())
    if _SECONDS.fullmatch(text):
        seconds = int(text) / (1000 if len(text) == _MILLISECONDS else 1)
        return dt.datetime.fromtimestamp(seconds, tz=dt.UTC).date()
    if match := _ISO.match(text):
        return _day(match[1], match[2], match[3])
    if match := _SLASHES.match(text):
        month, day = (match[3], match[1]) if day_first else (match[1], match[3])
        return _day(match[4], month, day)
    if match := _MONTH_FIRST.match(text):
        return _day(match[3], match[1], match[2])
    if match := _DAY_FIRST.match(text):
        return _day(match[3], match[2], match[1])
    return None


def slashed(text: str) -> tuple[int, int] | None:
    """The two first numbers of a day such as 3/4/2026, whose order the text does not tell.

    >>> slashed("3/14/2026 9:00"), slashed("2026-03-14")
    ((3, 14), None)
    """
    match = _SLASHES.match(text.strip())
    return (int(match[1]), int(match[3])) if match else None


def _day(year: str, month: str, day: str) -> dt.date | None:
    number = int(month) if month.isdigit() else _month(month)
    full = int(year) + (_CENTURY if len(year) == 2 else 0)
    try:
        return dt.date(full, number, int(day))
    except ValueError:
        return None


def _month(word: str) -> int:
    """The number of a month's English name; 0 for a word that is none."""
    start = word[:3].lower()
    return _MONTHS.index(start) + 1 if start in _MONTHS else 0
