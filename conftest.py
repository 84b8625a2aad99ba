"""What holds for all tests."""

import pytest

# Doctests are looked for in modules; a conftest is loaded by pytest itself, once for each folder.
collect_ignore_glob = ["tests/*/conftest.py"]


@pytest.fixture(autouse=True)
def cache_of_its_own(tmp_path_factory, monkeypatch):
    """Nothing is known from before, and the cache folder of whoever runs the tests stays as is."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
