"""JSON Schema of the JSON that `abtest check` and `abtest diff` print, version 1.

As with the report, further keys may come within a version; none that is listed here goes.
"""

from __future__ import annotations

from abtest.cli.schema_parts import (
    COUNT,
    FLAG,
    TEXT,
    TEXT_OR_NOTHING,
    Schema,
    document,
    list_of,
    map_of,
    object_of,
    or_nothing,
)
from abtest.diff.results import SCHEMA_VERSION
from abtest.errors import Severity

_COUNTS = map_of(COUNT)

_FINDING = object_of(
    path=TEXT,
    line=COUNT,
    column=COUNT,
    code={"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
    severity={"enum": [str(severity) for severity in Severity]},
    message=TEXT,
    suggestion=TEXT,
    experiment=TEXT_OR_NOTHING,
    variant=TEXT_OR_NOTHING,
)

_VERDICT = object_of(state=TEXT, winner=TEXT_OR_NOTHING, headline=TEXT, next=TEXT)
_STANDING = object_of(count=COUNT, reached=COUNT, state=TEXT_OR_NOTHING)
#: Words that one side has, or both: one key each.
_RUN = {
    "type": "object",
    "properties": {"same": TEXT, "gone": TEXT, "new": TEXT},
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
_KEYS = list_of(object_of(key=TEXT, before=TEXT_OR_NOTHING, after=TEXT_OR_NOTHING))
_VARIANT = object_of(
    id=TEXT,
    title=TEXT,
    kind={"enum": ["added", "removed", "renamed", "changed", "same"]},
    was=TEXT_OR_NOTHING,
    keys=_KEYS,
    words=list_of(object_of(touch=TEXT, runs=list_of(_RUN))),
    counts=list_of(object_of(count=TEXT, before=COUNT, after=COUNT)),
    lost=list_of(object_of(row=TEXT, before=_COUNTS, after=or_nothing(_COUNTS))),
    before=or_nothing(_STANDING),
    after=or_nothing(_STANDING),
)
_EXPERIMENT = object_of(
    id=TEXT,
    title=TEXT,
    kind={"enum": ["added", "removed", "changed"]},
    metric=TEXT,
    moved=FLAG,
    keys=_KEYS,
    before=or_nothing(_VERDICT),
    after=or_nothing(_VERDICT),
    variants=list_of(_VARIANT),
)


def check_schema() -> Schema:
    """The schema of what `abtest check --format json` prints."""
    read = dict.fromkeys([*map(str, Severity), "experiments", "variants"], COUNT)
    return document(
        "The findings of abtest",
        SCHEMA_VERSION,
        findings=list_of(_FINDING),
        summary=object_of(**read),
    )


def diff_schema() -> Schema:
    """The schema of what `abtest diff --format json` prints."""
    return document(
        "A change, as abtest tells it",
        SCHEMA_VERSION,
        base=object_of(name=TEXT, commit=TEXT),
        plan=_KEYS,
        experiments=list_of(_EXPERIMENT),
        fixed=list_of(_FINDING),
        new=list_of(_FINDING),
        remarks=list_of(TEXT),
    )
