"""Everything that can go wrong, and the one way in which it is said.

The error tree:

    AbtestError                 a mistake of the user's: told in plain words, never a traceback
    ├── ContentError            files that cannot be read or trusted; carries every finding at once
    ├── UsageError              a command or call that asks for something impossible
    └── SurroundingsError       git, the disk or a tool is missing or refuses

A `Finding` is one thing to say about one place in one file. Unreadable content and the critique
speak through the same type, so that every format prints both alike.
"""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable


class Severity(enum.StrEnum):
    """How much a finding matters; an error means that the content cannot be trusted."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"

    @property
    def rank(self) -> int:
        """0 for the gravest; higher for what matters less."""
        return tuple(Severity).index(self)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to say about one place.

    Attributes:
        path: The file, as the reader was given it, with `/`.
        line: From 1; 0 where the file as a whole is meant.
        column: From 1, in characters; 0 where the line as a whole is meant.
        code: Stable, such as `VM001`; `abtest rule CODE` explains it.
        severity: An error stops the build; the rest is advice.
        message: What is wrong, in one sentence.
        suggestion: What to write or do instead.
        experiment: The id of the experiment, where one is meant.
        variant: The id `<experiment>/<variant>`, where one is meant.
    """

    path: str
    line: int
    column: int
    code: str
    severity: Severity
    message: str
    suggestion: str = ""
    experiment: str | None = None
    variant: str | None = None

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """By place, then by code: the same order on every machine."""
        return (self.path, self.line, self.column, self.code, self.message)

    def to_dict(self) -> dict[str, Any]:
        """The finding as the JSON of `abtest check` has it."""
        return {
            "path": self.path,
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "severity": str(self.severity),
            "message": self.message,
            "suggestion": self.suggestion,
            "experiment": self.experiment,
            "variant": self.variant,
        }

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.code} {self.message}"


class AbtestError(Exception):
    """A mistake that the user can mend; its text says how."""


class ContentError(AbtestError):
    """Content that cannot be read or trusted.

    Attributes:
        findings: Every problem of the run, errors and warnings, in the order of the files.
    """

    def __init__(self, findings: Iterable[Finding]) -> None:
        self.findings = tuple(sorted(findings, key=Finding.sort_key))
        super().__init__("\n".join(map(_told, self.findings)))


def _told(found: Finding) -> str:
    """A problem on a line of its own, and below it what to do."""
    return f"{found}\n    {found.suggestion}" if found.suggestion else str(found)


class UsageError(AbtestError):
    """A command or a call that asks for something impossible."""


class SurroundingsError(AbtestError):
    """Git, the disk or a tool that is missing or refuses."""
