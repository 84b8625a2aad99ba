"""JSON Schema (draft 2020-12) of the files a team edits, from the tables that read them.

Editors check and complete front matter with it. It is as strict as an editor can be; what spans
files, and days that have not come, `abtest check` knows.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abtest.messages.days import Day
from abtest.messages.fields import EXPERIMENT, NAME, PLAN, REVIEW, VARIANT
from abtest.messages.kinds import COUNT_LIMIT, Text
from abtest.messages.results import BY_TOUCH
from abtest.plan import Plan

if TYPE_CHECKING:
    from abtest.messages.records import Record

DIALECT = "https://json-schema.org/draft/2020-12/schema"

_FILES: dict[str, tuple[str, Record]] = {
    "experiment": ("The front matter of experiment.md", EXPERIMENT),
    "variant": ("The front matter of a variant", VARIANT),
    "review": ("The front matter of a review", REVIEW),
    "plan": ("plan.yml", PLAN),
}
#: What there is a schema of.
FILES = tuple(_FILES)

#: Keys that would not be told from a team's own count or dimension.
_REFUSED = ["opens", "open_rate", "clicks", "dials", "calls_made", "activities"]
_PERSONAL = ["name", "email", "phone", "linkedin"]


def file_schema(file: str, plan: Plan | None = None) -> dict[str, Any]:
    """The JSON Schema of one kind of file.

    Args:
        file: One of `FILES`.
        plan: Knows the counts and dimensions that a team declares; without it, rows may have
            any further keys.

    Raises:
        KeyError: There is no such kind of file.
    """
    title, record = _FILES[file]
    schema = {"$schema": DIALECT, "title": title, **record.schema()}
    if file == "variant":
        results = {**_results(plan), "description": record.fields["results"].doc}
        schema["properties"] = {**schema["properties"], "results": results}
    return schema


def _results(plan: Plan | None) -> dict[str, Any]:
    return {
        "type": ["object", "null"],
        "additionalProperties": {"type": ["array", "null"], "items": _row(plan or Plan(), plan)},
    }


def _row(known: Plan, declared: Plan | None) -> dict[str, Any]:
    count = {"type": "integer", "minimum": 0, "maximum": COUNT_LIMIT}
    dimension = Text(limit=100).schema()
    return {
        "type": "object",
        "properties": {
            "date": Day().schema(),
            **dict.fromkeys(known.all_counts, count),
            BY_TOUCH: {"type": "array", "items": count, "minItems": 1},
            **dict.fromkeys(known.all_dimensions, dimension),
        },
        "required": ["date", "sent"],
        "propertyNames": {"pattern": f"^{NAME}$", "not": {"enum": _REFUSED + _PERSONAL}},
        "additionalProperties": dimension if declared is None else False,
    }
