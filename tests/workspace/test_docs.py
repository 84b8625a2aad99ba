"""The documentation is true: its samples run, nothing is missing, the reference is up to date."""

from __future__ import annotations

import importlib.util
import json
import re
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules
from types import ModuleType

import pytest
import yaml
from doc_samples import BIN, DOCS, ROOT, bash, environment, script, shown

import abtest
from abtest import formats, plan
from abtest.assumptions import DEFAULTS
from abtest.cli import COMMANDS
from abtest.cli.report_schema import report_schema
from abtest.messages import fields
from abtest.messages.records import Record
from abtest.site.options import AbtestConfig

GUIDES = sorted((DOCS / "how-to").glob("*.md"))
PAGES = sorted(DOCS.rglob("*.md"))
EVERYTHING = "\n".join(page.read_text("utf-8") for page in PAGES)


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """The script that makes the reference."""
    place = ROOT / "scripts"
    sys.path.insert(0, str(place))
    try:
        spec = importlib.util.spec_from_file_location(
            "reference_maker", place / "make_reference.py"
        )
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
    finally:
        sys.path.remove(str(place))
    return module


def test_the_reference_is_up_to_date(reference: ModuleType) -> None:
    made = reference.pages()
    stored = {page.name: page.read_text("utf-8") for page in (DOCS / "reference").glob("*.md")}
    assert stored == made, "run: python scripts/make_reference.py"


def test_nothing_is_described_that_is_not_there(reference: ModuleType) -> None:
    assert set(reference.OPTIONS) == set(reference.options(AbtestConfig, ""))
    assert set(reference.COUNTS) == set(plan.COUNTS)
    assert set(reference.DIMENSIONS) == set(plan.DIMENSIONS)
    named = set(re.findall(r'"properties": \{|"(\w+)": \{', json.dumps(report_schema())))
    assert set(reference.KEYS) <= named


@pytest.mark.parametrize("guide", GUIDES, ids=lambda guide: guide.stem)
def test_the_samples_of_a_guide_run(guide: Path, tmp_path: Path) -> None:
    env = environment(tmp_path / "home")
    bash("abtest init team --git --yes", tmp_path, env)
    bash(script(guide), tmp_path / "team", env)


def test_the_tutorial_ends_in_a_published_verdict(tmp_path: Path, wheels: Path) -> None:
    """From an empty folder, each line as it is printed; then what the forge does with the push."""
    hub = tmp_path / "hub"
    subprocess.run(["git", "init", "--quiet", "--bare", "-b", "main", hub], check=True)
    libraries = {path for path in sys.path if path.endswith("site-packages")}
    env = environment(
        tmp_path / "home",
        PIP_NO_INDEX="1", PIP_NO_DEPS="1", PIP_IGNORE_INSTALLED="1",
        PYTHONPATH=":".join(sorted(libraries)), PATH="/usr/local/bin:/usr/bin:/bin",
    )  # fmt: skip
    config = Path(env["HOME"]) / ".gitconfig"
    url = "https://github.com/brightline/outreach.git"
    config.write_text(f'{config.read_text()}[url "{hub.as_uri()}"]\n\tinsteadOf = {url}\n')
    env["PATH"] = f"{Path(sys.executable).resolve().parent}:{env['PATH']}"
    [wheel] = wheels.glob("abtest-*.whl")
    steps = script(DOCS / "tutorial.md")
    assert "pip install PATH-OR-GIT-URL-OF-abtest\n" in steps
    said = bash(steps.replace("PATH-OR-GIT-URL-OF-abtest", str(wheel)), tmp_path, env)
    promised = shown(DOCS / "tutorial.md")
    assert len(promised) == 3
    for block in promised:
        assert block in said
    assert "Everything works. 1 line of advice above." in said
    assert "requirements.txt names a folder of this machine" in said
    _published(hub, tmp_path, env)


