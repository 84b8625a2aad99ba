"""Results over time as inline SVG: the evidence on one rate, and counts by week.

Made like the drawings of `charts`: a stretched inner picture for the curves, marks and text beside
it at percentages of the width.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

from abtest.site.charts import Scale, mark
from abtest.site.trusted import trusted

#: Height of the plot in pixels; the labels below it come on top.
HEIGHT = 132

#: Opens the stretched picture, in percent of the plot's width and height.
FRAME = f'<svg width="100%" height="{HEIGHT}" viewBox="0 0 100 100" preserveAspectRatio="none">'


@dataclass(frozen=True, slots=True)
class Moment:
    """The evidence at the end of one week: the rate so far and its plausible range."""

    date: dt.date
    rate: float
    low: float
    high: float


def _place(moments: Sequence[Moment], date: dt.date) -> float:
    """How far between the first and the last moment a day lies, in percent."""
    first, last = moments[0].date, moments[-1].date
    if first == last:
        return 100.0
    return round(100 * (date - first).days / (last - first).days, 2)


def evidence(
    moments: Sequence[Moment],
    scale: Scale,
    labels: Sequence[str],
    *,
    state: str,
    target: float | None,
    decided_at: dt.date | None,
    label: str,
) -> Markup:
    """The rate week by week inside its narrowing plausible range.

    Args:
        moments: At least one, in order.
        scale: From rate to height in percent.
        labels: One for each tick of `scale`.
        state: The final state; gives the color and the last mark.
        target: A dashed line, if there is a target.
        decided_at: The week that decided, marked by an upright line.
        label: What the drawing says, for those who do not see it.
    """
    xs = [_place(moments, m.date) for m in moments]
    height = [round(100 - scale(m.rate), 2) for m in moments]
    upper = [f"{x},{round(100 - scale(m.high), 2)}" for x, m in zip(xs, moments, strict=True)]
    lower = [f"{x},{round(100 - scale(m.low), 2)}" for x, m in zip(xs, moments, strict=True)]
    if len(moments) == 1:
        # A single week has no width; a narrow band still shows its range.
        upper.insert(0, upper[0].replace("100.0,", "97,"))
        lower.insert(0, lower[0].replace("100.0,", "97,"))
    line = " ".join(f"{x},{y}" for x, y in zip(xs, height, strict=True))
    parts = [
        FRAME,
        *(_rule(100 - scale(t), "ab-grid") for t in scale.ticks),
        f'<polygon points="{" ".join(upper)} {" ".join(reversed(lower))}" class="ab-area"/>',
        _rule(100 - scale(target), "ab-line") if target is not None else "",
        _upright(_place(moments, decided_at)) if decided_at else "",
        f'<polyline points="{line}" class="ab-curve"/>',
        "</svg>",
        *_tick_labels(scale, labels),
        mark(xs[-1], down(height[-1]), state),
    ]
    return trusted(
        f'<svg class="ab-evidence ab-{state}" role="img" aria-label="{escape(label)}">'
        f"{''.join(parts)}</svg>"
    )


def down(y: float, above: float = 0) -> str:
    """A place of the stretched picture in pixels from the top, or so many pixels above it."""
    return f"{y * HEIGHT / 100 - above:.1f}"


def _rule(y: float, kind: str) -> str:
    return f'<line x1="0" x2="100" y1="{y:.2f}" y2="{y:.2f}" class="{kind}"/>'


def _upright(x: float) -> str:
    return f'<line x1="{x}" x2="{x}" y1="0" y2="100" class="ab-decided"/>'


def _tick_labels(scale: Scale, labels: Sequence[str]) -> list[str]:
    return [
        f'<text x="0" y="{down(100 - scale(t), 3)}">{label}</text>'
        for t, label in zip(scale.ticks, labels, strict=True)
        if t > scale.low
    ]


def bars(values: Sequence[int], label: str) -> Markup:
    """Counts by week as a strip of bars from the same ground line; an empty week stays empty."""
    top = max([*values, 1])
    width = 100 / max(len(values), 1)
    drawn = "".join(
        f'<rect x="{i * width + 0.15 * width:.2f}%" width="{0.7 * width:.2f}%" '
        f'y="{100 - 100 * value / top:.1f}%" height="{100 * value / top:.1f}%" rx="1.5"/>'
        for i, value in enumerate(values)
        if value
    )
    return trusted(
        f'<svg class="ab-bars" role="img" aria-label="{escape(label)}">{drawn}'
        '<line x1="0" x2="100%" y1="100%" y2="100%" class="ab-grid"/></svg>'
    )
