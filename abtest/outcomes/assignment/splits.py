"""The counts of the split, which git keeps: how many prospects each rep was given, by variant.

`messages/<experiment>/.assigned.json` holds the seed and these counts, one line each; nobody can be
told from it. The reader of the content passes over names that begin with a dot.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abtest.errors import AbtestError
from abtest.messages import disk
from abtest.outcomes.private import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable

    from abtest.model import Experiment
    from abtest.outcomes.assignment.ledger import Entry

_FILE = ".assigned.json"


@dataclass(slots=True)
class Splits:
    """What was assigned so far.

    Attributes:
        path: The file.
        seed: Settles the draws together with the salt.
        counts: (date, rep, variant) → prospects.
    """

    path: Path
    seed: str
    counts: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(self, ledger: Iterable[Entry]) -> None:
        """Count the assignments of a ledger; those that are counted already stay as they are."""
        self.counts |= Counter((e.date.isoformat(), e.rep, e.variant) for e in ledger)

    def text(self) -> str:
        """The file: one line an entry, in a fixed order."""
        lines = (
            json.dumps(
                dict(zip(("date", "rep", "variant", "prospects"), (*key, times), strict=True))
            )
            for key, times in sorted(self.counts.items())
        )
        entries = ",\n  ".join(lines)
        return f'{{"seed": {json.dumps(self.seed)}, "assigned": [\n  {entries}\n]}}\n'

    def write(self) -> None:
        """Put the file into place, whole or not at all."""
        write_whole(self.path, self.text().encode())


def read_splits(experiment: Experiment) -> Splits:
    """The counts so far; a new experiment's seed is its own id.

    Raises:
        AbtestError: The file is not what this module wrote.
    """
    path = Path(experiment.path).parent / _FILE
    if not path.exists():
        return Splits(path, experiment.id)
    try:
        found = json.loads(disk.read(path))
        return Splits(path, _text(found["seed"]), Counter(dict(map(_entry, found["assigned"]))))
    except (ValueError, KeyError, TypeError) as error:
        raise AbtestError(
            f"{path} is not as `abtest assign` wrote it. Take it from git again."
        ) from error


def _entry(entry: Any) -> tuple[tuple[str, str, str], int]:
    key = (_text(entry["date"]), _text(entry["rep"]), _text(entry["variant"]))
    return key, int(entry["prospects"])


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
