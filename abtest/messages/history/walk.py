"""The walk from the first commit to the files of today, keeping what was recorded in view.

Each version of a file is a node that knows the versions it came from. Of a commit with one
parent, every row has to stand up to the row before it; of a merge, to the merge base and both
sides, where the base is found by following the nodes out of what only one side has.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from abtest.messages.history.arithmetic import (
    Break,
    Kind,
    losses,
    merge_breaks,
    merged_rows,
)
from abtest.messages.history.snapshot import Counts, RowKey, grouped

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from abtest.messages.history.graph import Graph
    from abtest.messages.history.snapshot import Snapshot, Words


class Node:
    """One version of one file.

    Attributes:
        at: The place of its commit in the log.
        snapshot: What it says; None where the file is gone.
        before: The versions it was made from.
    """

    __slots__ = ("at", "before", "snapshot")

    def __init__(self, at: int, snapshot: Snapshot | None, before: tuple[Node, ...]) -> None:
        self.at = at
        self.snapshot = snapshot
        self.before = before

    @property
    def rows(self) -> Mapping[RowKey, Counts]:
        """Its rows; none where the file is gone."""
        return self.snapshot.rows if self.snapshot else {}


_NO_ROWS: Mapping[RowKey, Counts] = {}

State: TypeAlias = dict[str, Node]


class Broken(NamedTuple):
    """A row that did not become what it had to, and where."""

    at: int
    path: str
    found: Break


class Copied(NamedTuple):
    """A new file that began with the rows of another one."""

    at: int
    path: str
    source: str
    rows: Mapping[RowKey, Counts]


class Walk:
    """What the walk has found so far.

    Attributes:
        broken: Rows that vanished, went down, or were merged wrongly.
        copied: Files that began with the rows of another.
        recorded: (path, row) → the words under which it was first recorded.
        worded: Path → wordings it has had → the place of the first commit with it, in order.
        reworded: Path → the places of the commits that changed its words.
    """

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._waiting = graph.children_counts()
        self._states: dict[int, State] = {}
        self._changed: list[tuple[str, ...]] = []
        self.broken: list[Broken] = []
        self.copied: list[Copied] = []
        self.recorded: dict[tuple[str, RowKey], Words] = {}
        self.worded: dict[str, dict[Words, int]] = {}
        self.reworded: dict[str, list[int]] = {}

    def step(
        self, at: int, changes: Mapping[str, Snapshot | None], unread: Collection[str] = ()
    ) -> State:
        """Take in the next commit.

        Args:
            at: Its place; places come in order.
            changes: Path → what the file says now, None where it is gone; against the first
                parent.
            unread: Paths of further changes, that could not be understood.

        Returns:
            The files as they are at that commit.
        """
        parents = self._graph.parents[at]
        sides = [self._taken(parent) for parent in parents]
        state = sides[0] if sides else {}
        if len(sides) > 1:
            self._merge(at, sides, changes, unread)
        else:
            self._straight(at, state, changes)
        self._changed.append(tuple(changes))
        self._states[at] = state
        return state

    def files(self, at: int) -> list[str]:
        """The files of a commit that has a step to come after it."""
        return [path for path, node in self._states[at].items() if node.snapshot is not None]

    def _taken(self, parent: int) -> State:
        """A commit's files, to be changed: a copy as long as another child needs them."""
        self._waiting[parent] -= 1
        return dict(self._states[parent]) if self._waiting[parent] else self._states.pop(parent)

    def _straight(self, at: int, state: State, changes: Mapping[str, Snapshot | None]) -> None:
        gone = [path for path in changes if changes[path] is None and path in state]
        for path, snapshot in changes.items():
            if snapshot is not None:
                before = state.get(path)
                if before is None or before.snapshot is None:
                    before = self._origin(at, path, snapshot, state, gone) or before
                self._follow(at, path, before, snapshot)
                state[path] = Node(at, snapshot, (before,) if before else ())
        for path in gone:
            self._note(at, path, losses(state[path].rows, {}))
            state[path] = Node(at, None, (state[path],))

    def _origin(
        self, at: int, path: str, snapshot: Snapshot, state: State, gone: list[str]
    ) -> Node | None:
        """The version that a new file was made from: of a file renamed in the same commit.

        A file that begins with the rows of one that stays is noted.
        """
        for source in gone:
            rows = state[source].rows
            if rows and not any(losses(rows, snapshot.rows)):
                gone.remove(source)
                for key in rows:
                    self.recorded[path, key] = self.recorded.get((source, key), snapshot.words)
                self.worded[path] = dict(self.worded[source])
                renamed = state[source]
                state[source] = Node(at, None, (renamed,))
                return renamed
        folder = path[: path.rindex("/") + 1]
        for source, node in state.items() if snapshot.groups else ():
            known = node.snapshot if node.at < at and source.startswith(folder) else None
            if known is not None and known.groups == snapshot.groups:
                self.copied.append(Copied(at, path, source, node.rows))
        return None

    def _follow(self, at: int, path: str, before: Node | None, now: Snapshot) -> None:
        """Compare a version with the one before it."""
        old = before.snapshot if before else None
        groups = old.groups if old else {}
        for rep, new in now.groups.items():
            rows = groups.get(rep, _NO_ROWS)
            if rows is not new:
                if not rows.items() <= new.items():
                    self._note(at, path, losses(rows, new))
                for key in new.keys() - rows.keys():
                    self.recorded[path, key] = now.words
        for rep in groups.keys() - now.groups.keys():
            self._note(at, path, losses(groups[rep], _NO_ROWS))
        if old is None or old.words != now.words:
            self._word(at, path, now.words, changed=old is not None)

    def _word(self, at: int, path: str, words: Words, *, changed: bool) -> None:
        self.worded.setdefault(path, {}).setdefault(words, at)
        if changed:
            self.reworded.setdefault(path, []).append(at)

    def _note(self, at: int, path: str, found: Iterable[Break]) -> None:
        self.broken += [Broken(at, path, each) for each in found]

    def _merge(
        self,
        at: int,
        sides: Sequence[State],
        changes: Mapping[str, Snapshot | None],
        unread: Collection[str],
    ) -> None:
        exclusive = self._graph.exclusive(self._graph.parents[at])
        paths = dict.fromkeys((*changes, *unread))
        for own in exclusive[1:]:
            paths.update(dict.fromkeys(path for each in own for path in self._changed[each]))
        before = len(self.broken)
        for path in paths:
            nodes = [state.get(path) for state in sides]
            bases = [_base(node, own) for node, own in zip(nodes, exclusive, strict=True)]
            if path in unread:
                merged = _as_expected(bases, nodes)
            elif path in changes:
                merged = changes[path]
            else:
                merged = nodes[0].snapshot if nodes[0] else None
            node = self._merge_file(at, path, bases, nodes, merged)
            if node is not None:
                sides[0][path] = node
        self.broken[before:] = _without_renamed(self.broken[before:])

    def _merge_file(
        self,
        at: int,
        path: str,
        bases: Sequence[Node | None],
        nodes: Sequence[Node | None],
        merged: Snapshot | None,
    ) -> Node | None:
        """Compare one file of a merge; the version it is, which may be one of a side's."""
        moved = [node for node, base in zip(nodes, bases, strict=True) if node is not base]
        if len(moved) <= 1:
            source = moved[0] if moved else nodes[0]
            if _same(source.snapshot if source else None, merged):
                return source
        known = tuple(node for node in nodes if node is not None)
        self._compare_merge(at, path, bases, known, merged)
        return Node(at, merged, known)

    def _compare_merge(
        self,
        at: int,
        path: str,
        bases: Sequence[Node | None],
        sides: Sequence[Node],
        merged: Snapshot | None,
    ) -> None:
        rows = merged.rows if merged else {}
        of_sides = [side.rows for side in sides]
        # Branches that were merged into each other have several bases; each may be the right one.
        found: list[list[Break]] = [
            list(merge_breaks(base.rows if base else {}, of_sides, rows))
            for base in dict.fromkeys(bases)
        ]
        fewest: list[Break] = min(found, key=len)
        self._note(at, path, fewest)
        words = {side.snapshot.words for side in sides if side.snapshot}
        if merged is None:
            return
        if merged.words not in words:
            self._word(at, path, merged.words, changed=bool(words))
        for key in rows.keys() - {key for side in sides for key in side.rows}:
            self.recorded[path, key] = merged.words


