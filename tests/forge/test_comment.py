"""The comment on a pull request: the forges' own steps, run with the real tools."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from forges import Forge

from abtest.formats.diff_markdown import MARKER

ROOT = Path(__file__).parents[2]
TEMPLATES = ROOT / "abtest/workspace/templates"
WORKFLOWS = [ROOT / ".github/workflows/abtest.yml", TEMPLATES / "github.yml"]
GITLAB_FILES = [ROOT / ".gitlab-ci.yml", TEMPLATES / "gitlab.yml"]
TEXT = f'{MARKER}\n### What changed\n\n@changes.md $(touch x) `touch x` "Ä" $PATH\n\n> 10 % → 12 %'


def parsed(path):
    # YAML 1.1 reads the key `on` as true.
    return yaml.safe_load(path.read_text("utf-8").replace("\non:\n", "\n'on':\n"))


@pytest.fixture
def forge():
    with Forge() as forge:
        yield forge


def comment(forge, tmp_path, workflow=WORKFLOWS[0], text=TEXT):
    """Run the step that comments, as the runner does."""
    if shutil.which("gh") is None:
        pytest.fail("This test needs GitHub's command line: apt-get install gh")
    [step] = parsed(workflow)["jobs"]["comment"]["steps"]
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-c", step["run"]],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={
            "PATH": os.environ["PATH"], "HOME": str(tmp_path), "CHANGES": text,
            "GH_TOKEN": "the-token", "GH_HOST": "github.localhost", "http_proxy": forge.address,
            "COMMENTS": "repos/brightline/outreach/issues/7/comments",
        },
    )  # fmt: skip


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=["ours", "template"])
def test_one_comment_follows_the_pushes(forge, tmp_path, workflow):
    others = [forge.say("github", f"{MARKER} mine!", login="kim"), forge.say("github", "Nice")]
    before = [dict(other) for other in others]
    for text in (TEXT, f"{TEXT} and more"):
        done = comment(forge, tmp_path, workflow, text)
        assert (done.returncode, done.stderr) == (0, "")
        assert forge.comments[:2] == before
        assert [each["body"] for each in forge.comments[2:]] == [f"{text}\n"]
        forge.say("github", "A comment in between", login="lee")
        forge.comments.pop()
    assert [method for method, _ in forge.asked].count("POST") == 1
    assert not (tmp_path / "x").exists()


def test_a_token_that_may_only_read_is_no_failure(forge, tmp_path):
    forge.writable = False
    done = comment(forge, tmp_path)
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1].startswith("::notice::This token cannot comment")
    assert forge.comments == []


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=["ours", "template"])
def test_who_may_write_runs_nothing_that_was_contributed(workflow):
    found = parsed(workflow)
    assert set(found["on"]) == {"push", "pull_request"}
    assert found["permissions"] == {}
    for name, job in found["jobs"].items():
        writes = [key for key, right in job["permissions"].items() if right == "write"]
        assert ("pull-requests" in writes) == (name == "comment")
        if writes:
            steps = job["steps"]
            assert not any("checkout" in step.get("uses", "") for step in steps)
            assert not any("abtest" in step.get("run", "").replace(MARKER, "") for step in steps)
            assert not any("${{" in step.get("run", "") for step in steps)
    fork = "github.event.pull_request.head.repo.full_name == github.repository"
    assert fork in found["jobs"]["comment"]["if"]


def test_the_template_comments_as_we_do():
    ours, theirs = (parsed(path)["jobs"]["comment"] for path in WORKFLOWS)
    assert ours == theirs
    mine, other = (path.read_text("utf-8") for path in GITLAB_FILES)
    assert mine.replace("--quiet .", "--quiet --requirement requirements.txt") == other


def note(forge, tmp_path, token="the-token", text=TEXT):
    """Run the script of GitLab's job, as its runner does."""
    (tmp_path / "changes.md").write_text(text, "utf-8")
    [script] = parsed(GITLAB_FILES[0])["note"]["script"]
    return subprocess.run(
        ["bash", "-eo", "pipefail", "-c", script],
        cwd=tmp_path, capture_output=True, text=True, check=False,
        env={
            "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "CI_PROJECT_ID": "3",
            "CI_API_V4_URL": f"{forge.address}/api/v4", "CI_MERGE_REQUEST_IID": "7",
            "ABTEST_NOTE_TOKEN": token,
        },
    )  # fmt: skip


def test_one_note_follows_the_pushes(forge, tmp_path):
    other = dict(forge.say("gitlab", f"{MARKER} mine!", id=8))
    for text in (TEXT, f"{TEXT} and more"):
        done = note(forge, tmp_path, text=text)
        assert (done.returncode, done.stderr) == (0, "")
        assert forge.comments[0] == other
        assert [each["body"] for each in forge.comments[1:]] == [text]


def test_without_a_token_gitlab_is_asked_nothing(forge, tmp_path):
    assert note(forge, tmp_path, token="").returncode == 0
    assert forge.asked == []


def test_the_token_is_where_nothing_contributed_runs():
    jobs = parsed(GITLAB_FILES[1])
    assert jobs["note"]["variables"] == {"GIT_STRATEGY": "none"}
    assert [job for job in jobs if "TOKEN" in str(jobs[job])] == ["note"]
