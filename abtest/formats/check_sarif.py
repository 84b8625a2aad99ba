"""`abtest check --format sarif`: SARIF 2.1.0, for code scanning."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from abtest import __version__
from abtest.errors import Severity
from abtest.formats.findings import fingerprints

if TYPE_CHECKING:
    from abtest.errors import Finding
    from abtest.formats.findings import Checked

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def render(checked: Checked) -> str:
    """One run with one result a finding."""
    codes = sorted({finding.code for finding in checked.findings})
    driver = {
        "name": "abtest",
        "version": __version__,
        "rules": [{"id": code} for code in codes],
    }
    results = [
        _result(finding, codes.index(finding.code), fingerprint)
        for finding, fingerprint in zip(
            checked.findings, fingerprints(checked.findings), strict=True
        )
    ]
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    document = {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _result(finding: Finding, rule_index: int, fingerprint: str) -> dict[str, Any]:
    region = {"startLine": max(1, finding.line)}
    if finding.column:
        region["startColumn"] = finding.column
    location = {"artifactLocation": {"uri": quote(finding.path)}, "region": region}
    return {
        "ruleId": finding.code,
        "ruleIndex": rule_index,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join(filter(None, (finding.message, finding.suggestion)))},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"abtest/v1": fingerprint},
    }
