"""Fixtures of the critique's tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from critique_examples import TODAY, files_of, write

from abtest.messages.reader import load
from abtest.model import Experiments


@pytest.fixture
def read(tmp_path: Path) -> Callable[[str, str], Experiments]:
    """Read an example, or the body of a message, as the experiments of a team."""

    def reader(example: str, channel: str = "email") -> Experiments:
        return load(write(files_of(example, channel), tmp_path / "messages"), today=TODAY)

    return reader
