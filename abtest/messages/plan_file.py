"""plan.yml: the analysis plan, checked to mean one thing."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from abtest.messages.fields import PLAN
from abtest.messages.frontmatter import parse
from abtest.messages.nodes import Entries, Items, Node, Scalar
from abtest.messages.references import without_ours
from abtest.messages.refused import refusal
from abtest.messages.results import BY_TOUCH
from abtest.messages.sheet import did_you_mean, listed, shown
from abtest.messages.source import read_source
from abtest.plan import (
    COUNTS,
    DIMENSIONS,
    REACHED,
    CritiqueSettings,
    Metric,
    Plan,
    Rubric,
    Sender,
)

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from abtest.messages.sheet import Sheet

#: Counts of which a proportion of the reached makes no sense.
_NO_PARTS = ("sent", "bounced", "amount")
_TAKEN = frozenset((*COUNTS, *DIMENSIONS, REACHED, BY_TOUCH, "date", "rep"))


def read_plan(path: str, sheet: Sheet) -> Plan | None:
    """The plan of a team, with every default; None, and errors, if it cannot be read.

    Where single keys are wrong, the rest of the plan is returned, so that what it declares is
    known; `sheet.errors` tells the two apart.
    """
    text = read_source(path, sheet)
    if text is None:
        return None
    if all(line.startswith("#") or not line for line in map(str.strip, text.split("\n"))):
        return Plan()
    entries = parse(text, sheet)
    values = None if entries is None else PLAN.read(entries, "", sheet)
    if entries is None or values is None:
        return None
    _check_declared(entries, sheet)
    plan = _plan(values, _lines_of_codes(entries))
    _check_metrics(plan, values, entries, sheet)
    return plan


def _lines_of_codes(entries: Entries) -> dict[str, int]:
    """Where rules are named that only the critique can know."""
    critique = entries.pairs.get("critique")
    if critique is None or not isinstance(critique[1], Entries):
        return {}
    disabled = {node.text: node.line for node in _texts(critique[1], "disable")}
    severity = critique[1].pairs.get("severity")
    changed = severity[1].key_lines() if severity and isinstance(severity[1], Entries) else {}
    return {**without_ours(disabled), **changed}


def _plan(values: dict[str, Any], lines: dict[str, int]) -> Plan:
    default = Plan()
    critique = values.get("critique", {})
    simple = {
        name: values[name]
        for name in ("target", "metric", "alpha", "response_window", "smallest_effect")
        if name in values
    }
    return Plan(
        **simple,
        metrics=tuple(
            Metric(name, **metric)
            for name, metric in values.get("metrics", {}).items()
            if "count" in metric
        ),
        counts=values.get("counts", ()),
        dimensions=values.get("dimensions", ()),
        sender=Sender(**values.get("sender", {})),
        critique=CritiqueSettings(
            profile=critique.get("profile", default.critique.profile),
            disable=critique.get("disable", ()),
            severity=MappingProxyType(critique.get("severity", {})),
            phrases=MappingProxyType(critique.get("phrases", {})),
            key_lines=MappingProxyType(lines),
        ),
        rubric=Rubric(**_rubric(values.get("rubric", {}))),
    )


def _rubric(groups: dict[str, dict[str, str]]) -> dict[str, Any]:
    return {name: MappingProxyType(anchors) for name, anchors in groups.items()}


def _check_declared(entries: Entries, sheet: Sheet) -> None:
    """Names declared are new, and each is one thing."""
    seen: dict[str, str] = {}
    for what in ("counts", "dimensions"):
        for node in _texts(entries, what):
            _check_name(node, what, seen, sheet)


def _texts(entries: Entries, key: str) -> Iterator[Scalar]:
    pair = entries.pairs.get(key)
    items = pair[1].nodes if pair and isinstance(pair[1], Items) else ()
    return (item for item in items if isinstance(item, Scalar))


def _check_name(node: Scalar, what: str, seen: dict[str, str], sheet: Sheet) -> None:
    name = node.text
    refused = refusal(name)
    if refused is not None:
        sheet.error(refused[0], node, *refused[1:])
    elif name in _TAKEN:
        sheet.error(
            "RF004", node, f"{shown(name)} is built in.", "Delete it here; rows may have it anyway."
        )
    elif name in seen:
        sheet.error(
            "RF004",
            node,
            f"{shown(name)} is declared already, under {seen[name]}.",
            "A name is one thing: choose another.",
        )
    seen.setdefault(name, what)


def _check_metrics(plan: Plan, values: dict[str, Any], entries: Entries, sheet: Sheet) -> None:
    """Metrics count what is counted, and the primary one exists."""
    for name, metric in values.get("metrics", {}).items():
        count, per = metric.get("count"), metric.get("per", REACHED)
        node = entries.value("metrics", name)
        if count is not None:
            _check_count(count, plan.all_counts, (node, "count"), sheet)
        _check_count(per, (REACHED, *plan.all_counts), (node, "per"), sheet)
    if "metric" in values:
        check_metric(plan, values["metric"], entries, sheet)


def _check_count(name: str, known: Collection[str], at: tuple[Node, str], sheet: Sheet) -> None:
    if name in known:
        return
    node, key = at
    place = node.value(key) if isinstance(node, Entries) and key in node.pairs else node
    refused = refusal(name)
    if refused is not None:
        sheet.error(refused[0], place, *refused[1:])
        return
    near = did_you_mean(name, known)
    sheet.error(
        "RF002",
        place,
        f"{key} is {shown(name)}, which is no count.",
        f"Did you mean {near}?" if near else f"Declare it: counts: [{name}]",
    )


def check_metric(plan: Plan, name: str, entries: Entries, sheet: Sheet) -> bool:
    """Whether a metric of this name exists; an error if not."""
    known = [m.name for m in plan.metrics]
    known += [count for count in plan.all_counts if count not in (*_NO_PARTS, *known)]
    if name in known:
        return True
    near = did_you_mean(name, known)
    sheet.error(
        "RF002",
        entries.value("metric"),
        f"metric is {shown(name)}, which is no metric.",
        f"Did you mean {near}?" if near else f"There is {listed(known, 'and')}.",
    )
    return False
