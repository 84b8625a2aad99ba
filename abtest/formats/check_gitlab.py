"""`abtest check --format gitlab`: a Code Quality report."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from abtest.errors import Severity
from abtest.formats.findings import fingerprints

if TYPE_CHECKING:
    from abtest.formats.findings import Checked

_SEVERITIES = {Severity.ERROR: "critical", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(checked: Checked) -> str:
    """A JSON array with one issue a finding; fingerprints do not depend on the line."""
    issues = [
        {
            "description": " ".join(filter(None, (finding.message, finding.suggestion))),
            "check_name": finding.code,
            "fingerprint": fingerprint,
            "severity": _SEVERITIES[finding.severity],
            "location": {"path": finding.path, "lines": {"begin": max(1, finding.line)}},
        }
        for finding, fingerprint in zip(
            checked.findings, fingerprints(checked.findings), strict=True
        )
    ]
    return json.dumps(issues, indent=2, ensure_ascii=False) + "\n"
