"""What the front matter is made of, each piece with its place in the file."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


class Mark(Protocol):
    """A position as YAML parsers give it, from 0."""

    index: int
    line: int
    column: int


class _Node:
    """A piece of front matter between two marks."""

    __slots__ = ("_end", "_start")

    def __init__(self, start: Mark, end: Mark) -> None:
        self._start = start
        self._end = end

    @property
    def line(self) -> int:
        """From 1."""
        return self._start.line + 1

    @property
    def column(self) -> int:
        """From 1, in characters."""
        return self._start.column + 1

    @property
    def end_line(self) -> int:
        """The line of its last character, from 1."""
        return self._end.line + 1

    @property
    def end_column(self) -> int:
        """The column behind its last character, from 1."""
        return self._end.column + 1

    @property
    def marks(self) -> tuple[Mark, Mark]:
        """Where it begins and ends."""
        return self._start, self._end

    @property
    def start(self) -> int:
        """The index of its first character in the file's text."""
        return self._start.index

    @property
    def end(self) -> int:
        """The index behind its last character in the file's text (of block nodes: at least)."""
        return self._end.index


class Scalar(_Node):
    """A value as it was written.

    Attributes:
        text: Without quotes, escapes resolved.
        plain: Written without quotes.
    """

    __slots__ = ("plain", "text")

    def __init__(self, text: str, plain: bool, start: Mark, end: Mark) -> None:
        self.text = text
        self.plain = plain
        self._start = start
        self._end = end

    @property
    def blank(self) -> bool:
        """Nothing was written where a value belongs."""
        return self.plain and not self.text


class Items(_Node):
    """A list.

    Attributes:
        nodes: Its items, in order.
        flow: Written in brackets.
    """

    __slots__ = ("flow", "nodes")

    def __init__(self, nodes: list[Node], flow: bool, start: Mark, end: Mark) -> None:
        super().__init__(start, end)
        self.nodes = nodes
        self.flow = flow


class Entries(_Node):
    """A mapping.

    Attributes:
        pairs: Key → the key as written, and its value, in order.
        flow: Written in braces.
    """

    __slots__ = ("flow", "pairs")

    def __init__(
        self, pairs: dict[str, tuple[Scalar, Node]], flow: bool, start: Mark, end: Mark
    ) -> None:
        super().__init__(start, end)
        self.pairs = pairs
        self.flow = flow

    def value(self, *keys: str) -> Node:
        """The value found by following these keys.

        Raises:
            KeyError: One of them is not there.
        """
        node: Node = self
        for key in keys:
            if not isinstance(node, Entries):
                raise KeyError(key)
            node = node.pairs[key][1]
        return node

    def key_lines(self) -> Mapping[str, int]:
        """Key → the line on which it stands."""
        return MappingProxyType({name: key.line for name, (key, _) in self.pairs.items()})


Node: TypeAlias = Scalar | Items | Entries


def scalars(node: Node) -> Iterator[Scalar]:
    """Every key and every value below `node` that is text."""
    if isinstance(node, Scalar):
        yield node
    elif isinstance(node, Items):
        for item in node.nodes:
            yield from scalars(item)
    else:
        for key, value in node.pairs.values():
            yield key
            yield from scalars(value)
