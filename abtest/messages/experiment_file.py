"""An experiment's folder: its question, its variants, their reviews."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from abtest.messages import recordings, review_file
from abtest.messages.fields import EXPERIMENT
from abtest.messages.folder import Folder, check_id
from abtest.messages.frontmatter import read_file
from abtest.messages.markdown import check_markdown
from abtest.messages.plan_file import check_metric
from abtest.messages.recordings import Recordings
from abtest.messages.references import check_variant
from abtest.messages.results import Vocabulary
from abtest.messages.sheet import Spot, did_you_mean, listed, shown
from abtest.messages.variant_file import read_variant
from abtest.model import Decision, Experiment, Profile, Review, Variant

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abtest.messages.nodes import Entries
    from abtest.messages.sheet import Run, Sheet
    from abtest.plan import Plan

#: The file that makes a folder an experiment.
FILE = "experiment.md"
#: What `keep` says when no variant is worth keeping.
_NOTHING = "none"
_FOLDERS = (recordings.FOLDER, review_file.FOLDER)


def read_experiment(folder: Folder, plan: Plan, complete: bool) -> Experiment | None:
    """One experiment; None, and a finding, if its own file or all its variants are unreadable.

    Args:
        folder: Its folder; its name is the id.
        plan: The team's plan.
        complete: Whether plan.yml could be read, so that what it declares is known.
    """
    if folder.refused(""):
        return None  # it cannot be read, and that has been said
    if folder.empty:
        return None  # left behind by a deleted experiment: git knows no empty folders
    errors = folder.run.errors
    names = _variant_names(folder)
    sounds = Recordings(folder)
    sheet = folder.sheet(FILE)
    entries, body = _read_question(folder, sheet)
    values = {} if entries is None else EXPERIMENT.read(entries, "", sheet) or {}
    vocabulary = Vocabulary(plan, [plan.metric, values.get("metric", plan.metric)], complete)
    sender = plan.sender if complete else None
    read = [read_variant(folder, name, vocabulary, sounds, sender) for name in names]
    reviews = _reviews(folder, names, sounds, plan)
    if folder.run.errors == errors:  # else a file that cannot be read may well refer to it
        sounds.warn_of_unused()
    variants = {v.name: _with_reviews(v, reviews) for v in read if v is not None}
    _check_reps(variants, sheet)
    if entries is None:
        return None
    _check_references(values, names, entries, sheet)
    if "metric" in values and not check_metric(plan, values["metric"], entries, sheet):
        del values["metric"]
    if not variants or not set(Profile.__slots__) - {"extra"} <= values.get("profile", {}).keys():
        return None
    return _experiment(folder, sheet.path, values, entries, body, variants)


def read_status(folder: str, run: Run) -> str | None:
    """The status that an experiment's own file names; None where it names none, or is unreadable.

    Args:
        folder: The experiment's folder, with `/`.
        run: Where what is wrong with the file is said.
    """
    path = f"{folder}/{FILE}"
    sheet = run.sheet(path)
    _, entries = read_file(path, sheet)
    values = {} if entries is None else EXPERIMENT.read(entries, "", sheet) or {}
    status: str | None = values.get("status")
    return status


def _read_question(folder: Folder, sheet: Sheet) -> tuple[Entries | None, str]:
    if FILE not in folder.files:
        cure = f"Write one with a title and a profile, or run: abtest new experiment {folder.name}"
        folder.say("FS003", "", f"This folder has no {FILE}.", cure)
        return None, ""
    parts, entries = read_file(f"{folder.path}/{FILE}", sheet)
    if parts is None:
        return None, ""
    check_markdown(parts.body, parts.body_line, sheet)
    return entries, parts.body.strip("\r\n")


def _variant_names(folder: Folder) -> list[str]:
    """The local ids of the variants; says what else stands in the folder."""
    names = [
        file.removesuffix(".md")
        for file in folder.files
        if file != FILE and file.endswith(".md") and check_id(file[:-3], "a variant", folder, file)
    ]
    _check_strays(folder)
    if not names:
        cure = f"Run: abtest new variant {folder.name}/first-try"
        folder.warn("FS007", "", "This experiment has no variant, and is left out.", cure)
    return names


def _check_strays(folder: Folder) -> None:
    """Say what is not read: as an error where it looks like content."""
    for name in folder.files:
        stem, _, ending = name.rpartition(".")
        if ending.lower() in ("md", "markdown") and ending != "md":
            folder.say("FS006", name, "Nothing reads this file.", f"Rename it to {stem.lower()}.md")
        elif ending != "md":
            folder.warn("FS004", name, "Nothing reads this file.", "Delete it, or move it.")
    for name in folder.folders:
        near = None if name in _FOLDERS else did_you_mean(name, _FOLDERS)
        if near:
            folder.say("FS006", name, "Nothing reads this folder.", f"Rename it to {near}.")
        elif name not in _FOLDERS:
            folder.warn("FS004", name, "Nothing reads this folder.", "Delete it, or move it.")


def _reviews(folder: Folder, names: Sequence[str], sounds: Recordings, plan: Plan) -> list[Review]:
    inner = folder.inner(review_file.FOLDER)
    if inner is None:
        return []
    for name in (*inner.files, *inner.folders):
        if not name.endswith(".md") or name in inner.folders:
            inner.warn("FS004", name, "Nothing reads this.", "A review is a file that ends in .md.")
    read = [
        review_file.read_review(inner, name, names, sounds, plan)
        for name in inner.files
        if name.endswith(".md")
    ]
    return [review for review in read if review is not None]


def _with_reviews(variant: Variant, reviews: Sequence[Review]) -> Variant:
    own = tuple(review for review in reviews if review.of == variant.name)
    return replace(variant, reviews=own) if own else variant


def _check_reps(variants: dict[str, Variant], sheet: Sheet) -> None:
    """Two spellings of a rep's name would count as two people."""
    seen: dict[str, str] = {}
    for variant in variants.values():
        for cohort in variant.cohorts:
            first = seen.setdefault(cohort.rep.casefold(), cohort.rep)
            if first != cohort.rep:
                sheet.run.sheet(variant.path, sheet.experiment, variant.id).warn(
                    "RF005",
                    Spot(cohort.line),
                    f"{shown(cohort.rep)} and {shown(first)} count as two reps.",
                    "Write the name the same everywhere.",
                )
                seen[cohort.rep.casefold()] = cohort.rep


