"""A small team repository to work in, and the command line to work with."""

import textwrap

import pytest

from abtest.cli import main

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
