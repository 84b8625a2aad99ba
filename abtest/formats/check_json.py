"""`abtest check --format json`: the findings as the contract has them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abtest.formats.findings import Checked


def render(checked: Checked) -> str:
    """One JSON document, findings in the order of the files."""
    document = {
        "version": 1,
        "findings": [finding.to_dict() for finding in checked.findings],
        "summary": checked.summary(),
    }
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"
