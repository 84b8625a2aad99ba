"""`abtest import`: counts from the exports of other tools, or from where the log lives."""

from __future__ import annotations

import datetime as dt
import sys
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

import click

from abtest.cli import import_told
from abtest.cli.options import DateType, Settings, common_options
from abtest.cli.output import show
from abtest.errors import AbtestError, UsageError
from abtest.formats.escaping import plain
from abtest.outcomes.importing.importer import Importer
from abtest.outcomes.importing.saved import read_mappings, write_mappings
from abtest.outcomes.importing.sources import TypedSource, open_files
from abtest.outcomes.importing.writing import rewritten, write
from abtest.outcomes.private import Private
from abtest.outcomes.roundtrip import is_export, read_back
from abtest.outcomes.tables.opening import is_parquet, open_rows
from abtest.outcomes.tally.warehouse import open_engine

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.messages.rewriting import Rewriting
    from abtest.model import Experiment, Experiments
    from abtest.outcomes.importing.changes import Changes
    from abtest.outcomes.importing.cohorts import Imported
    from abtest.outcomes.importing.sources import Source
    from abtest.outcomes.importing.wishes import Question
    from abtest.outcomes.mapping import ColumnMapping
    from abtest.plan import Plan


@click.command()
@click.argument("experiment")
@click.argument(
    "files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="FILE…"
)
@click.option(
    "--from", "source", metavar="SOURCE", help="postgres://…, spark, a .duckdb file, *.parquet."
)
@click.option("--table", metavar="NAME", help="The table of that source.")
@click.option("--variant", metavar="NAME", help="The variant of every row.")
@click.option("--rep", metavar="NAME", help="The rep of every row.")
@click.option("--date", type=DateType(), help="The date of rows that have none.")
@click.option("--column", multiple=True, metavar="HEADER=ROLE", help="What a column is.")
@click.option("--value", multiple=True, metavar="ROLE:VALUE=MEANING", help="What a value means.")
@click.option("--keep", multiple=True, metavar="KEY", help="Tell rows apart by this dimension.")
@click.option("--labels", type=click.Path(exists=True, dir_okay=False, path_type=Path),
              metavar="FILE", help="Labels of codes: a table of id, label.")  # fmt: skip
@click.option("--day-first/--month-first", default=None, help="Whether 3/4 is in April.")
@click.option("--cumulative/--per-period", default=None, help="Whether a summary counts so far.")
@click.option("--by", type=click.Choice(["day", "week"]), default="day", show_default=True,
              help="One row a day of sending, or one a week.")  # fmt: skip
@click.option("--replace", is_flag=True, help="Let the import's numbers replace larger ones.")
@click.option("--yes", is_flag=True, help="Take the mapping without asking.")
@click.option("--dry-run", is_flag=True, help="Only show what would change.")
@common_options
def command(
    experiment: str,
    files: tuple[Path, ...],
    source: str | None,
    table: str | None,
    variant: str | None,
    rep: str | None,
    date: dt.date | None,
    column: tuple[str, ...],
    value: tuple[str, ...],
    keep: tuple[str, ...],
    labels: Path | None,
    day_first: bool | None,
    cumulative: bool | None,
    by: str,
    replace: bool,
    yes: bool,
    dry_run: bool,
    settings: Settings,
) -> None:
    """Counts for EXPERIMENT from exports: CSV, TSV, XLSX, Parquet; or from a warehouse.

    Prospects are counted once, however many rows they have. Nothing of them is written; opens,
    clicks and dials are left out. The mapping is shown first, and kept for next time.

    \b
    abtest import denver-ramp apollo.csv
    abtest import denver-ramp mails.csv calls.xlsx --keep industry
    abtest import denver-ramp --from postgres://db.example/log --table events
    """
    from abtest.cli.content import load, only
    from abtest.outcomes.importing.changes import compare
    from abtest.outcomes.importing.wishes import Wishes

    experiments = load(settings)
    chosen = only(experiments, [experiment])[experiment]
    wishes = Wishes(
        variant=variant and variant.removeprefix(f"{experiment}/"),
        rep=rep,
        date=date,
        columns=_pairs("--column", column),
        values=_values(value),
        keep=keep,
        day_first=day_first,
        cumulative=cumulative,
        labels=_labels(labels),
    )
    asking = sys.stdin.isatty() and not yes
    weekly = by == "week"
    mappings: tuple[ColumnMapping, ...] = ()
    if _is_own_export(files):
        rows = _read_own(files, chosen, experiments.plan)
    else:
        importer = _importer(experiments, chosen, settings, asking=asking)
        with ExitStack() as opened:
            sources = []
            for each in _open(files, source, table):
                opened.callback(each.close)
                sources.append(each)
            import_ = importer.understand(sources, wishes, read_mappings(chosen))
            show("\n".join(import_told.mapping_told(import_)) + "\n")
            rows, notes = importer.rows(import_, weekly=weekly)
        mappings = import_.mappings
        show("".join(f"{line}\n" for line in (*import_told.skipped_told(sources), *notes)))
    changes = compare(rows, chosen, weekly=weekly, replace=replace)
    show("\n".join(import_told.changes_told(changes)) + "\n")
    files_ = rewritten(chosen, changes, experiments.plan, settings.today)
    if dry_run or not _confirmed(changes, yes=yes, asking=asking):
        show("Nothing was written.\n")
        sys.exit(0 if dry_run or asking else 1)
    _write(files_, chosen, mappings)


