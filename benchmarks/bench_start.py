"""How long do the commands take to start that people run all day?

    python benchmarks/bench_start.py [--small] [--beside PYTHON]

`abtest --help` is held against importing click, `abtest check` of one file in a team of one
experiment under git against importing yaml, click and pydantic, as any reader of such files would.
PYTHON is an interpreter that has pydantic, if this one has not.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Callable
from itertools import count
from pathlib import Path

from measuring import Cost, abtest, cost, least, options, python, table
from teams import write_team

_READING = "import yaml, click, pydantic"
_PYDANTIC = "import yaml, click; from pydantic import BaseModel"


def git(folder: Path, *arguments: str) -> None:
    """Run git as a person called Kim."""
    who = ("-c", "user.name=Kim", "-c", "user.email=kim@brightline.example")
    subprocess.run(["git", *who, *arguments], cwd=folder, check=True, capture_output=True)


def ways(folder: Path, beside: str) -> dict[str, Callable[[], Cost]]:
    """What is measured, by name."""
    file = write_team(folder, 2)[0]
    for arguments in (("init", "-q"), ("add", "-A"), ("commit", "-q", "-m", "Begin")):
        git(folder, *arguments)
    check = abtest("check", file.relative_to(folder).as_posix())
    text, number = file.read_text(encoding="utf-8"), count()

    def edited() -> Cost:
        file.write_text(f"{text}\nEdit {next(number)}.\n", encoding="utf-8")
        return cost(check, folder)

    def unchanged() -> Cost:
        cost(check, folder)
        return cost(check, folder)

    return {
        "import click": lambda: cost(python("import click")),
        "abtest --help": lambda: cost(abtest("--help")),
        _READING: lambda: cost([beside, "-c", _PYDANTIC]),
        "abtest check FILE, unchanged": unchanged,
        "abtest check FILE, just edited": edited,
    }


def main() -> None:
    """Measure, and print the table."""
    parser = options(__doc__)
    parser.add_argument("--beside", default=sys.executable, metavar="PYTHON")
    chosen = parser.parse_args()
    has = subprocess.run([chosen.beside, "-c", _PYDANTIC], capture_output=True).returncode == 0
    with tempfile.TemporaryDirectory() as name:
        measured = ways(Path(name), chosen.beside)
        if not has:
            del measured[_READING]
            print("(pydantic is not installed, and not measured)", file=sys.stderr)
        found = least(measured, 2 if chosen.small else 15)
    beside = {"abtest --help": "import click"}
    rows = []
    for way, took in found.items():
        other = way if way.startswith("import") else beside.get(way, _READING)
        ratio = f"{took.cpu / found[other].cpu:.2f}" if other in found else "–"
        rows.append([way, f"{1000 * took.cpu:.0f}", ratio])
    print(table(("start-up", "ms", "× the import above it"), rows))


if __name__ == "__main__":
    main()
