"""All benchmarks, one after the other, as tables in Markdown.

    python benchmarks                      everything: about an hour, on a quiet machine
    python benchmarks --small              does everything run? A few minutes, no figures
    python benchmarks check history        some of them
    python benchmarks --write [NAME ...]   and put their tables into the page of the documentation

A benchmark is a file `bench_<name>.py` beside this one that prints a table and knows `--small`; a
new file is found. One that fails says so in the place of its table.
"""

from __future__ import annotations

import argparse
import ast
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
PAGE = HERE.parent / "site_src" / "docs" / "why" / "how-fast.md"
BEGIN, END = "<!-- tables: python benchmarks --write -->", "<!-- end of tables -->"


def benchmarks(names: Sequence[str]) -> list[Path]:
    """The benchmarks with these names, all without any.

    Raises:
        SystemExit: There is none of a name.
    """
    found = {path.stem.removeprefix("bench_"): path for path in sorted(HERE.glob("bench_*.py"))}
    for name in names:
        if name not in found:
            raise SystemExit(f"There is no benchmark {name}; there are: {', '.join(found)}.")
    return [path for name, path in found.items() if not names or name in names]


def question(benchmark: Path) -> str:
    """The heading of a benchmark: the first line of what it says of itself."""
    source = ast.parse(benchmark.read_text(encoding="utf-8"))
    return "### " + (ast.get_docstring(source) or benchmark.stem).partition("\n")[0]


def run(benchmark: Path, *, small: bool) -> str:
    """What a benchmark prints, under its question."""
    print(f"{benchmark.name} …", file=sys.stderr, flush=True)
    said = printed(benchmark, *(["--small"] if small else []))
    return f"{question(benchmark)}\n\n{said}\n\n"


def printed(benchmark: Path, *arguments: str) -> str:
    """The tables of a benchmark, and whether it failed."""
    command = [sys.executable, str(benchmark), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    said = done.stdout.strip()
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        said = f"{said}\n\nThis did not finish well: {last}".strip()
    return said


def write(tables: Sequence[str]) -> None:
    """Put tables into the page, in the place of those of the same benchmarks."""
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(BEGIN)
    known, _, after = rest.partition(END)
    parts = {
        part.partition("\n")[0]: part for part in re.split(r"^(?=### )", known, flags=re.M)[1:]
    }
    parts |= {part.partition("\n")[0]: part for part in tables}
    ordered = (parts.get(question(benchmark), "") for benchmark in benchmarks(()))
    PAGE.write_text(f"{before}{BEGIN}\n\n{''.join(ordered)}{END}{after}", encoding="utf-8")


def main() -> None:
    """Run, print, and write if asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("--small", action="store_true", help="does everything run?")
    parser.add_argument("--write", action="store_true", help=f"into {PAGE.name}")
    chosen = parser.parse_args()
    if chosen.write and chosen.small:
        parser.error("--small gives no figures to write.")
    tables = []
    for benchmark in benchmarks(chosen.names):
        tables.append(run(benchmark, small=chosen.small))
        print(tables[-1], end="", flush=True)
    if chosen.write:
        write(tables)


if __name__ == "__main__":
    main()
