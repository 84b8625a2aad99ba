"""`abtest init`: everything or nothing, clean at once, and never over anything."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import yaml
from doc_samples import BIN, TODAY, bash, environment, tree

from abtest.critique.run import examine
from abtest.errors import Severity, SurroundingsError, UsageError
from abtest.messages.reader import read
from abtest.site.build import build_site
from abtest.site.manual import manual
from abtest.workspace import starting
from abtest.workspace.files import starter_files
from abtest.workspace.team import FORGES, Team, browsable, forge_of

TEAMS = {
    "defaults": Team(),
    "long names": Team(
        name="Ä: “team” #1",
        sender="Jean-Luc van der Bergmann-Schultz",
        company="Consolidated Amalgamated Freight Brokers Inc.",
        industry="any",
        location="any",
        prospect="any",
        forge="gitlab",
    ),
    "other scripts": Team(sender="李 明", company="Ö & Söhne", target="7.5 %", forge="none"),
    "colleague": Team(sender="Lee Park", phone="+1 (303) 555-0142", website="https://lee.example"),
}


@pytest.mark.parametrize("team", TEAMS.values(), ids=TEAMS)
def test_a_new_repository_is_clean_and_builds(team: Team, tmp_path: Path, monkeypatch) -> None:
    root = tmp_path / "outreach"
    starting.start(root, team, TODAY)
    monkeypatch.chdir(root)
    experiments, findings = read("messages", today=TODAY)
    assert experiments is not None
    said = [*findings, *examine(experiments, as_of=TODAY)]
    assert [str(f) for f in said if f.severity is not Severity.INFO] == []
    place, pages = build_site("mkdocs.yml", as_of=TODAY)
    assert pages > 20
    home = (place / "index.html").read_text("utf-8")
    assert "Does asking who to talk to beat offering a page?" in home
    page = (place / "experiments/example-ask/index.html").read_text("utf-8")
    assert "abtest new experiment first-line" in page
    assert "made up" in page.lower() or "made-up" in page.lower()


@pytest.mark.parametrize("forge", FORGES)
def test_each_forge_gets_its_own_ci(forge: str) -> None:
    made = starter_files(Team(forge=forge), TODAY)
    assert (".github/workflows/abtest.yml" in made) == (forge == "github")
    assert (".gitlab-ci.yml" in made) == (forge == "gitlab")
    assert "@{" not in "".join(made.values())


def test_content_is_in_its_one_form_already(run, outreach: Path) -> None:
    assert run("tidy", "--check", cwd=outreach).code == 0


def test_the_example_never_lies_in_the_future_or_too_near(run, outreach: Path) -> None:
    done = run("report", "--format", "json", cwd=outreach)
    [experiment] = json.loads(done.out)["experiments"]
    assert experiment["sample"] is True
    assert [variant["maturing"]["sent"] for variant in experiment["variants"]] == [0, 0]
    assert all(variant["sent"] > 100 for variant in experiment["variants"])


def test_it_never_waits_where_nobody_can_answer(tmp_path: Path) -> None:
    done = subprocess.run(
        [BIN / "abtest", "init", "outreach"], cwd=tmp_path, stdin=subprocess.PIPE,
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "abtest check" in done.stdout
    assert (tmp_path / "outreach/messages/plan.yml").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="pseudo-terminals are of Unix")
def test_on_a_terminal_it_asks(tmp_path: Path) -> None:
    import pty

    leader, follower = pty.openpty()
    process = subprocess.Popen(
        [BIN / "abtest", "init", "outreach", "--forge", "none", "--team", "Sales"], cwd=tmp_path,
        stdin=follower, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(follower)
    os.write(
        leader,
        b"ana@acme.example\nAna Ruiz\nAcme\nask Ana\n+1 312 555 0142 x 7\nnone yet\n\n\nten\n12%\n"
        + b"\n" * 3
        + b"https://git.acme.example/o\n",
    )
    out, err = process.communicate(timeout=60)
    os.close(leader)
    assert process.returncode == 0, (out, err)
    plan = yaml.safe_load((tmp_path / "outreach/messages/plan.yml").read_text("utf-8"))
    assert plan["sender"]["names"] == ["Ana Ruiz"]
    assert plan["sender"]["company"] == "Acme"
    assert plan["target"] == "12%"
    assert "https://git.acme.example/o" in (tmp_path / "outreach/mkdocs.yml").read_text("utf-8")
    for wanted in (
        b"Error: Sender is 'ana@acme.example'; write a first and a last name: Kim Ito.\n",
        b"Error: Phone is 'ask Ana'; write its digits: 555-0142.\n",
        b"Error: Website is 'none yet'; write it as brightline.example.\n",
        b"Error: The target is 'ten'; write a percentage such as 10%.\n",
    ):
        assert wanted in err
    assert err.count(b"[") == 10 + 3  # each question with its default, those in error twice


def test_answers_land_where_they_belong(run, tmp_path: Path) -> None:
    done = run(
        "init", "o", "--sender", 'Ann "Bo" Li', "--target", "12%", "--industry", "Dental: clinics",
        "--repo-url", "https://github.com/brightline/outreach", "--team", "Outbound: results",
    )  # fmt: skip
    assert done.code == 0
    root = tmp_path / "o"
    plan = yaml.safe_load((root / "messages/plan.yml").read_text("utf-8"))
    assert (plan["target"], plan["sender"]["names"]) == ("12%", ['Ann "Bo" Li'])
    site = yaml.safe_load((root / "mkdocs.yml").read_text("utf-8"))
    assert site["site_name"] == "Outbound: results"
    assert site["site_url"] == "https://brightline.github.io/outreach/"
    assert site["edit_uri"] == "edit/main/site_src/"
    experiment = read(str(root / "messages"), today=TODAY)[0]["example-ask"]
    assert experiment.profile.industry == "Dental: clinics"


@pytest.mark.parametrize(
    ("flag", "value", "said"),
    [
        ("--target", "10", "percentage such as 10%"),
        ("--target", "0%", "percentage such as 10%"),
        ("--sender", "Kim\nIto", "on one line"),
        ("--company", "{{company}}", "without {{"),
        ("--company", " ", "blank"),
        ("--company", "--", "its name: Brightline"),
        ("--sender", "kim@brightline.example", "a first and a last name: Kim Ito"),
        ("--phone", "call me", "its digits: 555-0142"),
        ("--phone", "555", "its digits: 555-0142"),
        ("--website", "kim@brightline.example", "it as brightline.example"),
        ("--website", "brightline", "it as brightline.example"),
        ("--package", "abtest==0.1.0", "another project's"),
        ("--package", "abtest @ git+https://git.example/a\nb", "another project's"),
        ("--repo-url", "javascript:alert(1)", "as the browser shows it"),
    ],
)
def test_answers_that_cannot_be_are_refused(run, tmp_path, flag, value, said) -> None:
    done = run("init", "o", flag, value)
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "o").exists()


def test_nothing_is_overwritten(run, tmp_path: Path) -> None:
    held = tmp_path / "o"
    held.mkdir()
    (held / "README.md").write_text("mine", "utf-8")
    done = run("init", "o")
    assert done.code == 2
    assert "o is not empty (README.md)" in done.err
    assert tree(held) == {"README.md": b"mine"}
    assert run("init", "o/README.md").code == 2
    assert run("init").code == 2


def test_an_empty_folder_and_this_one_will_do(run, tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    assert run("init", ".", cwd=here).code == 0
    assert (here / "messages/example-ask/ask-who.md").is_file()
    assert not list(here.glob(".abtest-*/"))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["here"]


def test_all_or_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk fails half way, in a folder that is there: what was moved goes back."""
    root = tmp_path / "o"
    root.mkdir()
    real = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if self.name == "messages":
            raise OSError(28, "No space left on device")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(SurroundingsError, match="No space left"):
        starting.start(root, Team(), TODAY)
    assert list(root.iterdir()) == []


