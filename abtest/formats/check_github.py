"""`abtest check --format github`: annotations on the lines of a pull request.

A step shows ten annotations of a kind: of more findings than that, the nine most important are
annotations, a tenth says how many more there are, and those stand in the log below it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest.errors import Severity
from abtest.formats import escaping

if TYPE_CHECKING:
    from abtest.errors import Finding
    from abtest.formats.findings import Checked

_COMMANDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}
_MOST, _SHOWN = 10, 9


def render(checked: Checked) -> str:
    """One workflow command a line; what has no room among them as plain lines."""
    ranked = checked.most_important(len(checked.findings))
    shown = _MOST if len(ranked) <= _MOST else _SHOWN
    lines = [_annotation(finding) for finding in ranked[:shown]]
    rest = [escaping.log(f"{finding} {finding.suggestion}") for finding in ranked[shown:]]
    if rest:
        lines.append(f"::notice title=abtest::{len(rest)} more findings: see the log of this step")
    return "".join(f"{line}\n" for line in [*lines, *rest])


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
