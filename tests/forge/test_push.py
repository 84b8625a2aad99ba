"""Clone, edit, push, CI, published folder: two people at one remote, with the real git."""

import json
import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

BIN = Path(sys.executable).parent
VARIANT = "example-ask/ask-who"
FILE = f"messages/{VARIANT}.md"


def run(folder, *command, who="Kim", **more):
    name = {"NAME": who, "EMAIL": f"{who.lower()}@brightline.example"}
    return subprocess.run(
        [str(part) for part in command],
        cwd=folder, capture_output=True, text=True, check=False,
        env={
            **{k: v for k, v in os.environ.items() if not k.startswith(("GIT_", "SOURCE_DATE"))},
            **{f"GIT_{side}_{k}": v for side in ("AUTHOR", "COMMITTER") for k, v in name.items()},
            "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull,
            "PATH": f"{BIN}:{os.environ['PATH']}", **more,
        },
    )  # fmt: skip


def done(folder, *command, **more):
    found = run(folder, *command, **more)
    assert found.returncode == 0, found.stdout + found.stderr
    return found.stdout + found.stderr


class Remote:
    """A bare repository; each push to it runs the team's own CI file and publishes.

    Attributes:
        path: The repository.
        published: The folder that visitors see.
    """

    def __init__(self, home):
        self.home, self.path, self.published = home, home / "outreach.git", home / "published"
        done(home, "git", "init", "--quiet", "--bare", "--initial-branch=main", self.path)
        hook = self.path / "hooks/post-receive"
        hook.write_text(f"#!/bin/sh\nexec {sys.executable} {Path(__file__)} {home}\n", "utf-8")
        hook.chmod(0o755)

    def clone(self, name):
        done(self.home, "git", "clone", "--quiet", self.path, name)
        return self.home / name

    @property
    def counts(self):
        """Sent and answered of the variant, as the published results have them."""
        report = json.loads((self.published / "results.json").read_text("utf-8"))
        [found] = [
            variant
            for experiment in report["experiments"]
            for variant in experiment["variants"]
            if variant["id"] == VARIANT
        ]
        waiting = found["maturing"]
        return (
            found["sent"] + waiting["sent"], found["counts"]["responses"] + waiting["responses"],
        )  # fmt: skip

    def tree(self):
        return {
            path.relative_to(self.published).as_posix(): path.read_bytes()
            for path in self.published.rglob("*")
            if path.is_file()
        }


def on_push(home):
    """What the forge does: a fresh clone, the job `check`, then the job `pages`."""
    work = home / "runner"
    done(home, "rm", "-rf", work)
    done(home, "git", "clone", "--quiet", home / "outreach.git", work)
    jobs = yaml.safe_load((work / ".gitlab-ci.yml").read_text("utf-8"))
    surroundings = {
        "CI_COMMIT_BRANCH": "main", "CI_DEFAULT_BRANCH": "main",
        "CI_PAGES_URL": (home / "published").as_uri(),
    }  # fmt: skip
    for job in ("check", "pages"):
        install, *script = jobs[job]["script"]
        assert "pip install" in install  # it is installed here
        ran = run(work, "bash", "-eo", "pipefail", "-c", "\n".join(script), **surroundings)
        print(ran.stdout + ran.stderr)
        if ran.returncode:
            print(f"The job {job} failed.")
            return
    old = home / "published"
    done(home, "rm", "-rf", old)
    (work / "public").rename(old)
    print("Published.")


if __name__ == "__main__":
    on_push(Path(sys.argv[1]))


@pytest.fixture
def remote(tmp_path):
    """A team's new repository, pushed and published."""
    remote = Remote(tmp_path)
    done(tmp_path, "abtest", "init", "kim", "--forge", "gitlab", "--sender", "Kim Ito", "--git")
    kim = tmp_path / "kim"
    done(kim, "git", "remote", "add", "origin", remote.path)
    assert "remote: Published." in done(kim, "git", "push", "--quiet", "-u", "origin", "main")
    return remote


def record(folder, rep, *counts, who):
    done(folder, "abtest", "record", VARIANT, "--rep", rep, *counts)
    done(folder, "git", "commit", "--quiet", "-am", f"Record {shlex.join(counts)}", who=who)


def push(folder, *options):
    return run(folder, "git", "push", "--quiet", *options)


@pytest.mark.slow
def test_two_people_lose_no_count(remote):
    kim, lee = remote.home / "kim", remote.clone("lee")
    sent, answered = remote.counts

    # Two rows, one each: whoever pushes second pulls, and nothing has to be decided.
    record(kim, "kim", "--sent", "40", "--responses", "5", who="Kim")
    record(lee, "lee", "--sent", "30", "--responses", "2", who="Lee")
    assert "remote: Published." in push(kim).stderr
    assert remote.counts == (sent + 40, answered + 5)
    refused = push(lee)
    assert refused.returncode == 1
    assert "fetch first" in refused.stderr
    done(lee, "git", "pull", "--quiet", "--no-rebase", "--no-edit", who="Lee")
    assert "remote: Published." in push(lee).stderr
    assert remote.counts == (sent + 70, answered + 7)

    # One row, raised by both: git asks, and what is left undecided is not published.
    done(kim, "git", "pull", "--quiet", "--no-rebase")
    record(kim, "kim", "--responses", "+1", who="Kim")
    record(lee, "kim", "--responses", "+3", who="Lee")
    assert "remote: Published." in push(kim).stderr
    assert push(lee).returncode == 1
    pulled = run(lee, "git", "pull", "--quiet", "--no-rebase", "--no-edit", who="Lee")
    assert f"CONFLICT (content): Merge conflict in {FILE}" in pulled.stdout
    before = remote.tree()
    done(lee, "git", "commit", "--quiet", "--no-edit", "-am", "Merge", who="Lee")
    failed = push(lee).stderr
    assert f"remote: {FILE}:" in failed
    assert "remote: The job check failed." in failed
    assert remote.tree() == before
    done(lee, "git", "checkout", "--quiet", "HEAD^2", "--", FILE)
    done(lee, "abtest", "record", VARIANT, "--rep", "kim", "--responses", "+3")
    done(lee, "git", "commit", "--quiet", "-am", "Take both", who="Lee")
    assert "remote: Published." in push(lee).stderr
    assert remote.counts == (sent + 70, answered + 11)

    # A history without the others' rows: the published results remember them.
    before = remote.tree()
    done(kim, "git", "commit", "--quiet", "--amend", "-m", "Mine alone")
    failed = push(kim, "--force").stderr
    assert "The published results had" in failed
    assert "remote: The job check failed." in failed
    assert remote.tree() == before
    assert "remote: Published." in push(lee, "--force").stderr

    # Whoever clones and builds that commit has what is published, byte for byte.
    fresh = remote.clone("fresh")
    day = done(fresh, "git", "log", "-1", "--format=%ct").strip()
    done(fresh, "abtest", "build", "--site-dir", remote.home / "again", SOURCE_DATE_EPOCH=day)
    remote.published = remote.home / "again"
    assert remote.tree() == before