def test_with_git_there_is_a_first_commit(run, home: Path, tmp_path: Path) -> None:
    assert run("init", "o", "--git").code == 0
    root = tmp_path / "o"
    log = subprocess.run(
        ["git", "-C", root, "log", "--format=%s %an"], capture_output=True, text=True, check=True
    )
    assert log.stdout == "Start with abtest Kim Ito\n"
    status = subprocess.run(
        ["git", "-C", root, "status", "--porcelain"], capture_output=True, text=True, check=True
    )
    assert status.stdout == ""
    checked = run("check", cwd=root)
    assert checked.code == 0
    assert "0 warnings" in checked.out
    assert "not checked" not in checked.out


def test_a_clone_knows_its_forge(run, home: Path, tmp_path: Path) -> None:
    root = tmp_path / "o"
    subprocess.run(["git", "init", "--quiet", root], check=True)
    remote = "git@gitlab.com:brightline/outreach.git"
    subprocess.run(["git", "-C", root, "remote", "add", "origin", remote], check=True)
    assert run("init", "o").code == 0
    assert (root / ".gitlab-ci.yml").is_file()
    settings = (root / "mkdocs.yml").read_text("utf-8")
    assert "repo_url: https://gitlab.com/brightline/outreach\n" in settings


def test_git_without_a_name_is_told_and_the_files_stay(run, tmp_path, monkeypatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    (tmp_path / ".gitconfig").write_text("[user]\n\tuseConfigOnly = true\n", "utf-8")
    done = run("init", "o", "--git")
    assert done.code == 1
    assert "The files are written, and not in git yet: git does not know who you are" in done.err
    assert "git config --global user.email" in done.err
    assert (tmp_path / "o/README.md").is_file()


def test_remotes_and_forges() -> None:
    assert browsable("https://kim:secret@github.com/a/b.git") == "https://github.com/a/b"
    assert browsable("ssh://git@git.acme.example:2222/a/b.git") == "https://git.acme.example/a/b"
    assert forge_of("https://github.com/gitlabs/x") == "github"
    with pytest.raises(UsageError, match="it can be github"):
        Team(forge="bitbucket")


@pytest.mark.parametrize(
    ("forge", "path", "schema"),
    [
        ("github", ".github/workflows/abtest.yml", "vendor.github-workflows"),
        ("gitlab", ".gitlab-ci.yml", "vendor.gitlab-ci"),
    ],
)
def test_ci_is_valid(tmp_path: Path, forge: str, path: str, schema: str) -> None:
    starting.start(tmp_path / "o", Team(forge=forge), TODAY)
    more = ["--data-transform", "gitlab-ci"] if forge == "gitlab" else []
    done = subprocess.run(
        [BIN / "check-jsonschema", "--builtin-schema", schema, *more, tmp_path / "o" / path],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_the_workflow_passes_the_strictest_audit(outreach: Path) -> None:
    done = subprocess.run(
        [BIN / "zizmor", "--offline", "--persona", "auditor", "--quiet", outreach],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_workflow_pins_what_ours_pins() -> None:
    ours = (Path(__file__).parents[2] / ".github/workflows/abtest.yml").read_text("utf-8")
    ours += (Path(__file__).parents[2] / "action.yml").read_text("utf-8")
    theirs = starter_files(Team(), TODAY)[".github/workflows/abtest.yml"]
    pinned = set(re.findall(r"uses: (\S+@[0-9a-f]{40})", theirs))
    assert len(pinned) == 4
    assert pinned <= set(re.findall(r"uses: (\S+@[0-9a-f]{40})", ours))


def test_schemas_are_those_of_the_command(run, outreach: Path) -> None:
    for kind in ("experiment", "variant", "review", "plan"):
        printed = run("schema", kind).out
        assert json.loads(printed) == json.loads((outreach / f".schemas/{kind}.json").read_text())


def test_the_plan_fits_its_schema(outreach: Path) -> None:
    done = subprocess.run(
        [BIN / "check-jsonschema", "--schemafile", outreach / ".schemas/plan.json",
         outreach / "messages/plan.yml"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout


def test_git_never_sees_the_private_folder(run, home: Path, tmp_path: Path) -> None:
    run("init", "o", "--git")
    private = tmp_path / "o/.abtest/call-sheets/kim.csv"
    private.parent.mkdir(parents=True)
    private.write_text("a@prospect.example", "utf-8")
    status = subprocess.run(
        ["git", "-C", tmp_path / "o", "status", "--porcelain"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert status.stdout == ""


@pytest.mark.parametrize("page", ["README.md", "messages/example-ask/experiment.md"])
def test_what_the_team_is_told_to_type_works(outreach: Path, tmp_path: Path, page: str) -> None:
    text = " ".join((outreach / page).read_text("utf-8").split())
    told = re.findall(r"`(abtest (?:record|new|check|report|build)[^`]*)`", text)
    assert len(told) > 3
    bash("set -e\n" + "\n".join(told), outreach, environment(tmp_path / "home"))
    assert "first-line" in {path.name for path in (outreach / "messages").iterdir()}


def test_the_readme_names_what_is_there(outreach: Path) -> None:
    text = (outreach / "README.md").read_text("utf-8")
    named = re.findall(r"^\| `([^`]+)`", text, re.MULTILINE)
    paths = [path for path in named if not path.startswith(("abtest ", ".abtest/"))]
    assert len(paths) > 3
    assert [path for path in paths if not (outreach / path).exists()] == []


def test_a_teams_site_has_the_documentation(outreach: Path, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(outreach)
    place, _ = build_site("mkdocs.yml", as_of=TODAY)
    pages = {
        page.parent.relative_to(place).as_posix() for page in place.rglob("docs/**/index.html")
    }
    written = {path.removesuffix(".md").removesuffix("/index") for path, _ in manual()}
    assert pages == written
    home = (place / "index.html").read_text("utf-8")
    assert 'href="docs/"' in home
    tutorial = (place / "docs/tutorial/index.html").read_text("utf-8")
    assert "From an empty folder to a published verdict" in tutorial
    assert "Edit this page" not in tutorial
    assert re.search(
        r'<li class="md-tabs__item md-tabs__item--active">\s*<a [^>]*>\s*Docs', tutorial
    )
    (outreach / "site_src/docs").mkdir()
    (outreach / "site_src/docs/index.md").write_text("# Ours\n", "utf-8")
    place, _ = build_site("mkdocs.yml", as_of=TODAY)
    assert [page.name for page in (place / "docs").iterdir()] == ["index.html"]


def test_a_package_brings_the_documentation(wheels: Path) -> None:
    [wheel] = wheels.glob("abtest-*.whl")
    names = zipfile.ZipFile(wheel).namelist()
    brought = {f"docs/{n.removeprefix('abtest/manual/')}" for n in names if "/manual/" in n}
    assert brought == {path for path, _ in manual()}
