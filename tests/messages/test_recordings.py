"""Recordings: what may be published, and how long it is."""

from __future__ import annotations

import hashlib
import io
import struct
import wave
from pathlib import Path

import pytest
from content_trees import QUESTION, REVIEW, REVIEW_TEXT, TREE, read_tree, with_edit

from abtest.messages import recordings

FOLDER = "messages/gym-owners/recordings"


def wav(seconds: float = 2.5) -> bytes:
    data = io.BytesIO()
    with wave.open(data, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(1000)
        sound.writeframes(b"\x80" * int(seconds * 1000))
    return data.getvalue()


#: MPEG-2 layer III, 8 kbit/s, 22,050 Hz, mono: frames of 26 ms.
MP3 = (b"\xff\xf3\x10\xc4" + bytes(22)) * 200
OGG_PAGE = b"OggS" + struct.pack("<BBqIIIB", 0, 2, 0, 7, 0, 0, 1)
OPUS = OGG_PAGE + b"\x13OpusHead" + struct.pack("<BBHIhB", 1, 1, 0, 48000, 0, 0)
VORBIS = OGG_PAGE + b"\x1e\x01vorbis" + bytes(22)
M4A = b"\0\0\0\x18ftypM4A \0\0\0\0M4A mp42"


def tree(name: str, content: bytes, reference: str | None = None) -> dict[str, str | bytes]:
    target = reference or f"recordings/{name}"
    return {
        **with_edit(QUESTION, "author: rui\n", f"author: rui\nrecording: {target}\n"),
        f"{FOLDER}/{name}": content,
    }


@pytest.mark.parametrize(
    ("name", "content", "seconds"),
    [
        ("kim.wav", wav(), 2.5),
        ("kim.mp3", MP3, 5.2),
        ("kim.mp3", b"ID3\x04\0\0\0\0\0\0" + MP3, 5.2),
        ("kim's best, 2nd take.mp3", MP3, 5.2),
        ("kim.opus", OPUS, None),
        ("kim.ogg", OPUS, None),
        ("kim.ogg", VORBIS, None),
        ("kim.m4a", M4A, None),
    ],
)
def test_a_good_recording_is_measured(
    name: str, content: bytes, seconds: float | None, tmp_path: Path
) -> None:
    experiments, findings = read_tree(tmp_path, tree(name, content))
    assert findings == ()
    assert experiments is not None
    recording = experiments["gym-owners"]["question"].recording
    assert recording is not None
    assert recording.path == f"recordings/{name}"
    assert Path(recording.file).read_bytes() == content
    assert recording.size == len(content)
    assert recording.digest == hashlib.sha256(content).hexdigest()
    if seconds is not None:
        assert recording.seconds == pytest.approx(seconds, rel=0.05)


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("kim.mp3", b"<html><script>x</script></html>", "RC004"),
        ("kim.mp3", b"", "RC004"),
        ("kim.mp3", b"\xff\xff\xff\xff", "RC004"),
        ("kim.mp3", b"\xff\xfb\x00\x00", "RC004"),
        ("kim.mp3", b"\xff\xf1\x50\x80", "RC004"),
        ("kim.mp3", b"\xff", "RC004"),
        ("kim.mp3", wav(), "RC004"),
        ("kim.wav", MP3, "RC004"),
        ("kim.wav", b"RIFF\0\0\0\0AVI LIST", "RC004"),
        ("kim.m4a", b"\0\0\0\x18ftypqt  ", "RC004"),
        ("kim.ogg", OGG_PAGE + b"\x2a\x80theora", "RC004"),
        ("kim.ogg", b"Ogg", "RC004"),
        ("kim.opus", VORBIS, "RC004"),
        ("kim.mp3", b"version https://git-lfs.github.com/spec/v1\noid sha256:0\n", "RC004"),
        ("kim.flac", b"fLaC", "RC002"),
        ("kim.exe", b"MZ", "RC002"),
        ("kim.MP3", MP3, "RC002"),
    ],
)
def test_what_is_no_recording_is_refused_where_it_is_referred_to(
    name: str, content: bytes, code: str, tmp_path: Path
) -> None:
    _, findings = read_tree(tmp_path, tree(name, content))
    assert [(f.path, f.line, f.code) for f in findings] == [(QUESTION, 4, code)]


