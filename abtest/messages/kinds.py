"""Kinds: what the text of a value may mean, and what to say when it means nothing.

A kind turns a node of the front matter into a value, or says why not; and it knows itself as JSON
Schema. `None` stands for a value that was refused; the reason has then been said.
"""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.sheet import clipped, did_you_mean, listed, shown

if TYPE_CHECKING:
    from abtest.messages.sheet import Sheet

#: A count: at most a dozen digits, no leading zero, nothing else.
COUNT = re.compile(r"(?:0|[1-9][0-9]{0,11})")
#: The largest count.
COUNT_LIMIT = 10**12 - 1
_PERCENT = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?) ?%")
_POINTS = re.compile(r"([0-9]{1,3}(?:\.[0-9]{1,9})?) ?pp")
_FRACTION = re.compile(r"0?\.[0-9]{1,12}")
_WEIGHT = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,9})?")
#: JSON's types for a value that is text to us, however an editor reads it.
_ANY_SCALAR = ["string", "number", "boolean"]


class Kind(Protocol):
    """What every kind offers."""

    def read(self, node: Node, name: str, sheet: Sheet) -> Any:
        """The value of the field `name`, or None and an error on the sheet."""

    def schema(self) -> dict[str, Any]:
        """The kind as JSON Schema."""


def scalar(node: Node, name: str, sheet: Sheet, wanted: str) -> Scalar | None:
    """The node if it is text and not blank; else None, and an error."""
    if not isinstance(node, Scalar):
        what = "a list" if isinstance(node, Items) else "a mapping"
        cure = f"Write one value behind {_key(name)}:"
        sheet.error("VL001", node, f"{name} is {what}; {wanted} belongs here.", cure)
        return None
    if not node.text.strip():
        sheet.error("VL002", node, f"{name} is left blank.", f"Write {wanted}, or delete it.")
        return None
    return node


def _key(name: str) -> str:
    """The key itself, of a name that tells the way to it."""
    return name.rpartition(".")[2]


class Text:
    """Words: on one line, or on several where `lines` allows."""

    def __init__(self, limit: int = 300, lines: bool = False) -> None:
        self.limit = limit
        self.lines = lines

    def read(self, node: Node, name: str, sheet: Sheet) -> str | None:
        """The words, without blanks around them."""
        value = scalar(node, name, sheet, "text")
        if value is None:
            return None
        text = value.text.strip()
        if len(text) > self.limit:
            sheet.error(
                "VL008",
                node,
                f"{name} has {len(text):,} characters; {self.limit:,} are the most.",
                "Shorten it, or move it below the front matter.",
            )
            return None
        if "\n" in text and not self.lines:
            sheet.error("VL008", node, f"{name} has several lines.", "Put it on one line.")
            return None
        return text

    def schema(self) -> dict[str, Any]:
        """Any scalar: `title: 2026` is a number to an editor, and words to us."""
        return {"type": _ANY_SCALAR, "minLength": 1, "maxLength": self.limit}


class Choice:
    """One word of a closed list.

    Attributes:
        words: The list.
        wanted: The same as a message has it, with what else may stand there.
    """

    def __init__(self, *words: str, also: str = "") -> None:
        self.words = words
        self.wanted = listed((*words, also) if also else words)

    def read(self, node: Node, name: str, sheet: Sheet) -> str | None:
        """The word."""
        value = scalar(node, name, sheet, self.wanted)
        if value is None or value.text in self.words:
            return None if value is None else value.text
        near = did_you_mean(value.text, self.words)
        sheet.error(
            "VL003",
            node,
            f"{name} is {shown(value.text)}; it can be {self.wanted}.",
            f"Did you mean {near}?" if near else f"Write {_key(name)}: {self.words[0]}",
        )
        return None

    def schema(self) -> dict[str, Any]:
        """An enumeration."""
        return {"enum": list(self.words)}


