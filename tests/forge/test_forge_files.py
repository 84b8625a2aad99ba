"""What the forges run: valid, safe by its own linter, and executed here step for step."""

import os
import re
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
KIM = ("-c", "user.name=Kim", "-c", "user.email=kim@brightline.example")
ACTION = yaml.safe_load((ROOT / "action.yml").read_text("utf-8"))


def run(*command, cwd=ROOT, **environment):
    return subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def content(done):
    assert done.returncode == 0, done.stdout + done.stderr


def test_workflows_and_action_pass_the_strictest_audit():
    content(run(BIN / "zizmor", "--offline", "--persona", "auditor", "--quiet", "."))


@pytest.mark.parametrize(
    ("schema", "path"),
    [
        ("vendor.github-workflows", ".github/workflows/abtest.yml"),
        ("vendor.github-actions", "action.yml"),
        ("vendor.gitlab-ci", ".gitlab-ci.yml"),
        ("vendor.github-workflows", "abtest/workspace/templates/github.yml"),
        ("vendor.gitlab-ci", "abtest/workspace/templates/gitlab.yml"),
    ],
)
def test_forge_file_is_valid(schema, path):
    more = ["--data-transform", "gitlab-ci"] if "gitlab" in schema else []
    content(run(BIN / "check-jsonschema", "--builtin-schema", schema, *more, path))


@pytest.fixture(scope="module")
def team(tmp_path_factory):
    """A team's repository with a past, and a change on a branch."""
    folder = tmp_path_factory.mktemp("runner") / "team"
    content(run("git", "clone", "--quiet", "--no-local", ROOT, folder))
    content(run("git", "switch", "--quiet", "-c", "more-answers", cwd=folder))
    record = ("record", "staffing-offers/book-a-demo", "--rep", "kim", "--date", "2026-11-20")
    content(run(BIN / "abtest", *record, "--sent", "12", "--responses", "2", cwd=folder))
    content(run("git", *KIM, "commit", "--quiet", "-am", "Record Friday", cwd=folder))
    return folder


@pytest.fixture(scope="module")
def runner(team):
    """The environment that a runner gives the steps behind `Install`, which is run here."""
    home = team.parent
    python = home / "python"
    content(run(sys.executable, "-m", "venv", python))
    # The dependencies are here already; only abtest itself is installed afresh.
    [library] = python.glob("lib/python*/site-packages")
    (library / "dependencies.pth").write_text(f"{sysconfig.get_path('purelib')}\n", "utf-8")
    environment = {
        "GITHUB_ACTION_PATH": str(ROOT),
        "GITHUB_STEP_SUMMARY": str(home / "summary.md"),
        "GITHUB_OUTPUT": str(home / "output"),
        "RUNNER_TEMP": str(home),
        "CI": "true",
        "GITHUB_ACTIONS": "true",
        "PATH": f"{python / 'bin'}:{os.environ['PATH']}",
    }
    content(execute("Install", team, environment))
    return environment


def step(name):
    [found] = [step for step in ACTION["runs"]["steps"] if step["name"] == name]
    return found


def execute(name, team, runner, **given):
    """Run a step's script as the runner does, with the inputs that its `env` takes."""
    found = step(name)
    inputs = {key: value["default"] for key, value in ACTION["inputs"].items()} | given
    environment = {
        key: inputs[value.removeprefix("${{ inputs.").removesuffix(" }}")]
        for key, value in found.get("env", {}).items()
    }
    command = ("bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", found["run"])
    return run(*command, cwd=team, **{**runner, **environment})


def test_no_step_puts_an_expression_into_its_script():
    for found in ACTION["runs"]["steps"]:
        assert "${{" not in found.get("run", "")


def test_the_steps_of_the_action_do_their_work(team, runner):
    content(execute("Say what the change did", team, runner, base="HEAD~1"))
    assert changes(runner) == (team.parent / "changes.md").read_text("utf-8")
    published = team.parent / "published"
    published.mkdir()
    report = run(BIN / "abtest", "report", "--format", "json", cwd=team)
    (published / "results.json").write_text(report.stdout, "utf-8")
    content(execute("Fetch the last published results", team, runner, published=published.as_uri()))
    assert (team.parent / "published-results.json").is_file()
    checked = execute("Check", team, runner)
    content(checked)
    assert checked.stdout.count("\n::") < 10
    content(execute("Report", team, runner))
    summary = Path(runner["GITHUB_STEP_SUMMARY"]).read_text("utf-8")
    assert "## Results on" in summary
    assert "| Counts | \\+12 sent, \\+2 responses |" in summary
    content(execute("Build the site", team, runner))
    assert (team / "site" / "index.html").is_file()


def changes(runner):
    """What the runner reads out of the file of outputs."""
    first, _, rest = Path(runner["GITHUB_OUTPUT"]).read_text("utf-8").partition("\n")
    name, _, end = first.partition("<<")
    assert (name, rest.count(f"{end}\n"), rest.endswith(f"{end}\n")) == ("changes", 1, True)
    return rest.removesuffix(f"{end}\n")


def test_what_is_no_report_is_no_witness(team, runner, tmp_path):
    (tmp_path / "results.json").write_text("<!doctype html><title>Sign in</title>", "utf-8")
    step = "Fetch the last published results"
    content(
        execute(step, team, {**runner, "RUNNER_TEMP": str(tmp_path)}, published=tmp_path.as_uri())
    )
    assert not (tmp_path / "published-results.json").exists()


def test_lost_counts_stop_the_check(team, runner, tmp_path):
    lost = tmp_path / "lost"
    content(run("git", "clone", "--quiet", "--no-local", team, lost))
    path = lost / "messages" / "staffing-offers" / "book-a-demo.md"
    lines = path.read_text("utf-8").splitlines(keepends=True)
    kept = [line for line in lines if "2026-11-20" not in line]
    assert len(kept) == len(lines) - 1
    path.write_text("".join(kept), "utf-8")
    content(run("git", *KIM, "commit", "--quiet", "-am", "Tidy up", cwd=lost))
    # A temporary folder of its own: the history tells it, without any published results.
    checked = execute("Check", lost, {**runner, "RUNNER_TEMP": str(tmp_path)})
    assert checked.returncode == 1
    assert "::error" in checked.stdout


def test_pre_commit_hooks_run_from_this_repository(tmp_path):
    content(run("git", "init", "--quiet", tmp_path))
    content(run(BIN / "abtest", "new", "experiment", "dock", cwd=tmp_path))
    content(run("git", "add", "-A", cwd=tmp_path))
    content(run(BIN / "pre-commit", "validate-manifest", ".pre-commit-hooks.yaml"))
    path = tmp_path / "messages/dock/experiment.md"
    tidy = path.read_text("utf-8")
    path.write_text(tidy.replace("status: draft", "status:   draft"), "utf-8")
    assert path.read_text("utf-8") != tidy
    done = run(
        BIN / "pre-commit", "try-repo", "--all-files", "--verbose", ROOT, cwd=tmp_path,
        PRE_COMMIT_HOME=str(tmp_path / "cache"), GIT_CONFIG_COUNT="1",
        GIT_CONFIG_KEY_0="safe.directory", GIT_CONFIG_VALUE_0="*",
    )  # fmt: skip
    checked, _, tidied = done.stdout.rpartition("abtest tidy")
    assert re.search(r"^abtest check\.+Passed$", checked, re.MULTILINE), done.stdout + done.stderr
    assert "1 experiment, " in checked
    assert "files were modified by this hook" in tidied
    assert path.read_text("utf-8") == tidy
