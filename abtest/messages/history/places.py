"""What a path of the repository is to us."""

from __future__ import annotations

from typing import NamedTuple

PLAN_FILE, EXPERIMENT_FILE = "plan.yml", "experiment.md"


class Place(NamedTuple):
    """A path.

    Attributes:
        name: Within the content folder.
        is_variant: It holds a variant.
        decides: It holds numbers that decide: plan.yml, or an experiment.md.
    """

    name: str
    is_variant: bool
    decides: bool


class Places(dict[str, Place]):
    """Path from the top of the repository → what it is, worked out once.

    >>> Places("messages/")["messages/dock/vm-a.md"]
    Place(name='dock/vm-a.md', is_variant=True, decides=False)
    """

    def __init__(self, prefix: str) -> None:
        super().__init__()
        self._prefix = prefix

    def __missing__(self, path: str) -> Place:
        name = path.removeprefix(self._prefix)
        folder, _, file = name.rpartition("/")
        in_experiment = bool(folder) and "/" not in folder
        decides = name == PLAN_FILE or (in_experiment and file == EXPERIMENT_FILE)
        variant = in_experiment and not decides and file.endswith(".md")
        self[path] = place = Place(name, variant, decides)
        return place
