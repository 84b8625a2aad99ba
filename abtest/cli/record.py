"""`abtest record`: add a row of results, or raise one."""

from __future__ import annotations

import datetime as dt
import difflib
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import click

from abtest.cli.naming import no_variant
from abtest.cli.options import DateType, Settings, common_options
from abtest.cli.output import show
from abtest.cli.record_told import state
from abtest.errors import ContentError, UsageError
from abtest.formats.escaping import log, plain
from abtest.messages.experiment_file import read_status
from abtest.messages.reader import load_plan
from abtest.messages.results import Vocabulary
from abtest.messages.rows import Change
from abtest.messages.sheet import Run
from abtest.messages.writer import Recorded, record
from abtest.plan import COUNTS, DIMENSIONS

#: What the help says of each built-in count.
_TOLD = {
    "sent": "Prospects contacted, each counted once.",
    "bounced": "Of those, never reached.",
    "responses": "People who answered.",
    "positive": "Answers that are good news.",
    "negative": "Answers that are a no.",
    "optouts": "People who want no more.",
    "meetings": "First meetings held.",
    "second_meetings": "Second meetings held.",
    "opportunities": "Deals opened.",
    "wins": "Deals won.",
    "amount": "Money won.",
}
_COUNT = re.compile(r"\+?[0-9]{1,12}")


class CountType(click.ParamType[str]):
    """`5`, or `+3` to raise what is there."""

    name = "count"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """The text, or a usage error that shows the form."""
        if not _COUNT.fullmatch(str(value)):
            self.fail(f"{value!r}: write a count such as 5, or +3 to raise it.", param, ctx)
        return str(value)


def _count_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """An option for every built-in count and dimension."""
    for name in reversed(DIMENSIONS):
        told = f"Only prospects of this {name}."
        function = click.option(f"--{name}", metavar="TEXT", help=told)(function)
    for name in reversed(COUNTS):
        flag = f"--{name.replace('_', '-')}"
        told = _TOLD[name]
        function = click.option(flag, name, type=CountType(), metavar="N|+N", help=told)(function)
    return function


@click.command()
@click.argument("name", metavar="EXPERIMENT/VARIANT")
@click.option("--rep", required=True, help="Who sent.")
@click.option("--date", type=DateType(), help="The day of the send (default: today).")
@_count_options
@click.option("--set", "declared", multiple=True, metavar="KEY=N", help="A count of plan.yml.")
@click.option("--dim", multiple=True, metavar="KEY=TEXT", help="A dimension of plan.yml.")
@click.option("--correct", is_flag=True, help="Let a count go down, to correct a mistake.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@common_options
def command(
    name: str,
    rep: str,
    date: dt.date | None,
    declared: tuple[str, ...],
    dim: tuple[str, ...],
    correct: bool,
    dry_run: bool,
    settings: Settings,
    **values: str | None,
) -> None:
    """Add a row of results, or raise the row of that rep and date.

    A late answer belongs to the day of its send: raise that row.

    \b
    abtest record dock-hours/ask-who --rep kim --sent 40 --responses 5
    abtest record dock-hours/ask-who --rep kim --date 2026-11-02 --responses +3
    """
    words = Vocabulary(load_plan(settings.messages, today=settings.today))
    given = {key: value for key in COUNTS if (value := values[key]) is not None}
    given |= _pairs(declared, words.counts, "count", CountType().convert)
    dimensions = {key: value for key in DIMENSIONS if (value := values[key]) is not None}
    dimensions |= _pairs(dim, words.dimensions, "dimension", lambda text, *_: text)
    if not given:
        raise UsageError("Say what to record: --sent 40 --responses 5")
    change = Change(
        rep=rep,
        date=date or settings.as_of,
        counts={key: int(text) for key, text in given.items() if not text.startswith("+")},
        raised={key: int(text) for key, text in given.items() if text.startswith("+")},
        dimensions=dimensions,
        correct=correct,
    )
    path = _path(settings, name)
    try:
        done = record(path, change, words, today=settings.today, dry_run=dry_run)
    except ContentError as error:
        show(f"abtest: Nothing was written.\n{_told(error)}", err=True)
        sys.exit(1)
    notes = _new_rep(done, rep) + _note(path.parent, settings)
    show(state(done, change, name, path, dry_run=dry_run) + notes)


def _told(error: ContentError) -> str:
    return "".join(f"{log(f'{found} {found.suggestion}')}\n" for found in error.findings)


def _new_rep(done: Recorded, rep: str) -> str:
    """Says so where a rep's first row looks like a slip of the pen."""
    rows = [cohort.rep for cohort in done.cohorts]
    near = difflib.get_close_matches(rep, set(rows) - {rep}, n=1)
    if rows.count(rep) > 1 or done.was or not near:
        return ""
    return f"Note: {plain(rep)} is new here. If you meant {plain(near[0])}, move the row.\n"


def _note(folder: Path, settings: Settings) -> str:
    """Says so where the experiment has not begun, or the team has decided or put it aside."""
    status = read_status(folder.as_posix(), Run(settings.today))
    if status == "draft":
        return (
            f"Note: {plain(folder.name)} is a draft. Write 'status: running' into its "
            "experiment.md, so that 'abtest check' looks at what is being sent.\n"
        )
    if status not in ("decided", "archived"):
        return ""
    return (
        f"Note: {plain(folder.name)} is {status}. Its rows still count, and the decision stays as "
        "it is written; a new question is a new experiment.\n"
    )


def _pairs(
    texts: Iterable[str],
    known: Iterable[str],
    what: str,
    convert: Callable[[str, None, None], str],
) -> dict[str, str]:
    """`KEY=VALUE` options as a mapping.

    Raises:
        UsageError: One has no `=`, or a key that plan.yml does not declare.
    """
    pairs = {}
    for text in texts:
        key, equals, value = text.partition("=")
        if not equals or key not in known:
            near = difflib.get_close_matches(key, list(known), n=1)
            hint = f"did you mean {near[0]}?" if near else "declare it in plan.yml first."
            raise UsageError(f"{text!r}: there is no {what} {key!r}; {hint}")
        pairs[key] = convert(value, None, None)
    return pairs


def _path(settings: Settings, name: str) -> Path:
    """The file of `<experiment>/<variant>`.

    Raises:
        UsageError: There is none.
    """
    experiment, _, variant = name.partition("/")
    folder = Path(settings.messages)
    path = folder / experiment / f"{variant}.md"
    known = [f"{p.parent.name}/{p.stem}" for p in folder.glob("*/*.md") if p.stem != "experiment"]
    if name in known:
        return path
    raise no_variant(name, known, settings.messages)
