"""assumptions.yml: a team's own values for what nobody measured."""

from __future__ import annotations

import datetime as dt
import os
from typing import Any

from abtest.assumptions import DEFAULTS, Assumption, Assumptions
from abtest.errors import ContentError, Severity
from abtest.messages.frontmatter import parse
from abtest.messages.kinds import Either, Kind, Share, Text, Weight
from abtest.messages.records import Field, Record
from abtest.messages.sheet import Run
from abtest.messages.source import read_source

#: The file beside plan.yml; it may be absent.
FILE = "assumptions.yml"


def _field(assumption: Assumption) -> Field:
    number: Kind = Share() if assumption.share else Weight()
    example = f"{100 * assumption.value:g}%" if assumption.share else f"{assumption.value:g}"
    value = Field("value", number, assumption.about, example, "KY002")
    source = Field("source", Text(), "Where the number comes from.", "our own count of 2026")
    kind = Either(number, Record(assumption.name, value, source))
    return Field(assumption.name, kind, f"{example} {assumption.about}.", example)


ASSUMPTIONS = Record("the assumptions", *map(_field, DEFAULTS))


def load_assumptions(root: str = "messages") -> Assumptions:
    """The assumptions of a content folder; the defaults where it has no file of its own.

    Raises:
        ContentError: The file cannot be read or trusted.
    """
    path = f"{root}/{FILE}"
    if not os.path.lexists(path):
        return Assumptions()
    run = Run(dt.date.max)
    sheet = run.sheet(path)
    text = read_source(path, sheet)
    entries = parse(text, sheet) if text and _says_something(text) else None
    values = ASSUMPTIONS.read(entries, "", sheet) if entries is not None else None
    if any(finding.severity is Severity.ERROR for finding in run.found):
        raise ContentError(run.found)
    return Assumptions({name: _pair(value) for name, value in (values or {}).items()})


def _says_something(text: str) -> bool:
    """Whether there is more than blank lines and comments."""
    return any(line.split("#")[0].strip() for line in text.splitlines())


def _pair(value: Any) -> tuple[float, str]:
    if isinstance(value, dict):
        return value["value"], value.get("source", "")
    return value, ""