def _write(
    files: Sequence[Rewriting], chosen: Experiment, mappings: Sequence[ColumnMapping]
) -> None:
    for file in files:
        write(file)
        show(f"Wrote {file.path}.\n")
    kept = write_mappings(chosen, mappings) if mappings else None
    if kept:
        show(f"Wrote {kept}: the mapping, for next time.\n")


def _confirmed(changes: Changes, *, yes: bool, asking: bool) -> bool:
    if yes or not changes.rows:
        return True
    if asking:
        return click.confirm(f"Write {len(changes.rows):,} rows?")
    show("Add --yes to take this mapping.\n", err=True)
    return False


def _open(files: tuple[Path, ...], source: str | None, table: str | None) -> Iterator[Source]:
    if bool(files) == bool(source):
        raise UsageError("Name the files to import, or where the log lives with --from.")
    if source:
        yield TypedSource(source, open_engine(source, table))
    else:
        yield from open_files(files)


def _importer(
    experiments: Experiments, chosen: Experiment, settings: Settings, *, asking: bool
) -> Importer:
    ask = _asked if asking else _refused
    return Importer(
        chosen, experiments.plan, Private(), ask, day=settings.as_of, today=settings.today
    )


def _asked(question: Question) -> str:
    choices = click.Choice(question.choices) if question.choices else None
    answer: str = click.prompt(plain(question.text), type=choices)
    return answer


def _refused(question: Question) -> str:
    choices = f" ({', '.join(question.choices)})" if question.choices else ""
    raise AbtestError(f"{plain(question.text)}{choices} Say it with {question.option}.")


def _is_own_export(files: tuple[Path, ...]) -> bool:
    return len(files) == 1 and not is_parquet(files[0]) and is_export(open_rows(files[0]).header)


def _read_own(files: tuple[Path, ...], chosen: Experiment, plan: Plan) -> list[Imported]:
    (path,) = files
    opened = open_rows(path)
    rows = read_back(str(path), opened, chosen, plan)
    for sentence in opened.skipped.sentences():
        show(f"{path}: {plain(sentence)}.\n")
    return rows


def _pairs(option: str, texts: Sequence[str]) -> dict[str, str]:
    """`HEADER=ROLE` options; a header may hold `=` itself."""
    found = {}
    for text in texts:
        left, equals, right = text.rpartition("=")
        if not equals or not left:
            raise UsageError(f"{option} {text!r}: write it as {option} HEADER=ROLE.")
        found[left] = right.strip()
    return found


def _values(texts: Sequence[str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for text, meaning in _pairs("--value", texts).items():
        role, colon, value = text.partition(":")
        if not colon or role not in ("variant", "rep", "event"):
            raise UsageError(
                f"--value {text!r}: write a role, a value and its meaning, such as "
                '--value "event:Left VM=sent" or --value "variant:Sequence A=offer".'
            )
        found.setdefault(role, {})[value] = "" if meaning == "none" else meaning
    return found


def _labels(path: Path | None) -> dict[str, str]:
    """Code → label, from a table with a column for each."""
    if path is None:
        return {}
    opened = open_rows(path)
    names = {name.casefold(): number for number, name in enumerate(opened.header)}
    if not {"id", "label"} <= names.keys():
        raise UsageError(f"{path} needs the columns id and label.")
    return {row.cells[names["id"]]: row.cells[names["label"]] for row in opened.rows}
