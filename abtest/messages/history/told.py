"""What was said of a history before, kept until anything that it was said from is another.

That is the commits, the files as they lie on the disk, the content as it was read from them, the
day, and the code.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import TYPE_CHECKING

from abtest import clock
from abtest.messages import cache, digest
from abtest.messages.history.result import History, packed, unpacked
from abtest.messages.history.state import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from abtest.messages.history.git import Repository
    from abtest.model import Experiment, Experiments


class Told:
    """What is known of a content folder in a state of its repository.

    Args:
        experiments: The content, as it was read.
        repository: It lies there.
        folder: Where things are kept; None keeps nothing.
    """

    def __init__(
        self, experiments: Experiments, repository: Repository, folder: Path | None
    ) -> None:
        self._experiments = experiments
        self._repository = repository
        self._key = [] if folder is None else self._now()
        place = f"{repository.common_dir} {repository.prefix}".encode(errors="surrogateescape")
        name = blake2b(place, digest_size=12).hexdigest()
        self._path = folder.with_name("told") / name if folder else None

    def recall(self) -> History | None:
        """What was said of just this; None where that is not known."""
        kept = cache.load(self._path, self._key)
        return unpacked(kept) if kept else None

    def keep(self, history: History) -> None:
        """Keep what was said, unless something was left unchecked, or has changed since."""
        if self._path and all(self._key) and not history.not_checked and self._now() == self._key:
            content = {"key": self._key, **packed(history)}
            cache.keep(self._path, json.dumps(content).encode())

    def _now(self) -> list[str | None]:
        """All that it is said from; None for what has no name."""
        content = digest.of_content(self._experiments.root)
        return [
            digest.of_code(),
            name_of(self._repository),
            content.whole if content else None,
            self._experiments.root,
            repr((self._experiments.plan.all_dimensions, self._experiments.plan.critique)),
            _as_read(self._experiments),
            clock.today().isoformat(),
        ]


def _as_read(experiments: Experiments) -> str:
    """The digest of what findings are placed and left out by: lines, rows, messages, `ignore`."""
    read = blake2b(digest_size=16)
    for experiment in experiments.values():
        for part in _places(experiment):
            read.update(part.encode(errors="surrogatepass"))
    return read.hexdigest()


def _places(experiment: Experiment) -> Iterator[str]:
    yield f"{experiment.id} {experiment.status} {dict(experiment.key_lines)}"
    for variant in experiment:
        yield f"{variant.path} {dict(variant.key_lines)} {variant.touches} {[*variant.ignore]}"
        for row in variant.cohorts:
            yield f"{row.line} {row.rep} {row.date} {row.dimensions}\n"
