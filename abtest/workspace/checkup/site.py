"""The site's settings: the plugin, the folders, and the addresses that its links need."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from abtest.workspace.checkup.diagnosis import Diagnosis, advice, ok, problem

#: MkDocs' settings, at the top of a team's repository.
SETTINGS = "mkdocs.yml"
_PLUGIN = "abtest"


class _Loader(yaml.SafeLoader):
    """Reads mkdocs.yml although MkDocs knows tags of its own, such as `!ENV`."""


_Loader.add_multi_constructor("", lambda _loader, tag, _node: f"<{tag}>")


def is_here(root: Path) -> bool:
    """Are the settings of a site here?"""
    return (root / SETTINGS).is_file()


def examine(root: Path, messages: str) -> Iterator[Diagnosis]:
    """What can be said of mkdocs.yml."""
    path = root / SETTINGS
    if not is_here(root):
        yield advice(
            f"There is no {SETTINGS}, so no site can be built",
            "Copy one from a folder that 'abtest init' makes.",
        )
        return
    settings = _read(path)
    if settings is None:
        yield problem(f"{SETTINGS} is no YAML", "python -m mkdocs build says where.")
        return
    yield _plugin(settings, messages)
    yield _pages(root, settings)
    yield _address(settings)
    yield _editor(settings)


def _read(path: Path) -> Mapping[str, Any] | None:
    try:
        found = yaml.load(path.read_text(encoding="utf-8-sig"), Loader=_Loader)  # noqa: S506  a SafeLoader
    except (yaml.YAMLError, UnicodeDecodeError, OSError):
        return None
    return found if isinstance(found, dict) else None


def _plugin(settings: Mapping[str, Any], messages: str) -> Diagnosis:
    plugins = _plugins(settings.get("plugins") or [])
    if _PLUGIN not in plugins:
        return problem(
            f"{SETTINGS} does not name the plugin", f"Write '- {_PLUGIN}' under 'plugins:'."
        )
    named = (plugins[_PLUGIN] or {}).get("messages", "messages")
    if Path(str(named)) != Path(messages):
        return problem(
            f"{SETTINGS} publishes {named!r}, and this looked at {messages!r}",
            f"Write 'messages: {messages}' under '- {_PLUGIN}:', or give --messages {named}.",
        )
    return ok(f"{SETTINGS} names the plugin")


def _plugins(listed: Any) -> dict[str, Any]:
    """Plugin → its options; MkDocs takes a list of names or of mappings, or one mapping."""
    if isinstance(listed, dict):
        return listed
    found: dict[str, Any] = {}
    for entry in listed:
        found |= entry if isinstance(entry, dict) else {str(entry): {}}
    return found


def _pages(root: Path, settings: Mapping[str, Any]) -> Diagnosis:
    folder = str(settings.get("docs_dir", "docs"))
    if not (root / folder).is_dir():
        return problem(
            f"The folder {folder!r} of the site's own pages is missing",
            f"mkdir {folder}, with an empty file .gitkeep in it so that git keeps it",
        )
    return ok(f"Pages of your own go into {folder}")


def _address(settings: Mapping[str, Any]) -> Diagnosis:
    if not settings.get("site_url"):
        return advice(
            "site_url is not set: the feed and links from outside cannot name the site",
            f"Write the site's address into {SETTINGS}: "
            "site_url: https://brightline.github.io/outreach/",
        )
    return ok(f"The site's address is {settings['site_url']}")


def _editor(settings: Mapping[str, Any]) -> Diagnosis:
    if not (settings.get("repo_url") and settings.get("edit_uri")):
        return advice(
            "repo_url or edit_uri is not set: pages have no links to edit them in the browser",
            f"Write both into {SETTINGS}: repo_url: https://github.com/brightline/outreach and "
            "edit_uri: edit/main/site_src/ (GitLab: -/edit/main/site_src/)",
        )
    return ok("Pages link to their files in the forge's editor")
