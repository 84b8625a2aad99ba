"""What holds for all tests."""

import signal

import pytest

# Doctests are looked for in modules; a conftest is loaded by pytest itself, once for each folder.
collect_ignore_glob = ["tests/*/conftest.py"]

# A shell starts what runs in the background with Ctrl+C ignored, and programs inherit that: those
# that the tests interrupt must not.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory, monkeypatch):
    """Nothing is known from before, and the cache folder of whoever runs the tests stays as is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
