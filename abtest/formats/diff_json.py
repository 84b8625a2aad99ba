"""`abtest diff --format json`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abtest.diff import ContentChange


def render(change: ContentChange) -> str:
    """The change as JSON; see `ContentChange.to_dict`."""
    return json.dumps(change.to_dict(), indent=2, ensure_ascii=False) + "\n"
