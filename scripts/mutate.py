"""Break the code in small ways and see whether the tests notice: python scripts/mutate.py [GROUP…].

Needs mutmut (`pip install "abtest[nightly]"`). It works on a copy, so that the tree stays as it is.
A group is a few modules and the tests that are to notice. In each, 85 % of the mutants have to die;
tests/trust/SURVIVORS.md says why some live. All mutants take hours; `--sample 120` tries so many of
each group, always the same.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
KNOWN = ROOT / "tests" / "trust" / "SURVIVORS.md"

#: The share of mutants that has to die.
LEAST = 0.85

#: What pytest's exit codes mean here: 1 and 3 are killed, by a failing test or a crash.
_SURVIVED, _NO_TESTS = (0,), (5, 33)


class Group(NamedTuple):
    """Modules, below `abtest/`, and the tests that hold them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]


GROUPS = {
    "rates": Group(
        ("stats/anytime", "stats/proportion", "stats/counts", "stats/logbeta"),
        ("stats/test_proportion", "stats/test_vectors", "stats/test_edges_of_rates"),
    ),
    "pairs": Group(
        ("stats/compare", "stats/odds_ratio", "stats/mixture", "stats/multiplicity"),
        (
            "stats/test_compare",
            "stats/test_multiplicity",
            "stats/test_vectors",
            "stats/test_edges_of_pairs",
            "stats/test_totals",
            "stats/test_many_pairs",
        ),
    ),
    "reader": Group(
        ("messages/frontmatter", "messages/records", "messages/results", "messages/days"),
        ("messages/test_exact_findings", "messages/test_exact_rows", "messages/test_reader"),
    ),
    "record": Group(
        ("messages/rows", "messages/writer", "messages/rewriting"),
        ("messages/test_record", "messages/test_exact_records"),
    ),
    "tally": Group(
        ("outcomes/tally/query", "outcomes/tally/rows", "outcomes/tally/expressions"),
        ("outcomes/test_query_words", "outcomes/test_typed_rows", "outcomes/test_tally"),
    ),
}


def settings(group: Group) -> str:
    """What mutmut needs to know of a group, for pyproject.toml."""
    lists = {
        "source_paths": ["abtest"],
        "only_mutate": [f"abtest/{name}.py" for name in group.modules],
        "also_copy": ["messages", "scripts", "conftest.py", "README.md", "mkdocs.yml"],
        # Hundreds of kills show nothing of one change; mutmut cannot name tests of odd file names.
        "pytest_add_cli_args": [
            "-p",
            "no:cacheprovider",
            "-x",
            "-q",
            "-k",
            "not kill and not names",
        ],
        "pytest_add_cli_args_test_selection": [f"tests/{name}.py" for name in group.tests],
    }
    lines = (f"{key} = {json.dumps(value)}\n" for key, value in lists.items())
    return f"\n[tool.mutmut]\nuse_git_change_detection = false\n{''.join(lines)}"


def copy(folder: Path) -> None:
    """Put all that git knows, as it is now, into a folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, folder / name)


def outcomes(folder: Path) -> dict[str, int | None]:
    """Mutant → how its tests ended."""
    found: dict[str, int | None] = {}
    for meta in (folder / "mutants").rglob("*.meta"):
        found |= json.loads(meta.read_text("utf-8"))["exit_code_by_key"]
    return found


def change(folder: Path, mutant: str) -> str:
    """A mutant's change, as `function: - line + line`."""
    shown = subprocess.run(
        [sys.executable, "-m", "mutmut", "show", mutant],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    lines = [" ".join(x.split()) for x in shown.stdout.splitlines() if re.match(r"[-+](?![-+])", x)]
    name = mutant.removeprefix("abtest.").rpartition("__mutmut_")[0]
    return f"{re.sub(r'xǁ|x_(?=[^.]*$)', '', name).replace('ǁ', '.')}: {' '.join(lines)}"


def known() -> set[str]:
    """The survivors that are explained."""
    text = KNOWN.read_text("utf-8") if KNOWN.is_file() else ""
    return {line.strip() for line in text.splitlines() if line.startswith("    ")}


def mutmut(folder: Path, *names: str) -> str:
    """Run it on these mutants, or on all; what it says."""
    command = [sys.executable, "-m", "mutmut", "run", "--max-children", "2", *names]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    lines = f"{done.stdout}{done.stderr}".splitlines()
    return "\n".join(line[:500] for line in lines if not re.match("[⠀-⣿]", line))[-6000:]


def tried(folder: Path, sample: int) -> dict[str, int | None]:
    """Mutant → how its tests ended, of so many mutants; 0 for all."""
    chosen: list[str] = []
    if sample:
        mutmut(folder, "none of them")  # makes the mutants, and runs none
        names = sorted(outcomes(folder))
        chosen = random.Random(1).sample(names, min(sample, len(names)))
    said = mutmut(folder, *chosen)
    ended = outcomes(folder)
    ended = {name: ended.get(name) for name in chosen or ended}
    if not ended or None in ended.values():
        raise SystemExit(f"mutmut did not finish:\n{said}")
    return ended


def survivors(name: str, group: Group, sample: int) -> tuple[float, list[str]]:
    """Mutate a group: the share that dies, and the changes of those that live."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        copy(folder)
        with (folder / "pyproject.toml").open("a", encoding="utf-8") as file:
            file.write(settings(group))
        ended = tried(folder, sample)
        alive = [key for key, code in ended.items() if code in (*_SURVIVED, *_NO_TESTS)]
        share = 1 - len(alive) / len(ended)
        print(f"{name}: {len(alive)} of {len(ended)} live, {share:.1%} die", flush=True)
        return share, [change(folder, mutant) for mutant in alive]


def main(arguments: list[str]) -> int:
    """Mutate the named groups, or all; 1 where too many live."""
    parser = argparse.ArgumentParser(description="Break the code, see whether the tests notice.")
    # argparse looks for the empty list among the choices, too.
    parser.add_argument("groups", nargs="*", choices=[[], *GROUPS], metavar="GROUP")
    parser.add_argument("--sample", type=int, default=0, help="how many of each group; 0 for all")
    wanted = parser.parse_args(arguments)
    explained, least = known(), 1.0
    for name in wanted.groups or GROUPS:
        share, living = survivors(name, GROUPS[name], wanted.sample)
        least = min(least, share)
        for each in living:
            print(f"    {each}{'' if each in explained else '   <- not explained'}", flush=True)
    print(f"The least share that dies is {least:.1%}; {LEAST:.0%} have to.")
    return 1 if least < LEAST else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
