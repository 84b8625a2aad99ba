"""Recordings: sound files of an experiment, checked before anything links to them."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

from abtest.messages.sheet import clipped, did_you_mean, listed, shown
from abtest.messages.source import read_bytes
from abtest.model import Recording

if TYPE_CHECKING:
    from abtest.messages.folder import Folder
    from abtest.messages.nodes import Node
    from abtest.messages.sheet import Sheet

#: The folder of an experiment that holds them.
FOLDER = "recordings"
#: The largest recording, in bytes.
LIMIT = 10 * 1024 * 1024

_ENDINGS = ("mp3", "m4a", "ogg", "opus", "wav")
_REFERENCE = re.compile(rf"{FOLDER}/(?P<name>[^/\\:\0-\x1f]+\.(?P<ending>\w+))")
#: The most seconds that are believed of a header.
_DAY = 86_400
_LFS = b"version https://git-lfs.github.com/spec/"
_MP4_BRANDS = (b"M4A ", b"M4B ", b"mp41", b"mp42", b"isom", b"iso2", b"dash")


class Recordings:
    """The recordings of one experiment, each read once."""

    def __init__(self, experiment: Folder) -> None:
        self.experiment = experiment
        self.folder = experiment.inner(FOLDER)
        self.names = self.folder.files if self.folder else []
        self.known: dict[str, Recording | None] = {}

    def find(self, reference: str, at: Node, sheet: Sheet) -> Recording | None:
        """The recording that a file refers to; None, and an error there, if it is none."""
        match = _REFERENCE.fullmatch(reference)
        if match is None:
            sheet.error(
                "RC001",
                at,
                f"recording is {shown(reference)}, which is no file in {FOLDER}/.",
                f"Put it into {self.experiment.path}/{FOLDER}/ and write {FOLDER}/kim.mp3",
            )
            return None
        name, ending = match["name"], match["ending"]
        if ending not in _ENDINGS:
            cure = f"Save it as {listed('.' + e for e in _ENDINGS)}."
            sheet.error("RC002", at, f".{clipped(ending)} is no kind of recording here.", cure)
            return None
        if self.folder is None or name not in self.names:
            near = did_you_mean(name, self.names)
            cure = f"Did you mean {FOLDER}/{near}?" if near else "Add the file, or delete the line."
            sheet.error(
                "RC003", at, f"There is no {shown(reference)} in {self.experiment.path}.", cure
            )
            return None
        if name not in self.known:
            self.known[name] = _read(self.folder, name, ending, at, sheet)
        return self.known[name]

    def warn_of_unused(self) -> None:
        """Say which files nothing refers to: they are not published."""
        if self.folder is not None:
            for name in (*self.names, *self.folder.folders):
                if name not in self.known:
                    cure = f"Write recording: {FOLDER}/{name} where it belongs, or delete it."
                    self.folder.warn("RC005", name, "Nothing refers to this recording.", cure)


def _read(folder: Folder, name: str, ending: str, at: Node, sheet: Sheet) -> Recording | None:
    import hashlib

    path = f"{folder.path}/{name}"
    data = read_bytes(path, LIMIT, folder.sheet(name))
    if data is None:
        return None
    trouble = _trouble(data, ending)
    if trouble:
        sheet.error("RC004", at, f"{shown(name)} {trouble[0]}.", trouble[1])
        return None
    return Recording(
        path=f"{FOLDER}/{name}",
        file=path,
        size=len(data),
        seconds=_seconds(data, ending),
        digest=hashlib.sha256(data).hexdigest(),
    )


def _trouble(data: bytes, ending: str) -> tuple[str, str] | None:
    """Why the bytes are no recording of this kind, and the cure."""
    if data.startswith(_LFS):
        return "is a pointer of Git LFS, not the sound", "Run git lfs pull."
    if not data:
        return "is empty", "Record it again."
    if not _KINDS[ending](data):
        return f"is no .{ending} file, whatever its name says", f"Save it again as .{ending}."
    return None


def _is_mp3(data: bytes) -> bool:
    if data.startswith(b"ID3"):
        return True
    frame = data[:4]
    return (
        len(frame) == 4
        and frame[0] == 0xFF
        and frame[1] & 0xE6 in (0xE2, 0xE4, 0xE6)  # a sync word, and a layer that exists
        and frame[2] >> 4 not in (0x0, 0xF)
        and frame[2] & 0x0C != 0x0C
    )


def _is_m4a(data: bytes) -> bool:
    return data[4:8] == b"ftyp" and data[8:12] in _MP4_BRANDS


def _is_ogg(data: bytes) -> bool:
    return data.startswith(b"OggS") and any(
        sign in data[:256] for sign in (b"OpusHead", b"\x01vorbis", b"Speex   ", b"\x7fFLAC")
    )


def _is_opus(data: bytes) -> bool:
    return data.startswith(b"OggS") and b"OpusHead" in data[:256]


def _is_wav(data: bytes) -> bool:
    return data.startswith(b"RIFF") and data[8:12] == b"WAVE"


_KINDS = {"mp3": _is_mp3, "m4a": _is_m4a, "ogg": _is_ogg, "opus": _is_opus, "wav": _is_wav}


def _seconds(data: bytes, ending: str) -> float | None:
    """Its length, None where its header does not say."""
    from tinytag import TinyTag, TinyTagException

    try:
        sound = TinyTag.get(f"a.{ending}", file_obj=io.BytesIO(data), tags=False)
    except TinyTagException:
        return None
    seconds: float = sound.duration or 0
    return round(seconds, 3) if 0 < seconds < _DAY else None
