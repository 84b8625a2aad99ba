"""What `abtest init` wrote, kept beside it: so that a team's edits are told from our templates."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from abtest import __version__
from abtest.errors import UsageError
from abtest.messages import disk
from abtest.workspace.team import Team

#: The manifest's file, at the top of the repository and in git like every other.
MANIFEST = ".abtest-init.json"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a repository was made from.

    Attributes:
        team: The answers.
        day: The day it was started.
        digests: Path → digest of what we wrote there last.
        version: The abtest that wrote it.
    """

    team: Team
    day: dt.date
    digests: Mapping[str, str]
    version: str = __version__

    def to_text(self) -> str:
        """The file."""
        content = {
            "comment": "What 'abtest init' wrote; 'abtest init --update' compares with it.",
            "version": self.version,
            "day": self.day.isoformat(),
            "team": self.team.to_dict(),
            "files": dict(sorted(self.digests.items())),
        }
        return json.dumps(content, indent=2, ensure_ascii=False) + "\n"


def digest(text: str) -> str:
    """A text's fingerprint, whatever its line ends.

    >>> digest("a\\r\\n") == digest("a\\n")
    True
    """
    return hashlib.sha256(text.replace("\r\n", "\n").encode()).hexdigest()


def read_manifest(root: Path) -> Manifest:
    """The manifest of a repository.

    Raises:
        UsageError: There is none, or it cannot be understood.
    """
    path = root / MANIFEST
    if not path.exists():
        raise UsageError(
            f"There is no {MANIFEST} in {root}; run this at the top of a folder that "
            "'abtest init' made."
        )
    try:
        return _manifest(json.loads(disk.read(path)))
    except (UsageError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise UsageError(
            f"{path} cannot be understood; bring it back: git checkout -- {MANIFEST}"
        ) from error


def _manifest(content: Any) -> Manifest:
    known = {field.name for field in fields(Team)}
    team = {name: str(answer) for name, answer in content["team"].items() if name in known}
    return Manifest(
        team=Team(**team),
        day=dt.date.fromisoformat(content["day"]),
        digests={str(path): str(found) for path, found in content["files"].items()},
        version=str(content["version"]),
    )
