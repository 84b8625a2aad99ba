"""The planner: a pipeline's arithmetic on the reader's own numbers, in the browser alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.resources import files

from abtest import wording
from abtest.insight import Funnel, Insight
from abtest.plan import Plan
from abtest.site.page import Asset, Page
from abtest.site.templating import render


@dataclass(frozen=True, slots=True)
class Input:
    """One number to fill in.

    Attributes:
        name: As the arithmetic knows it.
        label: As people read it.
        value: What it starts with: the team's own number where there is one.
        step: The smallest change; a number that is no whole one gets a fraction.
    """

    name: str
    label: str
    value: str
    step: str = "1"


@dataclass(frozen=True, slots=True)
class Card:
    """One question with its inputs; the answer is a sentence."""

    key: str
    title: str
    inputs: tuple[Input, ...]
    note: str = ""


#: The questions; a number in braces is the team's own.
_CARDS = (
    Card(
        "needed",
        "From clients back to prospects",
        (
            Input("target", "Clients wanted", "10"),
            Input("count", "Clients won so far", "{wins}"),
            Input("reached", "Prospects reached for them", "{reached}"),
        ),
    ),
    Card(
        "better",
        "What a better rate saves",
        (
            Input("target", "Answers wanted", "100"),
            Input("rate", "Answer today, %", "{rate}", "0.1"),
            Input("better", "Would answer, %", "{target}", "0.1"),
        ),
    ),
    Card(
        "capacity",
        "What more prospects bring",
        (
            Input("more", "More prospects", "300"),
            Input("count", "Meetings so far", "{meetings}"),
            Input("reached", "Prospects reached for them", "{reached}"),
        ),
    ),
    Card(
        "coverage",
        "What a coverage means",
        (
            Input("coverage", "Pipeline, % of the target", "800"),
            Input("warning", "Enough, times the target", "{warning}", "0.1"),
        ),
        "How much is enough is hearsay: 3 to 4 times is usual.",
    ),
    Card(
        "forgone",
        "What no voicemail costs",
        (
            Input("without", "Answered without one", "10"),
            Input("silent", "Prospects without one", "200"),
            Input("withIt", "Answered with one", "24"),
            Input("called", "Prospects with one", "200"),
            Input("list", "Prospects on the list", "1000"),
            Input("meetings", "Meetings per 100 answers", "{per_hundred}"),
        ),
        "Test it first: abtest new experiment NAME --template voicemail-or-none",
    ),
    Card(
        "claim",
        "Prospects that a claim needs",
        (
            Input("rate", "Answer one message, %", "{target}", "0.1"),
            Input("better", "Answer the other, %", "15", "0.1"),
        ),
        "Exact numbers, and those against a target: abtest plan",
    ),
)


def planner_page(insight: Insight, plan: Plan) -> Page:
    """Six questions, filled in with the team's own numbers."""
    together = insight.funnels[0]
    own = _own_numbers(together, insight, plan)
    html = render(
        "planner.jinja",
        depth=1,
        cards=[_card(card, own) for card in _CARDS],
        needed=_needed(together),
        sample=insight.sample,
    )
    return Page(
        "planner/index.md", "What would it take?", html, parent="team/index.md", search=1.2,
        label="Planner",
        description="From clients back to prospects, and what a better rate saves.",
    )  # fmt: skip


def planner_script() -> Asset:
    """The arithmetic; it asks no server for anything."""
    return Asset(
        "assets/planner.js", files("abtest.site").joinpath("assets", "planner.js").read_bytes()
    )


def _card(card: Card, own: Mapping[str, str]) -> Card:
    """A question with the team's own numbers in it."""
    filled = (replace(asked, value=asked.value.format(**own)) for asked in card.inputs)
    return replace(card, inputs=tuple(filled))


def _own_numbers(funnel: Funnel, insight: Insight, plan: Plan) -> dict[str, str]:
    """What the fields start with; a usual number where the team has none yet."""
    counts = {step.name: step.count for step in funnel.steps}
    reached, answers = counts["reached"], counts.get("responses", 0)
    meetings = counts.get("meetings", 0)
    warning = next(a.value for a in insight.assumptions if a.name == "coverage_warning")
    return {
        "reached": str(reached or 400),
        "rate": f"{100 * answers / reached:.1f}" if reached and answers else "5",
        "meetings": str(meetings),
        "per_hundred": f"{100 * meetings / answers:.0f}" if answers else "30",
        "wins": str(counts.get("wins", 0)),
        "target": f"{100 * plan.target:g}",
        "warning": f"{warning:g}",
    }


def _needed(funnel: Funnel) -> str:
    """What the team's own counts say without any script."""
    need = funnel.needed
    if need is None:
        return ""
    if need.n is None:
        return f"Nobody has become a client yet: one takes {need.low:,} prospects or more."
    wins = funnel.steps[-1]
    return (
        f"So far {wording.fraction(wins.count, funnel.steps[0].count)} prospects became clients: "
        f"one for every {need.n:,}, plausibly one for {need.low:,} to {need.high:,}."
    )
