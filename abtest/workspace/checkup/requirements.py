"""The packages that CI installs: can it reach what they are fetched from?"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from abtest.workspace.checkup.diagnosis import Diagnosis, advice, ok
from abtest.workspace.origin import is_local

_FILE = "requirements.txt"
_CURE = f"Write the address of your abtest repository into {_FILE}: abtest @ git+https://…"


def examine(root: Path) -> Iterator[Diagnosis]:
    """What can be said of requirements.txt; nothing where there is none."""
    try:
        text = (root / _FILE).read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        return
    named = [line.strip() for line in text.splitlines() if line.strip().startswith("abtest")]
    if not named:
        yield advice(f"{_FILE} does not name abtest, so CI cannot install it", _CURE)
    elif is_local(named[0]):
        yield advice(f"{_FILE} names a folder of this machine, which CI cannot reach", _CURE)
    else:
        yield ok(f"{_FILE} says where CI finds abtest")
