"""`abtest diff --format markdown`: the comment on a pull request, for whoever sells.

Contributed text shows as it was typed: it makes no mark-up, link, mention or reference.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abtest import wording
from abtest.formats.changes import key_said, lost_said, rate_said, signed, state_said
from abtest.formats.escaping import code_span, markdown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from abtest.diff import ContentChange, ExperimentChange, KeyChange, TouchChange, VariantChange
    from abtest.errors import Finding

#: Nobody sees the first line; the next push finds its comment by it, and writes that one anew.
MARKER = "<!-- abtest: what changed -->"
#: Up to ten findings or lost rows are listed; of more, so many, and where the rest is.
_MOST, _LISTED = 10, 9
#: In bytes. A comment has room for 65,536 characters, a variable of a job for 131,072 bytes.
_ROOM = 60_000
_WORDS_SHOWN = 6_000
_TAGS = {"gone": "del", "new": "ins"}


def render(change: ContentChange) -> str:
    """What a change did: what is lost, the whole at a glance, then each experiment."""
    blocks = [f"{MARKER}\n### What changed since {markdown(change.base)} ({change.commit[:7]})"]
    blocks += _lost(change)
    if change.plan or change.experiments or change.new or change.fixed:
        blocks.append("\n".join(_overview(change)))
    else:
        blocks.append("Nothing in the content changed.")
    if change.plan:
        blocks.append("\n".join(["`plan.yml`:", "", *map(_key, change.plan)]))
    for experiment in change.experiments:
        blocks += _experiment(experiment) if experiment.speaks else ()
    touched = [code_span(each.id) for each in change.experiments if not each.speaks]
    if touched:
        blocks.append(f"Nothing that counts changed in {', '.join(touched)}.")
    blocks += _findings("New findings", change.new)
    blocks += _findings("Findings that are gone", change.fixed)
    blocks += [markdown(remark) for remark in change.remarks]
    return "\n\n".join(_with_room(blocks)) + "\n"


def _with_room(blocks: Iterable[str]) -> Iterator[str]:
    """The blocks that fit into a comment, and a last one where some do not."""
    room = _ROOM
    for block in blocks:
        room -= len(block.encode()) + 2
        if room < 0:
            yield "The rest is too long for a comment: `abtest diff` shows all of it."
            return
        yield block


def _lost(change: ContentChange) -> Iterator[str]:
    if change.lost:
        rows = _shortened([f"* {markdown(lost_said(id_, row))}" for id_, row in change.lost])
        yield "\n".join(["⚠️ **Counts were lost.** They may only grow.", "", *rows])


def _shortened(items: Sequence[str]) -> list[str]:
    """The items of a list, or the first of many with where the rest is."""
    if len(items) <= _MOST:
        return list(items)
    return [*items[:_LISTED], f"* and {len(items) - _LISTED} more: `abtest diff` lists them all"]


def _overview(change: ContentChange) -> Iterator[str]:
    """The kinds of change, each in one row."""
    moved = ", ".join(markdown(experiment.title) for experiment in change.moved)
    counts = ", ".join(f"{signed(n)} {key.replace('_', ' ')}" for key, n in change.added.items())
    words = ", ".join(map(code_span, change.reworded))
    keys = "; ".join(
        f"{', '.join(markdown(key.key) for key in found)} of {code_span(id_)}"
        for id_, found in change.rekeyed.items()
    )
    yield "| | In this change |"
    yield "|---|---|"
    yield f"| Verdicts | {f'**{len(change.moved)} moved**: {moved}' if moved else 'none moved'} |"
    yield f"| Counts | {markdown(counts) or 'the same'} |"
    yield f"| Words | {f'changed in {words}' if words else 'the same'} |"
    yield f"| Titles and settings | {keys or 'the same'} |"
    yield f"| Findings | {len(change.new)} new, {len(change.fixed)} gone |"


def _experiment(change: ExperimentChange) -> Iterator[str]:
    about = "" if change.kind == "changed" else f" — {change.kind}"
    yield f"#### {markdown(change.title)}{about}"
    if change.moved and change.before is not None and change.after is not None:
        yield (
            f"**The verdict moved.** Before: {markdown(change.before.headline)} "
            f"Now: **{markdown(change.after.headline)}** {markdown(change.after.next)}"
        )
    elif change.after is not None:
        yield markdown(change.after.headline)
    if change.keys:
        yield "\n".join(map(_key, change.keys))
    shown = [v for v in change.variants if v.kind != "same" or v.counted]
    if any(variant.counted or variant.kind != "changed" for variant in shown):
        yield "\n".join(_table(shown, change.metric))
    for variant in shown:
        if variant.keys:
            yield "\n".join([f"{code_span(variant.id)}:", "", *map(_key, variant.keys)])
        for touch in variant.words:
            yield _words(variant, touch)


def _key(change: KeyChange) -> str:
    before, after = map(markdown, key_said(change))
    return f"* {markdown(change.key)}: {before} → **{after}**"


def _table(variants: Sequence[VariantChange], metric: str) -> Iterator[str]:
    did = wording.did(metric)
    yield f"| Message | Sent | {did.capitalize()} | Before | Now | Against the target |"
    yield "|---|--:|--:|--:|--:|---|"
    for variant in variants:
        name = code_span(variant.id)
        if variant.kind != "changed":
            was = f", was {code_span(variant.was)}" if variant.was else ""
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
        lines = [markdown(line) for line in run.text[: max(left, 0)].split("\n")]
        left -= len(run.text)
        text += "\n".join(f"<{tag}>{line}</{tag}>" if tag and line else line for line in lines)
    more = "\n…" if left < 0 else ""
    quoted = "\n".join(f"> {line}  " if line else ">" for line in (text + more).split("\n"))
    return f"{code_span(variant.id)}, {touch.name.lower()}:\n\n{quoted}"


def _findings(title: str, findings: Sequence[Finding]) -> Iterator[str]:
    """The gravest first; an error is named as one."""
    if findings:
        ranked = sorted(findings, key=lambda f: (f.severity.rank, *f.sort_key()))
        yield "\n".join(
            [f"**{title} ({len(findings)})**", "", *_shortened([*map(_finding, ranked)])]
        )


def _finding(f: Finding) -> str:
    place = code_span(f"{f.path}:{f.line}")
    return f"* {place} **{f.code}** ({f.severity}) {markdown(f.message)}"
