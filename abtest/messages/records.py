"""Records: mappings with known keys, read by a table of fields."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.refused import refusal, refuse_key
from abtest.messages.sheet import Spot

if TYPE_CHECKING:
    from abtest.messages.kinds import Kind
    from abtest.messages.sheet import Sheet


class Field:
    """One key of a record.

    Attributes:
        name: The key.
        kind: What it holds; None for what a module of its own reads.
        doc: What it is for, in a sentence.
        example: A value, as it may be written.
        missing: The code of the error where it is missing or blank; None if it may be absent.
        blank: It may be written without a value.
    """

    __slots__ = ("blank", "doc", "example", "kind", "missing", "name")

    def __init__(
        self,
        name: str,
        kind: Kind | None,
        doc: str,
        example: str,
        missing: str | None = None,
        blank: bool = False,
    ) -> None:
        self.name = name
        self.kind = kind
        self.doc = doc
        self.example = example
        self.missing = missing
        self.blank = blank

    def schema(self) -> dict[str, Any]:
        """What it holds, and what it is for."""
        kind = self.kind.schema() if self.kind else {}
        if self.blank:
            kind = {"anyOf": [kind, {"type": "null"}]}
        return {**kind, "description": self.doc}


class Record:
    """A mapping with known keys; a kind itself, so that records nest.

    Attributes:
        title: What it is, as a sentence may say it.
        fields: Key → field, in order.
        others: The kind of all further keys; None refuses them.
    """

    def __init__(self, title: str, *fields: Field, others: Kind | None = None) -> None:
        self.title = title
        self.fields = {field.name: field for field in fields}
        self.others = others

    def read(self, node: Node, name: str, sheet: Sheet) -> dict[str, Any] | None:
        """Key → value of every key that is there and good.

        Args:
            node: What was written.
            name: The record's own key; empty at the top of a file.
            sheet: Takes the errors.
        """
        if not isinstance(node, Entries):
            what = "a list" if isinstance(node, Items) else "text"
            sheet.error("VL001", node, f"{name} is {what}; keys belong here.", self._example())
            return None
        before = f"{name}." if name else ""
        values: dict[str, Any] = {}
        meant: set[str | None] = set()
        for key, value in node.pairs.values():
            if key.text in self.fields or (self.others and not refusal(key.text)):
                self._read_field(key, value, before, values, sheet)
            else:
                meant.add(refuse_key(key, value, node.flow, self.fields, sheet))
        for field in self.fields.values():
            if field.missing and field.name not in node.pairs and field.name not in meant:
                at = Spot(node.line, node.column) if name else Spot(1, 1)
                sheet.error(
                    field.missing,
                    at,
                    f"{before}{field.name} is missing: {field.doc[0].lower()}{field.doc[1:]}",
                    f"Write {field.name}: {field.example}",
                )
        return values

    def _read_field(
        self,
        key: Scalar,
        value: Node,
        before: str,
        values: dict[str, Any],
        sheet: Sheet,
    ) -> None:
        field = self.fields.get(key.text)
        kind = field.kind if field else self.others
        if isinstance(value, Scalar) and not value.text.strip():
            if field is None or not field.blank:
                _say_blank(field, key, before, sheet)
        elif kind is not None:
            read = kind.read(value, before + key.text, sheet)
            if read is not None:
                values[key.text] = read

    def _example(self) -> str:
        field = next(iter(self.fields.values()))
        return f"Write it below, indented, as {field.name}: {field.example}"

    def schema(self) -> dict[str, Any]:
        """An object with these members."""
        return {
            "type": "object",
            "properties": {field.name: field.schema() for field in self.fields.values()},
            "required": [field.name for field in self.fields.values() if field.missing],
            "additionalProperties": False if self.others is None else self.others.schema(),
        }


def _say_blank(field: Field | None, key: Scalar, before: str, sheet: Sheet) -> None:
    code = (field and field.missing) or "VL002"
    cure = f"Write {key.text}: {field.example}" if field else "Write a value"
    if code == "PR001":
        cure += f"; or {key.text}: any, if it may be anything"
    elif code == "VL002":
        cure += ", or delete the line"
    sheet.error(code, key, f"{before}{key.text} is left blank.", f"{cure}.")
