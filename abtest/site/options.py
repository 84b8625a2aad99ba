"""What mkdocs.yml says: the plugin's own options, and what it needs to know of the others."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from mkdocs.config import config_options as c
from mkdocs.config.base import Config
from mkdocs.exceptions import PluginError

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig


class AdminConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves a hook untyped
    """What may stand below `admin:`; see `abtest.site.admin.Wish`."""

    enabled = c.Type(bool, default=False)
    backend = c.Type(dict, default={})
    local: c.Type[bool | str] = c.Type((bool, str), default=False)
    reps = c.ListOfItems(c.Type(str), default=[])
    package = c.Optional(c.Type(str))


class AbtestConfig(Config):  # type: ignore[no-untyped-call]  # MkDocs leaves a hook untyped
    """The plugin's options in mkdocs.yml."""

    messages = c.Type(str, default="messages")
    as_of = c.Optional(c.Type((str, dt.date)))
    admin = c.SubConfig(AdminConfig)


def day_of(value: object) -> dt.date | None:
    """The day that `as_of` names: YAML reads an unquoted one as a date, a quoted one as text."""
    if value is None or isinstance(value, dt.date):
        return value
    try:
        return dt.date.fromisoformat(str(value))
    except ValueError as error:
        raise PluginError(f"as_of is {value!r}; write a day as 2026-11-02.") from error


def labels_of(nav: object) -> list[tuple[str, str]]:
    """Path → title for the entries of mkdocs.yml's `nav` that have a title."""
    if isinstance(nav, list):
        return [pair for entry in nav for pair in labels_of(entry)]
    if not isinstance(nav, dict):
        return []
    return [
        pair
        for title, value in nav.items()
        for pair in ([(value, title)] if isinstance(value, str) else labels_of(value))
    ]


def editor_of(config: MkDocsConfig) -> str:
    """The address of the forge's editor for the site's own folder; empty if none is set."""
    if not config.edit_uri:
        return ""
    return urljoin((config.repo_url or "").rstrip("/") + "/", config.edit_uri)
