"""A message as HTML: every character as a prospect gets it, escaped, with what matters set apart.

Merge fields, stage directions and telephone numbers are wrapped, never changed; taking the tags
away gives the text of the file back.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from abtest.critique.anatomy import SIGNATURE, anatomy
from abtest.critique.speech import Sounds, sounds
from abtest.critique.words import phones, tokens
from abtest.model import Recording, Touch
from abtest.site.worddiff import Piece, word_diff

Touches = Sequence[Touch]

_WRAPS = {
    "field": Markup('<span class="ab-field" title="filled in for each prospect">{}</span>'),
    "cue": Markup('<span class="ab-cue" title="said to the speaker">{}</span>'),
    "phone": Markup('<strong class="ab-number">{}</strong>'),
    "signature": Markup('<span class="ab-signature">{}</span>'),
    "del": Markup("<del>{}</del>"),
    "ins": Markup("<ins>{}</ins>"),
}


def marked_up(text: str) -> Markup:
    """A text with its merge fields, cues and telephone numbers wrapped."""
    spans = [(t.start, t.end, t.kind) for t in tokens(text) if t.kind in ("field", "cue")]
    spans += [(found.start(), found.end(), "phone") for found in phones(text)]
    parts, at = [], 0
    for start, end, kind in sorted(spans):
        if start < at:
            continue
        parts += [escape(text[at:start]), _WRAPS[kind].format(text[start:end])]
        at = end
    return Markup("").join([*parts, escape(text[at:])])


@lru_cache(maxsize=1024)
def heard(touch: Touch, recording: Recording | None) -> Sounds:
    """How a touch sounds; a recording is of the voicemail. The critique asks again soon after."""
    seconds = recording.seconds if recording and touch.channel == "voicemail" else None
    return sounds(touch, seconds)


def email_markup(email: Touch) -> Markup:
    """An email's text, its sign-off set apart and every line break kept."""
    start = next((line.start for line in anatomy(email.text) if line.part == SIGNATURE), None)
    if not start:
        return marked_up(email.text)
    signature = _WRAPS["signature"].format(marked_up(email.text[start:]))
    return marked_up(email.text[:start]) + signature


def _diff_markup(pieces: tuple[Piece, ...], tag: str) -> Markup:
    """One side of a word diff; `tag` is `del` or `ins`."""
    wrap = _WRAPS[tag]
    return Markup("").join(
        wrap.format(piece.text) if piece.changed else escape(piece.text) for piece in pieces
    )


@dataclass(frozen=True, slots=True)
class Pair:
    """A touch that two variants share, side by side.

    Attributes:
        name: `Voicemail`, `Email 2` …
        control: The control's words.
        other: The other variant's words.
        alike: True where the texts have enough in common to mark what differs.
        same: True where nothing differs.
    """

    name: str
    control: Markup
    other: Markup
    alike: bool
    same: bool


def shared_touches(a: Touches, b: Touches) -> list[Pair]:
    """The touches that two variants, or two versions, have both, with what differs marked."""
    left = {(t.number, t.channel): t for t in a}
    right = {(t.number, t.channel): t for t in b}
    return [_pair(left[key], right[key], _names(a, b)) for key in left if key in right]


def touches_alone(a: Touches, b: Touches) -> list[str]:
    """The names of the touches that `a` has and `b` has not."""
    others = {(t.number, t.channel) for t in b}
    return [_names(a, b)(t) for t in a if (t.number, t.channel) not in others]


def _names(a: Touches, b: Touches) -> Callable[[Touch], str]:
    """How to name a touch: with its number where there are several of a kind."""
    several = any(t.number > 1 for t in (*a, *b))
    return lambda t: f"{t.channel.capitalize()} {t.number}" if several else t.channel.capitalize()


def _pair(a: Touch, b: Touch, name: Callable[[Touch], str]) -> Pair:
    old, new = word_diff(_whole(a), _whole(b))
    same = _whole(a) == _whole(b)
    alike = same or any(piece.changed for piece in (*old, *new))
    return Pair(name(a), _diff_markup(old, "del"), _diff_markup(new, "ins"), alike, same)


def _whole(touch: Touch) -> str:
    return touch.text if touch.subject is None else f"Subject: {touch.subject}\n\n{touch.text}"
