"""`abtest plan --format json`: every number of the answers, unrounded."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abtest.report.outlook import Answer


def render(answers: Iterable[Answer]) -> str:
    """One JSON document; an undefined number is null."""
    found = [answer.to_dict() for answer in answers]
    return json.dumps({"version": 1, "answers": found}, indent=2, allow_nan=False) + "\n"
