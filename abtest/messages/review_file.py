"""Reviews: people's critiques of a variant, one file each."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from abtest.messages.fields import REVIEW
from abtest.messages.frontmatter import read_file
from abtest.messages.markdown import check_markdown
from abtest.messages.nodes import Items
from abtest.messages.references import check_variant
from abtest.messages.sheet import did_you_mean, listed, shown
from abtest.model import Observation, Review

if TYPE_CHECKING:
    from collections.abc import Collection

    from abtest.messages.folder import Folder
    from abtest.messages.nodes import Entries
    from abtest.messages.recordings import Recordings
    from abtest.messages.sheet import Sheet
    from abtest.plan import Plan

#: The folder of an experiment that holds them.
FOLDER = "reviews"


def read_review(
    folder: Folder, name: str, variants: Collection[str], recordings: Recordings, plan: Plan
) -> Review | None:
    """One review; None, and errors, if it cannot be read.

    Args:
        folder: The folder of reviews.
        name: The file's name.
        variants: The local ids that it may be of.
        recordings: Those of the experiment.
        plan: Holds the rubric.
    """
    sheet = folder.sheet(name)
    parts, entries = read_file(f"{folder.path}/{name}", sheet)
    if parts is not None:
        check_markdown(parts.body, parts.body_line, sheet)
    if parts is None or entries is None:
        return None
    values = REVIEW.read(entries, "", sheet) or {}
    if "of" in values:
        check_variant("of", values["of"], variants, entries, sheet)
    _check_scores(values, entries, plan, sheet)
    _check_declined(values, entries, sheet)
    recording = values.get("recording", "")
    if recording:
        recordings.find(recording, entries.value("recording"), sheet)
    if sheet.errors:
        return None
    return Review(
        file=name,
        of=values["of"],
        by=values["by"],
        date=values["date"],
        kind=values["kind"],
        scores=MappingProxyType(values.get("scores", {})),
        must_fix=_must_fixes(values, entries),
        scenario=values.get("scenario", ""),
        played_by=values.get("played_by", ""),
        takes=values.get("takes"),
        decision=values.get("decision", ""),
        recording=recording,
        body=parts.body.strip("\r\n"),
        path=sheet.path,
        key_lines=entries.key_lines(),
    )


def _must_fixes(values: dict[str, Any], entries: Entries) -> tuple[Observation, ...]:
    """The must-fix items, each with the line on which it stands; all of them could be read."""
    items = values.get("must_fix", ())
    written = entries.value("must_fix") if items else None
    lines = [node.line for node in written.nodes] if isinstance(written, Items) else []
    return tuple(
        Observation(**item, review_line=line) for item, line in zip(items, lines, strict=True)
    )


def _check_scores(values: dict[str, Any], entries: Entries, plan: Plan, sheet: Sheet) -> None:
    rubric = (*plan.rubric.what, *plan.rubric.how)
    for name in values.get("scores", ()):
        if name not in rubric:
            near = did_you_mean(name, rubric)
            sheet.error(
                "RF003",
                entries.value("scores", name),
                f"{shown(name)} is no dimension of the rubric.",
                f"Did you mean {near}?" if near else f"There is {listed(rubric, 'and')}.",
            )


def _check_declined(values: dict[str, Any], entries: Entries, sheet: Sheet) -> None:
    """Who declines a must-fix says why."""
    for item in values.get("must_fix", ()):
        if item.get("state") == "declined" and not item.get("why"):
            sheet.error(
                "KY002",
                entries.value("must_fix"),
                f"must_fix.why is missing where {shown(item.get('text', ''))} is declined.",
                "Write why: and the reason behind state: declined.",
            )