def _published(hub: Path, folder: Path, env: dict[str, str]) -> None:
    """Run the workflow's own steps on a clone, as the forge does, and look at the page."""
    clone = folder / "runner"
    bash(f"git clone --quiet {hub.as_uri()} {clone}", folder, env)
    workflow = yaml.safe_load((clone / ".github/workflows/abtest.yml").read_text("utf-8"))
    env = env | {
        "GITHUB_STEP_SUMMARY": str(folder / "summary.md"),
        "PATH": f"{folder / 'abtest-env/bin'}:{env['PATH']}",
    }
    for step in workflow["jobs"]["results"]["steps"]:
        if "run" in step and "if" not in step:
            bash(f"set -eo pipefail\n{step['run']}", clone, env)
    page = (clone / "site/experiments/first-line/index.html").read_text("utf-8")
    assert "Ask who" in page
    assert "Three times the answers" in page
    results = json.loads((clone / "site/results.json").read_text("utf-8"))
    [ours] = [each for each in results["experiments"] if each["id"] == "first-line"]
    assert (ours["status"], ours["verdict"]["winner"]) == ("decided", "first-line/ask-who")
    assert "Ask who" in (folder / "summary.md").read_text("utf-8")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_documented_and_shown_at_work(name: str) -> None:
    assert f"## abtest {name}\n" in EVERYTHING
    prose = "\n".join(p.read_text("utf-8") for p in PAGES if p.parent.name != "reference")
    assert f"abtest {name}" in prose


#: Commands with several formats: each format is a file that is named like its command.
FORMATTED = sorted(
    {found[1] for m in iter_modules(formats.__path__) if (found := re.match(r"(.+)_text$", m.name))}
)


@pytest.mark.parametrize("command", FORMATTED)
def test_every_format_is_documented(command: str) -> None:
    text = (DOCS / "reference/report.md").read_text("utf-8")
    [line] = [line for line in text.splitlines() if line.startswith(f"* `abtest {command} ")]
    assert re.findall(r": (.*)", line)[0] == ", ".join(f"`{n}`" for n in formats.names(command))


def _keys(record: Record) -> set[str]:
    return set(record.fields)


def test_every_key_of_every_file_is_documented() -> None:
    text = (DOCS / "reference/files.md").read_text("utf-8")
    for record in (fields.PLAN, fields.EXPERIMENT, fields.VARIANT, fields.REVIEW):
        for key in _keys(record):
            assert f"| `{key}`" in text
    for name in (*plan.COUNTS, *plan.DIMENSIONS, *(a.name for a in DEFAULTS)):
        assert f"`{name}`" in text


def test_every_metric_and_key_of_the_report_is_documented() -> None:
    metrics = (DOCS / "reference/metrics.md").read_text("utf-8")
    for name in plan.COUNTS:
        if name not in ("sent", "bounced", "amount"):
            assert f"| `{name}` |" in metrics
    report = (DOCS / "reference/report.md").read_text("utf-8")
    example = json.loads(
        subprocess.run(
            [BIN / "abtest", "report", "--format", "json", "new-hire-opener"],
            cwd=ROOT, capture_output=True, text=True, check=True,
        ).stdout
    )  # fmt: skip
    assert {name for name in _names(example) if f"{name}` |" not in report} == set()


#: Keys below which the names are a team's own, or those of single checks.
_MAPS = ("counts", "metrics", "profile", "checks", "shares")


def _names(value: object) -> set[str]:
    """Every key of a JSON, at any depth."""
    if isinstance(value, list):
        return set().union(*map(_names, value))
    if not isinstance(value, dict):
        return set()
    return set(value).union(*(_names(v) for key, v in value.items() if key not in _MAPS))


def test_every_public_name_is_documented() -> None:
    text = (DOCS / "reference/python.md").read_text("utf-8")
    assert re.findall(r"^## abtest\.(\w+)$", text, re.MULTILINE) == sorted(
        abtest.__all__, key=str.lower
    )


def test_every_page_is_in_the_navigation() -> None:
    settings = (ROOT / "mkdocs.yml").read_text("utf-8")
    for page in PAGES:
        assert page.relative_to(ROOT / "site_src").as_posix() in settings


@pytest.mark.parametrize("name", COMMANDS)
def test_examples_of_the_help_stand_on_lines_of_their_own(name: str) -> None:
    done = subprocess.run(
        [BIN / "abtest", name, "--help"], capture_output=True, text=True, check=True
    )
    assert "\\b" not in done.stdout
    assert f"\n  abtest {name}" in done.stdout
