"""Where the running abtest was installed from, so that a team's other machines get the same.

The name alone does not say it: on the public package index it belongs to another project.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

import abtest

_NAME = "abtest"
#: Addresses that no other machine can reach.
LOCAL = ("file:", "git+file:")


def installed_requirement() -> str:
    """The requirement that installs the running abtest again; empty where nobody noted it.

    Source: PEP 610, `direct_url.json`, which pip and others write for what is installed from
    a repository, a folder or a file, and not for what comes from an index.
    """
    noted = _distribution_text("direct_url.json")
    try:
        return requirement(json.loads(noted)) if noted else ""
    except (ValueError, KeyError, TypeError, AttributeError):
        return ""


def requirement(direct_url: Mapping[str, Any]) -> str:
    """A requirement from the content of a `direct_url.json`.

    >>> requirement({"url": "file:///srv/abtest", "dir_info": {"editable": True}})
    'abtest @ file:///srv/abtest'
    """
    url = direct_url["url"]
    if "vcs_info" in direct_url:
        vcs = direct_url["vcs_info"]
        url = f"{vcs['vcs']}+{url}@{vcs['commit_id']}"
    if "subdirectory" in direct_url:
        url += f"#subdirectory={direct_url['subdirectory']}"
    return f"{_NAME} @ {url}"


def is_local(package: str) -> bool:
    """Is it an address on this machine?

    >>> is_local("abtest @ file:///srv/abtest"), is_local("abtest @ git+https://git.example/abtest")
    (True, False)
    """
    return package.partition(" @ ")[2].startswith(LOCAL)


def _distribution_text(name: str) -> str | None:
    """A file of the distribution that runs, which need not be the first one on the path."""
    here = Path(abtest.__file__).resolve().parent
    found = list(metadata.distributions(name=_NAME))
    found.sort(key=lambda each: Path(str(each.locate_file(_NAME))).resolve() != here)
    return found[0].read_text(name) if found else None
