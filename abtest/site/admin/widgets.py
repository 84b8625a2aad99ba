"""From the tables that read the files to the fields of a form.

A field that a form cannot show is left out of it: what a form does not know, it keeps as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import singledispatch
from typing import Any

from abtest.messages.days import Day
from abtest.messages.kinds import (
    COUNT_LIMIT,
    Choice,
    Difference,
    Flag,
    Kind,
    ListOf,
    MapOf,
    Pattern,
    Share,
    Text,
    Weight,
    Whole,
)
from abtest.messages.records import Field, Record
from abtest.messages.results import BY_TOUCH, Vocabulary

Widget = dict[str, Any]
#: Key of a mapping whose names are a team's own → the names that are in use.
Names = Mapping[str, Iterable[str]]

_COUNT = {"widget": "number", "value_type": "int", "min": 0, "max": COUNT_LIMIT}
_ROW = "{{fields.date}}: {{fields.sent}} sent, {{fields.responses}} answered"
_FRACTION = r"^0?\.[0-9]+$"
_EXAMPLES: dict[type, str] = {Share: "10%", Difference: "4pp"}


def form(record: Record, names: Names) -> list[Widget]:
    """The fields of a record, in the order of its table.

    Args:
        record: The table.
        names: The names in use, by the key whose mapping they stand in.
    """
    shown = (_field(field, names) for field in record.fields.values())
    known = [widget for widget in shown if widget is not None]
    if record.others is not None:
        known += _named(record.others, names.get("others", ()), names)
    return known


def results(reps: Iterable[str], words: Vocabulary) -> Widget:
    """Rows of results as a list for each rep.

    Args:
        reps: Everybody who has rows somewhere, or wrote a message.
        words: The keys that rows may have.
    """
    lists = [
        {
            "name": rep,
            "label": rep,
            "widget": "list",
            "required": False,
            "label_singular": "row",
            "summary": _ROW,
            "minimize_collapsed": True,
            "add_to_top": True,
            "collapsed": True,
            "fields": [_cell(key, words) for key in words.ordered],
        }
        for rep in reps
    ]
    return {"name": "results", "widget": "object", "required": False, "fields": lists}


def _cell(key: str, words: Vocabulary) -> Widget:
    needed = key in ("date", "sent")
    base: Widget = {"name": key, "label": _label(key), "required": needed}
    if key == BY_TOUCH:
        numbers = {"name": "count", "label": "count", **_COUNT}
        return {**base, "widget": "list", "field": numbers, "collapsed": True}
    if key in words.counts:
        return base | _COUNT
    return base | _widget(Day() if key == "date" else Text(100), {})


def _label(key: str) -> str:
    """A key as people read it, so that what they see in a form is what stands in the file.

    >>> _label("second_meetings")
    'second meetings'
    """
    return key.replace("_", " ")


def _field(field: Field, names: Names) -> Widget | None:
    if field.kind is None:
        return None
    own = {**names, "": names.get(field.name, ())}
    widget = _widget(field.kind, own)
    if not widget:
        return None
    base = {"name": field.name, "label": _label(field.name), "required": bool(field.missing)}
    folded = (
        _optional(widget["fields"]) if widget["widget"] == "object" and not field.missing else {}
    )
    return {**base, "hint": field.doc, **widget, **folded}


def _optional(fields: list[Widget]) -> Widget:
    """A mapping that may be left out: the editor would ask for its fields all the same."""
    return {"collapsed": True, "fields": [{**field, "required": False} for field in fields]}


def _named(kind: Kind, keys: Iterable[str], names: Names) -> list[Widget]:
    """A field of one kind for each of the names."""
    widget = _widget(kind, names)
    return [{"name": key, "label": _label(key), "required": False, **widget} for key in keys]


def _widget(kind: Kind, names: Names) -> Widget:
    """How a form asks for a value of a kind; empty where it cannot."""
    own = names.get("", ())
    if isinstance(kind, Record):
        return {"widget": "object", "fields": form(kind, {"others": own})}
    if isinstance(kind, MapOf):
        return {"widget": "object", "fields": _named(kind.kind, own, names)} if own else {}
    if not isinstance(kind, ListOf):
        return _single(kind)
    if isinstance(kind.kind, Record):
        return {"widget": "list", "fields": form(kind.kind, names)}
    return {"widget": "list", "field": {"name": "item", **_single(kind.kind)}}


@singledispatch
def _single(_kind: object) -> Widget:
    """How a form asks for a single value, by its type alone; empty where it cannot."""
    return {}


@_single.register
def _(kind: Text) -> Widget:
    return {"widget": "text" if kind.lines else "string"}


@_single.register
def _(kind: Choice) -> Widget:
    return {"widget": "select", "options": list(kind.words)}


@_single.register
def _(kind: Pattern) -> Widget:
    return {"widget": "string", "pattern": [f"^(?:{kind.pattern.pattern})$", kind.wanted]}


@_single.register(Share)
@_single.register(Difference)
def _(kind: Share | Difference) -> Widget:
    pattern = kind.schema()["anyOf"][0]["pattern"]
    wanted = f"such as {_EXAMPLES[type(kind)]}"
    return {"widget": "string", "pattern": [f"{pattern}|{_FRACTION}", wanted]}


@_single.register
def _(kind: Whole) -> Widget:
    return {"widget": "number", "value_type": "int", "min": kind.low, "max": kind.high}


@_single.register
def _(_kind: Weight) -> Widget:
    return {"widget": "number", "value_type": "float", "min": 0, "step": 0.1}


@_single.register
def _(_kind: Flag) -> Widget:
    return {"widget": "boolean"}


@_single.register
def _(_kind: Day) -> Widget:
    return {"widget": "datetime", "date_format": "YYYY-MM-DD", "time_format": False}
