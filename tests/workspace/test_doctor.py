"""`abtest doctor`: each trouble is found, with a cure, and without statistics."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from doc_samples import BIN, bash, environment

from abtest.workspace.checkup import State, machine


@pytest.fixture
def team(run: Callable, home: Path, tmp_path: Path) -> Path:
    """A repository with an address, in git."""
    url = "https://github.com/brightline/outreach"
    package = "abtest @ git+https://git.example/abtest"
    assert run("init", "team", "--git", "--repo-url", url, "--package", package).code == 0
    return tmp_path / "team"


def test_a_new_repository_is_in_order(run, team: Path) -> None:
    done = run("doctor", cwd=team)
    assert done.code == 0
    assert done.out.endswith("\nEverything is in order.\n")
    assert "advice" not in done.out


def edit(path: str, old: str, new: str) -> Callable[[Path], object]:
    def change(root: Path) -> None:
        text = (root / path).read_text("utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), "utf-8")

    return change


TROUBLES = {
    "content": (
        edit("messages/plan.yml", "alpha: 0.05", "alpha: 5"),
        1, "The content cannot be read: 1 error", "abtest check",
    ),
    "no content": (
        lambda root: (root / "messages").rename(root / "texts"),
        1, "The folder 'messages' is not there", "abtest init",
    ),
    "plugin": (
        edit("mkdocs.yml", "  - abtest:\n      messages: messages\n", ""),
        1, "does not name the plugin", "- abtest",
    ),
    "another folder": (
        edit("mkdocs.yml", "messages: messages", "messages: texts"),
        1, "publishes 'texts'", "--messages texts",
    ),
    "no pages": (
        lambda root: (root / "site_src/.gitkeep").unlink() or (root / "site_src").rmdir(),
        1, "'site_src' of the site's own pages is missing", "mkdir site_src",
    ),
    "broken settings": (
        lambda root: (root / "mkdocs.yml").write_text("a: [", "utf-8"),
        1, "mkdocs.yml is no YAML", "mkdocs build",
    ),
    "no site": (lambda root: (root / "mkdocs.yml").unlink(), 0, "There is no mkdocs.yml", "Copy"),
    "no address": (
        edit("mkdocs.yml", "site_url: ", "# site_url: "), 0, "site_url is not set", "site_url:",
    ),
    "no editor": (
        edit("mkdocs.yml", "edit_uri: ", "# edit_uri: "), 0, "edit_uri is not set", "edit_uri:",
    ),
    "private folder": (
        edit(".gitignore", "/.abtest/", ""), 0, "git does not ignore .abtest", ".gitignore",
    ),
    "a folder of this machine": (
        edit("requirements.txt", "git+https://git.example/abtest", "file:///srv/abtest"),
        0, "names a folder of this machine", "abtest @ git+https://…",
    ),
    "no package": (
        edit("requirements.txt", "\nabtest @", "\n# abtest @"),
        0, "does not name abtest", "abtest @ git+https://…",
    ),
    "broken manifest": (
        lambda root: (root / ".abtest-init.json").write_text("{", "utf-8"),
        1, "cannot be compared", "git log",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("harm", "code", "said", "cure"), TROUBLES.values(), ids=TROUBLES)
def test_trouble_is_found_with_its_cure(run, team: Path, harm, code, said, cure) -> None:
    harm(team)
    done = run("doctor", cwd=team)
    assert done.code == code, done.out
    [line] = [number for number, text in enumerate(done.out.splitlines()) if said in text]
    assert cure in done.out.splitlines()[line + 1]


def first_hint(text: str) -> str:
    return next(line.strip() for line in text.splitlines() if "→" in line)


def test_in_a_wrong_folder_the_first_hint_is_where_to_go(run, team: Path, tmp_path: Path) -> None:
    above = run("doctor", cwd=tmp_path)
    assert above.code == 1
    assert first_hint(above.out) == "→ It is further down: cd team"
    assert f"The folder 'messages' is not there; this is {tmp_path.resolve()}" in above.out
    assert "git init" not in above.out
    assert "mkdocs.yml" not in above.out
    assert above.out.endswith("\nMend the 1 problem first; each line says how.\n")
    inside = run("doctor", cwd=team / "messages")
    assert first_hint(inside.out) == "→ It is further up: cd .."
    nowhere = tmp_path / "a" / "b"
    nowhere.mkdir(parents=True)
    hint = first_hint(run("doctor", cwd=nowhere).out)
    assert "cd FOLDER, or abtest -C FOLDER" in hint
    assert hint.endswith("abtest init outreach")


def test_a_repository_that_lost_its_content_hears_of_that_first(run, team: Path) -> None:
    (team / "messages").rename(team / "texts")
    edit("mkdocs.yml", "site_url: ", "# site_url: ")(team)
    out = run("doctor", cwd=team).out
    assert first_hint(out).startswith("→ Go to the folder")
    assert out.index("'messages' is not there") < out.index("site_url is not set")


def test_settings_with_tags_of_mkdocs_are_read(run, team: Path) -> None:
    edit("mkdocs.yml", "site_dir: site", "site_dir: !ENV [SITE, site]\n")(team)
    assert run("doctor", cwd=team).code == 0


def test_a_shallow_clone_is_found(run, team: Path, tmp_path: Path) -> None:
    edit("README.md", "Our", "All our")(team)
    subprocess.run(["git", "-C", team, "commit", "-qam", "Say more"], check=True)
    shallow = tmp_path / "shallow"
    subprocess.run(["git", "clone", "-q", "--depth=1", team.as_uri(), shallow], check=True)
    done = run("doctor", cwd=shallow)
    assert done.code == 1
    assert "git fetch --unshallow" in done.out


def test_no_repository_and_no_git(run, outreach: Path, monkeypatch, tmp_path: Path) -> None:
    done = run("doctor", cwd=outreach)
    assert done.code == 1
    assert "'git init' starts one" in done.out
    monkeypatch.setenv("PATH", str(tmp_path))
    assert "git is not installed" in run("doctor", cwd=outreach).out.replace("Git", "git")


def test_a_repository_of_somebody_else(team: Path, tmp_path: Path) -> None:
    """Git calls the ownership dubious: the cure names safe.directory."""
    env = environment(tmp_path / "home", GIT_TEST_ASSUME_DIFFERENT_OWNER="1")
    done = subprocess.run(
        ["git", "-C", team, "status"], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode == 0:
        pytest.fail("this git does not know GIT_TEST_ASSUME_DIFFERENT_OWNER")
    (tmp_path / "bin").mkdir()
    git = bash("command -v git", tmp_path, env).strip()
    (tmp_path / "bin/git").write_text(
        f'#!/bin/sh\nGIT_TEST_ASSUME_DIFFERENT_OWNER=1 exec {git} "$@"\n', "utf-8"
    )
    (tmp_path / "bin/git").chmod(0o755)
    env["PATH"] = f"{tmp_path / 'bin'}:{env['PATH']}"
    told = subprocess.run(
        [BIN / "abtest", "doctor"], cwd=team, env=env, capture_output=True, text=True, check=False
    )
    assert told.returncode == 1
    assert "git config --global --add safe.directory" in told.stdout


def test_a_committer_without_a_name(run, team: Path, home: Path) -> None:
    (home / ".gitconfig").write_text("", "utf-8")
    done = run("doctor", cwd=team)
    assert done.code == 0
    assert "git does not know who you are" in done.out


def test_private_files_in_git(run, team: Path) -> None:
    (team / ".abtest").mkdir(exist_ok=True)
    (team / ".abtest/salt").write_text("x", "utf-8")
    subprocess.run(["git", "-C", team, "add", "--force", ".abtest/salt"], check=True)
    done = run("doctor", cwd=team)
    assert done.code == 1
    assert "git rm -r --cached .abtest" in done.out


def test_the_machine() -> None:
    assert machine.python((3, 10, 4)).state is State.PROBLEM
    assert machine.python((3, 11, 0)).state is State.OK
    assert machine.terminal("cp1252").state is State.PROBLEM
    assert machine.terminal("UTF8").state is State.OK
    assert machine.terminal("klingon").state is State.PROBLEM


def test_packages_are_held_to_their_bounds() -> None:
    assert machine.packages(["click>=8.0", "mkdocs<2,>=1.6.0"]).state is State.OK
    wrong = machine.packages(["click>=99", "mkdocs<1.6", "no-such-package>=1", "x; extra == 'dev'"])
    assert wrong.state is State.PROBLEM
    for said in ("click is", "mkdocs is", "no-such-package is missing"):
        assert said in wrong.text
    assert "x is" not in wrong.text


def test_it_never_loads_statistics_nor_the_site(team: Path) -> None:
    code = (
        "import json, sys\nfrom abtest.cli import main\n"
        "try:\n    main(sys.argv[1:])\nexcept SystemExit:\n    pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    for arguments in (["doctor"], ["init", "--update"], ["init", "new", "--yes"]):
        done = subprocess.run(
            [sys.executable, "-c", code, *arguments],
            cwd=team, capture_output=True, text=True, check=True,
        )  # fmt: skip
        loaded = set(json.loads(done.stderr.splitlines()[-1]))
        assert not loaded & {"numpy", "scipy", "statsmodels", "mkdocs"}


def tabled(root: Path, name: str, content: bytes) -> None:
    """Put a table into git, whatever .gitignore says."""
    (root / name).parent.mkdir(exist_ok=True)
    (root / name).write_bytes(content)
    subprocess.run(["git", "-C", root, "add", "--force", name], check=True)


def workbook(*cells: str) -> bytes:
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(cells)
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


LISTS = {
    "addresses": ("lists/Prospects.CSV", b"name,email\nAnn,ann@acme.io\n", 2),
    "numbers": ("dialed.tsv", b"name\tphone\nAnn\t312-867-5309\n", 2),
    "a workbook": ("export.xlsx", workbook("Ann", "ann@acme.io"), 0),
}


@pytest.mark.parametrize(("name", "content", "line"), LISTS.values(), ids=LISTS)
def test_people_in_a_table_are_found(run, team: Path, name: str, content: bytes, line: int) -> None:
    tabled(team, name, content)
    done = run("doctor", cwd=team)
    assert done.code == 1
    assert f"{name} is in git and holds personal data" in done.out
    assert f"→ git rm --cached {name}" in done.out
    found = json.loads(run("check", "--format", "json", cwd=team).out)["findings"]
    [ours] = [each for each in found if each["code"] == "PD004"]
    assert (ours["path"], ours["line"], ours["severity"]) == (name, line, "warning")
    assert run("rule", "PD004", cwd=team).code == 0


def test_nobody_is_found_in_counts_examples_and_what_git_leaves_alone(run, team: Path) -> None:
    counts = b"date,sent,responses\n2026-11-02,40,5\n2026-11-03,1250,130\n"
    tabled(team, "results.csv", counts)
    tabled(team, "sample.csv", b"email,phone\nann@x.example,555-0142\nbob@example.com,\n")
    tabled(team, "broken.xlsx", b"no workbook")
    (team / "prospects.csv").write_text("email\nann@acme.io\n", "utf-8")
    ignored = subprocess.run(["git", "-C", team, "check-ignore", "prospects.csv"], check=False)
    assert ignored.returncode == 0
    done = run("doctor", cwd=team)
    assert "No table in git holds people's addresses" in done.out
    assert done.code == 0
