"""CONTRIBUTING.md keeps its promises: one file or one line adds a thing."""

from __future__ import annotations

import re
import shlex
import shutil
import textwrap
from pathlib import Path

import pytest
from click.testing import CliRunner

import abtest
import abtest.critique.rules
import abtest.formats
from abtest import formats, plan
from abtest.cli import COMMANDS
from abtest.cli import abtest as cli
from abtest.critique.rule import all_rules

ROOT = Path(__file__).parents[2]

RULE = '''"""VM099: A voicemail does not mention llamas.

## What it does

Looks for llamas.

## Why is this bad?

They are not for sale.
"""

from abtest.critique.views import Problem
from abtest.errors import Severity

CODE = "VM099"
SEVERITY = Severity.INFO
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = True
EVIDENCE = ()
LIMITS = {}
BAD = "Hi {{first_name}}, buy a llama."
GOOD = "Hi {{first_name}}."


def check(view, limits):
    yield Problem("There is a llama.")
'''

EXPERIMENT = """\
---
title: Llamas?
status: running
profile: {industry: Farms, location: Peru, title: Owner}
---
"""
VARIANT = """\
---
title: Llamas
results:
  kim:
    - {date: 2025-03-04, sent: 40, responses: 4, demos: 2}
---
## Email
Subject: Llamas

Would a llama help?
"""


def test_a_rule_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "vm099.py").write_text(RULE, encoding="utf-8")
    path = [*abtest.critique.rules.__path__, str(tmp_path)]
    monkeypatch.setattr(abtest.critique.rules, "__path__", path)
    assert "VM099" in {rule.CODE for rule in all_rules.__wrapped__()}


def test_a_format_is_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "report_llama.py").write_text(
        "def render(report):\n    return f'{report} in llamas'\n", encoding="utf-8"
    )
    monkeypatch.setattr(abtest.formats, "__path__", [*abtest.formats.__path__, str(tmp_path)])
    assert "llama" in formats.names("report")
    assert formats.render("report", "llama", "Everything") == "Everything in llamas"


def _content(folder: Path, settings: str = "") -> Path:
    experiment = folder / "messages" / "llamas"
    experiment.mkdir(parents=True)
    (experiment / "experiment.md").write_text(EXPERIMENT, encoding="utf-8")
    (experiment / "ask.md").write_text(VARIANT, encoding="utf-8")
    if settings:
        (experiment.parent / "plan.yml").write_text(settings, encoding="utf-8")
    return experiment.parent


def test_a_count_is_refused_until_it_is_declared(tmp_path: Path) -> None:
    with pytest.raises(abtest.ContentError, match="demos"):
        abtest.load(_content(tmp_path))


def test_a_count_of_a_team_is_one_line(tmp_path: Path) -> None:
    settings = re.search(r"```yaml\n(.*?)```", _text("CONTRIBUTING.md"), re.DOTALL)
    assert settings is not None
    report = abtest.analyze(abtest.load(_content(tmp_path, settings[1])))
    metric = report["llamas"]["ask"].metrics["demo_rate"]
    assert (metric.count, metric.per) == (2, 40)
    assert metric.target is not None
    assert metric.target.value == pytest.approx(0.05)


def test_a_count_for_everybody_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "COUNTS", (*plan.COUNTS, "demos"))
    report = abtest.analyze(abtest.load(_content(tmp_path)))
    assert report["llamas"]["ask"].counts["demos"] == 2


def _text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CONTRIBUTING.md", "docs/architecture.md"])
def test_links_lead_somewhere(name: str) -> None:
    targets = re.findall(r"\]\((?!https?:|#)([^)#]+)", _text(name))
    folder = (ROOT / name).parent
    assert [target for target in targets if not (folder / target).exists()] == []


def test_paths_that_are_named_exist() -> None:
    named = re.findall(r"`((?:abtest|tests|docs|messages)/[\w./-]+)`", _text("CONTRIBUTING.md"))
    assert len(named) > 8
    assert [path for path in named if not (ROOT / path).exists()] == []


def test_the_readme_names_every_command() -> None:
    listed = set(re.findall(r"^\| `abtest (\w+)", _text("README.md"), re.MULTILINE))
    assert listed == set(COMMANDS)


def _runnable() -> list[str]:
    return re.findall(r"^    \$ (abtest .*)$", _text("README.md"), re.MULTILINE)


def test_a_week_in_the_readme_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every command of the README, as it is printed; a review is scored once it is there."""
    shutil.copytree(ROOT / "messages", tmp_path / "messages")
    monkeypatch.chdir(tmp_path)
    assert len(_runnable()) > 6
    for line in _runnable():
        done = CliRunner().invoke(cli, shlex.split(line)[1:])
        assert done.exit_code == 0, (line, done.output)
        for review in tmp_path.glob("messages/*/reviews/*two-touches*.md"):
            review.write_text(review.read_text(encoding="utf-8").replace("  # fit:", "  fit:"))
    raised = (tmp_path / "messages/one-touch-or-four/two-touches.md").read_text(encoding="utf-8")
    assert "responses: 8" in raised


def test_the_readme_shows_what_calc_prints() -> None:
    printed = CliRunner().invoke(cli, ["calc", "52/400", "71/410"]).output
    shown = re.search(
        r"^    \$ abtest calc.*\n((?:    .*\n|\n)+)", _text("README.md"), re.MULTILINE
    )
    assert shown is not None
    assert textwrap.dedent(shown[1]).strip() == printed.strip()


def test_python_in_the_readme_runs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    sample = re.search(r"```python\n(.*?)```", _text("README.md"), re.DOTALL)
    assert sample is not None
    exec(compile(sample[1], "README.md", "exec"), {})
    assert "meets the 10% target" in capsys.readouterr().out
