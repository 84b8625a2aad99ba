"""The files of a new repository: templates with a team's answers filled in.

Adding a file to every team's repository is a line in `_FILES` and a file in `templates/`.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Mapping
from importlib.resources import files as resources
from pathlib import Path

from abtest.messages.results import Vocabulary
from abtest.messages.schema import FILES as SCHEMAS
from abtest.messages.schema import file_schema
from abtest.messages.templates import quoted
from abtest.messages.tidy import record_of, tidied
from abtest.plan import Plan
from abtest.workspace.origin import is_local
from abtest.workspace.team import Team

#: Path in the repository → template.
_FILES = {
    "README.md": "readme.md",
    "mkdocs.yml": "mkdocs.yml",
    "requirements.txt": "requirements.txt",
    ".gitattributes": "gitattributes",
    ".gitignore": "gitignore",
    ".vscode/extensions.json": "vscode-extensions.json",
    ".vscode/settings.json": "vscode-settings.json",
    ".vscode/tasks.json": "vscode-tasks.json",
    "site_src/.gitkeep": "gitkeep",
    "messages/plan.yml": "plan.yml",
    "messages/example-ask/experiment.md": "experiment.md",
    "messages/example-ask/offer-a-page.md": "offer-a-page.md",
    "messages/example-ask/ask-who.md": "ask-who.md",
    "messages/example-ask/reviews/ask-who-lee.md": "review.md",
}
_OF_FORGE = {
    "github": {".github/workflows/abtest.yml": "github.yml"},
    "gitlab": {".gitlab-ci.yml": "gitlab.yml"},
    "none": {},
}
_PUBLISHING = {"github": "publishing-github.md", "gitlab": "publishing-gitlab.md"}
#: The folder with the words and counts: the team's own from the first minute.
CONTENT = "messages/"
_SLOT = re.compile(r"@\{([a-z_0-9]+)\}")


def starter_files(team: Team, day: dt.date) -> dict[str, str]:
    """Every file of the repository of a team that starts on `day`, by its path.

    The example's results lie in the weeks before that day, so that all are old enough to judge.
    """
    slots = _slots(team, day)
    chosen = _FILES | _OF_FORGE[team.forge]
    made = {path: _form(path, _fill(_template(name), slots)) for path, name in chosen.items()}
    return made | {f".schemas/{kind}.json": _json(file_schema(kind)) for kind in SCHEMAS}


def _form(path: str, text: str) -> str:
    """Content in the one form that `abtest tidy` brings it to; other files as they are."""
    if not (path.startswith(CONTENT) and path.endswith(".md")):
        return text
    return tidied(text, record_of(Path(path)), Vocabulary(Plan()))


def _slots(team: Team, day: dt.date) -> Mapping[str, str]:
    answers = team.to_dict()
    monday = day - dt.timedelta(days=day.weekday())
    weeks = {f"week_{n}": (monday - dt.timedelta(weeks=7 - n)).isoformat() for n in range(1, 5)}
    colleague = "lee" if team.first_name != "lee" else "kim"
    publishing = _PUBLISHING.get(team.forge, "publishing-none.md")
    return {
        **answers,
        **{f"{name}_quoted": quoted(answer) for name, answer in answers.items()},
        **weeks,
        "reviewed": (monday - dt.timedelta(weeks=7)).isoformat(),
        "rep": quoted(team.first_name) if not team.first_name.isascii() else team.first_name,
        "colleague": colleague,
        "website_address": "https://" + team.website.removeprefix("https://"),
        "addresses": _addresses(team),
        "publishing": _fill(_template(publishing), answers),
        "requirement": team.package or "# abtest @ git+https://…",
        **_package_notes(team.package),
    }


def _package_notes(package: str) -> dict[str, str]:
    """What is still to do before others can install abtest; nothing if they can already."""
    if package and not is_local(package):
        return {"package_comment": "", "package_hint": ""}
    why = "Only this machine has this address" if package else "abtest's address is not known here"
    todo = "the address of your abtest repository (`abtest @ git+https://…`) before others use it."
    return {
        "package_comment": f"# {why}: put in its place {todo}\n",
        "package_hint": f"\nOnce, in `requirements.txt`: write {todo}\n",
    }


def _addresses(team: Team) -> str:
    """The lines of mkdocs.yml that say where the site and its files are, as far as is known."""
    known = {"site_url": team.site_url, "repo_url": team.repo_url, "edit_uri": team.edit_uri}
    examples = {
        "site_url": "https://brightline.github.io/outreach/",
        "repo_url": "https://github.com/brightline/outreach",
        "edit_uri": "edit/main/site_src/",
    }
    return "\n".join(
        f"{key}: {value}" if value else f"# {key}: {examples[key]}" for key, value in known.items()
    )


def _template(name: str) -> str:
    return resources(__package__).joinpath("templates", name).read_text(encoding="utf-8")


def _fill(text: str, slots: Mapping[str, str]) -> str:
    return _SLOT.sub(lambda slot: slots[slot[1]], text)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=False) + "\n"
