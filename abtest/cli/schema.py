"""`abtest schema`: JSON Schema of the files, and of what commands print as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.messages.plan_file import read_plan
from abtest.messages.reader import PLAN_FILE
from abtest.messages.schema import FILES, file_schema
from abtest.messages.sheet import Run
from abtest.plan import Plan

#: What commands print as JSON; told apart from what people write.
_PRINTED = ("report", "check", "diff")


@click.command()
@click.argument("what", type=click.Choice([*FILES, *_PRINTED]), default="variant")
@common_options
def command(what: str, settings: Settings) -> None:
    """JSON Schema (draft 2020-12) of a file's front matter, or of what a command prints as JSON.

    Editors check and complete with it. The counts and dimensions that plan.yml declares are
    known to it.

    \b
    abtest schema experiment > .schemas/experiment.json
    """
    schema = _printed(what) if what in _PRINTED else file_schema(what, _plan(settings))
    show(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")


def _printed(command: str) -> dict[str, Any]:
    from abtest.cli.change_schema import check_schema, diff_schema
    from abtest.cli.report_schema import report_schema

    return {"report": report_schema, "check": check_schema, "diff": diff_schema}[command]()


def _plan(settings: Settings) -> Plan | None:
    """The team's plan; None where there is none that can be read."""
    path = Path(settings.messages) / PLAN_FILE
    if not path.is_file():
        return None
    sheet = Run(settings.today).sheet(str(path))
    plan = read_plan(str(path), sheet)
    return None if sheet.errors else plan
