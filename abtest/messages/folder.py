"""Folders: what may stand where, under which names. Links are never followed."""

from __future__ import annotations

import os
import re
import unicodedata
from typing import TYPE_CHECKING

from abtest.messages.fields import ID
from abtest.messages.sheet import WHOLE, shown

if TYPE_CHECKING:
    from abtest.messages.sheet import Run, Sheet

_ID = re.compile(ID)
_README = "Move its text into experiment.md, below the front matter."
#: Names that Windows keeps for devices.
_DEVICES = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")


class Folder:
    """The entries of one folder, by name, without hidden ones and without links.

    Attributes:
        path: The folder, with `/`.
        name: Its own name.
        files: Names of regular files, sorted.
        folders: Names of folders, sorted.
    """

    def __init__(self, path: str, run: Run, experiment: str | None = None) -> None:
        self.path = path
        self.name = path.rpartition("/")[2]
        self.run = run
        self.experiment = experiment
        self.files: list[str] = []
        self.folders: list[str] = []
        self._refused: set[str] = set()
        try:
            with os.scandir(path) as entries:
                for entry in sorted(entries, key=lambda entry: entry.name):
                    self._add(entry)
        except OSError as error:
            reason = (error.strerror or str(error)).lower()
            self.say(
                "FS005", "", f"This folder cannot be read: {reason}.", "Check its permissions."
            )
        self._check_twins()

    @property
    def empty(self) -> bool:
        """Nothing but hidden files stands here, and nothing was refused."""
        return not (self.files or self.folders or self._refused)

    def refused(self, name: str) -> bool:
        """Whether an entry of that name was refused; with no name, the folder itself."""
        return name in self._refused

    def inner(self, name: str) -> Folder | None:
        """The folder of that name in this one, of the same experiment; None if there is none."""
        if name not in self.folders:
            return None
        return Folder(f"{self.path}/{name}", self.run, self.experiment)

    def say(self, code: str, name: str, message: str, suggestion: str = "") -> None:
        """An error about an entry, or about the folder itself where the name is empty."""
        self._refused.add(name)
        self.sheet(name).error(code, WHOLE, message, suggestion)

    def warn(self, code: str, name: str, message: str, suggestion: str = "") -> None:
        """A warning about an entry."""
        self.sheet(name).warn(code, WHOLE, message, suggestion)

    def sheet(self, name: str, variant: str | None = None) -> Sheet:
        """A sheet for one of the folder's files."""
        path = f"{self.path}/{name}" if name else self.path
        return self.run.sheet(path, self.experiment, variant)

    def _add(self, entry: os.DirEntry[str]) -> None:
        name = entry.name
        if entry.is_symlink():
            self.say(
                "FS002",
                name,
                "This is a symbolic link; links are not followed.",
                "Put the file itself here, or delete the link.",
            )
        elif name.startswith("."):
            return
        elif entry.is_dir(follow_symlinks=False):
            self.folders.append(name)
        elif entry.is_file(follow_symlinks=False):
            self.files.append(name)
        else:
            self.say("FS005", name, "This is no file.", "Delete it.")

    def _check_twins(self) -> None:
        """Two names that are one on macOS and Windows would overwrite each other there."""
        seen: dict[str, str] = {}
        for name in (*self.files, *self.folders):
            plain = unicodedata.normalize("NFC", name).casefold()
            first = seen.setdefault(plain, name)
            if first != name:
                self.say(
                    "ID002",
                    min(first, name),
                    f"{shown(first)} and {shown(name)} are one name on macOS and Windows.",
                    "Rename one of them.",
                )


def check_id(name: str, what: str, folder: Folder, file: str) -> bool:
    """Whether `name` can be an id; says why not.

    Args:
        name: The id that the name of a file or folder gives.
        what: What it names, in words.
        folder: Where it stands.
        file: Its whole name.
    """
    if not _ID.fullmatch(name):
        folder.say(
            "ID001",
            file,
            f"{shown(name)} cannot be the name of {what}: use a to z, 0 to 9 and -, at most 63.",
            _README if name.lower() == "readme" else _renamed(name),
        )
        return False
    if _DEVICES.fullmatch(name):
        folder.warn(
            "ID003",
            file,
            f"Windows keeps the name {shown(name)} for a device, and cannot store this.",
            "Rename it.",
        )
    return True


def _renamed(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode("ascii")
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")[:63]
    return f"Rename it, for example to {slug}." if slug else "Rename it."
