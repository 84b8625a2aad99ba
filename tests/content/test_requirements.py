"""The table of requirements: every row once, and every place that it names is there."""

import re
from pathlib import Path

from abtest.assumptions import Assumptions
from abtest.cli import COMMANDS
from abtest.critique.rule import all_rules
from abtest.messages.ready import ready_names
from abtest.plan import DEFAULT_HOW, DEFAULT_WHAT

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "requirements.md").read_text(encoding="utf-8")
RECORD = (ROOT / "docs" / "decisions" / "0007-what-is-not-built.md").read_text(encoding="utf-8")
ROWS = [
    (int(number), post, asked, where)
    for number, post, asked, where in re.findall(
        r"^\| (\d+) \| ([A-E]) \| (.+?) \| (.+?) \|$", PAGE, re.MULTILINE
    )
]

#: Codes of rules that others than the critique hold.
ELSEWHERE = {"DM001", "PR001"}


def test_every_row_stands_once():
    assert [number for number, *_ in ROWS] == list(range(1, 90))


def test_every_row_says_where_it_works_or_why_not():
    recorded = {
        int(number)
        for numbers in re.findall(r"^\| ([\d, ]+) \|", RECORD, re.MULTILINE)
        for number in numbers.split(",")
    }
    for number, _, _, where in ROWS:
        assert ("Not as asked" in where) == (number in recorded), number
        assert where.strip()


def test_every_command_exists():
    for name in re.findall(r"`abtest ([a-z]+)", PAGE):
        assert name in COMMANDS, name


def test_every_rule_exists():
    known = {rule.CODE for rule in all_rules()} | ELSEWHERE
    named = set(re.findall(r"\b[A-Z]{2}\d{3}\b", PAGE))
    assert len(named) > 20
    assert named <= known


def test_every_template_exists():
    named = set(re.findall(r"--template ([a-z-]+)", PAGE))
    assert named
    assert named <= set(ready_names())


def test_every_page_exists():
    pages = {
        page
        for module in (ROOT / "abtest" / "site").glob("*.py")
        for page in re.findall(r'"([a-z]+/)index\.md"', module.read_text(encoding="utf-8"))
    }
    named = set(re.findall(r"`([a-z]+/)`", PAGE))
    assert {"why/", "funnel/", "agreement/", "weeks/", "levers/", "planner/", "team/"} <= named
    assert named <= pages


def test_every_assumption_and_dimension_exists():
    for name in ("listen_rate", "touches_to_reach", "lag_weeks", "coverage_warning"):
        assert f"`{name}`" in PAGE
        assert name in Assumptions()
    assert "acumen" in {**DEFAULT_WHAT, **DEFAULT_HOW}
