"""`abtest investigate --format json`: every number of the inquiry, unrounded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abtest.insight import Investigation


def render(found: Investigation) -> str:
    """One JSON document; NaN is not a number and would be a bug of ours."""
    return json.dumps(found.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
