"""Days: the one kind that knows what day it is."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import TYPE_CHECKING, Any

from abtest.messages.kinds import scalar
from abtest.messages.sheet import shown

if TYPE_CHECKING:
    from abtest.messages.nodes import Node
    from abtest.messages.sheet import Sheet

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
#: No team's records begin earlier; an earlier year is a slip.
_FIRST_YEAR = 1900


class Day:
    """A day as YYYY-MM-DD that exists and is not in the future."""

    def read(self, node: Node, name: str, sheet: Sheet) -> dt.date | None:
        """The day."""
        value = scalar(node, name, sheet, "a day such as 2026-11-02")
        if value is None:
            return None
        day = day_of(value.text)
        if day is None:
            sheet.error(
                "DT001",
                node,
                f"{name} is {shown(value.text)}, which is no day.",
                "Write year, month and day: 2026-11-02.",
            )
        elif day > sheet.today:
            sheet.error(
                "DT002",
                node,
                f"{name} is {day}, which is in the future.",
                "Write the day on which it happened.",
            )
            return None
        return day

    def schema(self) -> dict[str, Any]:
        """A string in the form of a day."""
        return {"type": "string", "format": "date", "pattern": f"^{_DAY.pattern}$"}


@functools.lru_cache(maxsize=4096)
def day_of(text: str) -> dt.date | None:
    """The day that the text writes as YYYY-MM-DD, from 1900 on; None if it writes none."""
    if not _DAY.fullmatch(text):
        return None
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        return None
    return day if day.year >= _FIRST_YEAR else None
