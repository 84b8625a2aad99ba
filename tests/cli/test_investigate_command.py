"""`abtest investigate`: as a rep runs it in a team's folder."""

import json

import pytest

EXPERIMENT = """\
---
title: Does a question beat an offer?
profile: {industry: Logistics, location: Chicago, title: VP of Operations}
control: offer
---
"""

VARIANT = """\
---
title: {title}
author: kim
results:
  kim:
{rows}
---
## Email
Subject: Docks

Hi {{{{first_name}}}},

Your docks in Chicago stood idle for two days in May. Would a plan for that help?

Kim Ito
Brightline
555-0142
https://brightline.example
1 Main St, Denver, CO 80202

Not for you? Reply "stop" and I will not write again.
"""


def rows(answers, sent=60, extra=""):
    days = [f"2026-{8 + i // 4:02}-{3 + 7 * (i % 4):02}" for i in range(len(answers))]
    return "\n".join(
        f"    - {{date: {day}, sent: {sent}, responses: {count}{extra}}}"
        for day, count in zip(days, answers, strict=True)
    )


FIT = ", industry: logistics, location: Chicago, title: VP Operations"


@pytest.fixture
def team(tmp_path):
    """A content folder with a variant on target, one below it, and one nobody has sent much."""
    folder = tmp_path / "messages" / "docks"
    folder.mkdir(parents=True)
    (folder / "experiment.md").write_text(EXPERIMENT)
    for name, answers, extra in (
        ("offer", [2, 3, 1, 2, 2, 3, 2, 1], FIT),
        ("question", [13, 11, 14, 12, 13, 12, 14, 11], FIT),
        ("new", [4], FIT),
        ("blind", [2, 3, 1, 2, 2, 3, 2, 1], ""),
    ):
        text = VARIANT.format(title=name.upper(), rows=rows(answers, extra=extra))
        (folder / f"{name}.md").write_text(text)
    return tmp_path


def ask(run, team, *arguments):
    return run("investigate", "--as-of", "2026-11-22", *arguments, cwd=team)


def test_it_stops_where_too_little_was_sent(run, team):
    ran = ask(run, team, "docks/new")
    assert ran.code == 0
    assert "1. Are our expectations in line? look here" in ran.out
    assert "2. Did it go to the right people? not asked yet" in ran.out
    assert "Next: Change nothing." in ran.out
    assert "Fork" not in ran.out


def test_it_stops_where_nobody_knows_to_whom_it_went(run, team):
    ran = ask(run, team, "docks/blind")
    assert "1. Are our expectations in line? passed" in ran.out
    assert "Next: Record industry, location and title" in ran.out


def test_it_comes_to_the_words_last(run, team):
    ran = ask(run, team, "docks/offer")
    assert "2. Did it go to the right people? passed" in ran.out
    assert "480 of 480 whose profile is known fit" in ran.out
    assert "Next: Ask 2 more for a review" in ran.out or "Next: Fork" in ran.out


def test_a_message_on_target_is_left_alone(run, team):
    assert "there is nothing to explain" in ask(run, team, "docks/question").out


def test_a_reason_leads_to_the_end_and_is_shown(run, team):
    ran = ask(run, team, "docks/new", "--because", "legal wants other words")
    assert "Asked to the end because: legal wants other words" in ran.out
    assert "not asked yet" not in ran.out


def test_lines_fit_a_terminal(run, team):
    assert max(map(len, ask(run, team, "docks/offer").out.splitlines())) <= 80


def test_as_json(run, team):
    told = json.loads(ask(run, team, "docks/offer", "--format", "json").out)
    assert [step["name"] for step in told["steps"]] == ["expectations", "profile", "message"]
    assert told["steps"][0]["detail"]["state"] == "below"
    assert told["steps"][1]["detail"]["fit"] == 480


def test_a_misspelt_variant_is_told_the_nearest(run, team):
    ran = ask(run, team, "docks/ofer")
    assert ran.code == 2
    assert "Did you mean 'docks/offer'?" in ran.err


@pytest.mark.parametrize(
    "arguments",
    [
        ("investigate", "docks/zebra"),
        ("new", "review", "docks/zebra", "--by", "lee"),
        ("new", "variant", "docks/b", "--from", "zebra"),
    ],
)
def test_an_unknown_variant_is_told_with_all_that_there_are(run, team, arguments):
    ran = run(*arguments, cwd=team)
    assert ran.code == 2
    assert "docks has blind, new, offer and question. " in ran.err
    assert "Did you mean" not in ran.err


def test_of_many_variants_a_few_are_named(run, team):
    text = (team / "messages" / "docks" / "offer.md").read_text()
    for number in range(20):
        (team / "messages" / "docks" / f"v-{number:02}.md").write_text(text)
    ran = ask(run, team, "docks/zebra")
    assert "docks has blind, new, offer, question, v-00, v-01, " in ran.err
    assert "v-07 and 12 more. " in ran.err


def test_assumptions_of_ones_own(run, team):
    (team / "messages" / "assumptions.yml").write_text(
        "reported_low: {value: 4%, source: our own count of 2025}\n"
        "reported_high: {value: 6%, source: our own count of 2025}\n"
    )
    assert "4% to 6% of cold prospects answer (the team's own figure)" in " ".join(
        ask(run, team, "docks/offer").out.split()
    )


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("listen_rte: 40%\n", "listen_rate"),
        ("listen_rate: many\n", "listen_rate"),
        ("listen_rate: {source: hearsay}\n", "listen_rate.value is missing"),
        ("listen_rate: 40%\nlisten_rate: 50%\n", "assumptions.yml:2"),
        ("- 40%\n", "assumptions.yml"),
    ],
)
def test_a_mistake_in_the_assumptions_is_told_with_its_place(run, team, text, complaint):
    (team / "messages" / "assumptions.yml").write_text(text)
    ran = ask(run, team, "docks/offer")
    assert ran.code == 1
    assert complaint in ran.err
    assert "Traceback" not in ran.err


def test_an_empty_assumptions_file_changes_nothing(run, team):
    plain = ask(run, team, "docks/offer").out
    (team / "messages" / "assumptions.yml").write_text("# none yet\n")
    assert ask(run, team, "docks/offer").out == plain
