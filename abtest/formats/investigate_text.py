"""`abtest investigate`: three questions in order, each with its answer, in 80 columns."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

import click

from abtest.formats.escaping import log
from abtest.insight import StepState

if TYPE_CHECKING:
    from abtest.insight import Inquiry, Investigation

_COLUMNS = 80

#: How a step's state is marked, in words and in color.
_MARKS = {
    StepState.PASSED: ("passed", "green"),
    StepState.STOPPED: ("look here", "yellow"),
    StepState.NOT_REACHED: ("not asked yet", "bright_black"),
}


def render(found: Investigation) -> str:
    """The steps in order, then what to do next."""
    head = [click.style(log(f"{found.id}: expectations, profile, words"), bold=True)]
    head += _wrap(f"{found.title}, in: {found.experiment}")
    if found.sample:
        head.append("SAMPLE DATA, made up")
    if found.because:
        head += _wrap(f"Asked to the end because: {found.because}")
    steps = [line for number, step in enumerate(found.steps, 1) for line in _step(number, step)]
    end = ["", *_wrap(f"Next: {found.stopped.next}")]
    return "\n".join([*head, *steps, *end]) + "\n"


def _step(number: int, step: Inquiry) -> list[str]:
    word, color = _MARKS[step.state]
    head = f"{number}. {step.question} " + click.style(word, fg=color)
    lines = ["", head]
    if step.state is not StepState.NOT_REACHED:
        lines += _wrap(step.headline, "   ")
    for fact in step.facts:
        lines += _wrap(fact, "   - ")
    return lines


def _wrap(text: str, bullet: str = "") -> list[str]:
    return textwrap.wrap(
        log(text), _COLUMNS, initial_indent=bullet, subsequent_indent=" " * len(bullet)
    )