class Either:
    """A word or a mapping, such as `sequential` or `{fixed: 400}`."""

    def __init__(self, word: Kind, mapping: Kind) -> None:
        self.word = word
        self.mapping = mapping

    def read(self, node: Node, name: str, sheet: Sheet) -> Any:
        """What the kind that fits makes of it."""
        kind = self.mapping if isinstance(node, Entries) else self.word
        return kind.read(node, name, sheet)

    def schema(self) -> dict[str, Any]:
        """Either of the two."""
        return {"anyOf": [self.word.schema(), self.mapping.schema()]}


class Pattern:
    """A word of a certain form, such as a rule's code."""

    def __init__(self, pattern: str, wanted: str) -> None:
        self.pattern = re.compile(pattern)
        self.wanted = wanted

    def read(self, node: Node, name: str, sheet: Sheet) -> str | None:
        """The word."""
        value = scalar(node, name, sheet, self.wanted)
        if value is None or self.pattern.fullmatch(value.text):
            return None if value is None else value.text
        sheet.error("VL009", node, f"{name} is {shown(value.text)}.", f"Write {self.wanted}.")
        return None

    def schema(self) -> dict[str, Any]:
        """A string with a pattern."""
        return {"type": "string", "pattern": f"^(?:{self.pattern.pattern})$"}


