"""Work on all processors: nothing is found otherwise, and Ctrl+C ends all of it."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from abtest.cli.side_by_side import mapped

ROOT = Path(__file__).parents[2]
ABTEST = (sys.executable, "-m", "abtest")


def test_many_things_are_done_in_their_order_by_several_processes():
    made = mapped(lambda number: (number, os.getpid()), range(500))
    assert [number for number, _ in made] == list(range(500))
    processes = {process for _, process in made}
    if len(os.sched_getaffinity(0)) > 1:
        assert os.getpid() not in processes
    else:
        assert processes == {os.getpid()}


def test_few_things_stay_in_this_process():
    assert mapped(lambda _: os.getpid(), range(20)) == [os.getpid()] * 20


def test_what_goes_wrong_is_raised_here():
    with pytest.raises(ZeroDivisionError):
        mapped(lambda number: 1 // (number - 300), range(500))


def test_a_process_that_is_killed_is_done_without():
    first = os.getpid()

    def work(number):
        if number == 300 and os.getpid() != first:
            os.kill(os.getpid(), signal.SIGKILL)
        return number

    assert mapped(work, range(500)) == list(range(500))


@pytest.fixture
def large_team(tmp_path):
    """One experiment of the samples, 400 times."""
    for number in range(400):
        shutil.copytree(
            ROOT / "messages" / "staffing-offers", tmp_path / "messages" / f"offers-{number:03d}"
        )
    return tmp_path


def check(team, **more):
    command = [*ABTEST, "check", "--no-history", "--format", "json", "--as-of", "2026-11-22"]
    done = subprocess.run(
        command, cwd=team, env={**os.environ, **more}, capture_output=True, check=True
    )
    return done.stdout


def test_the_critique_of_a_large_team_is_the_same_on_one_processor(large_team, tmp_path):
    one = min(os.sched_getaffinity(0))
    alone = subprocess.run(
        [sys.executable, "-c",
         f"import os; os.sched_setaffinity(0, {{{one}}}); from abtest.cli import main; main()",
         "check", "--no-history", "--format", "json", "--as-of", "2026-11-22"],
        cwd=large_team, env={**os.environ, "XDG_CACHE_HOME": str(tmp_path / "alone")},
        capture_output=True, check=True,
    )  # fmt: skip
    assert check(large_team, XDG_CACHE_HOME=str(tmp_path / "together")) == alone.stdout


def children(process):
    found = Path(f"/proc/{process}/task/{process}/children").read_text()
    return [int(child) for child in found.split()]


def test_an_interrupt_ends_all_processes(large_team):
    """As in a terminal, where Ctrl+C reaches every process of the command."""
    if len(os.sched_getaffinity(0)) < 2:
        pytest.fail("This test needs two processors.")
    process = subprocess.Popen(
        [*ABTEST, "check", "--no-history"], cwd=large_team, start_new_session=True,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    while not (helpers := children(process.pid)):
        assert process.poll() is None, "the check ended before it could be interrupted"
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in said
    for helper in helpers:
        assert not Path(f"/proc/{helper}").exists()
