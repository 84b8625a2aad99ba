"""One commit, the same bytes: in any folder, time zone, locale, encoding and order of hashes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
RECORD = "record staffing-offers/book-a-demo --rep kim --date 2026-11-20 --sent 9 --responses 1"
PRINTED = [
    "report", "report --format json", "report --format markdown", "report --format csv",
    *(f"check --fail-on never --format {name}" for name in ("text", "json", "sarif", "junit")),
    "diff HEAD", "diff HEAD --format json", "diff HEAD --format markdown",
    "investigate staffing-offers/book-a-demo", "schema report",
]  # fmt: skip
SURROUNDINGS = {
    "here": {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "PYTHONHASHSEED": "1"},
    "über/there, far": {
        "TZ": "America/Los_Angeles", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "2",
        "PYTHONIOENCODING": "cp1252",  # what a pipe has on Windows
    },
}  # fmt: skip


@pytest.fixture(scope="module")
def locales(tmp_path_factory):
    """A folder with Turkish, whose i has no dot where others have one."""
    folder = tmp_path_factory.mktemp("locales")
    command = ["localedef", "-i", "tr_TR", "-f", "UTF-8", folder / "tr_TR.UTF-8"]
    subprocess.run(command, check=True, capture_output=True)
    return folder


def made(place, home, locales):
    """Everything that can be made of the newest commit and one row more, by name."""
    folder = home / place / "team"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    epoch = subprocess.run(
        ["git", "log", "-1", "--format=%ct"], cwd=folder, check=True, capture_output=True, text=True
    ).stdout.strip()
    environment = {
        **os.environ, **SURROUNDINGS[place], "LOCPATH": str(locales), "SOURCE_DATE_EPOCH": epoch,
    }  # fmt: skip

    def abtest(command):
        done = subprocess.run(
            [sys.executable, "-W", "error::EncodingWarning", "-X", "warn_default_encoding",
             "-P", "-m", "abtest", *command.split()],
            cwd=folder, env=environment, capture_output=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, (command, done.stdout[-500:], done.stderr)
        return done.stdout

    abtest(RECORD)
    printed = {command: abtest(command) for command in PRINTED}
    abtest("pages made/pages")
    subprocess.run(
        [sys.executable, "-P", "-m", "abtest", "build", "-d", "made/site"],
        cwd=folder, env=environment, check=True, capture_output=True,
    )  # fmt: skip
    files = (path for path in (folder / "made").rglob("*") if path.is_file())
    return printed | {
        path.relative_to(folder / "made").as_posix(): path.read_bytes() for path in files
    }


@pytest.mark.slow
def test_one_commit_gives_the_same_bytes_everywhere(tmp_path, locales):
    first, second = (made(place, tmp_path, locales) for place in SURROUNDINGS)
    assert first.keys() == second.keys()
    assert [name for name in first if first[name] != second[name]] == []
    assert {"report --format csv", "site/index.html", "site/results.json"} <= first.keys()
    assert "“".encode() in first["report"]
    assert b"\r\n" not in b"".join(first[command] for command in PRINTED)
    for path in (str(tmp_path), str(ROOT)):
        assert [name for name in first if path.encode() in first[name]] == []
