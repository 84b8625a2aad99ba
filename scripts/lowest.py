"""The lowest versions that pyproject.toml allows, as pip takes them: python scripts/lowest.py.

The nightly run installs them and tests what depends on them, so that no bound is a guess:

    pip install $(python scripts/lowest.py) && pip install --no-deps -e .
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

SETTINGS = Path(__file__).parents[1] / "pyproject.toml"


def pins() -> list[str]:
    """Every direct dependency of abtest and of its imports, at its lower bound.

    >>> "pyyaml==6.0.2" in pins()
    True
    """
    project = tomllib.loads(SETTINGS.read_text("utf-8"))["project"]
    wanted = [*project["dependencies"], *project["optional-dependencies"]["import"]]
    bounds = [re.fullmatch(r"([\w-]+)>=([\w.]+)(?:,.*)?", each) for each in wanted]
    if None in bounds:
        raise SystemExit("Every dependency needs a lower bound: name>=version")
    return [f"{bound[1]}=={bound[2]}" for bound in bounds if bound]


if __name__ == "__main__":
    print(*pins(), sep="\n")
