"""The same work on many things, on all processors where that is quicker."""

from __future__ import annotations

import os
import signal
import sys
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_Thing = TypeVar("_Thing")
_Made = TypeVar("_Made")

#: Fewer things are done before further processes have begun.
_WORTH_IT = 200

#: A process takes its things in so many pieces, so that none waits long for another.
_PIECES = 32


def mapped(work: Callable[[_Thing], _Made], things: Sequence[_Thing]) -> list[_Made]:
    """What `work` makes of each thing, in their order.

    Args:
        work: Leaves nothing behind but what it returns, and that can be pickled.
        things: To work on.
    """
    processes = _processors() if len(things) >= _WORTH_IT else 1
    if processes == 1:
        return [work(thing) for thing in things]
    from concurrent.futures.process import BrokenProcessPool, ProcessPoolExecutor
    from multiprocessing import get_context

    pool = ProcessPoolExecutor(processes, get_context("fork"), _begin, (work, things))
    size = -(-len(things) // (_PIECES * processes))
    # Ctrl+C is for this process, which ends the others: they never hear it.
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        made = pool.map(_one, range(len(things)), chunksize=size)
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        return list(made)
    except BrokenProcessPool:  # one was killed, perhaps for want of memory: this one is enough
        return [work(thing) for thing in things]
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
        pool.shutdown(cancel_futures=True)


def _processors() -> int:
    """How many processes can work at a time; 1 where a process cannot be copied safely."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else 1


class _Copied:
    """What a process has from the one that it is a copy of: nothing has to be sent."""

    work: ClassVar[Callable[[Any], Any]]
    things: ClassVar[Sequence[Any]]


def _begin(work: Callable[[Any], Any], things: Sequence[Any]) -> None:
    _Copied.work, _Copied.things = staticmethod(work), things


def _one(number: int) -> Any:
    return _Copied.work(_Copied.things[number])
