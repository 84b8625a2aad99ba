"""Ready experiments: disputed questions, each with its variants, to start from.

A folder in `ready/` is a template: its files are those of an experiment, with `[[name]]` and the
like where the team's own sender and profile go. A new folder is a new value of `--template`.
"""

from __future__ import annotations

import re
from importlib.resources import files
from typing import TYPE_CHECKING

from abtest.messages.templates import Question, Signed, quoted

if TYPE_CHECKING:
    from abtest.plan import Plan

_FOLDER = files("abtest.messages").joinpath("ready_experiments")
_MARK = re.compile(r"\[\[(\w+)\]\]")
_TITLE = re.compile(r"^title: .*$", re.MULTILINE)


def ready_names() -> tuple[str, ...]:
    """The templates, by name."""
    return tuple(sorted(entry.name for entry in _FOLDER.iterdir() if entry.is_dir()))


def ready_experiment(name: str, question: Question, plan: Plan) -> dict[str, str]:
    """The files of a template, filled in: name → text, experiment.md first.

    Args:
        name: One of `ready_names()`.
        question: Whom to ask; its title takes the template's place where it has one.
        plan: Who speaks.
    """
    values = _values(question, plan)
    texts = {
        entry.name: _MARK.sub(lambda mark: values[mark[1]], entry.read_text(encoding="utf-8"))
        for entry in _FOLDER.joinpath(name).iterdir()
    }
    first = texts.pop("experiment.md")
    if question.title:
        title = f"title: {quoted(question.title)}"
        first = _TITLE.sub(lambda _: title, first, count=1)
    return {"experiment.md": first, **dict(sorted(texts.items()))}


def _values(question: Question, plan: Plan) -> dict[str, str]:
    sender = Signed.by(plan.sender)
    website = sender.website.removeprefix("https://")
    return {
        "name": sender.name,
        "first": sender.name.split()[0],
        "company": sender.company,
        "phone": sender.phone,
        "website": website,
        "address": sender.address,
        "signature": f"{sender.name}\n{sender.company}\n{sender.phone}\nhttps://{website}\n"
        f'{sender.address}\n\nNot for you? Reply "stop" and I will not write again.',
        "industry": quoted(question.industry or "any"),
        "location": quoted(question.location or "any"),
        "prospect": quoted(question.prospect or "any"),
    }
