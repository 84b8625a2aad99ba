"""The log of a repository: its commits, and what each of them changed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Modes of a raw diff: a file, an executable file, a symbolic link, a commit of a submodule.
FILE_MODES = ("100644", "100755")
SYMLINK_MODE, SUBMODULE_MODE = "120000", "160000"

#: What `git log` is asked for, so that `parse_log` can read the answer: every commit, so that the
#: graph is whole, parents before children, each with its changes against its first parent.
LOG_OPTIONS = (
    "--topo-order",
    "--reverse",
    "--full-history",
    "--sparse",
    "--diff-merges=first-parent",
    "--raw",
    "-z",
    "--no-abbrev",
    "--no-renames",
    "--no-ext-diff",
    "--no-color",
    "--ignore-submodules=none",
    "--encoding=UTF-8",
    "--format=%x1e%H%n%P%n%as%n%an%n%B",
)

_CORRECTION = re.compile(r"(?im)^[ \t>*-]*correction:[ \t]*(\S.*?)[ \t\r]*$")
_REVERTS = re.compile(r"This reverts commit ([0-9a-f]{40,64})")


class Change(NamedTuple):
    """A path that a commit left different from its first parent.

    Attributes:
        path: From the top of the repository.
        mode: The mode after the change, `000000` for a path that went away.
        old: The id of the content before the change, None for a new path.
        blob: The id of the content after the change, None for a path that went away.
    """

    path: str
    mode: str
    old: str | None
    blob: str | None


class Commit(NamedTuple):
    """One commit.

    Attributes:
        parents: Ids, the first parent first; empty for a root and where a shallow clone ends.
        day: The author's calendar day, as YYYY-MM-DD.
        author: The author's name.
        subject: The first line of the message.
        corrections: The texts of its `Correction:` lines.
        reverts: Ids of the commits that it says to revert.
        changes: Against the first parent, within the folder that was asked for.
    """

    id: str
    parents: tuple[str, ...]
    day: str
    author: str
    subject: str
    corrections: tuple[str, ...]
    reverts: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def short(self) -> str:
        """The id as people read it."""
        return self.id[:7]


def parse_log(raw: bytes) -> Iterator[Commit]:
    """The commits of a `raw_log`."""
    fields = iter(raw.split(b"\0"))
    header = next(fields, b"")
    while header:
        changes = []
        following = next(fields, b"")
        while following.startswith((b":", b"\n:")):
            changes.append(_change(following, next(fields)))
            following = next(fields, b"")
        yield _commit(header, tuple(changes))
        header = following


def _commit(header: bytes, changes: tuple[Change, ...]) -> Commit:
    text = header.decode(errors="replace")
    id_, parents, day, author, message = text[1:].split("\n", 4)
    return Commit(
        id=id_,
        parents=tuple(parents.split(" ")) if parents else (),
        day=day,
        author=author,
        subject=message.partition("\n")[0],
        corrections=tuple(_CORRECTION.findall(message)) if "rection:" in message.lower() else (),
        reverts=tuple(_REVERTS.findall(message)) if "This reverts" in message else (),
        changes=changes,
    )


def _change(about: bytes, path: bytes) -> Change:
    _, mode, old, blob, status = about.decode().split(" ")
    return Change(
        path.decode(errors="surrogateescape"),
        mode,
        None if status == "A" else old,
        None if status == "D" else blob,
    )
