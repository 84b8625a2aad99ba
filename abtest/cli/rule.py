"""`abtest rule`: a rule's page, or the list of all."""

from __future__ import annotations

import difflib

import click

from abtest.cli.output import show
from abtest.critique import rule


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """What a rule finds, why, on what evidence, and how to switch it off.

    Without CODE, all rules on a line each.

    \b
    abtest rule VM001
    """
    show(rule.page(_known(code)) if code else _all())


def _known(typed: str) -> str:
    """The code as it is written, whatever case it was typed in."""
    code = typed.strip().upper()
    if code not in rule.codes():
        near = difflib.get_close_matches(code, rule.codes(), n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else "See 'abtest rule'."
        raise click.BadParameter(f"There is no rule {code!r}. {hint}", param_hint="CODE")
    return code


def _all() -> str:
    return "".join(f"{code}  {rule.title(code)}\n" for code in rule.codes())
