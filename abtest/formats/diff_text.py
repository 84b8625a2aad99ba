"""`abtest diff`: lost counts first, then verdicts, keys, counts, words, findings."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from abtest import wording
from abtest.formats.changes import counts_said, key_said, lost_said, standing_said
from abtest.formats.escaping import log

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.diff import ContentChange, ExperimentChange, KeyChange, TouchChange, VariantChange
    from abtest.errors import Finding

_COLUMNS = 80
_COLORS = {"gone": "red", "new": "green"}
_SIGNS = {"gone": ("[-", "-]"), "new": ("{+", "+}")}


def render(change: ContentChange) -> str:
    """What a change did; `[-gone-]` and `{+new+}` mark words, with color and without."""
    head = f"What changed since {log(change.base)} ({change.commit[:7]})"
    blocks = [click.style(head, bold=True)]
    lost = [f"! {lost_said(id_, row)}" for id_, row in change.lost]
    if lost:
        blocks.append("\n".join(["Counts were lost:", *map(log, lost)]))
    if change.plan:
        blocks.append("\n".join(["plan.yml", *_keys(change.plan, "  ")]))
    blocks += [_experiment(each) for each in change.experiments if each.speaks]
    touched = [each.id for each in change.experiments if not each.speaks]
    if touched:
        blocks.append("\n".join(_wrap(f"Nothing that counts changed in {', '.join(touched)}.", "")))
    blocks += _findings("New findings", change.new)
    blocks += _findings("Findings that are gone", change.fixed)
    if not (change.plan or change.experiments or change.new or change.fixed):
        blocks.append("Nothing in the content changed.")
    blocks += ["\n".join(_wrap(remark, "")) for remark in change.remarks]
    return "\n\n".join(blocks) + "\n"


def _experiment(change: ExperimentChange) -> str:
    about = "" if change.kind == "changed" else f" ({change.kind})"
    lines = [click.style(log(change.title), bold=True) + about, f"  {log(change.id)}"]
    if change.moved and change.before is not None and change.after is not None:
        lines += _wrap(f"Before: {change.before.headline}", "  ")
        lines += _wrap(f"Now:    {change.after.headline}", "  ")
    elif change.after is not None:
        lines += _wrap(change.after.headline, "  ")
    lines += _keys(change.keys, "  ")
    for variant in change.variants:
        if variant.kind != "same" or variant.counted:
            lines += _variant(variant, change.metric)
    return "\n".join(lines)


def _variant(change: VariantChange, metric: str) -> Iterator[str]:
    was = f", before {change.was}" if change.was else ""
    yield f"  {log(change.id)} ({change.kind}{was})"
    yield from _keys(change.keys, "    ")
    if change.counts:
        yield from _wrap(counts_said(change.counts), "    ")
    if change.counted and change.after is not None:
        yield from _wrap(f"{wording.did(metric)}: {standing_said(change)}", "    ")
    for touch in change.words:
        yield from _words(touch)


def _keys(changes: Sequence[KeyChange], indent: str) -> Iterator[str]:
    for change in changes:
        yield from _wrap(f"{change.key}: {' → '.join(key_said(change))}", indent)


def _words(change: TouchChange) -> Iterator[str]:
    yield f"    {change.name}:"
    text = ""
    for run in change.runs:
        before, after = _SIGNS.get(run.kind, ("", ""))
        # Each line is colored by itself, so that an indent is not.
        parts = [
            click.style(f"{before}{log(line)}{after}", fg=_COLORS.get(run.kind)) if line else ""
            for line in run.text.split("\n")
        ]
        text += "\n".join(parts)
    yield textwrap.indent(text, " " * 6)


def _findings(title: str, findings: Sequence[Finding]) -> list[str]:
    if not findings:
        return []
    lines = [log(f"{f.path}:{f.line}: {f.code} [{f.severity}] {f.message}") for f in findings]
    return ["\n".join([f"{title} ({len(findings)}):", *(f"  {line}" for line in lines)])]


def _wrap(text: str, indent: str) -> list[str]:
    return textwrap.wrap(
        log(text),
        _COLUMNS,
        initial_indent=indent,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
