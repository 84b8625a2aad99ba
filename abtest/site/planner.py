"""The planner: a pipeline's arithmetic on the reader's own numbers, in the browser alone."""

from __future__ import annotations

from dataclasses import dataclass
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


def planner_page(insight: Insight, plan: Plan) -> Page:
    """Six questions, filled in with the team's own numbers."""
    together = insight.funnels[0]
    html = render(
        "planner.jinja",
        depth=1,
        cards=_cards(together, insight, plan),
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


def _cards(funnel: Funnel, insight: Insight, plan: Plan) -> list[Card]:
    counts = {step.name: step.count for step in funnel.steps}
    reached = str(counts["reached"] or 400)
    answers, meetings = counts.get("responses", 0), counts.get("meetings", 0)
    target = f"{100 * plan.target:g}"
    rate = f"{100 * answers / counts['reached']:.1f}" if counts["reached"] and answers else "5"
    warning = next(a.value for a in insight.assumptions if a.name == "coverage_warning")
    clients = Input("target", "Clients wanted", "10")
    return [
        Card(
            "needed",
            "From clients back to prospects",
            (
                clients,
                Input("count", "Clients won so far", str(counts.get("wins", 0))),
                Input("reached", "Prospects reached for them", reached),
            ),
        ),
        Card(
            "better",
            "What a better rate saves",
            (
                Input("target", "Answers wanted", "100"),
                Input("rate", "Answer today, %", rate, "0.1"),
                Input("better", "Would answer, %", target, "0.1"),
            ),
        ),
        Card(
            "capacity",
            "What more prospects bring",
            (
                Input("more", "More prospects", "300"),
                Input("count", "Meetings so far", str(meetings)),
                Input("reached", "Prospects reached for them", reached),
            ),
        ),
        Card(
            "coverage",
            "What a coverage means",
            (
                Input("coverage", "Pipeline, % of the target", "800"),
                Input("warning", "Enough, times the target", f"{warning:g}", "0.1"),
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
                Input("meetings", "Meetings per 100 answers", _per_hundred(meetings, answers)),
            ),
            "Test it first: abtest new experiment NAME --template voicemail-or-none",
        ),
        Card(
            "claim",
            "Prospects that a claim needs",
            (
                Input("rate", "Answer one message, %", target, "0.1"),
                Input("better", "Answer the other, %", "15", "0.1"),
            ),
            "Exact numbers, and those against a target: abtest plan",
        ),
    ]


def _per_hundred(meetings: int, answers: int) -> str:
    return f"{100 * meetings / answers:.0f}" if answers else "30"


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
