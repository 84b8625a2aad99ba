"""A control chart as inline SVG: each week, and the limits of an ordinary one of its size."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import groupby

from markupsafe import Markup, escape

from abtest.site.charts import mark
from abtest.site.curves import FRAME, down
from abtest.site.trusted import trusted
from abtest.stats.flow_results import Chart, Point


def control_chart(chart: Chart, label: str, tick: Callable[[float], str]) -> Markup:
    """The rate of each week as a line, broken by empty weeks, inside the limits.

    A week out of the ordinary gets a mark of its own shape; all others are points of the line.

    Args:
        chart: At least one week with a rate.
        label: What the drawing says, for those who do not see it.
        tick: A value as the axis prints it.
    """
    top = _top(chart)

    def height(value: float) -> float:
        return round(100 - 100 * min(value / top, 1.0), 2)

    step = 100 / max(len(chart.points) - 1, 1)
    places = [round(i * step, 2) for i in range(len(chart.points))]
    center = height(chart.center or 0.0)
    marks = [
        mark(x, down(height(p.rate)), _state(p), f"ab-mark ab-{_state(p)}")
        for x, p in zip(places, chart.points, strict=True)
        if p.rate is not None and p.signal
    ]
    return trusted(
        f'<svg class="ab-evidence ab-undecided" role="img" aria-label="{escape(label)}">'
        f"{FRAME}{_limits(chart.points, places, height)}"
        f'<line x1="0" x2="100" y1="{center}" y2="{center}" class="ab-line"/>'
        f"{_lines(chart.points, places, height)}</svg>"
        f'<text x="0" y="9">{tick(top)}</text>'
        f'<text x="0" y="{down(center, 3)}">{tick(chart.center or 0.0)}</text>'
        f"{''.join(marks)}</svg>"
    )


def _top(chart: Chart) -> float:
    """The largest value that the plot must hold."""
    rates = [p.rate for p in chart.points if p.rate is not None]
    highs = [p.high for p in chart.points if p.high is not None]
    return 1.05 * max([*rates, *highs, chart.center or 0.0, 1e-6])


def _state(point: Point) -> str:
    return "better" if point.signal == "above" else "worse"


def _limits(
    points: Sequence[Point], places: Sequence[float], height: Callable[[float], float]
) -> str:
    """The range of an ordinary week as a band; an empty week interrupts it."""
    bands = []
    for weeks in _runs(points, places, lambda point: point.high is not None):
        upper = [f"{x},{height(p.high or 0.0)}" for x, p in weeks]
        lower = [f"{x},{height(p.low or 0.0)}" for x, p in reversed(weeks)]
        bands.append(f'<polygon points="{" ".join([*upper, *lower])}" class="ab-area"/>')
    return "".join(bands)


def _lines(
    points: Sequence[Point], places: Sequence[float], height: Callable[[float], float]
) -> str:
    lines = []
    for weeks in _runs(points, places, lambda point: point.rate is not None):
        line = [f"{x},{height(p.rate or 0.0)}" for x, p in weeks]
        if len(line) == 1:  # a week between empty ones: a short stroke at its place
            x, y = weeks[0][0], line[0].partition(",")[2]
            line = [f"{max(x - 0.5, 0)},{y}", f"{x + 0.5},{y}"]
        lines.append(f'<polyline points="{" ".join(line)}" class="ab-curve"/>')
    return "".join(lines)


def _runs(
    points: Sequence[Point], places: Sequence[float], known: Callable[[Point], bool]
) -> list[list[tuple[float, Point]]]:
    """Weeks with their places, cut where something is not known."""
    weeks = groupby(zip(places, points, strict=True), key=lambda week: known(week[1]))
    return [list(run) for is_known, run in weeks if is_known]
