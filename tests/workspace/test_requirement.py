"""Where a team's requirements say that abtest comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from doc_samples import TODAY

from abtest.workspace.files import starter_files
from abtest.workspace.origin import installed_requirement, requirement
from abtest.workspace.team import Team


@pytest.mark.parametrize(
    ("noted", "expected"),
    [
        (
            {
                "url": "https://git.example/abtest.git",
                "vcs_info": {"vcs": "git", "requested_revision": "main", "commit_id": "0a1b"},
            },
            "abtest @ git+https://git.example/abtest.git@0a1b",
        ),
        ({"url": "file:///srv/abtest", "dir_info": {}}, "abtest @ file:///srv/abtest"),
        (
            {"url": "https://files.example/abtest-1-py3-none-any.whl", "archive_info": {}},
            "abtest @ https://files.example/abtest-1-py3-none-any.whl",
        ),
        (
            {"url": "file:///srv/all", "dir_info": {}, "subdirectory": "abtest"},
            "abtest @ file:///srv/all#subdirectory=abtest",
        ),
    ],
)
def test_what_was_installed_can_be_installed_again(noted: dict, expected: str) -> None:
    assert requirement(noted) == expected
    assert Team(package=expected).package == expected


@pytest.mark.parametrize(
    ("package", "line", "todo"),
    [
        (
            "abtest @ git+https://git.example/a@0a1b",
            "abtest @ git+https://git.example/a@0a1b",
            False,
        ),
        ("abtest @ file:///srv/abtest", "abtest @ file:///srv/abtest", True),
        ("", "# abtest @ git+https://…", True),
    ],
)
def test_requirements_say_where_abtest_comes_from(package: str, line: str, todo: bool) -> None:
    made = starter_files(Team(package=package), TODAY)
    *comments, last = made["requirements.txt"].splitlines()
    assert last == line
    assert all(comment.startswith("# ") for comment in comments)
    for path in ("requirements.txt", "README.md"):
        assert ("before others use it" in made[path]) == todo
        assert "abtest==" not in made[path]


def test_by_default_it_is_the_abtest_that_runs(run, tmp_path: Path) -> None:
    run("init", "o")
    assert installed_requirement() in (tmp_path / "o/requirements.txt").read_text("utf-8")
    run("init", "p", "--package", "abtest @ git+https://git.example/abtest")
    kept = (tmp_path / "p/requirements.txt").read_text("utf-8").splitlines()
    assert kept[-1] == "abtest @ git+https://git.example/abtest"
