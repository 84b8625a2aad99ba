"""The wheel, without the checkout, on every Python that we support and that this machine has."""

import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
CLASSIFIER = "Programming Language :: Python :: 3."
#: Of each room some tests that need nothing but pytest and hypothesis.
QUICK = [
    "tests/cli/test_calc.py", "tests/cli/test_check.py", "tests/formats/test_check_formats.py",
    "tests/messages/test_record.py", "tests/stats/test_proportion.py",
    "tests/critique/test_text.py",
]  # fmt: skip


def supported():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    return [
        line.removeprefix("Programming Language :: Python :: ")
        for line in project["classifiers"]
        if line.startswith(CLASSIFIER)
    ]


def present():
    """Version → interpreter, of the supported ones that are here and run."""
    found = {f"{sys.version_info[0]}.{sys.version_info[1]}": Path(sys.executable)}
    homes = sorted((Path.home() / ".pyenv/versions").glob("3.*/bin"))
    for version in supported():
        named = [shutil.which(f"python{version}"), *(home / f"python{version}" for home in homes)]
        for path in filter(None, named):
            asked = ("-c", "import sys, venv; print('%d.%d' % sys.version_info[:2])")
            if version not in found and Path(path).exists():
                done = subprocess.run([path, *asked], capture_output=True, text=True, check=False)
                if done.stdout.strip() == version:
                    found[version] = Path(path)
    return found


PYTHONS = present()


def run(*command, cwd, **environment):
    kept = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "SOURCE_DATE_EPOCH")}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd, env={**kept, **environment}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    run("git", "clone", "--quiet", ROOT, source, cwd=folder)
    run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "-w", folder, source, cwd="/")
    shutil.rmtree(source)
    [wheel] = folder.glob("abtest-*.whl")
    return wheel


def test_the_versions_that_are_stated():
    assert supported() == ["3.11", "3.12", "3.13", "3.14"]
    assert set(PYTHONS) <= set(supported())


@pytest.mark.slow
@pytest.mark.parametrize("version", PYTHONS)
def test_the_wheel_alone_checks_reports_and_builds(version, wheel, tmp_path):
    run(PYTHONS[version], "-m", "venv", tmp_path / "venv", cwd=tmp_path)
    python = tmp_path / "venv" / "bin" / "python"
    run(python, "-m", "pip", "install", "--quiet", wheel, "pytest", "hypothesis", cwd=tmp_path)
    where = run(python, "-c", "import abtest; print(abtest.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(tmp_path / "venv")
    abtest = (python, "-W", "error", "-m", "abtest")
    run(*abtest, "init", "team", "--sender", "Kim Ito", cwd=tmp_path)
    team = tmp_path / "team"
    assert "0 warnings" in run(*abtest, "check", "--no-history", cwd=team)
    assert "example-ask" in run(*abtest, "report", "--format", "json", cwd=team)
    run(python, "-m", "abtest", "build", cwd=team)
    assert (team / "site" / "results.json").is_file()
    tests = tmp_path / "tests"
    run("git", "clone", "--quiet", ROOT, tests, cwd=tmp_path)
    shutil.rmtree(tests / "abtest")  # so that they meet the wheel
    ran = run(python, "-m", "pytest", "-q", *QUICK, cwd=tests)
    assert " passed" in ran
