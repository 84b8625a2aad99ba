"""What one build made, for the next one in the same process, as `mkdocs serve` builds again.

Whatever is kept is kept with all that it was made from, and is given back only where that is equal:
an edit, a revert, a new name or another day makes it anew. Nothing is written to a disk.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

_Given = ParamSpec("_Given")
_Made = TypeVar("_Made")


class Memory:
    """Results by kind and name, each with what it was made from.

    Args:
        keeps: Whether there will be another build to remember for.
    """

    def __init__(self, *, keeps: bool) -> None:
        self.keeps = keeps
        self._kept: dict[tuple[str, str], tuple[tuple[object, ...], Any]] = {}
        self._used: set[tuple[str, str]] = set()

    def made(
        self,
        kind: str,
        name: str,
        make: Callable[_Given, _Made],
        *given: _Given.args,
        **named: _Given.kwargs,
    ) -> _Made:
        """`make(*given)`, or what it gave last time for the same.

        Args:
            kind: Keeps apart what different functions made.
            name: Whose result it is.
            make: A function of nothing but its arguments.
            given: Its arguments.
            named: Those by name.
        """
        from_what = (given, tuple(sorted(named.items())))
        found: _Made | None = self.recall(kind, name, *from_what)
        if found is None:
            found = make(*given, **named)
            self.keep(kind, name, found, *from_what)
        return found

    def recall(self, kind: str, name: str, *from_what: object) -> Any:
        """What was made from the same, None where nothing was."""
        known = self._kept.get((kind, name))
        if known is None or known[0] != from_what:
            return None
        self._used.add((kind, name))
        return known[1]

    def keep(self, kind: str, name: str, made: object, *from_what: object) -> None:
        """Remember what was made, and from what."""
        if self.keeps:
            self._kept[kind, name] = (from_what, made)
            self._used.add((kind, name))

    def forget_the_rest(self) -> None:
        """Drop what this build had no use for; the next one starts to count again."""
        self._kept = {key: self._kept[key] for key in self._kept.keys() & self._used}
        self._used.clear()


#: For a single build.
FORGETFUL = Memory(keeps=False)
