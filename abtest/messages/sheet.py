"""Sheet: one file being read, with everything found wrong in it so far."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from abtest.errors import Finding, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable


class Placed(Protocol):
    """Anything that knows where it stands in its file, counted from 1."""

    @property
    def line(self) -> int:
        """From 1; 0 for the whole file."""

    @property
    def column(self) -> int:
        """From 1; 0 for the whole line."""


class Spot(NamedTuple):
    """A place in a file; 0 stands for the whole file, or for the whole line."""

    line: int = 0
    column: int = 0


#: The most errors that are told of one file.
MOST = 100

#: The file as a whole.
WHOLE = Spot()


class Run:
    """One reading of a team's content.

    Attributes:
        today: The latest day that a date may name.
        found: Everything said so far.
        errors: How many errors there are.
        marked: Files that begin with a byte order mark.
        windows: Files with Windows' line ends.
    """

    def __init__(self, today: dt.date) -> None:
        self.today = today
        self.found: list[Finding] = []
        self.errors = 0
        self.marked: list[Sheet] = []
        self.windows: list[Sheet] = []

    def sheet(self, path: str, experiment: str | None = None, variant: str | None = None) -> Sheet:
        """A sheet for the file at `path`, which findings name in a printable way."""
        return Sheet(printable(path), self, experiment, variant)

    def close(self) -> None:
        """Say once for all files what is fine in each."""
        for sheets, code, what in (
            (self.marked, "EN004", "a byte order mark at the beginning"),
            (self.windows, "EN005", "Windows' line ends"),
        ):
            if sheets:
                more = len(sheets) - 1
                others = f", as {more:,} more {'has' if more == 1 else 'have'}" if more else ""
                sheets[0].note(code, WHOLE, f"This file has {what}{others}; that is fine.")


class Sheet:
    """One file being read.

    Attributes:
        path: As findings name it.
        run: The reading that it is part of.
        today: The latest day that a date may name.
        experiment: The id of its experiment, where it has one.
        variant: The id `<experiment>/<variant>`, where it has one.
        errors: How many errors were found in this file.
    """

    __slots__ = ("errors", "experiment", "path", "run", "today", "variant")

    def __init__(
        self, path: str, run: Run, experiment: str | None = None, variant: str | None = None
    ) -> None:
        self.path = path
        self.run = run
        self.today = run.today
        self.experiment = experiment
        self.variant = variant
        self.errors = 0

    def error(self, code: str, at: Placed, message: str, suggestion: str = "") -> None:
        """Say what makes the content unreadable or untrustworthy."""
        self.errors += 1
        self.run.errors += 1
        if self.errors == MOST:
            code, message = "SZ003", f"{MOST} problems in this file; there are more."
            suggestion = "Mend those above first."
        if self.errors <= MOST:
            self._say(Severity.ERROR, code, at, message, suggestion)

    @property
    def full(self) -> bool:
        """Nothing more is told of this file."""
        return self.errors >= MOST

    def warn(self, code: str, at: Placed, message: str, suggestion: str = "") -> None:
        """Say what probably is not meant."""
        self._say(Severity.WARNING, code, at, message, suggestion)

    def note(self, code: str, at: Placed, message: str, suggestion: str = "") -> None:
        """Say what is fine, and worth knowing."""
        self._say(Severity.INFO, code, at, message, suggestion)

    def _say(
        self, severity: Severity, code: str, at: Placed, message: str, suggestion: str
    ) -> None:
        self.run.found.append(
            Finding(
                printable(self.path),
                at.line,
                at.column,
                code,
                severity,
                printable(message),
                printable(suggestion),
                self.experiment and printable(self.experiment),
                self.variant and printable(self.variant),
            )
        )


def did_you_mean(word: str, words: Iterable[str], cutoff: float = 0.6) -> str | None:
    """The one of `words` that `word` most probably stands for, or None.

    The cutoff is the least likeness, as `difflib` has it.

    >>> did_you_mean("reponses", ["sent", "responses"])
    'responses'
    >>> did_you_mean("Profile", ["profile"])
    'profile'
    """
    import difflib

    plain = {name.lower(): name for name in words}
    near = difflib.get_close_matches(word.lower()[:80], plain, n=1, cutoff=cutoff)
    return plain[near[0]] if near else None


def listed(words: Iterable[str], last: str = "or") -> str:
    """Words as a sentence lists them.

    >>> listed(["cold", "warm", "inbound"])
    'cold, warm or inbound'
    """
    *before, end = words
    return f"{', '.join(before)} {last} {end}" if before else end


def clipped(text: str, limit: int = 60) -> str:
    r"""A user's text as a message may quote it: one printable line, not too long.

    >>> clipped("a\nb")
    'a\\nb'
    """
    shown = printable(text[: limit + 1])
    return f"{shown[: limit - 1]}…" if len(shown) > limit else shown


def shown(text: str) -> str:
    """A user's text in quotes.

    >>> shown("a week")
    "'a week'"
    """
    return f"'{clipped(text)}'"


def printable(text: str) -> str:
    r"""The text with everything that does not print escaped.

    >>> printable("vm\nb")
    'vm\\nb'
    """
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "surrogatepass").decode("ascii")
        for c in text
    )