class Share:
    """A proportion strictly between 0 and 1, as `10%` or `0.1`."""

    def read(self, node: Node, name: str, sheet: Sheet) -> float | None:
        """The proportion."""
        value = scalar(node, name, sheet, "a share such as 10%")
        if value is None:
            return None
        share = _proportion(value.text, _PERCENT)
        if share is not None and 0 < share < 1:
            return share
        number = re.fullmatch(r"([0-9]{1,2})(?:[.,]([0-9]+))?( ?%)?", value.text)
        sheet.error(
            "VL004",
            node,
            f"{name} is {shown(value.text)}; it must be a share between 0 and 1.",
            f"Write {_key(name)}: {_as_percent(number)}",
        )
        return None

    def schema(self) -> dict[str, Any]:
        """A percentage as text, or a fraction."""
        return {
            "anyOf": [
                {"type": "string", "pattern": f"^{_PERCENT.pattern}$"},
                {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            ]
        }


class Difference:
    """A difference of proportions strictly between 0 and 1, as `4pp` or `0.04`."""

    def read(self, node: Node, name: str, sheet: Sheet) -> float | None:
        """The difference as a fraction."""
        value = scalar(node, name, sheet, "a difference such as 4pp")
        if value is None:
            return None
        difference = _proportion(value.text, _POINTS)
        if difference is not None and 0 < difference < 1:
            return difference
        number = re.fullmatch(r"([0-9]{1,2})(?:[.,]([0-9]+))?( ?%)?", value.text)
        points = _as_percent(number).removesuffix("%") if number else "4"
        sheet.error(
            "VL005",
            node,
            f"{name} is {shown(value.text)}; it is a difference in percentage points.",
            f"Write {_key(name)}: {points}pp",
        )
        return None

    def schema(self) -> dict[str, Any]:
        """Percentage points as text, or a fraction."""
        return {
            "anyOf": [
                {"type": "string", "pattern": f"^{_POINTS.pattern}$"},
                {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1},
            ]
        }


def _proportion(text: str, hundredths: re.Pattern[str]) -> float | None:
    """A fraction, or hundredths; exact in decimals, so that 4.1% is 0.041."""
    match = hundredths.fullmatch(text)
    if match:
        return float(Decimal(match[1]) / 100)
    return float(text) if _FRACTION.fullmatch(text) else None


def _as_percent(number: re.Match[str] | None) -> str:
    """What was probably meant: 10 is 10%, and 12,5% is 12.5%."""
    if number is None or not int(number[1]):
        return "10%"
    return f"{int(number[1])}{'.' + number[2] if number[2] else ''}%"


class Whole:
    """A whole number in a range."""

    def __init__(self, low: int, high: int) -> None:
        self.low = low
        self.high = high

    def read(self, node: Node, name: str, sheet: Sheet) -> int | None:
        """The number."""
        wanted = f"a whole number from {self.low} to {self.high:,}"
        value = scalar(node, name, sheet, wanted)
        if value is None:
            return None
        if COUNT.fullmatch(value.text) and self.low <= int(value.text) <= self.high:
            return int(value.text)
        message = f"{name} is {shown(value.text)}; it must be {wanted}."
        sheet.error("VL006", node, message, f"Write {_key(name)}: {min(self.low + 3, self.high)}")
        return None

    def schema(self) -> dict[str, Any]:
        """An integer with bounds."""
        return {"type": "integer", "minimum": self.low, "maximum": self.high}


class Flag:
    """True or false, written so."""

    def read(self, node: Node, name: str, sheet: Sheet) -> bool | None:
        """The truth value."""
        value = scalar(node, name, sheet, "true or false")
        if value is None or value.text in ("true", "false"):
            return None if value is None else value.text == "true"
        meant = value.text.lower() in ("true", "yes", "y", "on", "1")
        sheet.error(
            "VL007",
            node,
            f"{name} is {shown(value.text)}; it must be true or false.",
            f"Write {_key(name)}: {'true' if meant else 'false'}, or delete the line.",
        )
        return None

    def schema(self) -> dict[str, Any]:
        """A boolean."""
        return {"type": "boolean"}


class Weight:
    """A positive number: a part of a planned split."""

    def read(self, node: Node, name: str, sheet: Sheet) -> float | None:
        """The weight."""
        value = scalar(node, name, sheet, "a number such as 1")
        if value is None:
            return None
        if _WEIGHT.fullmatch(value.text) and float(value.text) > 0:
            return float(value.text)
        sheet.error(
            "VL010",
            node,
            f"{name} is {shown(value.text)}; a weight is a number above 0.",
            "Write 1 for each of two equal parts; 1 and 2 where one is twice the other.",
        )
        return None

    def schema(self) -> dict[str, Any]:
        """A positive number."""
        return {"type": "number", "exclusiveMinimum": 0}


class ListOf:
    """Several values of one kind."""

    def __init__(self, kind: Kind) -> None:
        self.kind = kind

    def read(self, node: Node, name: str, sheet: Sheet) -> tuple[Any, ...] | None:
        """The values that are good, in order."""
        if not isinstance(node, Items):
            example = "[one, two]" if not isinstance(node, Scalar) else f"[{clipped(node.text)}]"
            sheet.error("VL001", node, f"{name} must be a list.", f"Write {name}: {example}")
            return None
        values = [self.kind.read(item, name, sheet) for item in node.nodes]
        return tuple(value for value in values if value is not None)

    def schema(self) -> dict[str, Any]:
        """An array."""
        return {"type": "array", "items": self.kind.schema()}


class MapOf:
    """Names with values of one kind: the names are the team's own.

    Attributes:
        kind: The kind of the values.
        key: What a name must look like.
        wanted: The same, in words.
    """

    def __init__(self, kind: Kind, key: str, wanted: str) -> None:
        self.kind = kind
        self.key = re.compile(key)
        self.wanted = wanted

    def read(self, node: Node, name: str, sheet: Sheet) -> dict[str, Any] | None:
        """Name → value, of those that are good, in order."""
        if not isinstance(node, Entries):
            what = "a list" if isinstance(node, Items) else "text"
            cure = f"Below {name}:, write {self.wanted}, a colon and its value, one a line."
            sheet.error("VL001", node, f"{name} is {what}; names with values belong here.", cure)
            return None
        values: dict[str, Any] = {}
        for text, (key, child) in node.pairs.items():
            if not self.key.fullmatch(text):
                sheet.error(
                    "KY003",
                    key,
                    f"{shown(text)} cannot be a name in {name}.",
                    f"Write {self.wanted}.",
                )
                continue
            value = self.kind.read(child, f"{name}.{text}", sheet)
            if value is not None:
                values[text] = value
        return values

    def schema(self) -> dict[str, Any]:
        """An object with named members of one kind."""
        return {
            "type": "object",
            "propertyNames": {"pattern": f"^(?:{self.key.pattern})$"},
            "additionalProperties": self.kind.schema(),
        }
