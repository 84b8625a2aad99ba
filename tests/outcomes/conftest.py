"""Each test works in a team's repository of its own."""

import pytest
import teams


@pytest.fixture
def team(tmp_path, monkeypatch):
    monkeypatch.chdir(teams.make_team(tmp_path))
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795348800")  # 2026-11-22
    monkeypatch.setenv("ABTEST_SALT", "a salt for tests only")
    return tmp_path
