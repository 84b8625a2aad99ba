"""What the benchmarks share: processor time of a process, and tables of ratios.

A time is user and system time of a process and its children, the least of several runs in turns, so
that other work on the machine slows all alike. Only ratios carry over to other machines.
"""

from __future__ import annotations

import argparse
import math
import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Cost:
    """What a process took.

    Attributes:
        cpu: Seconds of processor time, of its children too.
        megabytes: Its greatest resident memory.
        waited: Seconds until it was done.
    """

    cpu: float
    megabytes: float
    waited: float


def cost(command: Sequence[str], folder: Path | None = None, **environment: str) -> Cost:
    """What a command takes, as one that is installed: its output is thrown away, its bytecode kept.

    Raises:
        SystemExit: It failed.
    """
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    kept |= environment
    start = time.perf_counter()
    with subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, env=kept) as process:
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{' '.join(command)} exited with {process.returncode}")
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, time.perf_counter() - start)


#: Dearer than any.
_NEVER = Cost(math.inf, 0, math.inf)


def least(ways: Mapping[str, Callable[[], Cost]], rounds: int) -> dict[str, Cost]:
    """The cheapest run of each way, in turns."""
    found: dict[str, Cost] = {}
    for _ in range(rounds):
        for name, run in ways.items():
            found[name] = min(run(), found.get(name, _NEVER), key=lambda c: c.cpu)
    return found


def python(program: str) -> list[str]:
    """The command that runs a program of Python."""
    return [sys.executable, "-c", program]


def abtest(*arguments: str) -> list[str]:
    """The command that runs abtest as its script does."""
    return [*python("from abtest.cli import main; main()"), *arguments]


def options(description: str | None) -> argparse.ArgumentParser:
    """The options that every benchmark has: `--small` shows that it runs, in seconds."""
    parser = argparse.ArgumentParser(
        description=description, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--small", action="store_true", help="few and small: seconds, no figures")
    return parser


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown; all but the first column are numbers."""
    rule = ["---", *("---:" for _ in head[1:])]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *rows))
