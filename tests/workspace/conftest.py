"""Run the command line in this process, and a team's repository to run it in."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest
from doc_samples import DAY, ROOT, TODAY

from abtest.cli import main
from abtest.workspace.starting import start
from abtest.workspace.team import Team


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., Ran]:
    """`run("init", "outreach", cwd=folder)` → exit code, output, errors."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    monkeypatch.delenv("CI", raising=False)

    def run(*arguments: object, cwd: Path = tmp_path) -> Ran:
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(int(stop.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A home in which git knows who commits."""
    folder = tmp_path_factory.mktemp("home")
    (folder / ".gitconfig").write_text(
        "[user]\n\tname = Kim Ito\n\temail = kim@brightline.example\n", "utf-8"
    )
    monkeypatch.setenv("HOME", str(folder))
    return folder


@pytest.fixture
def outreach(tmp_path: Path) -> Path:
    """A repository that was started today with the default answers."""
    root = tmp_path / "outreach"
    start(root, Team(), TODAY)
    return root


@pytest.fixture(scope="session")
def wheels(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """This abtest as the package that people install."""
    place = tmp_path_factory.mktemp("wheels")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", place, ROOT]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return place
