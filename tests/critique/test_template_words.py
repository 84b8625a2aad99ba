"""What `abtest new` writes to be written over is found, and nothing else is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from critique_examples import EXPERIMENT

from abtest.critique import wordlists
from abtest.critique.run import findings
from abtest.errors import Finding, Severity
from abtest.messages import templates
from abtest.model import Experiments
from abtest.plan import Plan, Sender

Read = Callable[[str, str], Experiments]
SENDER = Sender(
    names=("Sam Ortiz",),
    company="Brightline",
    phone="555-0142",
    website="brightline.example",
    address="1 Main St, Denver, CO 80202",
)


def template_words(experiments: Experiments, name: str = "a") -> list[Finding]:
    found = findings(experiments["e"][name], experiments["e"])
    return [finding for finding in found if finding.code == "TM001"]


def quoted(found: list[Finding]) -> set[str]:
    return {finding.message.split("”")[0].removeprefix("“") for finding in found}


def test_every_word_to_write_over_is_found(read: Read) -> None:
    found = template_words(read(templates.variant("One", "kim", "combo", Plan()), "combo"))
    known = set(wordlists.data("phrases/placeholders.yml"))
    assert quoted(found) == {phrase for phrase in known if phrase.lower() != "lorem ipsum"}
    assert {finding.severity for finding in found} == {Severity.WARNING}


@pytest.mark.parametrize("channel", templates.CHANNELS)
def test_a_known_sender_leaves_the_words_about_the_prospect(read: Read, channel: str) -> None:
    made = templates.variant("One", "kim", channel, Plan(sender=SENDER))
    left = quoted(template_words(read(made, channel)))
    assert left
    assert left.isdisjoint({"Your Name", "Your Company", "Your Town", "[your number]"})


def test_a_phrase_is_found_across_lines_where_it_begins(read: Read) -> None:
    head = "## Email\nSubject: Denver ramp\n\nHi there,\n\n"
    text = f"{head}So say what happened at\n{{{{company}}}} this month."
    (finding,) = template_words(read(text, "email"))
    assert (finding.line, finding.column) == (9, 4)


@pytest.mark.parametrize(
    "text",
    [
        "Your name came up twice. Your company opened in Denver; is it in your name?",
        "Write to kim@mycompany.example. Let me say what happened at Harbor Foods this month.",
    ],
)
def test_words_that_merely_resemble_are_left_alone(read: Read, text: str) -> None:
    assert template_words(read(text, "email")) == []


def test_a_draft_may_hold_its_template(read: Read) -> None:
    draft = EXPERIMENT.replace("status: running", "status: draft")
    made = templates.variant("One", "kim", "combo", Plan())
    assert template_words(read(f"=== experiment.md\n{draft}=== a.md\n{made}", "combo")) == []


COPY = """\
=== experiment.md
---
title: Which opener?
status: running
profile: {industry: Software, location: Denver, title: VP of Sales}
control: a
---
We expect more answers from one of them.
=== a.md
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill?
=== b.md
---
title: Two
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday.
Worth a look at a drill?
"""


def copies(experiments: Experiments) -> list[str]:
    experiment = experiments["e"]
    return [v.name for v in experiment for f in findings(v, experiment) if f.code == "XP010"]


def test_a_copy_of_the_control_is_found_whatever_its_line_breaks(read: Read) -> None:
    assert copies(read(COPY, "email")) == ["b"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("a drill?\n=== b", "the drill?\n=== b"),
        ("status: running", "status: draft"),
        ("control: a", "control: a\nlever: list"),
        ("title: Two", "title: Two\nfactors: {energy: high}"),
        ("title: Two", "title: Two\nignore: {XP010: both arms are the same on purpose}"),
        ("title: Two\n---\n## Email", "title: Two\n---\n## Email 1 (day 3)"),
    ],
)
def test_what_is_no_copy_is_left_alone(read: Read, old: str, new: str) -> None:
    assert COPY.count(old) == 1
    assert copies(read(COPY.replace(old, new), "email")) == []


def test_a_template_word_in_brackets_is_told_once(read: Read) -> None:
    text = "## Email\nSubject: Denver ramp\n\nCall me at [your number] by Monday, or [Company]?"
    experiments = read(text, "email")
    found = findings(experiments["e"]["a"], experiments["e"])
    told = {finding.message.split("”")[0][1:]: finding.code for finding in found if finding.column}
    assert told["[your number]"] == "TM001"
    assert told["[Company]"] == "EM012"
    assert sum("[your number]" in finding.message for finding in found) == 1
