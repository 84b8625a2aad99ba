"""`abtest report --format json`: the report as the contract has it, numbers unrounded."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abtest.report import Report


def render(report: Report) -> str:
    """One JSON document; NaN is not a number and would be a bug of ours."""
    return json.dumps(report.to_dict(), indent=2, ensure_ascii=False, allow_nan=False) + "\n"
