"""What goes wrong around us, and what is promised then: old or new, never half; said in words."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ABTEST = [sys.executable, "-m", "abtest"]
TODAY = "1795564800"


@pytest.fixture(scope="module")
def built() -> Iterator[Path]:
    """A small team's folder, its site built."""
    folder = Path(tempfile.mkdtemp(prefix="abtest-faults-"))
    shutil.copytree(ROOT / "messages" / "new-hire-opener", folder / "messages/new-hire-opener")
    shutil.copy(ROOT / "messages/plan.yml", folder / "messages")
    (folder / "site_src").mkdir()
    (folder / "mkdocs.yml").write_text(
        "site_name: Faults\ndocs_dir: site_src\ntheme: {name: material, font: false}\n"
        "plugins: [search, abtest]\n"
    )
    assert run(folder, "build").returncode == 0
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def team(built: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(built, tmp_path / "team"))


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "SOURCE_DATE_EPOCH": TODAY, "NO_MKDOCS_2_WARNING": "1", **more}


def run(folder: Path, *arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*ABTEST, *arguments], cwd=folder, env=environment(**more),
        capture_output=True, text=True, check=False,
    )  # fmt: skip


def tree(folder: Path) -> Mapping[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def left_over(folder: Path) -> list[str]:
    """What lies in the workshop besides its lock."""
    return [path.name for path in (folder / ".abtest").iterdir() if path.name != "build.lock"]


def wait_for_work(folder: Path, process: subprocess.Popen[str]) -> None:
    """Until the builder writes pages aside."""
    while process.poll() is None and not list(folder.glob(".abtest/site-*/*")):
        time.sleep(0.005)
    assert process.poll() is None, "the build ended before it could be disturbed"


def change_words(folder: Path) -> None:
    path = folder / "messages/new-hire-opener/your-new-reps.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("Name their new reps", "Greet their new reps"), "utf-8")


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupted_build_leaves_the_old_site(team: Path, how: signal.Signals) -> None:
    before = tree(team / "site")
    change_words(team)
    with subprocess.Popen(
        [*ABTEST, "build"], cwd=team, env=environment(), text=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    ) as process:  # fmt: skip
        wait_for_work(team, process)
        process.send_signal(how)
        _, said = process.communicate()
    assert tree(team / "site") == before
    assert "Traceback" not in said
    assert process.returncode == (130 if how == signal.SIGINT else -how)
    if how == signal.SIGINT:
        assert left_over(team) == []
    assert run(team, "build").returncode == 0
    assert tree(team / "site") != before
    assert left_over(team) == []


def test_a_build_on_a_full_disk_says_so_and_leaves_the_old_site(team: Path) -> None:
    before = tree(team / "site")
    change_words(team)
    done = subprocess.run(
        [*ABTEST, "build"], cwd=team, env=environment(), capture_output=True, text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )  # fmt: skip
    assert done.returncode == 1
    assert "The site cannot be written: " in done.stderr
    assert "Traceback" not in done.stderr
    assert tree(team / "site") == before
    assert left_over(team) == []


def give_up_power() -> None:
    """Let the rights of files bind us too, if we are the administrator (capability 1 of Linux)."""
    if os.geteuid() == 0:
        drop_from_bounding_set = 24
        assert ctypes.CDLL(None).prctl(drop_from_bounding_set, 1, 0, 0, 0) == 0


def test_a_build_in_a_folder_that_may_not_be_written_says_so(team: Path) -> None:
    before = tree(team / "site")
    shutil.rmtree(team / ".abtest")
    team.chmod(0o555)
    done = subprocess.run(
        [*ABTEST, "build"], cwd=team, env=environment(), capture_output=True, text=True,
        check=False, preexec_fn=give_up_power,
    )  # fmt: skip
    team.chmod(0o755)
    assert done.returncode == 1
    assert "abtest: The site cannot be written: " in done.stderr
    assert tree(team / "site") == before


def test_builders_at_once_leave_one_whole_site(team: Path, tmp_path: Path) -> None:
    # All builds compared here are made by one copy of the package, whoever edits it meanwhile.
    package = {"PYTHONPATH": str(tmp_path / "package")}
    shutil.copytree(ROOT / "abtest", tmp_path / "package" / "abtest")
    shutil.rmtree(team / "site")
    builders = [
        subprocess.Popen(
            [*ABTEST, "build"], cwd=team, env=environment(**package), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for _ in range(3)
    ]  # fmt: skip
    ended = [(builder.communicate()[1], builder.returncode) for builder in builders]
    assert any(code == 0 for _, code in ended)
    assert all("Another build is at work here" in said for said, code in ended if code)
    together = tree(team / "site")
    shutil.rmtree(team / "site")
    assert run(team, "build", **package).returncode == 0
    assert tree(team / "site") == together


def test_records_at_once_lose_nothing(team: Path) -> None:
    name = "new-hire-opener/your-new-reps"
    writers = [
        subprocess.Popen(
            [*ABTEST, "record", name, "--rep", f"rep{number}", "--date", "2026-11-02",
             "--sent", str(10 + number), "--responses", "1"],
            cwd=team, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )
        for number in range(6)
    ]  # fmt: skip
    for writer in writers:
        _, said = writer.communicate()
        assert writer.returncode == 0, said
    raisers = [
        subprocess.Popen(
            [*ABTEST, "record", name, "--rep", "rep0", "--date", "2026-11-02", "--responses", "+1"],
            cwd=team, env=environment(), stdout=subprocess.DEVNULL,
        )
        for _ in range(4)
    ]  # fmt: skip
    assert [raiser.wait() for raiser in raisers] == [0] * 4
    text = (team / "messages" / f"{name}.md").read_text("utf-8")
    assert "{date: 2026-11-02, sent: 10, responses: 5}" in text
    assert all(f"sent: {10 + number}, responses: 1}}" in text for number in range(1, 6))
    assert not [path.name for path in (team / "messages").rglob("*.tmp")]


def test_without_git_everything_but_history_works(team: Path) -> None:
    for command in ("check", "report"):
        done = run(team, command, PATH="/nowhere", CI="")
        assert done.returncode == 0, done.stderr + done.stdout
    assert "git is not installed" in run(team, "check", PATH="/nowhere", CI="").stdout


GUARD = """
import sys
def refuse(event, arguments):
    if event in ("socket.connect", "socket.getaddrinfo", "socket.sendto", "urllib.Request"):
        raise SystemExit(f"the network was asked: {event} {arguments}")
sys.addaudithook(refuse)
from abtest.cli import main
main(sys.argv[1:])
"""


@pytest.mark.parametrize("command", ["build", "check", "report", "doctor", "pages out"])
def test_no_command_asks_the_network(team: Path, command: str) -> None:
    """Nor does any need git to go on."""
    done = subprocess.run(
        [sys.executable, "-c", GUARD, *command.split()],
        cwd=team, env=environment(PATH="/nowhere", CI=""),
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert "the network was asked" not in done.stderr
    assert done.returncode in ((0, 1) if command == "doctor" else (0,)), done.stderr


def test_the_guard_sees_what_asks_the_network(team: Path) -> None:
    code = GUARD.replace("from abtest.cli import main\nmain(sys.argv[1:])", "")
    code += "import socket; socket.create_connection(('127.0.0.1', 9))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "the network was asked" in done.stderr


@pytest.mark.parametrize(
    "command",
    ["report", "report --format json", "check --no-history", "schema", "rule VM003", "--help"],
)
def test_who_reads_no_further_is_no_error(team: Path, command: str) -> None:
    """`abtest … | true`: the pipe is closed before the first word."""
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as pipe:
        done = subprocess.run(
            [*ABTEST, *command.split()],
            cwd=team, env=environment(), stdout=pipe, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""


def test_a_clock_that_is_behind_judges_only_what_had_happened(team: Path) -> None:
    """A machine that thinks it is last year sees the rows, and does not judge them."""
    done = run(team, "report", "--format", "json", SOURCE_DATE_EPOCH="1740000000")
    assert done.returncode == 0, done.stderr
    [experiment] = json.loads(done.stdout)["experiments"]
    assert experiment["verdict"]["winner"] is None
    assert all(not variant["reached"] for variant in experiment["variants"])
