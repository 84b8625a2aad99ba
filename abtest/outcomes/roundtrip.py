"""All results as a table for spreadsheets, and the same table as rows again, without loss."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from abtest.errors import AbtestError
from abtest.messages.results import BY_TOUCH
from abtest.outcomes.importing.cohorts import Imported
from abtest.spreadsheet import csv_text, unquoted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from abtest.model import Cohort, Experiment, Experiments
    from abtest.outcomes.tables.delimited import Opened
    from abtest.plan import Plan

_HEAD = ("experiment", "variant", "rep", "date")
_COUNT = re.compile(r"\d{1,12}(?:\.0)?")


def export(experiments: Experiments, chosen: Sequence[Experiment]) -> str:
    """The rows of experiments as CSV: one line a row, a blank cell where a row says nothing."""
    plan = experiments.plan
    rows = (
        _line(experiment, variant.name, cohort, plan)
        for experiment in chosen
        for variant in experiment
        for cohort in variant.cohorts
    )
    return csv_text((*_HEAD, *plan.all_counts, BY_TOUCH, *plan.all_dimensions), rows)


def is_export(header: Sequence[str]) -> bool:
    """Whether a table is one that `export` wrote."""
    return tuple(header[: len(_HEAD)]) == _HEAD and "sent" in header


def read_back(name: str, opened: Opened, experiment: Experiment, plan: Plan) -> list[Imported]:
    """The rows of one experiment; those of others are left out with a word.

    Raises:
        AbtestError: A line is not as `export` wrote it.
    """
    unknown = set(opened.header) - {
        *_HEAD, *plan.all_counts, BY_TOUCH, *plan.all_dimensions
    }  # fmt: skip
    if unknown:
        raise AbtestError(
            f"{name}: {', '.join(sorted(unknown))} is no count and no dimension; plan.yml declares "
            "further ones."
        )
    found = []
    for line, cells in opened.rows:
        named = dict(zip(opened.header, map(unquoted, cells), strict=True))
        if named["experiment"] == experiment.id:
            found.append(_row(f"{name}:{line}", named, experiment, plan))
        else:
            opened.skipped.add(f"it is of {named['experiment']}", line)
    return found


def _line(
    experiment: Experiment, variant: str, cohort: Cohort, plan: Plan
) -> Iterator[str | int | None]:
    yield from (experiment.id, variant, cohort.rep, cohort.date.isoformat())
    yield from (cohort.counts.get(key) for key in plan.all_counts)
    yield " ".join(map(str, cohort.responses_by_touch))
    yield from (cohort.dimensions.get(key) for key in plan.all_dimensions)


def _row(place: str, named: dict[str, str], experiment: Experiment, plan: Plan) -> Imported:
    if named["variant"] not in experiment.variants:
        raise AbtestError(
            f"{place}: {experiment.id} has no variant {named['variant']!r}; "
            f"it has {', '.join(experiment.variants)}."
        )
    try:
        date = dt.date.fromisoformat(named["date"].strip())
    except ValueError as error:
        raise AbtestError(
            f"{place}: {named['date']!r} is no date such as 2026-11-02. A spreadsheet may have "
            "rewritten the column; format it as text."
        ) from error
    counts = {
        key: _count(place, key, named[key]) for key in plan.all_counts if named.get(key, "").strip()
    }
    touches = tuple(_count(place, BY_TOUCH, cell) for cell in named.get(BY_TOUCH, "").split())
    dimensions = {key: named[key] for key in plan.all_dimensions if named.get(key)}
    return Imported(named["variant"], named["rep"], date, counts, dimensions, touches)


def _count(place: str, key: str, cell: str) -> int:
    plain = cell.strip()
    if not _COUNT.fullmatch(plain):
        raise AbtestError(f"{place}: {key} is {cell!r}; a count is digits alone.")
    return int(plain.partition(".")[0])
