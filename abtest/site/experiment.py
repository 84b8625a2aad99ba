"""The page of an experiment: the question, the verdict, the evidence, the words side by side."""

from __future__ import annotations

from dataclasses import dataclass

from abtest.report import Check, ExperimentResult, Report, VariantResult
from abtest.site.contributed import contributed
from abtest.site.evidence import evidence_curves
from abtest.site.forest import comparison_forest, experiment_forest
from abtest.site.labels import (
    STATUS_WORDS,
    audience,
    channel_of,
    state_of,
    verdict_of,
    word_of,
)
from abtest.site.links import critique_url, variant_url
from abtest.site.multiples import multiples
from abtest.site.page import Page
from abtest.site.script import Pair, shared_touches, touches_alone
from abtest.site.surroundings import Surroundings
from abtest.site.tables import compared, count_table, method_table
from abtest.site.templating import render
from abtest.site.why import why_link, why_question

_CHECK_WORDS = {
    "split": "Prospects were split as planned",
    "rep_imbalance": "Every rep sent every variant",
    "heterogeneity": "Weeks and reps agree",
    "simpson": "Segments tell the same story as the total",
    "plausibility": "The numbers look real",
    "guardrails": "Nothing else got worse",
}


#: With more variants, whatever has a part for each is folded away until somebody asks for it.
MOST_VARIANTS = 6

#: The first text of a new variant, for the forge's editor.
VARIANT_TEMPLATE = """\
---
title: Say what is different about it
author: your-name
---
## Voicemail
Hi {{first_name}}, …

## Email
Subject: …

Hi {{first_name}}, …
"""


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A quality check as a line: a mark, what is checked, what was found, what to do."""

    state: str
    word: str
    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Card:
    """A variant in short, with the ways to its pages; `why` is empty where none is due."""

    title: str
    url: str
    critique: str
    channel: str
    sentence: str
    state: str
    word: str
    why: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The words of the control and of another variant, and the touches that only one has."""

    control: str
    other: str
    touches: list[Pair]
    only_control: list[str]
    only_other: list[str]


def experiment_page(result: ExperimentResult, report: Report, around: Surroundings) -> Page:
    """One experiment."""
    experiment = result.experiment
    decision = experiment.decision if experiment else None
    proven, groups = multiples(result, report)
    html = render(
        "experiment.jinja",
        depth=2,
        result=result,
        experiment=experiment,
        status=STATUS_WORDS[result.status],
        verdict=verdict_of(result),
        audience=audience(result),
        forest=experiment_forest(result),
        comparisons=comparison_forest(result),
        sentences=[comparison.sentence for comparison in compared(result)],
        curves=evidence_curves(result),
        groups=groups,
        proven=proven,
        crowded=len(result.variants) > MOST_VARIANTS,
        checks=[_check_line(check) for check in result.checks],
        changed=[result[name].title for name in result.text_changed],
        counts=count_table(result, report.plan),
        pairs=_side_by_side(result),
        cards=[_card(result, variant, report) for variant in result.variants],
        why=why_question(result, report),
        inquiries={v.id: why_link(result, v, report) for v in result.variants},
        decision=decision,
        kept=result[decision.keep].title if decision and decision.keep != "none" else "",
        body=contributed(experiment.body) if experiment else "",
        method=method_table(result),
        window=report.plan.response_window,
        maturing=sum(v.maturing.sent for v in result.variants if not result.is_judged_once(v)),
        later=sum(v.maturing.sent for v in result.variants if result.is_judged_once(v)),
        edit_link=around.editor.edit_url(f"{result.id}/experiment.md") if around.editor else "",
        add_link=around.editor.new_url(result.id, "new-message.md", VARIANT_TEMPLATE)
        if around.editor
        else "",
        add_text=VARIANT_TEMPLATE if around.editor and not around.editor.fills else "",
    )
    return Page(
        f"experiments/{result.id}/index.md",
        result.title,
        html,
        description=result.verdict.headline,
        parent="experiments/index.md",
        source=f"{result.id}/experiment.md",
        search=2.0,
        words=_words(result),
    )


def _words(result: ExperimentResult) -> str:
    """What somebody types who asks whether this was tried: people, lever, reasons."""
    experiment = result.experiment
    titles = [variant.title for variant in result.variants]
    why = (experiment.lever, experiment.source, experiment.body) if experiment else ()
    return " ".join([audience(result), result.verdict.headline, *titles, *why])


def _card(result: ExperimentResult, variant: VariantResult, report: Report) -> Card:
    metric = variant.metrics[result.metric]
    return Card(
        title=variant.title,
        url=variant_url(variant.id),
        critique=critique_url(variant.id),
        channel=channel_of(variant),
        sentence=variant.sentence,
        state=state_of(metric),
        word=word_of(metric),
        why=why_link(result, variant, report),
    )


def _side_by_side(result: ExperimentResult) -> list[SideBySide]:
    """The control's words beside each other variant's."""
    experiment = result.experiment
    if experiment is None:
        return []
    control = experiment[experiment.control]
    return [
        SideBySide(
            control=control.title,
            other=other.title,
            touches=shared_touches(control.touches, other.touches),
            only_control=touches_alone(control.touches, other.touches),
            only_other=touches_alone(other.touches, control.touches),
        )
        for other in experiment
        if other is not control
    ]


def _check_line(check: Check) -> CheckLine:
    state, word = {
        True: ("ok", "fine"),
        False: ("attention", "look at this"),
        None: ("unknown", "too little to say"),
    }[check.ok]
    text = " ".join(part for part in (check.sentence, check.advice) if part)
    title = _CHECK_WORDS.get(check.name, check.name.replace("_", " ").capitalize())
    return CheckLine(state, word, title, text)