def _check_references(
    values: dict[str, Any], names: Sequence[str], entries: Entries, sheet: Sheet
) -> None:
    """Drop references to variants that are not there, with an error for each."""
    control = values.get("control")
    if control is not None and not check_variant("control", control, names, entries, sheet):
        del values["control"]
    keep = values.get("decision", {}).get("keep", _NOTHING)
    if keep != _NOTHING and not check_variant("decision.keep", keep, names, entries, sheet):
        del values["decision"]
    weights = values.get("allocation", {})
    for name in weights:
        check_variant(f"allocation.{name}", name, names, entries, sheet)
    left_out = [name for name in names if name not in weights]
    if weights and left_out and not sheet.errors:
        sheet.warn(
            "RF006",
            entries.value("allocation"),
            f"The allocation says nothing of {listed(left_out, 'and')}: 1 is taken.",
            "Write a weight for every variant.",
        )


def _experiment(
    folder: Folder,
    path: str,
    values: dict[str, Any],
    entries: Entries,
    body: str,
    variants: dict[str, Variant],
) -> Experiment:
    first = next(iter(variants))
    control = values.get("control", first)
    weights = values.get("allocation", {})
    design = values.get("design")
    decision = values.get("decision", {})
    basics = {name: values["profile"].pop(name) for name in ("industry", "location", "title")}
    simple = ("lead_type", "target", "metric", "lever", "lang", "smallest_effect", "sample")
    return Experiment(
        id=folder.name,
        title=values.get("title", folder.name),
        status=values.get("status", "running"),
        profile=Profile(**basics, extra=MappingProxyType(values["profile"])),
        control=control if control in variants else first,
        path=path,
        variants=MappingProxyType(variants),
        allocation=MappingProxyType({name: weights.get(name, 1.0) for name in variants}),
        fixed=design["fixed"] if isinstance(design, dict) and "fixed" in design else None,
        source=values.get("source", ""),
        decision=Decision(**decision) if {"date", "keep"} <= decision.keys() else None,
        body=body,
        draft=folder.name.startswith("_"),
        key_lines=entries.key_lines(),
        **{name: values[name] for name in simple if name in values},
    )
