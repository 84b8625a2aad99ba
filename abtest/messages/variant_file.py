"""A variant's file: its front matter, its touches, its results."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from abtest.messages.fields import VARIANT
from abtest.messages.frontmatter import read_file
from abtest.messages.markdown import check_markdown
from abtest.messages.nodes import Entries, Scalar
from abtest.messages.personal import check_touches
from abtest.messages.references import without_ours
from abtest.messages.results import read_results
from abtest.messages.touches import read_body
from abtest.model import TextChange, Variant

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abtest.messages.folder import Folder
    from abtest.messages.recordings import Recordings
    from abtest.messages.results import Vocabulary
    from abtest.messages.sheet import Sheet
    from abtest.model import Cohort
    from abtest.plan import Sender


def read_variant(
    folder: Folder, name: str, vocabulary: Vocabulary, recordings: Recordings, sender: Sender | None
) -> Variant | None:
    """One variant; None, and errors, if its front matter or all of its touches are unreadable.

    Args:
        folder: The experiment's folder.
        name: The variant's local id.
        vocabulary: The keys that rows may have.
        recordings: Those of the experiment.
        sender: Whose numbers and addresses may stand in a message; None if that is not known.
    """
    sheet = folder.sheet(f"{name}.md", f"{folder.experiment}/{name}")
    parts, entries = read_file(f"{folder.path}/{name}.md", sheet)
    if parts is None:
        return None
    body = read_body(parts.body, parts.body_line, sheet)
    check_touches(body.touches, sender, sheet)
    check_markdown(body.notes, body.notes_line, sheet)
    if entries is None:
        return None
    values = VARIANT.read(_without_counters(entries, vocabulary, sheet), "", sheet) or {}
    touches = len({touch.number for touch in body.touches})
    cohorts: tuple[Cohort, ...] = ()
    if "results" in entries.pairs:
        cohorts = read_results(entries.value("results"), vocabulary, touches, sheet)
    recording = None
    if "recording" in values:
        recording = recordings.find(values["recording"], entries.value("recording"), sheet)
    if not body.touches:
        return None
    change = values.get("text_change", {})
    return Variant(
        id=f"{folder.experiment}/{name}",
        name=name,
        title=values.get("title", name),
        path=sheet.path,
        touches=body.touches,
        cohorts=cohorts,
        author=values.get("author", ""),
        recording=recording,
        factors=MappingProxyType(values.get("factors", {})),
        text_change=TextChange(**change) if len(change) == len(TextChange.__slots__) else None,
        ignore=MappingProxyType(values.get("ignore", {})),
        notes=body.notes,
        key_lines=_key_lines(entries),
    )


def _key_lines(entries: Entries) -> Mapping[str, int]:
    """Key → line, also of each rule that only the critique can know: `ignore.VM003`."""
    lines = dict(entries.key_lines())
    ignored = entries.pairs.get("ignore")
    if ignored and isinstance(ignored[1], Entries):
        codes = without_ours(ignored[1].key_lines())
        lines |= {f"ignore.{code}": line for code, line in codes.items()}
    return MappingProxyType(lines)


def _without_counters(entries: Entries, vocabulary: Vocabulary, sheet: Sheet) -> Entries:
    """The entries without counts at the top, which would be lost in merges; an error for them."""
    counters = [pair for key, pair in entries.pairs.items() if key in vocabulary.counts]
    if not counters:
        return entries
    key = counters[0][0]
    counts = ", ".join(
        f"{name.text}: {value.text}" for name, value in counters if isinstance(value, Scalar)
    )
    author = entries.pairs.get("author")
    rep = author[1].text if author and isinstance(author[1], Scalar) else "kim"
    sheet.error(
        "CT006",
        key,
        f"{key.text} is a running total; totals of two branches overwrite each other in a merge.",
        f"Write one row a send date: results: {{{rep}: [{{date: {sheet.today}, {counts}}}]}}",
    )
    rest = {key: pair for key, pair in entries.pairs.items() if key not in vocabulary.counts}
    return Entries(rest, entries.flow, *entries.marks)
