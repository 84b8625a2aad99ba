"""`abtest new`: a file from a template, never overwriting."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path

import click

from abtest.cli.content import find_variant, load
from abtest.cli.options import DateType, Settings, common_options
from abtest.cli.output import show
from abtest.errors import UsageError
from abtest.messages import disk, templates
from abtest.messages.fields import ID
from abtest.messages.ready import ready_experiment, ready_names
from abtest.plan import Plan

_LEVERS = ("message", "list", "cadence", "offer", "channel")


@click.group()
def command() -> None:
    """Start an experiment, a variant or a review from a template; nothing is overwritten.

    \b
    abtest new experiment dock-hours --title "Does asking who beat a plan?"
    abtest new experiment who-owns-it --template cold-vs-referral
    abtest new variant dock-hours/ask-who --from control
    abtest new review dock-hours/ask-who --by lee
    """


@command.command()
@click.argument("name")
@click.option("--title", default="", help="The question.")
@click.option("--industry", default="", help="Whom you ask: their industry.")
@click.option("--location", default="", help="Whom you ask: where they are.")
@click.option("--prospect", default="", help="Whom you ask: their title.")
@click.option("--lever", type=click.Choice(_LEVERS), default="message", help="What it moves.")
@click.option(
    "--template", type=click.Choice(ready_names()), help="A ready experiment to start from."
)
@common_options
def experiment(
    name: str,
    title: str,
    industry: str,
    location: str,
    prospect: str,
    lever: str,
    template: str | None,
    settings: Settings,
) -> None:
    """An experiment and its control, or a ready experiment with all its variants."""
    _check_id(name)
    folder = Path(settings.messages) / name
    plan = load(settings).plan if Path(settings.messages).is_dir() else Plan()
    if template is not None:
        asked = templates.Question(title, industry, location, prospect)
        for file, text in ready_experiment(template, asked, plan).items():
            _write(folder / file, text)
        show(f"Next: make the words yours, then 'abtest check {settings.messages}/{name}'.\n")
        return
    question = templates.Question(
        title or _sentence(name) + "?", industry, location, prospect, lever
    )
    _write(folder / "experiment.md", templates.experiment(question))
    _write(folder / "control.md", templates.variant("Control", "", "combo", plan))
    show(f"Next: write the messages, then 'abtest new variant {name}/NAME'.\n")


@command.command()
@click.argument("name", metavar="EXPERIMENT/VARIANT")
@click.option("--title", default="", help="What people call it.")
@click.option("--author", default="", help="Who writes it.")
@click.option(
    "--channel", type=click.Choice(templates.CHANNELS), default="combo", help="What it sends."
)
@click.option("--from", "origin", metavar="VARIANT", help="Start from the words of this one.")
@common_options
def variant(
    name: str, title: str, author: str, channel: str, origin: str | None, settings: Settings
) -> None:
    """A variant: from a template, or from the words of another."""
    experiment, slash, local = name.partition("/")
    if not slash:
        raise UsageError(f"Write it as EXPERIMENT/VARIANT, such as {name}/ask-who.")
    _check_id(local)
    content = load(settings)
    if experiment not in content:
        raise UsageError(
            f"There is no experiment {experiment!r}. Start it: abtest new experiment {experiment}"
        )
    title = title or _sentence(local)
    if origin is None:
        text = templates.variant(title, author, channel, content.plan)
    else:
        whole = origin if "/" in origin else f"{experiment}/{origin}"
        text = templates.fork(find_variant(content, whole), title, author)
    _write(Path(settings.messages) / experiment / f"{local}.md", text)
    show(f"Next: write the message, then 'abtest check {settings.messages}/{experiment}'.\n")


@command.command()
@click.argument("name", metavar="EXPERIMENT/VARIANT")
@click.option("--by", required=True, help="Who reviews.")
@click.option("--kind", type=click.Choice(templates.KINDS), default="read", show_default=True)
@click.option("--date", type=DateType(), help="The day of the review (default: today).")
@common_options
def review(name: str, by: str, kind: str, date: dt.date | None, settings: Settings) -> None:
    """A review of a variant, with the rubric to fill in."""
    content = load(settings)
    found = find_variant(content, name)
    day = date or settings.as_of
    who = "".join(c if c.isalnum() else "-" for c in by.lower()).strip("-") or "reviewer"
    path = Path(found.path).parent / "reviews" / f"{day.isoformat()}-{found.name}-{who}.md"
    _write(path, templates.review(found.name, by, day, kind, content.plan))
    show("Next: score what you can judge, and say what must change.\n")


def _check_id(name: str) -> None:
    if not re.fullmatch(ID, name):
        raise UsageError(
            f"{name!r} cannot be a name. Take lower-case letters, digits and dashes, at most 63, "
            "beginning with a letter or digit: dock-hours"
        )


def _sentence(name: str) -> str:
    return name.replace("-", " ").capitalize()


def _write(path: Path, text: str) -> None:
    disk.create(path, text.encode("utf-8"))
    show(f"Wrote {path.as_posix()}\n")
