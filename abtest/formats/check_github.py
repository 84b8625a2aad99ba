"""`abtest check --format github`: annotations on the lines of a pull request.

A step shows ten annotations of a kind: the nine most important come first, then one that says
how many more there are.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.errors import Severity
from abtest.formats import escaping

if TYPE_CHECKING:
    from abtest.errors import Finding
    from abtest.formats.findings import Checked

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_SHOWN = 9


def render(checked: Checked) -> str:
    """One workflow command a line."""
    lines = [_annotation(finding) for finding in checked.most_important(_SHOWN)]
    more = len(checked.findings) - _SHOWN
    if more > 0:
        lines.append(f"::notice title=abtest::{more} more findings: see the job's summary")
    return "".join(f"{line}\n" for line in lines)


def _annotation(finding: Finding) -> str:
    place = {"file": finding.path, "line": finding.line, "col": finding.column}
    where = ",".join(f"{key}={_property(str(value))}" for key, value in place.items() if value)
    text = " ".join(filter(None, (finding.message, finding.suggestion)))
    title = _property(finding.code)
    return f"::{_COMMANDS[finding.severity]} {where},title={title}::{_data(text)}"


def _data(text: str) -> str:
    """As the runner's toolkit escapes a message, after `::` was broken up."""
    return escaping.log(text).replace("%", "%25")


def _property(text: str) -> str:
    """As the runner's toolkit escapes a property."""
    return escaping.plain(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")
