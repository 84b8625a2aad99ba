"""What runs at night: a valid workflow, of scripts and tests that are there."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[2]
WORKFLOW = ROOT / ".github/workflows/nightly.yml"


def script(name: str) -> ModuleType:
    """A module of scripts/."""
    spec = importlib.util.spec_from_file_location(f"script_{name}", ROOT / f"scripts/{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_workflow_is_valid() -> None:
    tool = Path(sys.executable).with_name("check-jsonschema")
    done = subprocess.run(
        [tool, "--builtin-schema", "vendor.github-workflows", WORKFLOW],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_every_file_that_it_names_is_there() -> None:
    named = set(re.findall(r"\b(?:scripts|tests)/[\w/.]+", WORKFLOW.read_text("utf-8")))
    assert "scripts/fuzz.py" in named
    assert [name for name in named if not (ROOT / name).exists()] == []


def test_every_dependency_has_a_lower_bound() -> None:
    pins = script("lowest").pins()
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert len(pins) >= len(project["dependencies"])
    assert all(re.fullmatch(r"[\w-]+==[\d.]+", pin) for pin in pins)


@pytest.mark.parametrize("group", script("mutate").GROUPS.values())
def test_every_module_and_test_of_a_mutation_is_there(group) -> None:
    assert all((ROOT / f"abtest/{name}.py").is_file() for name in group.modules)
    assert all((ROOT / f"tests/{name}.py").is_file() for name in group.tests)
    assert {"source_paths", "only_mutate"} <= set(
        tomllib.loads(script("mutate").settings(group))["tool"]["mutmut"]
    )


def test_a_survivor_is_known_by_its_change_alone() -> None:
    known = script("mutate").known()
    assert all(re.match(r"[\w.]+: - .+ \+ .+", line) for line in known)
