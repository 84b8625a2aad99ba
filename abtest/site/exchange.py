"""Putting a folder in the place of another so that the place is whole at every instant."""

from __future__ import annotations

import ctypes
import os
import sys
from contextlib import suppress
from pathlib import Path

#: From linux/fs.h and sys/stdio.h: swap two names in one step.
_RENAME_EXCHANGE, _RENAME_SWAP = 2, 2
#: From fcntl.h: paths are relative to the current folder.
_AT_FDCWD = -100


def put_in_place(new: Path, place: Path) -> None:
    """Move the folder `new` to `place`; what was there is at `new` afterwards, if anything was.

    Where the system can swap two names in one step it does; elsewhere `place` is away for the
    moment between two renames.

    Raises:
        OSError: The system refuses.
    """
    if not place.exists():
        new.rename(place)
    elif not _swap(new, place):
        aside = new.with_name(f"{new.name}.old")
        place.rename(aside)
        try:
            new.rename(place)
        except OSError:
            aside.rename(place)
            raise
        aside.rename(new)


def _swap(a: Path, b: Path) -> bool:
    """Swap two names in one step; False where the system cannot."""
    with suppress(AttributeError, OSError):
        libc = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            return bool(libc.renamex_np(os.fsencode(a), os.fsencode(b), _RENAME_SWAP) == 0)
        here = ctypes.c_int(_AT_FDCWD)
        flags = ctypes.c_uint(_RENAME_EXCHANGE)
        return bool(libc.renameat2(here, os.fsencode(a), here, os.fsencode(b), flags) == 0)
    return False
