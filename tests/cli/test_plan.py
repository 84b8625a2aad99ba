"""`abtest plan`: questions in, plain sentences out."""

from __future__ import annotations

import json
import re

import pytest


def unfolded(out: str) -> str:
    """The output with one line an answer."""
    return re.sub(r"\n {2,}(?!looked|judged|Looking)", " ", out)


def test_a_rate_above_target(run):
    ran = run("plan", "--rate", "15%", "--pace", "60/week")
    assert ran.code == 0
    assert "that 15.0% is above the target of 10.0%" in ran.out
    assert "362 prospects show it in 80% of tests, about 7 weeks at 60 a week" in unfolded(ran.out)


def test_a_rate_below_target_as_json(run):
    ran = run("plan", "--rate", "5%", "--format", "json")
    (answer,) = json.loads(ran.out)["answers"]
    assert (answer["rate"], answer["target"], answer["pace"]) == (0.05, 0.10, None)
    assert answer["half"] < answer["fixed"] == 255 < answer["most"]


def test_two_rates(run):
    ran = run("plan", "--from", "10%", "--to", "30%")
    assert "that 30.0% is better than 10.0%" in ran.out
    assert "69 prospects of each variant show it in 80% of tests" in ran.out
    worse = run("plan", "--from", "30%", "--to", "10%")
    assert "that 10.0% is worse than 30.0%" in worse.out


def test_what_never_ends_is_said_plainly(run):
    ran = run("plan", "--rate", "10.1%")
    assert ran.out.count("practically never") == 2


def test_from_where_you_stand(run):
    ran = run("plan", "17/120", "--pace", "40")
    assert "even odds of an answer within 560 more prospects, about 14 weeks at 40" in unfolded(
        ran.out
    )
    assert "nothing sent yet" in run("plan", "0/0").out
    assert "decided; no more prospects are needed" in run("plan", "60/200").out
    assert run("plan", "8/60+9/60").out == run("plan", "17/120").out


def test_two_variants_from_where_they_stand(run):
    lines = unfolded(run("plan", "31/300", "45/300").out).splitlines()
    assert len(lines) == 3
    assert "45 of 300 against 31 of 300" in lines[2]
    assert "more prospects of each variant" in lines[2]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "Ask one thing"),
        (["--rate", "15%", "17/120"], "Ask one thing"),
        (["--rate", "10%"], "neither above nor below"),
        (["--from", "10%"], "belong together"),
        (["--from", "10%", "--to", "10%"], "never be told apart"),
        (["--rate", "15"], "between 0% and 100%"),
        (["--rate", "15%", "--pace", "0"], "prospects a week"),
        (["--rate", "15%", "--pace", "fast"], "prospects a week"),
        (["21/20"], "21 answers cannot come from 20"),
    ],
)
def test_wrong_usage_is_told_in_words(run, arguments, said):
    ran = run("plan", *arguments)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err


def test_help_shows_examples_line_by_line(run):
    out = run("plan", "--help").out
    assert "  abtest plan --from 10% --to 15%         to show that one variant beats" in out
    assert "\b" not in out


EXPERIMENT = """---
title: Which opener?
status: running
profile: {industry: Software, location: United States, title: VP of Sales}
control: one
---
"""
VARIANT = """---
title: TITLE
results:
  kim:
    - {date: 2026-09-07, sent: 60, responses: COUNT}
    - {date: 2026-09-14, sent: 60, responses: COUNT}
---
## Email
Subject: A question

Hello, how do you train new reps? Kim
"""


@pytest.fixture
def team(tmp_path):
    folder = tmp_path / "messages" / "opener"
    folder.mkdir(parents=True)
    (folder / "experiment.md").write_text(EXPERIMENT, encoding="utf-8")
    for name, count in (("one", 8), ("two", 30)):
        text = VARIANT.replace("TITLE", name).replace("COUNT", str(count))
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return tmp_path


def test_an_experiment_at_its_own_pace(run, team):
    ran = run("plan", "opener", "--as-of", "2026-10-10", cwd=team)
    assert ran.code == 0
    first, second, pair = unfolded(ran.out).splitlines()
    assert first.startswith("opener/one against 10.0%: even odds of an answer within")
    assert "weeks at 60 a week" in first
    assert second == "opener/two against 10.0%: meets target."
    assert pair == "opener/two against opener/one: better."


def test_an_unknown_experiment_is_told(run, team):
    ran = run("plan", "openr", cwd=team)
    assert ran.code != 0
    assert "Did you mean 'opener'?" in ran.err
