"""`abtest doctor`: is everything there that abtest needs, and what is the cure if not?"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.workspace.checkup import Diagnosis, State, examine

_COLORS = {State.OK: "green", State.ADVICE: "yellow", State.PROBLEM: "red"}
_WIDTH = max(map(len, State)) + 2


@click.command()
@common_options
def command(settings: Settings) -> None:
    """Look at the machine, the repository, the content and the site, and say what helps.

    The exit code is 1 if there is a problem; advice alone is no problem.

    \b
    abtest doctor
    """
    found = list(examine(Path(), settings.messages, settings.today))
    for diagnosis in found:
        show(_line(diagnosis))
    counts = Counter(diagnosis.state for diagnosis in found)
    show(_closing(counts[State.PROBLEM], counts[State.ADVICE]))
    sys.exit(bool(counts[State.PROBLEM]))


def _line(diagnosis: Diagnosis) -> str:
    mark = click.style(f"{diagnosis.state:<{_WIDTH}}", fg=_COLORS[diagnosis.state])
    cure = f"\n{'':<{_WIDTH}}→ {diagnosis.cure}" if diagnosis.cure else ""
    return f"{mark}{diagnosis.text}{cure}\n"


def _closing(problems: int, advised: int) -> str:
    if problems:
        return f"\nMend the {_number(problems, 'problem')} first; each line says how.\n"
    if advised:
        return f"\nEverything works. {_number(advised, 'line')} of advice above.\n"
    return "\nEverything is in order.\n"


def _number(count: int, noun: str) -> str:
    return f"{count} {noun}{'' if count == 1 else 's'}"
