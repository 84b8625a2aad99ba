"""A small team repository to work in, and the command line to work with."""

import textwrap
from pathlib import Path

import pytest

from abtest.cli import main
from abtest.messages import reader

EXPERIMENT = """
    ---
    title: Does a question beat an offer?
    profile: {industry: Software, location: United States, title: Director or VP of Sales}
    control: offer
    EXTRA
    ---
    We expect more answers.
"""
VARIANT = """
    ---
    title: TITLE
    author: kim
    ---
    ## Email
    Subject: Denver ramp

    Hi {{first_name}}, who should I ask about your new reps in Denver?
"""


def make_team(folder, *, variants=("offer", "question"), extra="", plan=""):
    """A repository with one experiment, `dock`."""
    dock = folder / "messages" / "dock"
    dock.mkdir(parents=True)
    text = textwrap.dedent(EXPERIMENT).lstrip().replace("EXTRA", extra or "lever: message")
    (dock / "experiment.md").write_text(text)
    for name in variants:
        text = textwrap.dedent(VARIANT).lstrip().replace("TITLE", name.capitalize())
        (dock / f"{name}.md").write_text(text)
    if plan:
        (folder / "messages" / "plan.yml").write_text(textwrap.dedent(plan))
    return folder


def run(capsys, *arguments, code=0):
    """Run `abtest ARGUMENTS`; what it printed, on both channels."""
    with pytest.raises(SystemExit) as left:
        main(list(map(str, arguments)))
    out, err = capsys.readouterr()
    assert (left.value.code or 0) == code, (left.value.code, out, err)
    return out + err


#: The day on which the exports are read.
AS_OF = ("--as-of", "2026-11-22")


def write(text, name="export.csv", encoding="utf-8"):
    Path(name).write_bytes("\n".join(line.strip() for line in text.strip().splitlines()).encode(
        encoding) + "\n".encode(encoding))  # fmt: skip
    return name


def rows(variant="offer"):
    """(rep, date, values of dimensions …) → counts, as the files have them now."""
    return {
        (c.rep, str(c.date), *c.dimensions.values()): dict(c.counts)
        for c in reader.load("messages")["dock"][variant].cohorts
    }


def take(capsys, *arguments, code=0):
    return run(capsys, "import", "dock", *arguments, "--yes", *AS_OF, code=code)
