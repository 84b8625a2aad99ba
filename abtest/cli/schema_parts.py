"""What the JSON Schemas of printed JSON are built from: the same words in each of them."""

from __future__ import annotations

from typing import Any, TypeAlias

#: A JSON Schema, or a part of one.
Schema: TypeAlias = dict[str, Any]

TEXT: Schema = {"type": "string"}
TEXT_OR_NOTHING: Schema = {"type": ["string", "null"]}
FLAG: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}


def object_of(**members: Schema) -> Schema:
    """An object that has all of these members, and perhaps more."""
    return {"type": "object", "properties": members, "required": list(members)}


def map_of(values: Schema) -> Schema:
    """An object with any keys, whose values are all alike."""
    return {"type": "object", "additionalProperties": values}


def list_of(items: Schema) -> Schema:
    """A list whose items are all alike."""
    return {"type": "array", "items": items}


def or_nothing(schema: Schema) -> Schema:
    """What the schema describes, or null."""
    return {"anyOf": [schema, {"type": "null"}]}


def document(title: str, version: int, **members: Schema) -> Schema:
    """The schema of a whole printed document, which names its version first."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": title,
        **object_of(version={"const": version}, **members),
    }
