"""What does `abtest check` of a whole team cost, beside merely parsing the same front matter?

    python benchmarks/bench_check.py [--small] [--sizes N ...]

Teams of N variants, two an experiment, eight rows of results and one or two messages each, no two
alike. PyYAML's C loader reads their front matter and does nothing else. `check` reads, validates
and criticizes everything: with nothing known, with nothing changed since, with one file edited.
People wait for less than the processor time, as the critique of a large team takes all processors;
the memory is that of the largest process.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from measuring import Cost, abtest, cost, least, options, python, table
from teams import write_team

_YAML = """
import pathlib, yaml
for path in pathlib.Path("messages").glob("*/?.md"):
    front = path.read_text("utf-8").partition("\\n---\\n")[0]
    yaml.load(front, Loader=yaml.CSafeLoader)
"""


def rows(folder: Path, variants: int, rounds: int) -> list[list[str]]:
    """The lines of the table for a team of that size."""
    files = write_team(folder, variants)
    text = files[0].read_text(encoding="utf-8")
    known = folder / "cache"
    ask = abtest("check", "--no-history")

    def forgotten() -> Cost:
        for file in known.glob("abtest/*/*"):
            file.unlink()
        return cost(ask, folder, XDG_CACHE_HOME=str(known))

    def unchanged() -> Cost:
        return cost(ask, folder, XDG_CACHE_HOME=str(known))

    def edited() -> Cost:
        files[0].write_text(f"{text}\nOne line more.\n", encoding="utf-8")
        took = unchanged()
        files[0].write_text(text, encoding="utf-8")
        return took

    ways = {
        "PyYAML's C loader, front matter only": lambda: cost(python(_YAML), folder),
        "check, nothing known": forgotten,
        "check, nothing changed": unchanged,
        "check, one file edited": edited,
    }
    found = least(ways, rounds)
    plain = next(iter(found.values()))
    return [
        [
            f"{variants:,}",
            way,
            f"{took.cpu:.2f}",
            f"{took.cpu / plain.cpu:.2f}",
            f"{1000 * took.cpu / variants:.2f}",
            f"{took.waited / plain.waited:.2f}",
            f"{took.megabytes:.0f}",
        ]
        for way, took in found.items()
    ]


def main() -> None:
    """Measure, and print the table."""
    parser = options(__doc__)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000], metavar="N")
    chosen = parser.parse_args()
    lines = []
    for size in [100] if chosen.small else chosen.sizes:
        with tempfile.TemporaryDirectory() as name:
            lines += rows(Path(name), size, 1 if chosen.small or size > 10_000 else 3)
    head = ("variants", "work", "CPU s", "× parsing", "ms a variant", "× waited", "MB")
    print(table(head, lines))


if __name__ == "__main__":
    main()
