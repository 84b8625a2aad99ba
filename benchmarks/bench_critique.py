"""What does the critique of a message cost, beside merely cutting it into words?

    python benchmarks/bench_critique.py [--small]

runs all rules on the variants of the tests' corpus, each time on fresh texts, and compares
processor time a message with that of tokenizing alone, and with that of PyYAML's C loader on the
front matter of one variant with 24 rows of results. Only the ratios mean anything.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import yaml
from measuring import options, table

from abtest.critique.run import findings
from abtest.critique.words import tokens
from abtest.messages.reader import load
from abtest.model import Experiments

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "tests" / "critique"))

from critique_examples import files_of, write  # noqa: E402  the path is set just above

FRONT_MATTER = "title: One\nauthor: kim\nresults:\n" + "".join(
    f"  {rep}:\n"
    + "".join(
        f"    - {{date: 2026-10-{day:02}, sent: 40, bounced: 1, responses: 5, meetings: 2}}\n"
        for day in range(1, 9)
    )
    for rep in ("kim", "lee", "max")
)


def corpus(folder: Path) -> list[Experiments]:
    """Every team of the tests' corpus, written into a folder of its own."""
    teams = []
    for path in sorted((ROOT / "tests" / "critique" / "corpus").glob("*.txt")):
        root = folder / path.stem
        write(files_of(path.read_text(encoding="utf-8"), "email"), root)
        teams.append(load(root, today=dt.date(2026, 11, 22)))
    return teams


def milliseconds(task: Callable[[], object], rounds: int, messages: int) -> float:
    """The least processor time of a round, by message."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        task()
        times.append(time.process_time() - start)
    return 1000 * min(times) / messages


def main(rounds: int) -> None:
    """Measure, and print."""
    with tempfile.TemporaryDirectory() as name:
        teams = corpus(Path(name))
    variants = [(v, team["e"], team.plan) for team in teams for v in team["e"]]
    texts = [touch.text for v, _, _ in variants for touch in v.touches]
    count = len(texts)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    def critique() -> None:
        for variant, experiment, plan in variants:
            findings(variant, experiment, plan)

    warm = milliseconds(critique, rounds, count)
    words = milliseconds(lambda: [tokens(text) for text in texts], rounds, count)
    front = milliseconds(lambda: yaml.load(FRONT_MATTER, Loader=loader), rounds, 1)
    works = {
        "front matter of 24 rows, PyYAML's C loader": front,
        "a message cut into words": words,
        "all rules on a message": warm,
    }
    rows = [[work, f"{took:.3f}", f"{took / front:.2f}"] for work, took in works.items()]
    print(table((f"{count} messages", "ms", "× front matter"), rows))


if __name__ == "__main__":
    main(1 if options(__doc__).parse_args().small else 5)
