"""What `abtest check` found, ready to be shown in any format."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.errors import Severity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.errors import Finding


@dataclass(frozen=True)
class Checked:
    """The outcome of a check.

    Attributes:
        findings: In the order of the files.
        experiments: How many were read.
        variants: How many were read.
        remarks: Sentences about what could not be checked.
        elsewhere: How many errors lie outside of the named paths; None where none were named.
    """

    findings: tuple[Finding, ...]
    experiments: int
    variants: int
    remarks: tuple[str, ...] = ()
    elsewhere: int | None = None
    _lines: dict[str, list[str]] = field(default_factory=dict, repr=False)

    def count(self, severity: Severity) -> int:
        """How many findings have this severity."""
        return sum(finding.severity is severity for finding in self.findings)

    def summary(self) -> dict[str, int]:
        """Counts by severity, and what was read."""
        counts = {str(severity): self.count(severity) for severity in Severity}
        return {**counts, "experiments": self.experiments, "variants": self.variants}

    def most_important(self, number: int) -> tuple[Finding, ...]:
        """The gravest findings first, at most `number`."""
        ranked = sorted(self.findings, key=lambda f: (f.severity.rank, *f.sort_key()))
        return tuple(ranked[:number])

    def source_line(self, finding: Finding) -> str | None:
        """The line a finding points at; None where there is none to show."""
        if not finding.line:
            return None
        if finding.path not in self._lines:
            try:
                text = Path(finding.path).read_text("utf-8-sig", errors="replace")
            except (OSError, ValueError):
                text = ""
            self._lines[finding.path] = text.splitlines()
        lines = self._lines[finding.path]
        return lines[finding.line - 1] if finding.line <= len(lines) else None


def fingerprints(findings: Iterable[Finding]) -> list[str]:
    """A stable, unique name for each finding: file, code and words, never the line.

    Inserting a line above a finding does not change its name; the same finding twice in one file
    is numbered.
    """
    seen: Counter[str] = Counter()
    names = []
    for finding in findings:
        key = "\0".join((finding.path, finding.code, finding.message))
        seen[key] += 1
        names.append(hashlib.sha256(f"{key}\0{seen[key]}".encode()).hexdigest()[:32])
    return names
