"""What the pages need to know of the world around the report."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from abtest.messages.history import Version
from abtest.model import Recording, Review
from abtest.report import Report
from abtest.site.links import Forge
from abtest.site.page import Asset


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What stands around a report.

    Attributes:
        editor: The forge's web editor, None where there is none to link to.
        url: The site's own address with a slash, empty if it is not known; feeds need it.
        recordings: File of a recording → where it is published, relative to the site's root.
        versions: Variant id → the wordings it has had, oldest first.
    """

    editor: Forge | None = None
    url: str = ""
    recordings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    versions: Mapping[str, Sequence[Version]] = field(default_factory=lambda: MappingProxyType({}))


def published_recordings(report: Report) -> dict[str, str]:
    """File → address for every recording that a page plays; the address follows the content.

    A new take gets a new address, so that no browser plays the old one from its cache.
    """
    found: dict[str, str] = {}
    for result in report:
        for variant in result.experiment or ():
            if variant.recording is not None:
                found[variant.recording.file] = _address(variant.recording)
            for review in variant.reviews:
                file = review_recording(review)
                if file and file not in found:
                    digest = hashlib.sha256(Path(file).read_bytes()).hexdigest()
                    found[file] = f"recordings/{digest[:16]}{PurePosixPath(file).suffix.lower()}"
    return found


def _address(recording: Recording) -> str:
    return f"recordings/{recording.digest[:16]}{PurePosixPath(recording.file).suffix.lower()}"


def review_recording(review: Review) -> str:
    """The file of a review's recording, empty without one; it lies in the experiment's folder."""
    if not review.recording:
        return ""
    return str(PurePosixPath(review.path).parent.parent / review.recording)


def recording_assets(recordings: Mapping[str, str]) -> list[Asset]:
    """The recordings as files to copy, in the order of their addresses."""
    once = {address: file for file, address in sorted(recordings.items())}
    return [Asset(address, file=file) for address, file in sorted(once.items())]
