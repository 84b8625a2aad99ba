"""One check of a team's content: read, critique, history, and what is known from the last time.

What it does not need it neither reads nor imports.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from abtest.cli.check_cache import CheckCache, Judged
from abtest.cli.side_by_side import mapped
from abtest.errors import ContentError
from abtest.formats.findings import Checked
from abtest.messages import history

if TYPE_CHECKING:
    from abtest.cli.options import Settings
    from abtest.errors import Finding
    from abtest.messages.history import State
    from abtest.model import Experiments


class Check:
    """One check.

    Args:
        settings: Which content, on which day.
        with_history: Ask git whether counts or words were lost.
        allow_shallow: In CI, accept a clone without its history.
    """

    def __init__(self, settings: Settings, *, with_history: bool, allow_shallow: bool) -> None:
        self._settings = settings
        self._root = Path(settings.messages)
        self._allow_shallow = allow_shallow
        self._with_history = with_history

    def done(self, against: str | None = None) -> Checked:
        """All that was found, in no particular order.

        Args:
            against: The last published results, to tell rows that were lost since.
        """
        state = self._state()
        cache = CheckCache(self._settings, state.name)
        judged, past = cache.judged(), cache.history()
        known = judged is not None and (past is not None or state.name is None)
        judged = judged or self._judge(cache)
        remarks: tuple[str, ...] = ()
        if past is None and self._with_history and judged.experiments is not None:
            past, remarks = self._past(state)
        if not known and self._state() == state:
            cache.keep(judged, None if remarks else past)
        found = (*judged.shared, *chain(*judged.critiques.values()), *(past or ()))
        return Checked(
            findings=(*found, *self._published(against), *self._lists()),
            experiments=judged.experiments or 0,
            variants=judged.variants,
            remarks=remarks,
        )

    def _state(self) -> State:
        return history.state_of(self._root) if self._with_history else history.State(None)

    @cached_property
    def _read(self) -> tuple[Experiments | None, tuple[Finding, ...]]:
        from abtest.messages.reader import read

        return read(self._settings.messages, today=self._settings.today)

    def _judge(self, cache: CheckCache) -> Judged:
        """Read everything; criticize those experiments of which nothing is known."""
        experiments, found = self._read
        if experiments is None:
            return Judged(found, {}, None, 0)
        from abtest.critique.run import Critic

        critic = Critic(experiments.plan, self._settings.as_of)
        known = {name: cache.critique(name) for name in experiments}
        asked = [name for name, found in known.items() if found is None]
        told = mapped(lambda name: critic.of_experiment(experiments[name]), asked)
        said = dict(zip(asked, told, strict=True))
        critiques = {n: said[n] if found is None else found for n, found in known.items()}
        shared = (*found, *_of_assumptions(experiments.root), *critic.of_team(experiments))
        return Judged(shared, critiques, len(experiments), sum(map(len, experiments.values())))

    def _past(self, state: State) -> tuple[tuple[Finding, ...], tuple[str, ...]]:
        """What the history holds against the content, and what could not be checked."""
        experiments, _ = self._read if not state.missing else (None, ())
        if experiments is None:
            return (), (state.missing,)
        past = history.examine(experiments, allow_shallow=self._allow_shallow)
        return past.findings, past.not_checked

    def _lists(self) -> tuple[Finding, ...]:
        """Tables with people's addresses that git keeps, anywhere in the repository."""
        if not self._with_history or not self._root.is_dir():
            return ()
        return history.private_lists(self._root)

    def _published(self, against: str | None) -> tuple[Finding, ...]:
        experiments = self._read[0] if against else None
        if experiments is None or against is None:
            return ()
        from abtest.messages import witness

        return witness.compare(experiments, against)


def _of_assumptions(root: str) -> tuple[Finding, ...]:
    """What is wrong with the numbers of hearsay that a team wrote down."""
    from abtest.messages.assumptions_file import load_assumptions

    try:
        load_assumptions(root)
    except ContentError as error:
        return error.findings
    return ()
