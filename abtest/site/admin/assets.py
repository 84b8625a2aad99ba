"""The files of `/admin`: a page, its settings, and the editor's program."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import yaml

from abtest.errors import UsageError
from abtest.model import Experiments
from abtest.site.admin.bundle import MAIN, fetched, installed
from abtest.site.admin.forms import collections
from abtest.site.links import Forge
from abtest.site.page import Asset
from abtest.site.policy import with_policy

_FOLDER = "admin"
#: The branches' and files' interfaces of the forges that people sign in to.
_FORGES = {
    "github": "https://api.github.com https://*.githubusercontent.com https://www.githubstatus.com",
    "gitlab": "https://gitlab.com",
}
_GITLAB = re.compile(r"https?://[^/]+/(?P<repo>.+?)/-/edit/(?P<branch>[^/]+)/")
_GITHUB = re.compile(r"https?://[^/]+/(?P<repo>[^/]+/[^/]+)/edit/(?P<branch>[^/]+)/")
_LOCAL = "http://localhost:8081/api/v1"


@dataclass(frozen=True, slots=True)
class Wish:
    """What mkdocs.yml says below `admin:`.

    Attributes:
        backend: Where the editor saves, as Decap CMS names it; found from `repo_url` if empty.
        local: Whether `npx decap-server` on the same machine may be saved to; or its address.
        reps: People who have no rows yet, so that they find a list of their own.
        package: A folder that holds the package decap-cms; without it, npm brings the package.
    """

    backend: Mapping[str, Any] = field(default_factory=dict)
    local: bool | str = False
    reps: Sequence[str] = ()
    package: Path | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """The site that the editor belongs to.

    Attributes:
        name: The site's name.
        url: Its address, empty if it is not known.
        messages: The content folder, from the top of the repository.
        media: Where pictures for pages of the team's own go, likewise.
        root: The top of the repository; npm's package is kept below it, where git ignores it.
    """

    name: str
    url: str
    messages: str
    media: str
    root: Path


def admin_assets(
    wish: Wish, experiments: Experiments, place: Place, editor: Forge | None
) -> Iterator[Asset]:
    """Every file below `admin/`.

    Args:
        wish: What mkdocs.yml says.
        experiments: What there is to edit, drafts included.
        place: The site that the editor belongs to.
        editor: The forge's web editor, which names the repository.

    Raises:
        UsageError: Nothing says where the editor saves.
        SurroundingsError: npm cannot bring the package.
    """
    backend = dict(wish.backend) or _backend(editor)
    settings = {
        "backend": backend,
        **_local(wish.local),
        **({"site_url": place.url} if place.url else {}),
        "show_preview_links": False,
        "media_folder": place.media,
        "public_folder": "/" + place.media.rpartition("/")[2],
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": collections(experiments, place.messages, wish.reps),
    }
    text = yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)
    yield Asset(f"{_FOLDER}/index.html", _page(place.name, _allowed(backend, wish.local)))
    yield Asset(f"{_FOLDER}/config.yml", text.encode())
    for name in ("admin.css", "admin.js"):
        own = files("abtest.site").joinpath("assets", name)
        yield Asset(f"{_FOLDER}/{name}", own.read_bytes())
    package = installed(wish.package) if wish.package else fetched(place.root / ".abtest")
    yield from (Asset(f"{_FOLDER}/{file.name}", file=str(file)) for file in package)


def _backend(editor: Forge | None) -> dict[str, Any]:
    """The forge and repository that the pages' own links lead to."""
    if editor is None:
        raise UsageError(
            "The editor in the browser does not know where to save. Write repo_url and edit_uri "
            "into mkdocs.yml, or below admin: backend: {name: github, repo: brightline/outreach}"
        )
    gitlab = _GITLAB.match(editor.edit)
    found = gitlab or _GITHUB.match(editor.edit)
    assert found is not None, "a forge's editor has one of two addresses"
    name = "gitlab" if gitlab else "github"
    return {"name": name, "repo": found["repo"], "branch": found["branch"]}


def _local(local: bool | str) -> dict[str, Any]:
    return {"local_backend": {"url": local} if isinstance(local, str) else local}


def _allowed(backend: Mapping[str, Any], local: bool | str) -> str:
    """Whom the editor may talk to: the forge, and a server on the same machine if asked for."""
    own = {_origin(str(backend[key])) for key in ("api_root", "base_url") if key in backend}
    hosts = ["'self'", "blob:", _FORGES.get(str(backend.get("name")), ""), *sorted(own)]
    hosts.append((local if isinstance(local, str) else _LOCAL) if local else "")
    return " ".join(host for host in hosts if host)


def _origin(address: str) -> str:
    """The host of an address; a policy would take a path for one file.

    >>> _origin("https://git.brightline.example/api/v4")
    'https://git.brightline.example'
    """
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _page(name: str, hosts: str) -> bytes:
    html = f"""<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>Edit · {escape(name)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="admin.css">
</head>
<body>
<noscript>The editor needs JavaScript; the forge's own editor does not.</noscript>
<script src="{MAIN}"></script>
<script src="admin.js"></script>
</body>
</html>
"""
    return with_policy(html, policy(hosts)).encode()


def policy(hosts: str) -> str:
    """What the editor may load and run; no other page of the site may do as much.

    It builds its checks of forms as code (`unsafe-eval`) and its styles at run time.
    """
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self' 'unsafe-eval'",
            "style-src 'self' 'unsafe-inline'",
            f"img-src data: {hosts}",
            "font-src 'self' data:",
            "media-src 'self' blob:",
            f"connect-src {hosts}",
            "worker-src 'self' blob:",
            "frame-src 'self' blob:",
            "base-uri 'none'",
            "form-action 'none'",
        ]
    )
