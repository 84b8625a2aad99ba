"""`abtest check --watch`, and the editor's task that reads it."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import threading
from pathlib import Path

from doc_samples import BIN, DAY, environment

from abtest.cli.watching import watch


def test_it_acts_again_after_each_change(tmp_path: Path) -> None:
    seen: list[int] = []

    def act() -> None:
        seen.append(len(list(tmp_path.rglob("*.md"))))
        if len(seen) < 3:
            later = threading.Timer(0.05, (tmp_path / f"{len(seen)}.md").write_text, ["x"])
            later.start()

    watch(tmp_path, act, rounds=3, pause=0.01)
    assert seen == [0, 1, 2]


def test_a_change_during_the_check_is_not_missed(tmp_path: Path) -> None:
    rounds: list[int] = []

    def act() -> None:
        rounds.append(1)
        if len(rounds) == 1:
            (tmp_path / "new.md").write_text("x")

    watch(tmp_path, act, rounds=2, pause=0.01)
    assert len(rounds) == 2


def test_a_folder_that_comes_and_goes(tmp_path: Path) -> None:
    folder = tmp_path / "messages"
    seen: list[bool] = []

    def act() -> None:
        seen.append(folder.is_dir())
        if len(seen) == 1:
            folder.mkdir()
            (folder / "a.md").write_text("x")

    watch(folder, act, rounds=2, pause=0.01)
    assert seen == [False, True]


def test_the_task_of_the_editor_reads_what_is_printed(outreach: Path, tmp_path: Path) -> None:
    """The problem matcher's own expressions, on the output of the command that it starts."""
    tasks = json.loads((outreach / ".vscode/tasks.json").read_text("utf-8"))["tasks"]
    matcher = tasks[0]["problemMatcher"]
    command = tasks[0]["command"].split()
    process = subprocess.Popen(
        [BIN / command[0], *command[1:], "--as-of", "2026-11-25"], cwd=outreach,
        env=environment(tmp_path / "home", SOURCE_DATE_EPOCH=DAY, PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert process.stdout is not None
    background = matcher["background"]

    def one_round() -> list[str]:
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line.rstrip("\n"))
            if re.fullmatch(background["endsPattern"], lines[-1]):
                return lines
        raise AssertionError(lines)

    first = [line for line in one_round() if line]
    assert re.fullmatch(background["beginsPattern"], first[0])
    plan = outreach / "messages/plan.yml"
    plan.write_text(plan.read_text("utf-8").replace("alpha: 0.05", "alpha: 5"), "utf-8")
    found = [
        match for line in one_round() if (match := re.match(matcher["pattern"]["regexp"], line))
    ]
    process.send_signal(signal.SIGINT)
    assert process.wait(timeout=20) == 130
    process.stdout.close()
    [error] = [match for match in found if match[5] == "error"]
    assert error[1] == "messages/plan.yml"
    assert plan.read_text("utf-8").splitlines()[int(error[2]) - 1].startswith("alpha")
