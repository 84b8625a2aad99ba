"""What differs between two texts, word by word, as one text with both in it."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass

#: Beyond this many pairs of words the comparison would take seconds.
_LIMIT = 4_000_000
#: Below this share of common words two texts are different texts, and marks would only be noise.
_ALIKE = 0.5
_WORDS = re.compile(r"\s+|[^\W_]+(?:['’-][^\W_]+)*|.")


@dataclass(frozen=True, slots=True)
class Run:
    """Words that both texts share, or only one of them has.

    Attributes:
        kind: `same`, `gone` or `new`.
    """

    kind: str
    text: str


def compare(old: str, new: str) -> tuple[Run, ...]:
    """Both texts as one run of words after the other; other blanks alone are no difference.

    >>> [(run.kind, run.text) for run in compare("Call me back.", "Write me back.")]
    [('gone', 'Call'), ('new', 'Write'), ('same', ' me back.')]
    """
    a, b = _WORDS.findall(old), _WORDS.findall(new)
    matcher = difflib.SequenceMatcher(None, _plain(a), _plain(b), autojunk=False)
    if len(a) * len(b) > _LIMIT or matcher.ratio() < _ALIKE:
        return _runs([("gone", old), ("new", new)])
    found: list[tuple[str, str]] = []
    gone = new = ""
    for tag, a0, a1, b0, b1 in matcher.get_opcodes():
        old_part, new_part = "".join(a[a0:a1]), "".join(b[b0:b1])
        # Blanks between two changes belong to one change of several words.
        if tag == "equal" and not ((gone or new) and new_part.isspace() and b1 < len(b)):
            found += [("gone", gone), ("new", new), ("same", new_part)]
            gone = new = ""
        else:
            gone, new = gone + old_part, new + new_part
    return _runs([*found, ("gone", gone), ("new", new)])


def _plain(words: list[str]) -> list[str]:
    return [" " if word.isspace() else word for word in words]


def _runs(pairs: list[tuple[str, str]]) -> tuple[Run, ...]:
    return tuple(Run(kind, text) for kind, text in pairs if text)
