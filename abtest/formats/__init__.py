"""Report or findings → text; one file a format. Showing never computes.

A format is a module `<command>_<name>.py` here with a function `render`; a new file is a new
value of `--format`.
"""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules
from typing import Any


def names(command: str) -> tuple[str, ...]:
    """The formats of a command, `text` first.

    >>> names("check")
    ('text', 'github', 'gitlab', 'json', 'junit', 'sarif')
    """
    prefix = f"{command}_"
    found = {
        m.name.removeprefix(prefix) for m in iter_modules(__path__) if m.name.startswith(prefix)
    }
    return ("text", *sorted(found - {"text"}))


def render(command: str, name: str, *args: Any, **kwargs: Any) -> str:
    """The output of a command in one of its formats; arguments as that format's `render`."""
    text: str = import_module(f"abtest.formats.{command}_{name}").render(*args, **kwargs)
    return text
