"""What the history of a content folder says, and as JSON for the next time."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from abtest.messages import cache
from abtest.messages.history.versions import Version
from abtest.model import Touch

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abtest.errors import Finding


@dataclass(frozen=True, slots=True)
class History:
    """What git remembers of a content folder.

    Attributes:
        findings: Counts that were lost or lowered, words and plans that changed after results.
        not_checked: Sentences, each saying what could not be checked and why.
        versions: Variant id → the wordings it has had, oldest first.
    """

    findings: tuple[Finding, ...] = ()
    not_checked: tuple[str, ...] = ()
    versions: Mapping[str, tuple[Version, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


def packed(history: History) -> dict[str, Any]:
    """A history of which nothing was left unchecked, as JSON can hold it."""
    return {
        "findings": cache.written(history.findings),
        "versions": {id_: list(map(_packed, each)) for id_, each in history.versions.items()},
    }


def unpacked(kept: Mapping[str, Any]) -> History:
    """A history that was `packed`."""
    versions = {id_: tuple(map(_unpacked, each)) for id_, each in kept["versions"].items()}
    return History(cache.findings(kept["findings"]), (), MappingProxyType(versions))


def _packed(version: Version) -> list[Any]:
    touches = [[getattr(touch, name) for name in Touch.__slots__] for touch in version.touches]
    about = (version.commit, version.day, version.author)
    return [*about, touches, dict(version.counts), version.current]


def _unpacked(row: list[Any]) -> Version:
    commit, day, author, touches, counts, current = row
    said = tuple(Touch(*touch) for touch in touches)
    return Version(commit, day, author, said, MappingProxyType(counts), current)
