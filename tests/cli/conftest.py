"""Run the command line in this process, as a user would in a folder."""

from dataclasses import dataclass

import pytest

from abtest.cli import main


@dataclass
class Ran:
    code: int
    out: str
    err: str


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """`run("check", "--format", "json", cwd=folder)` → exit code, output, errors."""
    monkeypatch.delenv("CI", raising=False)

    def run(*arguments, cwd=tmp_path):
        monkeypatch.chdir(cwd)
        with pytest.raises(SystemExit) as stop:
            main([str(argument) for argument in arguments])
        captured = capsys.readouterr()
        return Ran(stop.value.code or 0, captured.out, captured.err)

    return run
