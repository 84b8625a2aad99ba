"""`abtest diff --format markdown`: the comment on a pull request, for whoever sells.

Contributed text shows as it was typed: it makes no mark-up, link, mention or reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest import wording
from abtest.formats import escaping
from abtest.formats.changes import lost_said, rate_said, signed, state_said

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.diff import ContentChange, ExperimentChange, TouchChange, VariantChange
    from abtest.errors import Finding

#: A comment has room for 65,536 characters; so many findings are listed, then their number.
_LISTED = 20
_WORDS_SHOWN = 6_000
_TAGS = {"gone": "del", "new": "ins"}


def render(change: ContentChange) -> str:
    """What a change did: what is lost, what it means, then the words and the findings."""
    blocks = [f"### What changed since {_text(change.base)} ({change.commit[:7]})"]
    blocks += _lost(change)
    for experiment in change.experiments:
        blocks += _experiment(experiment) if experiment.speaks else ()
    touched = [escaping.code_span(each.id) for each in change.experiments if not each.speaks]
    if touched:
        blocks.append(f"Nothing that counts changed in {', '.join(touched)}.")
    blocks += _findings("New findings", change.new)
    blocks += _findings("Findings that are gone", change.fixed)
    if not change.experiments and not change.new and not change.fixed:
        blocks.append("Nothing in the content changed.")
    blocks += [_text(remark) for remark in change.remarks]
    return "\n\n".join(blocks) + "\n"


def _text(text: str) -> str:
    """Text that shows as typed, and calls nobody: `@kim` and `#12` are broken up unseen."""
    return escaping.markdown(text).replace("\\@", "@<!-- -->").replace("\\#", "#<!-- -->")


def _lost(change: ContentChange) -> Iterator[str]:
    if change.lost:
        rows = [f"* {_text(lost_said(id_, row))}" for id_, row in change.lost]
        yield "\n".join(["⚠️ **Counts were lost.** They may only grow.", "", *rows])


def _experiment(change: ExperimentChange) -> Iterator[str]:
    about = "" if change.kind == "changed" else f" — {change.kind}"
    yield f"#### {_text(change.title)}{about}"
    if change.moved and change.before is not None and change.after is not None:
        yield (
            f"**The verdict moved.** Before: {_text(change.before.headline)} "
            f"Now: **{_text(change.after.headline)}** {_text(change.after.next)}"
        )
    elif change.after is not None:
        yield _text(change.after.headline)
    shown = [v for v in change.variants if v.kind != "same" or v.counted]
    if any(variant.counted or variant.kind != "changed" for variant in shown):
        yield "\n".join(_table(shown, change.metric))
    for variant in shown:
        for touch in variant.words:
            yield _words(variant, touch)


def _table(variants: Sequence[VariantChange], metric: str) -> Iterator[str]:
    did = wording.did(metric)
    yield f"| Message | Sent | {did.capitalize()} | Before | Now | Against the target |"
    yield "|---|--:|--:|--:|--:|---|"
    for variant in variants:
        name = escaping.code_span(variant.id)
        if variant.kind != "changed":
            was = f", was {escaping.code_span(variant.was)}" if variant.was else ""
            name += f" ({variant.kind}{was})"
        added = {count.count: count.after - count.before for count in variant.counts}
        was, state = state_said(variant.before), state_said(variant.after)
        cells = (
            name,
            signed(added["sent"]) if "sent" in added else "",
            signed(added[metric]) if metric in added else "",
            rate_said(variant.before),
            rate_said(variant.after),
            f"{was} → **{state}**" if was and state and was != state else state,
        )
        yield "| " + " | ".join(cells) + " |"


def _words(variant: VariantChange, touch: TouchChange) -> str:
    """The words in one quotation: what is gone struck out, what is new underlined."""
    text, left = "", _WORDS_SHOWN
    for run in touch.runs:
        tag = _TAGS.get(run.kind)
        lines = [_text(line) for line in run.text[: max(left, 0)].split("\n")]
        left -= len(run.text)
        text += "\n".join(f"<{tag}>{line}</{tag}>" if tag and line else line for line in lines)
    more = "\n…" if left < 0 else ""
    quoted = "\n".join(f"> {line}  " if line else ">" for line in (text + more).split("\n"))
    return f"{escaping.code_span(variant.id)}, {touch.name.lower()}:\n\n{quoted}"


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    if findings:
        listed = [
            f"* {escaping.code_span(f'{f.path}:{f.line}')} **{f.code}** {_text(f.message)}"
            for f in findings[:_LISTED]
        ]
        if len(findings) > _LISTED:
            listed.append(f"* and {len(findings) - _LISTED} more")
        yield "\n".join([f"**{title} ({len(findings)})**", "", *listed])
