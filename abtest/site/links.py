"""Where each page lives (URLs relative to the site's root), and the way to the forge's editor."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote


def experiment_url(experiment: str) -> str:
    """The page of an experiment."""
    return f"experiments/{experiment}/"


def variant_url(variant: str) -> str:
    """The page of a message; `variant` is `<experiment>/<variant>`."""
    return f"experiments/{variant}/"


def critique_url(variant: str) -> str:
    """The critique of a message."""
    return f"experiments/{variant}/critique/"


def why_url(variant: str) -> str:
    """Where the inquiry into a message below target stands."""
    return f"why/#{why_anchor(variant)}"


def why_anchor(variant: str) -> str:
    """The heading of that inquiry."""
    return variant.replace("/", "-")


def rule_url(code: str) -> str:
    """The page of a rule."""
    return f"rules/{code}/"


@dataclass(frozen=True, slots=True)
class Forge:
    """The web editor of the forge that holds the repository.

    Attributes:
        edit: The address of the editor for existing files, up to the content folder.
        new: The address of the editor for new files, up to the content folder.
        new_name: The query parameter that names a new file.
        new_text: The query parameter that fills it.
        fills: Whether the editor is known to show what that parameter says.
    """

    edit: str
    new: str
    new_name: str
    new_text: str
    fills: bool = True

    def edit_url(self, path: str) -> str:
        """Opens a file of the content folder in the editor."""
        return self.edit + quote(path)

    def new_url(self, folder: str, name: str, text: str) -> str:
        """Opens the editor on a new file with a first text."""
        named = f"{self.new_name}={quote(name, safe='')}"
        return f"{self.new}{quote(folder)}?{named}&{self.new_text}={quote(text, safe='')}"


#: How forges address their editor: the repository, a branch, then the path.
_GITLAB = re.compile(
    r"^(?P<repo>https?://.+?)/-/edit/(?P<rest>.*/)$"
    r"|^(?P<short>https?://[^/]*gitlab[^/]*/.+?)/edit/(?P<path>.*/)$"
)
_GITEA = re.compile(r"^(?P<repo>https?://.+?)/_edit/(?P<rest>.*/)$")
_GITHUB = re.compile(r"^(?P<repo>https?://[^/]+/[^/]+/[^/]+)/edit/(?P<rest>.*/)$")


def forge(edit: str) -> Forge | None:
    """The forge whose editor has this address, up to the content folder; None if unknown.

    >>> forge("https://github.com/brightline/outreach/edit/main/messages/").edit_url("x/y.md")
    'https://github.com/brightline/outreach/edit/main/messages/x/y.md'
    """
    if found := _GITLAB.match(edit):
        repo, rest = found["repo"] or found["short"], found["rest"] or found["path"]
        # Its server takes the text, but not every version's editor shows it (GitLab issue 594214).
        return Forge(edit, f"{repo}/-/new/{rest}", "file_name", "content", fills=False)
    if found := _GITEA.match(edit):
        return Forge(edit, f"{found['repo']}/_new/{found['rest']}", "filename", "value")
    if found := _GITHUB.match(edit):
        return Forge(edit, f"{found['repo']}/new/{found['rest']}", "filename", "value")
    return None
