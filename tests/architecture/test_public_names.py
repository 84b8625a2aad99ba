"""The public names are promised; they exist, and nothing heavy loads before it is needed."""

import json
import subprocess
import sys

import pytest

import abtest

HEAVY = ("numpy", "scipy", "statsmodels", "pandas")


def modules_after(*arguments, cwd=None):
    """The modules loaded once `abtest ARGUMENTS` has run, from a process of its own."""
    code = (
        "import json, sys\n"
        "from abtest.cli import main\n"
        "try:\n    main(sys.argv[1:])\n"
        "except SystemExit:\n    pass\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        cwd=cwd, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(json.loads(done.stderr.splitlines()[-1]))


@pytest.mark.parametrize("name", abtest.__all__)
def test_public_name_is_there(name):
    assert getattr(abtest, name) is not None


def test_public_names_are_listed_and_others_are_refused():
    assert set(abtest.__all__) <= set(dir(abtest))
    with pytest.raises(AttributeError, match="no attribute 'wonder'"):
        abtest.wonder  # noqa: B018  the access is the test


@pytest.mark.parametrize(
    "arguments",
    [
        ("--help",),
        ("check", "--no-history"),
        ("rule", "VM001"),
        ("new", "experiment", "light", "--messages", "messages"),
        ("record", "light/first", "--rep", "kim", "--sent", "40", "--messages", "messages"),
    ],
    ids=lambda arguments: arguments[0],
)
def test_light_commands_never_load_statistics(arguments, tmp_path):
    (tmp_path / "messages").mkdir()
    loaded = modules_after(*arguments, cwd=tmp_path)
    assert not loaded & set(HEAVY)
