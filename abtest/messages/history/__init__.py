"""History: what git remembers of the content, held against the files of today.

Nothing that anyone recorded may vanish, double or change its meaning in silence. This package is
the only place that runs git. What it cannot check, it says.

The names load on first use: whoever asks only for the state of a repository reads no history.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from abtest.messages.history.checkout import Base, base_of, content_at
    from abtest.messages.history.corrections import corrected
    from abtest.messages.history.examination import examine
    from abtest.messages.history.lists import private_lists
    from abtest.messages.history.result import History
    from abtest.messages.history.state import State, state_of
    from abtest.messages.history.versions import Version

_HOME = {
    "Base": "checkout",
    "History": "result",
    "State": "state",
    "Version": "versions",
    "base_of": "checkout",
    "content_at": "checkout",
    "corrected": "corrections",
    "examine": "examination",
    "private_lists": "lists",
    "state_of": "state",
}

__all__ = [
    "Base",
    "History",
    "State",
    "Version",
    "base_of",
    "content_at",
    "corrected",
    "examine",
    "private_lists",
    "state_of",
]


def __getattr__(name: str) -> Any:
    if name not in _HOME:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME[name]}"), name)
