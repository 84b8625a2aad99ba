"""`abtest init`: a team's repository in one command, and what newer templates would change."""

from __future__ import annotations

import sys
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.errors import SurroundingsError, UsageError
from abtest.workspace import starting, updating
from abtest.workspace.team import FORGES, Team, forge_of

if TYPE_CHECKING:
    from collections.abc import Callable

_QUESTIONS = {
    "name": "What is the site called?",
    "sender": "Who speaks in your messages? First and last name",
    "company": "For which company?",
    "phone": "The number to call back",
    "website": "The company's website",
    "address": "Its postal address (commercial email needs one)",
    "target": "How many of those you reach should answer?",
    "industry": "Whom do you write to? Their industry",
    "location": "Where are they?",
    "prospect": "And their title?",
    "repo_url": "Your repository's address in a browser, if it has one",
    "forge": f"Where is your repository kept? ({', '.join(FORGES)})",
}
_DEFAULTS = Team()


def _answer(
    option: str, name: str, help_: str
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    shown = f"{help_} [default: {getattr(_DEFAULTS, name)}]"
    return click.option(option, name, help=shown)


@click.command()
@click.argument("directory", metavar="[DIR]", required=False, type=click.Path(path_type=Path))
@_answer("--team", "name", "What the site is called.")
@_answer("--sender", "sender", "Who speaks in the messages.")
@_answer("--company", "company", "For which company.")
@_answer("--phone", "phone", "The number to call back.")
@_answer("--website", "website", "The company's website.")
@_answer("--address", "address", "Its postal address.")
@_answer("--target", "target", "The response target.")
@_answer("--industry", "industry", "Whom you write to: their industry.")
@_answer("--location", "location", "Whom you write to: where they are.")
@_answer("--prospect", "prospect", "Whom you write to: their title.")
@click.option(
    "--forge", type=click.Choice(FORGES), help="Whose CI checks and publishes. [default: github]"
)
@click.option("--repo-url", metavar="URL", help="The repository's address in a browser.")
@click.option(
    "--package",
    metavar="REQUIREMENT",
    help="What installs abtest: abtest @ git+https://… [default: as this one was installed]",
)
@click.option("--yes", is_flag=True, help="Ask nothing: take the defaults for the rest.")
@click.option("--git", "with_git", is_flag=True, help="Put the files into git, too.")
@click.option("--update", is_flag=True, help="Show what newer templates would change in DIR.")
@click.option("--write", is_flag=True, help="With --update: change the files you never edited.")
@common_options
def command(
    directory: Path | None,
    yes: bool,
    with_git: bool,
    update: bool,
    write: bool,
    settings: Settings,
    **answers: str | None,
) -> None:
    """Start a team's repository in DIR: messages, plan, site, CI and editor help.

    It asks on a terminal, and takes defaults elsewhere. Nothing is ever overwritten.

    \b
    abtest init outreach
    abtest init outreach --sender "Kim Ito" --company Brightline --git
    abtest init --update
    """
    if update or write:
        _update(directory or Path(), given=answers, write=write, update=update)
        return
    if directory is None:
        raise UsageError("Name the folder to make: abtest init outreach")
    starting.refuse_unless_free(directory)
    given = {name: answer for name, answer in answers.items() if answer is not None}
    team = _team(directory, given, ask=sys.stdin.isatty() and not yes)
    paths = starting.start(directory, team, settings.as_of)
    show(f"Wrote {len(paths)} files into {directory.as_posix()}/\n")
    if with_git:
        _commit(directory)
    show(_next_steps(directory, committed=with_git))


def _team(directory: Path, given: dict[str, str], *, ask: bool) -> Team:
    """The answers given, then those that the repository knows, then those asked for."""
    address = given.get("repo_url") or starting.remote_of(directory)
    known = {"repo_url": address, **given}
    if ask:
        for name, question in _QUESTIONS.items():
            if name not in given:
                known[name] = _ask(name, question, _default(name, known))
    known.setdefault("forge", _default("forge", known))
    return Team(**{field.name: known[field.name] for field in fields(Team) if field.name in known})


def _default(name: str, known: dict[str, str]) -> str:
    """What is taken for an answer that nobody gives: the forge follows from the address."""
    if name == "forge" and known["repo_url"]:
        return forge_of(known["repo_url"])
    default: str = known.get(name) or getattr(_DEFAULTS, name)
    return default


def _ask(name: str, question: str, default: str) -> str:
    """The answer to one question, asked again until it can be one."""

    def checked(answer: str) -> str:
        try:
            Team(**{name: answer.strip()})
        except UsageError as error:
            raise click.BadParameter(str(error)) from error
        return answer.strip()

    answer: str = click.prompt(
        question, default=default, show_default=bool(default), value_proc=checked, err=True
    )
    return answer


def _commit(directory: Path) -> None:
    try:
        starting.commit(directory)
    except SurroundingsError as error:
        raise SurroundingsError(
            f"The files are written, and not in git yet: {error}\n"
            f"Then: cd {directory} && git init && git add -A && git commit -m 'Start with abtest'"
        ) from error
    show("Committed them to git.\n")


def _next_steps(directory: Path, *, committed: bool) -> str:
    place = directory.as_posix()
    enter = "" if place == "." else f"  cd {place}\n"
    keep = "" if committed else "  git init && git add -A     keep every version from now on\n"
    return (
        f"\nNext:\n{enter}{keep}"
        "  abtest check               is everything in order?\n"
        "  abtest build               then open site/index.html\n"
        "README.md says what to type each day.\n"
    )


def _update(root: Path, *, given: dict[str, str | None], write: bool, update: bool) -> None:
    if not update:
        raise UsageError("--write belongs to --update: abtest init --update --write")
    if any(answer is not None for answer in given.values()):
        raise UsageError("--update takes no answers; edit the files instead: they are yours.")
    found = updating.changes(root)
    if not found:
        show("Nothing to update: the files are as this version writes them, or yours.\n")
        return
    written = updating.apply(root, found) if write else ()
    for change in found:
        show(_told(change, written))
    show(_closing(found, write=write))


def _told(change: updating.Change, written: tuple[str, ...]) -> str:
    if change.path in written:
        return f"Wrote {change.path}\n"
    if change.standing is updating.Standing.EDITED:
        note = "you edited it, so it stays; take over by hand what you like"
    else:
        note = "new" if change.standing is updating.Standing.NEW else "you never edited it"
    return f"{change.path}: {note}\n{change.diff}\n"


def _closing(found: tuple[updating.Change, ...], *, write: bool) -> str:
    free = sum(change.standing is not updating.Standing.EDITED for change in found)
    edited = len(found) - free
    if write:
        return f"{free} written, {edited} left as you edited them.\n"
    todo = "'abtest init --update --write' writes those." if free else "Nothing was written."
    return f"{free} can be written, {edited} edited by you. {todo}\n"
