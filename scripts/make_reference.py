"""Write the reference pages of the documentation from the code: python scripts/make_reference.py.

Commands come from click, files from the tables that read them, the report from its schema, the
Python names from their docstrings. A test holds the pages to what this makes.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import click
from mkdocs.config.base import Config
from mkdocs.config.config_options import SubConfig
from reference_words import COUNTS, DIMENSIONS, KEYS, OPTIONS

import abtest
from abtest import formats, plan
from abtest.cli import COMMANDS
from abtest.cli import abtest as cli
from abtest.cli.report_schema import report_schema
from abtest.messages import fields, kinds
from abtest.messages.assumptions_file import ASSUMPTIONS
from abtest.messages.records import Record
from abtest.site.options import AbtestConfig

PLACE = Path(__file__).parents[1] / "site_src" / "docs" / "reference"

_FILES = {
    "plan.yml": ("The numbers that decide, in `messages/plan.yml`.", fields.PLAN),
    "experiment.md": ("A folder is an experiment; this file asks its question.", fields.EXPERIMENT),
    "VARIANT.md": ("A file is a variant: its words below, what came of it here.", fields.VARIANT),
    "reviews/ANYTHING.md": ("A critique or a role-play, one file each.", fields.REVIEW),
    "assumptions.yml": ("Your own values for what nobody measured; optional.", ASSUMPTIONS),
}


def pages() -> dict[str, str]:
    """File name → text of every reference page."""
    made = {
        "commands.md": commands(),
        "files.md": files(),
        "metrics.md": metrics(),
        "report.md": report(),
        "python.md": python(),
    }
    return {name: "\n".join(lines) + "\n" for name, lines in made.items()}


def commands() -> Iterator[str]:
    """Every command with its options and examples."""
    yield from _head("Commands", "In the order of a team's week. Each knows `--help`.")
    yield "Exit codes: 0 fine; 1 findings, or content that cannot be read; 2 wrong usage; 3 a bug"
    yield "of ours; 130 interrupted."
    yield ""
    top = click.Context(cli, info_name="abtest")
    for name in COMMANDS:
        found = cli.get_command(top, name)
        assert found is not None
        yield from _command(f"abtest {name}", found)
        for sub, child in getattr(found, "commands", {}).items():
            yield from _command(f"abtest {name} {sub}", child)


def _command(name: str, command: click.Command) -> Iterator[str]:
    text = inspect.cleandoc(command.help or "").replace("\\b", "\b")
    words, _, examples = text.partition("\b\n")
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    usage = " ".join([name, *(p.metavar or (p.name or "").upper() for p in arguments)])
    yield from (f"## {name}", "", f"`{usage}`", "", words.strip(), "")
    if examples:
        yield from ("```text", examples.rstrip(), "```", "")
    options = [p for p in command.params if isinstance(p, click.Option) and p.help != _HELP]
    if options:
        yield from ("| option | does |", "|---|---|")
        yield from (_option(option) for option in options)
        yield ""


_HELP = "Show this message and exit."


def _option(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    choices = ""
    if isinstance(option.type, click.Choice):
        choices = f" One of {', '.join(f'`{choice}`' for choice in option.type.choices)}."
    return f"| {names} | {_cell((option.help or 'The count of that name.') + choices)} |"


def files() -> Iterator[str]:
    """Every key of every file."""
    yield from _head("Files", "Everything a team edits: text files in the folder `messages`.")
    yield "A name of a folder or file is its id: lower-case letters, digits and dashes."
    yield "Keys marked with * must be there."
    yield ""
    for name, (about, record) in _FILES.items():
        yield from (f"## {name}", "", about, "", "| key | holds | for example |", "|---|---|---|")
        yield from _rows(record, "")
        yield ""
    yield from _ROWS.splitlines()
    yield from ("", "| key | means |", "|---|---|", "| `date`* | The day of the send. |")
    yield from (f"| `{name}` | {COUNTS[name]} |" for name in plan.COUNTS)
    yield "| `responses_by_touch` | Which touch drew how many of the responses: `[3, 1, 0]`. |"
    yield from (f"| `{name}` | {DIMENSIONS[name]} |" for name in plan.DIMENSIONS)
    yield from ("", "## mkdocs.yml", "", "What may stand below `- abtest:` in `plugins:`.", "")
    yield from ("| option | means |", "|---|---|")
    yield from (f"| `{name}` | {OPTIONS[name]} |" for name in options(AbtestConfig, ""))


_ROWS = """\
## Rows of results

Below `results:`, rows are grouped by rep, one line a day of sending:
`- {date: 2026-11-02, sent: 40, responses: 5}`. A late answer is added to the row of its send.
Opens, clicks and dials are refused.\
"""


def options(config: type[Config], before: str) -> Iterator[str]:
    """The names of a plugin's options, those of nested ones behind a dot."""
    for name, option in config._schema:  # noqa: SLF001  MkDocs offers no other way
        if isinstance(option, SubConfig):
            yield from options(option.config_class, f"{before}{name}.")
        else:
            yield before + name