def _as_expected(bases: Sequence[Node | None], nodes: Sequence[Node | None]) -> Snapshot | None:
    """What a merge should say that cannot be read: the next version has to stand up to it."""
    known = [node for node in nodes if node is not None and node.snapshot is not None]
    if not known or known[0].snapshot is None:
        return None
    base = next((base.rows for base in bases if base is not None), {})
    rows = merged_rows(base, [node.rows for node in known])
    return known[0].snapshot._replace(groups=grouped(rows))


def _without_renamed(found: list[Broken]) -> list[Broken]:
    """Without rows that git moved, in a merge, into the file that their own was renamed to."""
    less = {each.found.key for each in found if each.found.got is None}
    more = {each.found.key for each in found if each.found.kind is Kind.MERGED_MORE}
    return [each for each in found if each.found.key not in less & more]


def _same(one: Snapshot | None, other: Snapshot | None) -> bool:
    return one is other or (one is not None and other is not None and one[:2] == other[:2])


def _base(node: Node | None, own: set[int]) -> Node | None:
    """The version of the file at the merge base: the newest that is not the side's own."""
    fringe = [node] if node else []
    outside: list[Node] = []
    seen: set[int] = set()
    while fringe:
        each = fringe.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if each.at in own:
            fringe += each.before
        else:
            outside.append(each)
    return max(outside, key=lambda found: found.at, default=None)
