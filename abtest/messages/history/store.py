"""What was read of a history before, kept for the next time, by commit and by blob.

A file of the user's cache folder holds the log up to a commit, and the understood versions. It is
a copy only: whatever is wrong with it, it is thrown away and git is asked again.
"""

from __future__ import annotations

import hashlib
import json
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from abtest.messages import digest
from abtest.messages.cache import keep
from abtest.messages.history.snapshot import RowKey, Snapshot
from abtest.model import Touch

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from abtest.messages.history.git import Repository
    from abtest.messages.history.reading import SnapshotReader
    from abtest.messages.history.snapshot import Counts

#: A history with fewer versions is read faster than it is looked up.
_WORTH_KEEPING = 500
#: What is kept is written anew when so much of it is new: to understand the rest again is cheaper.
_WORTH_WRITING = 0.05


class Store:
    """The log and the versions of one repository's folder.

    Args:
        repository: Is asked for what is not known yet.
        reader: Understands versions.
        folder: Where to keep them; None keeps nothing.
    """

    def __init__(
        self,
        repository: Repository,
        reader: SnapshotReader,
        folder: Path | None,
    ) -> None:
        self._repository = repository
        self._reader = reader
        code = digest.of_code()
        self._key = json.dumps([code, sorted(reader.dimensions)])
        name = f"{repository.common_dir}\0{repository.prefix}".encode(errors="surrogateescape")
        self._path = folder / hashlib.sha256(name).hexdigest()[:24] if folder and code else None
        self._head, self._log = "", b""
        self._kept: dict[str, Any] = {}
        self._fresh, self._other = 0, False
        if self._path is not None:
            with suppress(OSError, ValueError):
                self._load(self._path.read_bytes())
        self.missing = 0
        self.worth_keeping = False

    def log(self, head: str, merging: str | None) -> bytes:
        """The raw log of `head`, and of a commit that is being merged into it."""
        if self._head != head:
            known = self._head and self._repository.is_ancestor(self._head, head)
            since = (f"^{self._head}",) if known else ()
            fresh = self._repository.raw_log((head, *since))
            self._log = self._log + fresh if known else fresh
            self._head, self._other = head, not known
        if merging is None:
            return self._log
        return self._log + self._repository.raw_log((merging, f"^{head}"))

    def snapshots(self, blobs: Sequence[str]) -> dict[str, Snapshot | None]:
        """Each blob with what it says; None for one that cannot be understood, or is missing."""
        found = self._understood(blobs)
        wanted = [blob for blob in blobs if blob not in found]
        self.missing += len(wanted)
        for blob, content in self._repository.blobs(wanted):
            self.missing -= content is not None
            found[blob] = None if content is None else self._reader.read(content)
        self._fresh += len(wanted)
        return found

    def save(self, snapshots: Mapping[str, Snapshot | None]) -> None:
        """Keep what is known now, if it is much more than before and worth it."""
        self.worth_keeping = len(snapshots) >= _WORTH_KEEPING
        if self._path is None or not self.worth_keeping:
            return
        if not self._other and self._fresh <= _WORTH_WRITING * len(snapshots):
            return
        if self._repository.shallow or self.missing:
            return  # a later fetch may deepen it without a new commit at its head
        head = json.dumps([self._key, self._head, len(self._log)]).encode()
        content = b"\n".join([head, self._log, json.dumps(self._packed(snapshots)).encode()])
        keep(self._path, content)

    def _load(self, content: bytes) -> None:
        header, _, rest = content.partition(b"\n")
        key, head, size = json.loads(header)
        if key == self._key:
            self._kept = json.loads(rest[size + 1 :])
            self._head, self._log = head, rest[:size]

    def _understood(self, blobs: Iterable[str]) -> dict[str, Snapshot | None]:
        kept = self._kept.get("blobs", {})
        if not kept:
            return {}
        words = [
            self._reader.remember([Touch(*touch) for touch in touches])
            for touches in self._kept["words"]
        ]
        groups: list[dict[RowKey, Counts]] = [{}]
        for earlier, key, counts in self._kept["groups"]:
            groups.append({**groups[earlier], RowKey(key): counts})
        found: dict[str, Snapshot | None] = {}
        for blob in blobs:
            packed = kept.get(blob, ())
            if packed is None:
                found[blob] = None
            elif packed:
                which, change, reps = packed
                found[blob] = Snapshot(
                    {rep: groups[group] for rep, group in reps.items()}, words[which], change
                )
        return found

    def _packed(self, snapshots: Mapping[str, Snapshot | None]) -> dict[str, Any]:
        """Versions as JSON, with each message and each row written once."""
        words, groups = _Numbered(), _Groups()
        blobs = {
            blob: snapshot
            and (
                words[snapshot.words],
                snapshot.text_change,
                {rep: groups.number(group) for rep, group in snapshot.groups.items()},
            )
            for blob, snapshot in snapshots.items()
        }
        return {
            "groups": groups.written,
            "words": [
                [[getattr(touch, name) for name in Touch.__slots__] for touch in touches]
                for touches in map(self._reader.touches, words)
            ],
            "blobs": blobs,
        }


class _Groups:
    """Groups of rows, each written as an earlier group and one more row.

    Attributes:
        written: (number of the earlier group, key, counts) of each group; number 0 is empty.
    """

    def __init__(self) -> None:
        self.written: list[tuple[int, str, Counts]] = []
        self._numbers: dict[tuple[object, ...], int] = {(): 0}
        self._seen: dict[int, int] = {}

    def number(self, group: Mapping[RowKey, Counts]) -> int:
        """The number of a group, which is written if it is new."""
        if id(group) not in self._seen:
            # Alike lines were understood once, so that alike rows are one object.
            rows = tuple(zip(group, map(id, group.values()), strict=True))
            self._seen[id(group)] = self._number(rows, list(group.values()))
        return self._seen[id(group)]

    def _number(self, rows: tuple[tuple[RowKey, int], ...], counts: Sequence[Counts]) -> int:
        known = len(rows)
        while rows[:known] not in self._numbers:
            known -= 1
        for size in range(known, len(rows)):
            earlier = self._numbers[rows[:size]]
            self.written.append((earlier, rows[size][0], counts[size]))
            self._numbers[rows[: size + 1]] = len(self.written)
        return self._numbers[rows]


class _Numbered(dict[Any, int]):
    """Numbers what it is asked for, in the order in which it is asked."""

    def __missing__(self, key: Any) -> int:
        self[key] = number = len(self)
        return number
