"""Digests: whether a content folder, and the code that judges it, are what they were.

A digest covers all that the reader looks at: names, what kind of thing each is, and the bytes of
the files that it opens. Two folders with the same digest are read alike by the same code.
"""

from __future__ import annotations

import errno
import functools
import os
import sys
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The rooms and modules that decide what a check finds, and the packages that they lean on.
_JUDGES = ("assumptions.py", "clock.py", "critique", "errors.py", "messages", "model.py", "plan.py")
_LEANED_ON = ("rapidfuzz", "tinytag", "yaml")
_SOURCES = (".py", ".yml", ".md")
_TEXTS = (".md", ".yml")

#: Longer texts are refused, and no digest is worth its time.
_LONGEST_TEXT = 256 * 1024
#: Of a longer recording nothing is read but that it is longer.
_LONGEST_SOUND = 10 * 1024 * 1024
#: The folders of an experiment whose files are read.
_FOLDERS = ("recordings", "reviews")


class Digests(NamedTuple):
    """What a content folder holds.

    Attributes:
        shared: Of all that stands beside the experiments, such as plan.yml.
        experiments: Name of each folder → its digest.
    """

    shared: str
    experiments: Mapping[str, str]

    @property
    def whole(self) -> str:
        """Of everything."""
        return _digest(os.fsencode(f"{name}\0{each}") for name, each in self._all())

    def _all(self) -> Iterator[tuple[str, str]]:
        yield "", self.shared
        yield from sorted(self.experiments.items())


def of_content(root: str) -> Digests | None:
    """The digests of a content folder; None where something in it cannot be read."""
    if Path(root).is_symlink():
        return None
    try:
        entries = list(_entries(root))
        shared = _digest(part for entry in entries for part in _parts(entry))
        folders = (entry for entry in entries if entry.is_dir(follow_symlinks=False))
        return Digests(shared, {entry.name: _digest(_experiment(entry)) for entry in folders})
    except OSError:
        return None


@functools.cache
def of_code() -> str | None:
    """The digest of the code that judges; None where it is not made of files, as in an archive."""
    try:
        entries = _entries(str(Path(__file__).parents[1]))
        own = [path for entry in entries if entry.name in _JUDGES for path in _sources(entry)]
        others = [spec.origin for spec in map(find_spec, _LEANED_ON) if spec and spec.origin]
        paths = own + others
        return _digest([sys.version.encode(), *(part for p in paths for part in _named(p))])
    except OSError:
        return None


def _sources(entry: os.DirEntry[str]) -> Iterator[str]:
    if entry.name.endswith(_SOURCES):
        yield entry.path
    elif entry.is_dir() and entry.name != "__pycache__":
        for inner in _entries(entry.path):
            yield from _sources(inner)


def _named(path: str) -> tuple[bytes, bytes]:
    return os.fsencode(path), _content(path)


def _experiment(folder: os.DirEntry[str]) -> Iterator[bytes]:
    for entry in _entries(folder.path):
        yield from _parts(entry)
        if entry.name in _FOLDERS and entry.is_dir(follow_symlinks=False):
            for inner in _entries(entry.path):
                yield from _parts(inner, sounds=True)


def _entries(folder: str) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted(entries, key=lambda entry: entry.name)


def _parts(entry: os.DirEntry[str], *, sounds: bool = False) -> Iterator[bytes]:
    """What stands for an entry: its name, its kind, and as much of it as is ever read."""
    yield os.fsencode(entry.name)
    if entry.is_symlink():
        yield b"link"
    elif entry.is_dir():
        yield b"folder"
    elif entry.is_file():
        yield b"file"
        if entry.name.endswith(_TEXTS):
            yield _text(entry.path)
        elif sounds:
            yield _content(entry.path)[: _LONGEST_SOUND + 1]
    else:
        yield b"other"


def _text(path: str) -> bytes:
    """The bytes of a text.

    Raises:
        OSError: It cannot be read, or is too long.
    """
    content = _content(path)
    if len(content) > _LONGEST_TEXT:
        raise OSError(errno.EFBIG, "too long", path)
    return content


def _content(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123  twice as fast, for every file
        return file.read() or b""


def _digest(parts: Iterable[bytes]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(b"%d:" % len(part))
        digest.update(part)
    return digest.hexdigest()
