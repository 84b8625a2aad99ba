"""JSON Schema of the JSON that `abtest check` and `abtest diff` print, version 1.

As with the report, further keys may come within a version; none that is listed here goes.
"""

from __future__ import annotations

from typing import Any

from abtest.diff.results import SCHEMA_VERSION
from abtest.errors import Severity

_TEXT = {"type": "string"}
_TEXT_OR_NOTHING = {"type": ["string", "null"]}
_FLAG = {"type": "boolean"}
_COUNT = {"type": "integer", "minimum": 0}
_COUNTS = {"type": "object", "additionalProperties": _COUNT}


def _object(**members: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": members, "required": list(members)}


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


def _or_nothing(schema: dict[str, Any]) -> dict[str, Any]:
    return {"anyOf": [schema, {"type": "null"}]}


_FINDING = _object(
    path=_TEXT,
    line=_COUNT,
    column=_COUNT,
    code={"type": "string", "pattern": "^[A-Z]{2}[0-9]{3}$"},
    severity={"enum": [str(severity) for severity in Severity]},
    message=_TEXT,
    suggestion=_TEXT,
    experiment=_TEXT_OR_NOTHING,
    variant=_TEXT_OR_NOTHING,
)

_VERDICT = _object(state=_TEXT, winner=_TEXT_OR_NOTHING, headline=_TEXT, next=_TEXT)
_STANDING = _object(count=_COUNT, reached=_COUNT, state=_TEXT_OR_NOTHING)
#: Words that one side has, or both: one key each.
_RUN = {
    "type": "object",
    "properties": {"same": _TEXT, "gone": _TEXT, "new": _TEXT},
    "additionalProperties": False,
    "minProperties": 1,
    "maxProperties": 1,
}
_KEYS = _list(_object(key=_TEXT, before=_TEXT_OR_NOTHING, after=_TEXT_OR_NOTHING))
_VARIANT = _object(
    id=_TEXT,
    title=_TEXT,
    kind={"enum": ["added", "removed", "renamed", "changed", "same"]},
    was=_TEXT_OR_NOTHING,
    keys=_KEYS,
    words=_list(_object(touch=_TEXT, runs=_list(_RUN))),
    counts=_list(_object(count=_TEXT, before=_COUNT, after=_COUNT)),
    lost=_list(_object(row=_TEXT, before=_COUNTS, after=_or_nothing(_COUNTS))),
    before=_or_nothing(_STANDING),
    after=_or_nothing(_STANDING),
)
_EXPERIMENT = _object(
    id=_TEXT,
    title=_TEXT,
    kind={"enum": ["added", "removed", "changed"]},
    metric=_TEXT,
    moved=_FLAG,
    keys=_KEYS,
    before=_or_nothing(_VERDICT),
    after=_or_nothing(_VERDICT),
    variants=_list(_VARIANT),
)


def check_schema() -> dict[str, Any]:
    """The schema of what `abtest check --format json` prints."""
    read = dict.fromkeys([*map(str, Severity), "experiments", "variants"], _COUNT)
    return _document("The findings of abtest", findings=_list(_FINDING), summary=_object(**read))


def diff_schema() -> dict[str, Any]:
    """The schema of what `abtest diff --format json` prints."""
    return _document(
        "A change, as abtest tells it",
        base=_object(name=_TEXT, commit=_TEXT),
        plan=_KEYS,
        experiments=_list(_EXPERIMENT),
        fixed=_list(_FINDING),
        new=_list(_FINDING),
        remarks=_list(_TEXT),
    )


def _document(title: str, **members: dict[str, Any]) -> dict[str, Any]:
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **_object(version={"const": SCHEMA_VERSION}, **members),
    }
