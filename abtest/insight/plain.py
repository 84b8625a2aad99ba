"""Frozen results as JSON has them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from enum import StrEnum
from typing import Any

from abtest.errors import Finding


def plain(value: Any) -> Any:
    """A value as JSON has it: dates as text, mappings with text keys, no infinities."""
    if isinstance(value, Finding):
        return value.to_dict()
    if is_dataclass(value) and not isinstance(value, type):
        return record(value)
    if isinstance(value, StrEnum):
        return str(value)
    if isinstance(value, Mapping):
        return {_key(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, (tuple, list)):
        return [plain(inner) for inner in value]
    return _scalar(value)


def _scalar(value: Any) -> Any:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def _key(key: Any) -> str:
    return ": ".join(key) if isinstance(key, tuple) else str(key)


def record(value: Any) -> dict[str, Any]:
    """The fields of a dataclass, by name."""
    return {field.name: plain(getattr(value, field.name)) for field in fields(value)}
