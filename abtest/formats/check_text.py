"""`abtest check`: findings with their line and a caret, then what to do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import click

from abtest.errors import Severity
from abtest.formats import escaping

if TYPE_CHECKING:
    from abtest.errors import Finding
    from abtest.formats.findings import Checked

_COLORS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}
_WIDEST = 100


def render(checked: Checked) -> str:
    """All findings, file by file, and a closing line that says what to do."""
    blocks = []
    for _, findings in groupby(checked.findings, key=lambda finding: finding.path):
        blocks.append("\n".join(_finding(finding, checked) for finding in findings))
    blocks.append("\n".join([*map(escaping.log, checked.remarks), _closing(checked)]))
    return "\n\n".join(blocks) + "\n"


def _finding(finding: Finding, checked: Checked) -> str:
    place = escaping.log(f"{finding.path}:{finding.line}:{finding.column}")
    mark = click.style(f"[{finding.severity}]", fg=_COLORS[finding.severity])
    code = click.style(finding.code, bold=True)
    lines = [f"{place}: {code} {mark} {escaping.log(finding.message)}"]
    lines += _excerpt(finding, checked)
    if finding.suggestion:
        lines.append(f"    {escaping.log(finding.suggestion)}")
    return "\n".join(lines)


def _excerpt(finding: Finding, checked: Checked) -> list[str]:
    source = checked.source_line(finding)
    if source is None or not source.strip():
        return []
    start = max(0, finding.column - _WIDEST) if finding.column else 0
    shown = escaping.log(source[start : start + _WIDEST].replace("\t", " "))
    excerpt = [f"  {finding.line:>5} | {shown}"]
    if finding.column:
        excerpt.append(" " * 8 + "| " + " " * (finding.column - 1 - start) + "^")
    return excerpt


def _closing(checked: Checked) -> str:
    """What was found in how much, and what to do about it."""
    read = f"{_number(checked.experiments, 'experiment')}, {_number(checked.variants, 'variant')}"
    named = checked.elsewhere is not None
    told = f"{'In what you named' if named else read}: {_counted(checked)}"
    if checked.elsewhere:
        told += f" Elsewhere, {_number(checked.elsewhere, 'error')} to mend: run 'abtest check'."
    # With nothing read, how much was read is no news.
    return told if checked.experiments or not checked.findings else told.partition(": ")[2]


def _counted(checked: Checked) -> str:
    errors, warnings = checked.count(Severity.ERROR), checked.count(Severity.WARNING)
    if errors:
        todo = "Mend the errors above, then run 'abtest check' again"
        return f"{_number(errors, 'error')}, {_number(warnings, 'warning')}. {todo}."
    if checked.findings:
        infos = checked.count(Severity.INFO)
        stops = "Nothing here stops" if checked.elsewhere else "Nothing stops"
        todo = f"{stops} the build; 'abtest rule CODE' explains a rule"
        return f"{_number(warnings, 'warning')}, {_number(infos, 'hint')}. {todo}."
    return "all in order."


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