@pytest.mark.parametrize(
    ("reference", "code"),
    [
        ("recordings/gone.mp3", "RC003"),
        ("recordings/Kim.mp3", "RC003"),
        ("kim.mp3", "RC001"),
        ("../gym-owners/recordings/kim.mp3", "RC001"),
        ("recordings/../recordings/kim.mp3", "RC001"),
        ("/etc/passwd", "RC001"),
        ("https://e.example/kim.mp3", "RC001"),
        ("file:recordings/kim.mp3", "RC001"),
        ("recordings\\kim.mp3", "RC001"),
        ("recordings/", "RC001"),
        ("3", "RC001"),
        ("[recordings/kim.mp3]", "VL001"),
    ],
)
def test_a_reference_stays_inside_the_experiment(reference: str, code: str, tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, tree("kim.mp3", MP3, reference))
    assert [(f.path, f.line, f.code) for f in findings] == [(QUESTION, 4, code)]


def test_without_a_folder_the_file_is_missing(tmp_path: Path) -> None:
    changed = with_edit(QUESTION, "author: rui\n", "recording: recordings/kim.mp3\n")
    _, findings = read_tree(tmp_path, changed)
    assert [f.code for f in findings] == ["RC003"]
    _, findings = read_tree(tmp_path, {**changed, f"{FOLDER}/kin.mp3": MP3})
    assert findings[0].suggestion == "Did you mean recordings/kin.mp3?"


def test_a_recording_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recordings, "LIMIT", 100)
    _, findings = read_tree(tmp_path, tree("kim.mp3", MP3))
    assert [(f.path, f.code) for f in findings] == [(f"{FOLDER}/kim.mp3", "SZ001")]


def test_what_nothing_refers_to_is_said(tmp_path: Path) -> None:
    _, findings = read_tree(tmp_path, {**TREE, f"{FOLDER}/kim.mp3": MP3})
    assert [(f.path, f.code) for f in findings] == [(f"{FOLDER}/kim.mp3", "RC005")]
    heard = REVIEW_TEXT.replace("kind: read\n", "kind: recording\nrecording: recordings/kim.mp3\n")
    spoken = {**tree("kim.mp3", MP3), REVIEW: heard}
    experiments, findings = read_tree(tmp_path, spoken)
    assert findings == ()
    assert experiments is not None
    assert experiments["gym-owners"]["question"].reviews[0].recording == "recordings/kim.mp3"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("kim.wav", b"RIFF\0\0\0\0WAVE"),
        ("kim.wav", b"RIFF\x24\0\0\0WAVEfmt \x10\0\0\0" + bytes(16) + b"data\0\0\0\0"),
        ("kim.wav", b"RIFF\xe8\t\0\0WAVEfmt \x10\0\0\0\xff"),
        ("kim.wav", wav(0)),
        ("kim.mp3", b"ID3"),
        ("kim.opus", b"OggS\x89" + OPUS[5:]),
        ("kim.m4a", M4A + b"\0\0\0\x10moov" + b"\xff" * 40),
        ("kim.opus", OPUS[:60]),
        ("kim.ogg", VORBIS + b"OggS" + b"\xff" * 60),
    ],
)
def test_a_header_that_says_nothing_gives_no_length(
    name: str, content: bytes, tmp_path: Path
) -> None:
    experiments, findings = read_tree(tmp_path, tree(name, content))
    assert findings == ()
    assert experiments is not None
    recording = experiments["gym-owners"]["question"].recording
    assert recording is not None
    assert recording.seconds is None
