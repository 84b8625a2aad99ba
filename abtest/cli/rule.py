"""`abtest rule`: a rule's page, or the list of all."""

from __future__ import annotations

import difflib
import re
import sys

import click

from abtest.cli.output import show
from abtest.critique import rule
from abtest.formats.prose import fitted
from abtest.messages.codes import CODES


@click.command()
@click.argument("code", required=False)
def command(code: str | None) -> None:
    """What a rule finds, why, on what evidence, and how to switch it off.

    Without CODE, all codes on a line each: the critic's rules, then what the reader of the files
    refuses.

    \b
    abtest rule VM001
    """
    page = _page(_known(code)) if code else _all()
    show(fitted(page) if code and sys.stdout.isatty() else page)


def _known(typed: str) -> str:
    """The code as it is written, whatever case it was typed in."""
    code = typed.strip().upper()
    known = (*rule.codes(), *CODES)
    if code not in known:
        padded = re.sub(r"\d+", lambda digits: digits[0].zfill(3), code)
        near = difflib.get_close_matches(padded, known, n=1, cutoff=0.5)
        hint = f"Did you mean {near[0]}?" if near else "See 'abtest rule'."
        raise click.BadParameter(f"There is no rule {code!r}. {hint}", param_hint="CODE")
    return code


def _page(code: str) -> str:
    if code in rule.codes():
        return rule.page(code)
    told = CODES[code]
    return f"# {code}: {told.title}\n\n{told.why}\n\n## What to do\n\n{told.cure}\n"


def _all() -> str:
    titles = {code: rule.title(code).rstrip(".") for code in rule.codes()}
    for code, told in sorted(CODES.items()):
        titles.setdefault(code, told.title)
    return "".join(f"{code}  {title}\n" for code, title in titles.items())
