"""What a person sees at a terminal: colors, lines that fit, help with examples, the Tab key."""

from __future__ import annotations

import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from abtest.cli import COMMANDS
from abtest.formats.table import width

BIN = Path(sys.executable).parent / "abtest"
ROOT = Path(__file__).parents[2]
WIDTH = 80

#: Output for people, of every command that prints more than a line; all of it on the showcase.
SHOWN = {
    "report": ("report",),
    "report one": ("report", "staffing-offers"),
    "calc": ("calc", "52/400", "71/410", "9/400"),
    "plan": ("plan", "--from", "10%", "--to", "15%", "--pace", "40"),
    "plan by rate": ("plan", "--rate", "15%", "--target", "10%"),
    "investigate": ("investigate", "staffing-offers/feature-list"),
    "rule": ("rule", "VM003"),
    "help": ("--help",),
}


def terminal(*arguments: str, cwd: Path = ROOT, **more: str) -> str:
    """What a command prints on a terminal of 80 columns, with its colors."""
    leader, follower = pty.openpty()
    env = {k: v for k, v in os.environ.items() if k not in ("NO_COLOR", "CI", "COLUMNS")}
    process = subprocess.Popen(
        [BIN, *arguments], cwd=cwd, stdin=subprocess.DEVNULL, stdout=follower, stderr=follower,
        env={**env, "TERM": "xterm-256color", "COLUMNS": str(WIDTH), **more},
    )  # fmt: skip
    os.close(follower)
    said = b""
    while True:
        try:
            part = os.read(leader, 65_536)
        except OSError:  # how Linux says that the other side has closed
            break
        if not part:
            break
        said += part
    process.wait()
    os.close(leader)
    return said.decode().replace("\r\n", "\n")


@pytest.mark.parametrize("arguments", SHOWN.values(), ids=SHOWN)
def test_every_line_fits_a_terminal(arguments: tuple[str, ...]) -> None:
    said = terminal(*arguments, SOURCE_DATE_EPOCH="1795564800")
    assert len(said.splitlines()) > 3
    assert [line for line in said.splitlines() if width(line) > WIDTH] == []


@pytest.mark.parametrize("name", COMMANDS)
def test_every_line_of_help_fits(run, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", str(WIDTH))
    said = run(name, "--help").out
    assert [line for line in said.splitlines() if width(line) > WIDTH] == []


COLORED = {name: SHOWN[name] for name in ("report one", "calc", "investigate")} | {
    "check": ("check", "messages/staffing-offers")
}


@pytest.mark.parametrize("arguments", COLORED.values(), ids=COLORED)
def test_words_that_judge_have_colors_unless_somebody_minds(arguments: tuple[str, ...]) -> None:
    colored = terminal(*arguments, SOURCE_DATE_EPOCH="1795564800")
    assert re.search(r"\x1b\[(?:1|3[1-6])m", colored)
    plain = terminal(*arguments, SOURCE_DATE_EPOCH="1795564800", NO_COLOR="1")
    assert "\x1b" not in plain
    assert plain == re.sub(r"\x1b\[\d+m", "", colored)


def test_doctor_colors_what_is_in_order(tmp_path: Path) -> None:
    assert "\x1b[32mok" in terminal("doctor", cwd=tmp_path)
    assert "\x1b" not in terminal("doctor", cwd=tmp_path, NO_COLOR="1")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (("recrd",), "Did you mean 'record'?"),
        (("chekc",), "Did you mean 'check'?"),
        (("check", "--formt", "json"), "Did you mean '--format'?"),
        (("check", "--format", "jsno"), "'json'"),
        (("record", "x/y", "--response", "3"), "--responses"),
        (("rule", "VM3"), "VM003"),
        (("frobnicate",), "See 'abtest --help'."),
    ],
)
def test_a_slip_of_the_finger_is_understood(typed: tuple[str, ...], meant: str) -> None:
    assert meant in terminal(*typed)


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_line_for_the_shell_is_there(shell: str) -> None:
    done = subprocess.run(
        [BIN], env={**os.environ, "_ABTEST_COMPLETE": f"{shell}_source"},
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert f"_ABTEST_COMPLETE={shell}_complete" in done.stdout


@pytest.mark.parametrize(
    ("words", "offered"),
    [
        ("abtest re", {"record", "report"}),
        ("abtest report --f", {"--format"}),
        ("abtest report --format j", {"json"}),
        ("abtest new ", {"experiment", "variant", "review"}),
    ],
)
def test_the_tab_key_completes(words: str, offered: set[str]) -> None:
    """As bash asks: the words so far, and which of them the cursor is in."""
    position = str(len(words.split(" ")) - 1)
    done = subprocess.run(
        [BIN], capture_output=True, text=True, check=True,
        env={**os.environ, "_ABTEST_COMPLETE": "bash_complete", "COMP_WORDS": words,
             "COMP_CWORD": position},
    )  # fmt: skip
    assert {line.partition(",")[2] for line in done.stdout.splitlines()} == offered
