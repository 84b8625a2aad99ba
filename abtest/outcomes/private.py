"""The folder of a team's own machine, `.abtest`: what git must never see.

It holds the salt, who got which variant (as salted hashes), and the call sheets. It tells git to
ignore it by a file of its own, so it stays out of every repository it is made in.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from abtest.errors import SurroundingsError, UsageError
from abtest.messages import disk

#: Names the salt instead of the file, for a team that shares one.
SALT_VARIABLE = "ABTEST_SALT"

FOLDER = ".abtest"
_SHORTEST_SALT = 16
_IGNORE = "# Prospects' data and the salt: never to be committed.\n*\n"


class Private:
    """The private folder of the working copy in `root`.

    Attributes:
        folder: Its path.
        made_salt: True once a new salt was drawn.
    """

    def __init__(self, root: Path = Path()) -> None:
        self.folder = root / FOLDER
        self.made_salt = False

    def salt(self) -> bytes:
        """The secret that makes hashes of prospects useless to others; drawn on first use.

        Raises:
            UsageError: `ABTEST_SALT` is too short to keep a secret.
        """
        given = os.environ.get(SALT_VARIABLE)
        if given is not None:
            if len(given) < _SHORTEST_SALT:
                raise UsageError(
                    f"{SALT_VARIABLE} has {len(given)} characters; {_SHORTEST_SALT} are the fewest."
                )
            return given.encode()
        path = self.folder / "salt"
        if not path.exists():
            self.write(path, f"{secrets.token_hex(32)}\n".encode())
            path.chmod(0o600)
            self.made_salt = True
        return disk.read(path).strip()

    def ledger(self, experiment: str) -> Path:
        """Where the assignments of an experiment are kept."""
        return self.folder / "assigned" / f"{experiment}.csv"

    def ledgers(self) -> dict[str, Path]:
        """Experiment → its assignments, of every experiment that has any."""
        return {path.stem: path for path in sorted((self.folder / "assigned").glob("*.csv"))}

    def sheets(self, experiment: str) -> Path:
        """Where the call sheets of an experiment go unless told otherwise."""
        return self.folder / "call-sheets" / experiment

    def write(self, path: Path, content: bytes) -> None:
        """Write or replace a private file, whole or not at all.

        Raises:
            UsageError: The path could be committed.
        """
        self.refuse_tracked(path)
        ignore = self.folder / ".gitignore"
        if not ignore.exists():
            disk.create(ignore, _IGNORE.encode())
        write_whole(path, content)

    def refuse_tracked(self, path: Path) -> None:
        """Refuse a path inside a repository, other than this folder's.

        Raises:
            UsageError: A commit could take the file along.
        """
        real = path.resolve()
        if self.folder.is_symlink() or not real.is_relative_to(self.folder.resolve()):
            for parent in real.parents:
                if (parent / ".git").exists():
                    raise UsageError(
                        f"{path} would put prospects' data where a commit can take it along. "
                        f"Leave --out away, or name a folder outside of {parent}."
                    )


def write_whole(path: Path, content: bytes) -> None:
    """Write a file, or put new content in its place: whole or not at all."""
    if not path.exists():
        disk.create(path, content)
        return
    with disk.taking_turns(path.parent):
        disk.replace(path, disk.read(path), content)


def load_text(path: Path) -> str:
    """The text of a private file; empty if it is not there.

    Raises:
        SurroundingsError: It is damaged.
    """
    if not path.exists():
        return ""
    try:
        return disk.read(path).decode()
    except UnicodeDecodeError as error:
        raise SurroundingsError(f"{path} is damaged; bring it back from a backup.") from error
