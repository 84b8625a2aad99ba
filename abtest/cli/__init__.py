"""The command line: parse, call one function, print, exit.

Each command is one module here that offers `command`; it is imported only when it runs, so that
`abtest --help` and `abtest check` stay light.
"""

from __future__ import annotations

import gc
import io
import keyword
import os
import sys
from importlib import import_module
from pathlib import Path

import click

from abtest import __version__
from abtest.cli.options import Settings, common_options
from abtest.errors import AbtestError, UsageError

#: Command → its line in `abtest --help`, in the order of a team's week.
COMMANDS = {
    "init": "A new team's repository that checks and builds at once.",
    "new": "A file from a template: experiment, variant or review.",
    "check": "Is every file valid, and what would a critic say?",
    "fit": "How well a prospect list matches the profile.",
    "assign": "A fair split of a prospect list, as call sheets.",
    "record": "Add a row of results, or raise one.",
    "import": "Counts from the exports of other tools, or a warehouse.",
    "report": "All results, judged.",
    "export": "All results as a spreadsheet, and back without loss.",
    "investigate": "Why below target: expectations, then profile, then words.",
    "diff": "What a change did: words, counts, verdicts, findings.",
    "plan": "How many prospects a claim needs, and how long that takes.",
    "calc": "The same statistics on numbers typed in.",
    "rule": "A rule's page.",
    "tidy": "Bring files to their one canonical form.",
    "pages": "The generated pages as files, for any site generator.",
    "build": "Build the site aside, then put it in place whole.",
    "schema": "JSON Schema of the files and of the report.",
    "doctor": "What is missing or amiss here, and the cure.",
}

#: Exit codes of the contract.
FINDINGS, USAGE, BUG, INTERRUPTED = 1, 2, 3, 130


class LazyGroup(click.Group):
    """A group that imports a command's module only when that command runs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """All names, in the order of a team's week."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        command: click.Command = import_module(f"abtest.cli.{module}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """As click does, with the nearest name offered for an unknown one."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {near[0]!r}?" if near else " See 'abtest --help'."
            ctx.fail(f"There is no command {args[0]!r}.{hint}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The table of commands, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="abtest")
@click.option(
    "-C",
    "directory",
    metavar="DIR",
    type=click.Path(exists=True, file_okay=False),
    help="Run as if started in DIR.",
)
@common_options
@click.pass_context
def abtest(ctx: click.Context, directory: str | None, settings: Settings) -> None:
    """Which words get answers? A/B tests of voicemails and emails, kept in git.

    \b
    abtest check                        is everything in messages/ in order?
    abtest report                       what meets the target, what falls below
    abtest calc 52/400 71/410           the same statistics on your own numbers
    """
    if directory is not None:
        os.chdir(directory)
    ctx.obj = settings


def main(arguments: list[str] | None = None) -> None:
    """Run the command line and exit with the contract's codes: never a traceback."""
    collect_rarely()
    _write_utf8()
    output = sys.stdout
    try:
        sys.exit(abtest.main(args=arguments, prog_name="abtest", standalone_mode=False))
    except SystemExit:
        if sys.stdout is not output:
            # click replaces an output whose reader went away, as `head` does: nothing is wrong.
            sys.exit(0)
        raise
    except click.exceptions.Abort:
        sys.exit(INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(USAGE)
    except AbtestError as error:
        click.echo(_told(error), err=True)
        sys.exit(USAGE if isinstance(error, UsageError) else FINDINGS)
    except Exception as error:  # the one place that may see any bug
        sys.exit(_report_bug(error))


def collect_rarely() -> None:
    """Let Python look for cyclic garbage rarely, as suits a program that runs one command.

    What is read and judged stays to the end, and hardly anything in it is cyclic: walking over all
    of it again and again finds nothing, and costs the more the more there is.
    """
    gc.set_threshold(50_000, 20, 100)


def _write_utf8() -> None:
    """Files and pipes get the same bytes on every system; no sign is too strange for a terminal."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            if stream.isatty():
                stream.reconfigure(errors="replace")
            else:
                stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def _told(error: AbtestError) -> str:
    """What is wrong, line by line: no words out of a file become a command of a CI log."""
    from abtest.formats.escaping import log

    return "\n".join(map(log, f"abtest: {error}".splitlines()))


def _report_bug(error: Exception) -> int:
    """Keep the traceback in a file and say in one line where it is."""
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", prefix="abtest-", suffix=".log", delete=False, encoding="utf-8"
    ) as log:
        traceback.print_exception(error, file=log)
    kind = type(error).__name__
    click.echo(f"abtest: a bug of ours ({kind}); please report it with {Path(log.name)}", err=True)
    return BUG
