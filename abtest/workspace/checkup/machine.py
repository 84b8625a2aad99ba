"""The machine: Python, the packages that abtest needs, the terminal."""

from __future__ import annotations

import codecs
import platform
import re
import sys
from collections.abc import Iterator
from importlib import metadata

from abtest.workspace.checkup.diagnosis import Diagnosis, ok, problem
from abtest.workspace.origin import installed_requirement

_OLDEST = (3, 11)
_NAME = re.compile(r"[A-Za-z0-9._-]+")
_BOUND = re.compile(r"(>=|<)\s*([0-9.]+)")


def examine() -> Iterator[Diagnosis]:
    """What can be said of this machine."""
    yield python(sys.version_info[:3])
    yield packages(metadata.requires("abtest") or [])
    yield terminal(getattr(sys.stdout, "encoding", None) or "ascii")
    yield ok("chromium, npm and Java are not needed: only the tests of abtest itself use them")


def python(version: tuple[int, ...]) -> Diagnosis:
    """Is this Python new enough?"""
    shown = ".".join(map(str, version))
    if version < _OLDEST:
        return problem(
            f"Python is {shown}; abtest needs 3.11 or later",
            "Install a newer Python from python.org, then make the environment again: "
            "python3.12 -m venv .venv",
        )
    return ok(f"Python {shown} on {platform.system()}")


def packages(requirements: list[str]) -> Diagnosis:
    """Are all packages there, in versions that work?

    Args:
        requirements: As a package's metadata has them: `mkdocs<2,>=1.6.1`; those of extras
            do not count.
    """
    needed = [each for each in requirements if "extra ==" not in each]
    wrong = [said for each in needed if (said := _wrong(each))]
    if wrong:
        return problem(
            f"Packages are missing or of the wrong version: {', '.join(wrong)}",
            f'pip install --upgrade "{installed_requirement() or "PATH-OR-GIT-URL-OF-abtest"}"',
        )
    return ok(f"abtest {metadata.version('abtest')} with its {len(needed)} packages")


def terminal(encoding: str) -> Diagnosis:
    """Can the terminal show what abtest prints?"""
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        name = encoding
    if name != "utf-8":
        return problem(
            f"The terminal takes {name}, so names and dashes may come out wrong or not at all",
            "Set PYTHONUTF8=1 in the environment; on Linux a locale such as LANG=C.UTF-8.",
        )
    return ok("The terminal takes UTF-8")


def _wrong(requirement: str) -> str:
    """What is wrong with a required package; empty if nothing is."""
    match = _NAME.match(requirement)
    name = match[0] if match else requirement
    try:
        found = metadata.version(name)
    except metadata.PackageNotFoundError:
        return f"{name} is missing"
    bounds = _BOUND.findall(requirement.partition(";")[0])
    fits = all(
        (_numbers(found) >= _numbers(bound)) is (relation == ">=") for relation, bound in bounds
    )
    return "" if fits else f"{name} is {found}"


def _numbers(version: str) -> tuple[int, ...]:
    """A release as numbers that compare: trailing zeros do not count, nor does a suffix.

    >>> _numbers("1.6.0rc1") == _numbers("1.6")
    True
    """
    release = re.match(r"[0-9]+(?:\.[0-9]+)*", version)
    numbers = [int(part) for part in release[0].split(".")] if release else []
    while numbers and not numbers[-1]:
        numbers.pop()
    return tuple(numbers)
