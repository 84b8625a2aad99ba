"""Which forms the editor offers, and which file each of them writes: Decap CMS's configuration."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from abtest.messages.fields import EXPERIMENT, REVIEW, VARIANT
from abtest.messages.results import Vocabulary
from abtest.model import Experiment, Experiments
from abtest.site.admin.widgets import Names, Widget, form, results

_UPLOAD = {"widget": "file", "choose_url": False, "media_library": {"allow_multiple": False}}


def collections(
    experiments: Experiments, folder: str, more_reps: Iterable[str] = ()
) -> list[dict[str, Any]]:
    """One list of all experiments; for each, its messages and its reviews.

    Args:
        experiments: What there is, drafts included.
        folder: The content folder, from the top of the repository.
        more_reps: People who have no rows yet.
    """
    found = [_questions(experiments, folder)]
    team = {*more_reps, *(rep for e in experiments.values() if not e.source for rep in _reps(e))}
    words = Vocabulary(experiments.plan)
    for experiment in experiments.values():
        place = f"{folder}/{experiment.id}"
        title, *others = form(VARIANT, _variant_names(experiments))
        reps = sorted(team.union(_reps(experiment)))
        fields = [title, results(reps, words), *others]  # rows are what is written most often
        found.append(_messages(experiment, place, _with_uploads(fields, place)))
        found.append(_reviews(experiment, place, experiments))
    return found


def _questions(experiments: Experiments, folder: str) -> dict[str, Any]:
    return {
        "name": "experiments",
        "label": "Experiments",
        "label_singular": "experiment",
        "description": "A question, whom it is asked, and what was decided.",
        "folder": folder,
        "path": "{{slug}}/experiment",
        "fields": [*form(EXPERIMENT, _experiment_names(experiments)), _body("Why you run this.")],
        **_ALL,
    }


def _messages(experiment: Experiment, place: str, fields: list[Widget]) -> dict[str, Any]:
    return {
        "name": f"messages-{experiment.id}",
        "label": f"{experiment.id}: messages",
        "label_singular": "message",
        "description": experiment.title,
        "folder": place,
        "fields": [*fields, _body("Below ## Voicemail and ## Email, exactly what they get.")],
        **_ALL,
    }


def _reviews(experiment: Experiment, place: str, experiments: Experiments) -> dict[str, Any]:
    rubric = experiments.plan.rubric
    fields = form(REVIEW, {"scores": (*rubric.what, *rubric.how)})
    of: Widget = {"widget": "select", "options": [variant.name for variant in experiment]}
    fields = [field | of if field["name"] == "of" else field for field in fields]
    return {
        "name": f"reviews-{experiment.id}",
        "label": f"{experiment.id}: reviews",
        "label_singular": "review",
        "description": experiment.title,
        "folder": f"{place}/reviews",
        "identifier_field": "of",
        "slug": "{{fields.date}}-{{fields.of}}-{{fields.by}}",
        "summary": "{{fields.of}}, by {{fields.by}} on {{fields.date}}",
        "fields": [*_with_uploads(fields, place), _body("What you noticed.")],
        **_ALL,
    }


#: Of every list: files can be added, and are not deleted, for results would go with them.
_ALL = {
    "create": True,
    "delete": False,
    "extension": "md",
    "format": "yaml-frontmatter",
    "editor": {"preview": False},
}


def _body(hint: str) -> Widget:
    """What stands below the front matter, as plain text: a form must not reword it."""
    return {"name": "body", "label": "text", "widget": "text", "required": False, "hint": hint}


def _with_uploads(fields: list[Widget], place: str) -> list[Widget]:
    """Recordings are sound files, which go into the experiment's folder."""
    upload = {**_UPLOAD, "media_folder": f"/{place}/recordings", "public_folder": "recordings"}
    return [field | upload if field["name"] == "recording" else field for field in fields]


def _reps(experiment: Experiment) -> Iterator[str]:
    """Everybody who has rows in it, or wrote a message; in published numbers, who did back then."""
    for variant in experiment:
        yield from (cohort.rep for cohort in variant.cohorts)
        if variant.author:
            yield variant.author


def _variant_names(experiments: Experiments) -> Names:
    variants = [variant for experiment in experiments.values() for variant in experiment]
    return {
        "factors": sorted({name for variant in variants for name in variant.factors}),
        "ignore": sorted({code for variant in variants for code in variant.ignore}),
    }


def _experiment_names(experiments: Experiments) -> Names:
    return {"profile": sorted({n for e in experiments.values() for n in e.profile.extra})}
