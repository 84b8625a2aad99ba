"""The numbers that decide, in any version of plan.yml and experiment.md: fixed before looking."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any, TypeAlias

from abtest.messages.fields import EXPERIMENT, PLAN
from abtest.messages.frontmatter import parse, split
from abtest.messages.sheet import Run
from abtest.plan import Plan

#: Key → what it says; None stands for a default that depends on other files.
Settings: TypeAlias = Mapping[str, Any]

_PLAN = Plan()
_OF_PLAN: Settings = {
    "target": _PLAN.target,
    "metric": _PLAN.metric,
    "alpha": _PLAN.alpha,
    "response_window": _PLAN.response_window,
    "smallest_effect": _PLAN.smallest_effect,
}
_OF_EXPERIMENT: Settings = {
    "control": None,
    "lead_type": "cold",
    "target": None,
    "metric": None,
    "design": "sequential",
    "smallest_effect": None,
}


def read_settings(content: bytes, of_plan: bool) -> Settings | None:
    """What decides, as one version of a file has it; None if it cannot be understood.

    Args:
        content: The file.
        of_plan: It is plan.yml, not an experiment.md.
    """
    sheet = Run(dt.date.max).sheet("")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None
    if not of_plan:
        parts = split(text, sheet)
        text = parts.front if parts else ""
    entries = parse(text, sheet) if text.strip() else None
    values = (PLAN if of_plan else EXPERIMENT).read(entries, "", sheet) if entries else None
    defaults = _OF_PLAN if of_plan else _OF_EXPERIMENT
    if values is None:
        return defaults if of_plan and not text.strip() else None
    return {key: values.get(key, default) for key, default in defaults.items()}


def said(value: Any) -> str:
    """A value as a sentence may name it.

    >>> said(None), said({"fixed": 400}), said(0.1)
    ('the default', 'fixed: 400', '0.1')
    """
    if value is None:
        return "the default"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {number}" for key, number in value.items())
    return str(value)