def _rows(record: Record, before: str) -> Iterator[str]:
    for name, field in record.fields.items():
        star = "*" if field.missing else ""
        holds = _cell(f"{field.doc} {_holds(field.kind)}")
        example = _cell(f"`{field.example}`") if field.example else ""
        yield f"| `{before}{name}`{star} | {holds} | {example} |"
        for inner in _records(field.kind):
            yield from _rows(inner, f"{before}{name}.")


def _records(kind: Any) -> Iterator[Record]:
    if isinstance(kind, Record):
        yield kind
    elif isinstance(kind, kinds.ListOf | kinds.MapOf):
        yield from _records(kind.kind)
    elif isinstance(kind, kinds.Either):
        yield from _records(kind.mapping)


def _holds(kind: Any) -> str:
    """What a kind of value is, where its description leaves that open."""
    if isinstance(kind, kinds.Choice):
        return f"One of {kind.wanted}."
    schema = kind.schema() if kind else {}
    if schema.get("type") == "integer":
        return f"A whole number, {schema['minimum']:,} to {schema['maximum']:,}."
    if schema.get("type") == "boolean":
        return "true or false."
    return "A day." if schema.get("format") == "date" else ""


def metrics() -> Iterator[str]:
    """Every metric: what is counted, out of what."""
    yield from _head("Metrics", "What is counted, and the rates made of it.")
    yield "Reached = `sent` − `bounced`. Every rate below is out of the prospects reached, and"
    yield "counts only sends older than the response window."
    yield from ("", "| metric | counts |", "|---|---|")
    for name in plan.COUNTS:
        try:
            plan.Plan().metric_named(name)
        except KeyError:
            continue
        yield f"| `{name}` | {COUNTS[name]} |"
    yield from ("", *_MORE_METRICS.splitlines())


_MORE_METRICS = """\
`responses` is the primary metric unless `plan.yml` or the experiment names another one.

A metric of your own is a line in `plan.yml`, with a target if you like:

```yaml
metrics:
  meeting_rate: {count: meetings, per: reached, target: 3%}
  second_meeting_rate: {count: second_meetings, per: meetings}
```\
"""


def report() -> Iterator[str]:
    """Every key of the report's JSON."""
    yield from _head("Formats", "What machines read, and how to get it.")
    for command in ("check", "report", "diff", "investigate", "plan"):
        names = ", ".join(f"`{name}`" for name in formats.names(command))
        yield f"* `abtest {command} --format`: {names}"
    yield from ("", *_CHECK.splitlines(), "")
    yield "## The report"
    yield from ("", *_REPORT.splitlines(), "", "| key | means |", "|---|---|")
    yield from _keys(report_schema(), "")


_CHECK = """\
`abtest check --format json` has `version`, `findings` (each with `path`, `line`, `column`, `code`,
`severity`, `message`, `suggestion`, `experiment`, `variant`) and `summary` (counts of `error`,
`warning`, `info`, `experiments`, `variants`).\
"""
_REPORT = """\
`abtest report --format json`, `abtest calc --format json` and the site's `results.json` are one
format, version 1. Rates and differences are fractions, unrounded. What is undefined is `null`.
`abtest schema report` prints its JSON Schema.\
"""


def _keys(schema: Mapping[str, Any], before: str) -> Iterator[str]:
    for name, inner in schema.get("properties", {}).items():
        values = inner.get("enum")
        listed = f" One of {', '.join(f'`{v}`' for v in values if v)}." if values else ""
        yield f"| `{before}{name}` | {_cell(KEYS[name] + listed)} |"
        yield from _below(inner, f"{before}{name}")


def _below(schema: Mapping[str, Any], path: str) -> Iterator[str]:
    yield from _keys(schema, f"{path}.")
    if "items" in schema:
        yield from _below(schema["items"], f"{path}[]")
    if isinstance(schema.get("additionalProperties"), dict):
        yield from _below(schema["additionalProperties"], f"{path}.*")
    for option in schema.get("anyOf", ()):
        yield from _below(option, path)


def python() -> Iterator[str]:
    """Every public name."""
    yield from _head("Python", "The same from a program: `import abtest`. Results are frozen.")
    for name in sorted(abtest.__all__, key=str.lower):
        found = getattr(abtest, name)
        yield from (f"## abtest.{name}", "", "```text")
        if inspect.isfunction(found):
            # Annotations are text here; shown without the quotes that mark them as such.
            yield re.sub(r"(: |-> )'([^']*)'", r"\1\2", f"{name}{inspect.signature(found)}")
            yield ""
        yield from (inspect.getdoc(found) or "").splitlines()
        yield from ("```", "")


def _head(title: str, about: str) -> tuple[str, ...]:
    return (f"# {title}", "", about, "")


def _cell(text: str) -> str:
    """Text as a cell of a table: on one line, and no bar ends it early."""
    return " ".join(text.split()).replace("|", "\\|")


def main() -> None:
    """Write the pages."""
    PLACE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (PLACE / name).write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"Wrote {PLACE / name}\n")


if __name__ == "__main__":
    main()
