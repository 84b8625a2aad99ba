"""The editor's own program: one version of one npm package, each byte of it known.

It comes from npm when a site is built, and never from another host when somebody visits. `npm pack`
fetches the package alone: its bundle holds the 600 packages that it is made of.
"""

from __future__ import annotations

import fnmatch
import hashlib
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from pathlib import Path

from abtest.errors import SurroundingsError

PACKAGE = "decap-cms"
VERSION = "3.16.3"
#: SHA-256 of the names and bytes of all files that are published; see `digest`.
DIGEST = "78ce9b2c4285921945311e59038f811d60e491084f7a388f7cb6a6dfc1fee3d2"

#: The file that a page loads; it loads the others when they are needed.
MAIN = "decap-cms.js"
_DIST = "dist"
_PATTERNS = (MAIN, f"*.{MAIN}", "*.wasm", f"{MAIN}.LICENSE.txt")


def fetched(workshop: Path) -> list[Path]:
    """The files of the editor, from npm unless an earlier build fetched them.

    Args:
        workshop: A folder that git ignores.

    Raises:
        SurroundingsError: npm is missing, cannot fetch, or brings something else.
    """
    place = workshop / f"{PACKAGE}-{VERSION}"
    if not place.is_dir():
        workshop.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=workshop, prefix="npm-") as folder:
            unpacked(f"{PACKAGE}@{VERSION}", Path(folder)).rename(place)
    return installed(place)


def installed(package: Path) -> list[Path]:
    """The files of the editor in a folder that holds the package.

    Raises:
        SurroundingsError: It holds another version, or something else.
    """
    found = sorted(_files(package))
    if digest(found) != DIGEST:
        raise SurroundingsError(
            f"{package} is not {PACKAGE} {VERSION} as it was published. Delete that folder; "
            f"it is fetched again, or install it: npm install {PACKAGE}@{VERSION}"
        )
    return found


def digest(files: list[Path]) -> str:
    """SHA-256 over the name and the bytes of each file, in order."""
    whole = hashlib.sha256()
    for file in files:
        whole.update(f"{file.name}\n{hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _files(package: Path) -> Iterator[Path]:
    folder = package / _DIST
    for pattern in _PATTERNS:
        yield from folder.glob(pattern)


def unpacked(spec: str, folder: Path) -> Path:
    """The folder of a package that npm brought; no script of it runs.

    Args:
        spec: What npm is asked for: a name with a version, or a folder.
        folder: An empty one to unpack it in.

    Raises:
        SurroundingsError: npm is missing, or cannot bring it.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise SurroundingsError(
            "The editor in the browser comes from npm, which is not installed here. Install "
            "Node.js from nodejs.org, or take 'admin:' out of mkdocs.yml."
        )
    command = [npm, "pack", spec, "--ignore-scripts", "--silent", "--pack-destination", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    archives = list(folder.glob("*.tgz"))
    if done.returncode or not archives:
        said = done.stderr.strip().splitlines()
        raise SurroundingsError(f"npm cannot fetch {spec}: {said[0] if said else 'it is silent'}")
    package = folder / "package"
    _unpack(archives[0], package / _DIST)
    return package


def _unpack(archive: Path, place: Path) -> None:
    """Write the files that are published, and nothing else, whatever an archive may hold."""
    place.mkdir(parents=True)
    with tarfile.open(archive) as members:
        for member in members:
            folder, _, name = member.name.rpartition("/")
            wanted = any(fnmatch.fnmatchcase(name, pattern) for pattern in _PATTERNS)
            content = members.extractfile(member) if wanted else None
            if content is not None and folder == f"package/{_DIST}":
                (place / name).write_bytes(content.read())
