"""What runs the query: a relation with columns of known kinds, wherever it lives."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from abtest.outcomes.tally.expressions import Column, Query


class Engine(Protocol):
    """A database that holds one relation of interest."""

    @property
    def relation(self) -> str:
        """The relation, as SQL that can stand after FROM."""

    @property
    def columns(self) -> Sequence[Column]:
        """Its columns, in order."""

    def fetch(self, query: Query) -> list[tuple[Any, ...]]:
        """The rows of a query.

        Raises:
            AbtestError: The engine refuses; its own words are told.
        """

    def close(self) -> None:
        """Let go of the connection."""
