"""Report parts as inline SVG: no script, theme colors by CSS variable, text left to the page.

Horizontal places are percentages of the drawing's width and marks have a fixed size, so one
drawing fits a phone and a wall; curves are drawn in a stretched inner picture whose strokes do not
scale. A drawing beside its numbers in a table is hidden from screen readers; one that stands alone
gets a label from its caller. No text of a contributor ever enters a drawing.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from abtest.site.trusted import trusted

#: Marks by state, centered on 0,0: the shape says the state without color.
_SHAPES = {
    "meets": '<circle r="6.5"/>',
    "at_target": '<rect x="-5.5" y="-5.5" width="11" height="11" rx="1.5"/>',
    "below": '<path d="M0-7.5 7.5 0 0 7.5-7.5 0z"/>',
    "undecided": '<circle r="5.5" class="ab-hollow"/>',
    "no_data": '<path d="M-5 0H5" class="ab-hollow"/>',
    "better": '<path d="M-6.5 5.5 0-6.5 6.5 5.5z"/>',
    "worse": '<path d="M-6.5-5.5 0 6.5 6.5-5.5z"/>',
    "no_difference": '<rect x="-5.5" y="-5.5" width="11" height="11" rx="1.5"/>',
    "winner": '<circle r="6.5"/>',
    "invalid": '<path d="M-5-5 5 5M-5 5 5-5" class="ab-hollow"/>',
    "ok": '<path d="M-5.5.5-1.5 4.5 5.5-4" class="ab-hollow"/>',
    "attention": '<path d="M0-6v6.5M0 4.6v.9" class="ab-hollow"/>',
    "unknown": '<path d="M-5 0H5" class="ab-hollow"/>',
}

#: Steps between ticks, as fractions; the first that gives few enough ticks is taken.
_STEPS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.25, 0.5)


@dataclass(frozen=True, slots=True)
class Scale:
    """A linear scale from a value to a percentage of the drawing's width.

    Attributes:
        low: The value at the left edge.
        high: The value at the right edge.
        ticks: The values that get a line.
    """

    low: float
    high: float
    ticks: tuple[float, ...]

    def __call__(self, value: float) -> float:
        """The place of a value, clamped to the edges, in percent."""
        share = (value - self.low) / (self.high - self.low)
        return round(100 * min(1.0, max(0.0, share)), 2)


def _ticks(low: float, high: float, most: int) -> tuple[float, ...]:
    step = next(s for s in _STEPS if (high - low) / s <= most or s == _STEPS[-1])
    first = math.ceil(low / step - 1e-9)
    last = math.floor(high / step + 1e-9)
    return tuple(round(i * step, 6) for i in range(first, last + 1))


def rate_scale(values: Iterable[float], target: float | None, *, limit: float = 1.0) -> Scale:
    """From 0 to just beyond the largest value and the target, ending on a tick.

    >>> rate_scale([0.27], 0.1).ticks
    (0.0, 0.1, 0.2, 0.3)
    """
    top = max([*values, 2 * (target or 0), 0.02])
    top = min(1.0, limit, top * 1.02)
    step = next(s for s in _STEPS if top / s <= 4 or s == _STEPS[-1])
    high = min(1.0, round(math.ceil(top / step - 1e-9) * step, 6))
    return Scale(0.0, high, _ticks(0.0, high, 4))


def difference_scale(values: Iterable[float], smallest: float) -> Scale:
    """Symmetric about 0, wide enough for every value and the smallest effect that matters.

    >>> difference_scale([0.18, -0.02], 0.04).ticks
    (-0.1, 0.0, 0.1)
    """
    high = min(1.0, max([*map(abs, values), 1.5 * smallest, 0.02]) * 1.06)
    return Scale(-high, high, _ticks(-high, high, 4))


def shape(state: str) -> Markup:
    """The mark of a state, to stand before its word."""
    return trusted(
        f'<svg class="ab-shape ab-{state}" viewBox="-9 -9 18 18" aria-hidden="true">'
        f"{_SHAPES[state]}</svg>"
    )


def mark(x: float, y: str, state: str, kinds: str = "ab-mark") -> str:
    """The mark of a state inside a drawing: `x` in percent of the width, `y` any length."""
    return f'<svg x="{x}%" y="{y}" class="{kinds}">{_SHAPES[state]}</svg>'


def _grid(scale: Scale) -> str:
    return "".join(
        f'<line x1="{scale(t)}%" x2="{scale(t)}%" y1="0" y2="100%" class="ab-grid"/>'
        for t in scale.ticks
    )


def _beyond(scale: Scale, high: float) -> str:
    """An arrow where a bar goes on beyond the right edge."""
    if high <= scale.high + 1e-9:
        return ""
    return '<svg x="100%" y="50%" class="ab-mark"><path d="M-5-5 2 0-5 5" class="ab-hollow"/></svg>'


def interval_row(
    scale: Scale,
    state: str,
    value: float | None,
    low: float,
    high: float,
    *,
    line: float | None = None,
    band: tuple[float, float] | None = None,
    filled: bool = False,
) -> Markup:
    """One row of a forest table: the plausible range as a bar, the estimate as a mark.

    Args:
        scale: Shared by all rows of the table.
        state: Gives shape and color.
        value: The estimate, None where there is none.
        low: Lower end of the range.
        high: Upper end.
        line: The value of the dashed line: the target, or no difference.
        band: A range that does not matter, shaded.
        filled: Whether a broad bar leads from the left edge to the estimate: a share of a whole.
    """
    parts = [_grid(scale)]
    if band is not None:
        left, right = scale(band[0]), scale(band[1])
        parts.append(
            f'<rect x="{left}%" width="{round(right - left, 2)}%" y="0" height="100%" '
            'class="ab-band"/>'
        )
    if line is not None:
        parts.append(
            f'<line x1="{scale(line)}%" x2="{scale(line)}%" y1="0" y2="100%" class="ab-line"/>'
        )
    if value is not None:
        if filled:
            parts.append(
                f'<rect x="0" width="{scale(value)}%" y="22%" height="56%" class="ab-share"/>'
            )
        parts.append(
            f'<line x1="{scale(low)}%" x2="{scale(high)}%" y1="50%" y2="50%" class="ab-bar"/>'
            f"{_beyond(scale, high)}{mark(scale(value), '50%', state)}"
        )
    return trusted(f'<svg class="ab-row ab-{state}" aria-hidden="true">{"".join(parts)}</svg>')


def axis(scale: Scale, labels: Sequence[str]) -> Markup:
    """The tick labels below a forest table; `labels` in the order of the scale's ticks."""
    texts = "".join(
        f'<text x="{scale(t)}%" y="1.1em" text-anchor="middle">{label}</text>'
        for t, label in zip(scale.ticks, labels, strict=True)
    )
    return trusted(f'<svg class="ab-axis" aria-hidden="true">{texts}</svg>')


def dots(score: int) -> Markup:
    """A score from 1 to 5 as filled dots; the figure stands beside it."""
    kinds = ["ab-full"] * score + ["ab-empty"] * (5 - score)
    drawn = "".join(
        f'<circle cx="{6 + 12 * i}" cy="6" r="4" class="{kind}"/>' for i, kind in enumerate(kinds)
    )
    return trusted(f'<svg class="ab-dots" viewBox="0 0 60 12" aria-hidden="true">{drawn}</svg>')
