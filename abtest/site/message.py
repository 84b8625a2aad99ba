"""The page of a message: the words as they arrive, how they sound, what came of them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from abtest import wording
from abtest.clock import week_end
from abtest.errors import Finding
from abtest.model import Cohort, Recording, Touch, Variant
from abtest.plan import Plan, Sender
from abtest.report import ExperimentResult, Report, VariantResult
from abtest.site.contributed import contributed
from abtest.site.labels import (
    audience,
    channel_of,
    is_published,
    shown_metrics,
    state_of,
    word_of,
)
from abtest.site.links import critique_url, experiment_url
from abtest.site.page import Page
from abtest.site.script import Pair, email_markup, heard, marked_up, shared_touches
from abtest.site.surroundings import Surroundings
from abtest.site.templating import day, plural, render
from abtest.site.why import why_link

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from abtest.messages.history import Version


@dataclass(frozen=True, slots=True)
class Words:
    """One touch as the page shows it.

    Attributes:
        name: `Voicemail`, `Email 2 (day 3)` …
        anchor: The heading's id.
        channel: `voicemail` or `email`.
        sender: Whom an email is from; empty where nobody said.
        subject: An email's subject, with merge fields wrapped.
        text: The words.
        measure: How long it is, in words.
    """

    name: str
    anchor: str
    channel: str
    sender: str
    subject: Markup
    text: Markup
    measure: str


@dataclass(frozen=True, slots=True)
class Earlier:
    """A wording that the message no longer has, with what it earned and what has changed since."""

    since: str
    author: str
    earned: str
    pairs: list[Pair]


@dataclass(frozen=True, slots=True)
class Week:
    """The cohorts of a calendar week."""

    date: str
    sent: int
    answered: str
    meetings: int
    judged: bool


def message_page(
    result: ExperimentResult,
    variant: VariantResult,
    said: Variant,
    report: Report,
    findings: Sequence[Finding],
    around: Surroundings,
) -> Page:
    """One message, with everything that a rep needs to send it."""
    metric = variant.metrics[result.metric]
    html = render(
        "message.jinja",
        depth=3,
        result=result,
        variant=variant,
        said=said,
        experiment_url=experiment_url(result.id),
        critique_url=critique_url(variant.id),
        channel=channel_of(variant),
        audience=audience(result),
        state=state_of(metric),
        word=word_of(metric),
        rate=wording.percent(metric.rate),
        touches=[_words(touch, said, report.plan.sender) for touch in said.touches],
        recording=around.recordings.get(said.recording.file, "") if said.recording else "",
        length=_length(said.recording),
        metrics=_metrics(variant, report.plan),
        weeks=_weeks(said.cohorts, report),
        window=report.plan.response_window,
        once=result.is_judged_once(variant),
        notes=contributed(said.notes),
        earlier=[] if is_published(result) else _earlier(around.versions, said),
        findings=len(findings),
        why=why_link(result, variant, report),
        edit_link=around.editor.edit_url(f"{variant.id}.md") if around.editor else "",
    )
    return Page(
        f"experiments/{variant.id}/index.md",
        variant.title,
        html,
        description=variant.sentence,
        parent=f"experiments/{result.id}/index.md",
        words=" ".join(f"{touch.subject or ''} {touch.text}" for touch in said.touches),
        source=f"{variant.id}.md",
    )


def _earlier(versions: Mapping[str, Sequence[Version]], said: Variant) -> list[Earlier]:
    """The former wordings, newest first."""
    former = [version for version in versions.get(said.id, ()) if not version.current]
    return [
        Earlier(
            day(dt.date.fromisoformat(version.day)),
            version.author,
            _earned(version),
            shared_touches(version.touches, said.touches),
        )
        for version in reversed(former)
    ]


def _earned(version: Version) -> str:
    sent = version.counts.get("sent", 0)
    if not sent:
        return "nothing was sent with these words"
    answers = plural(version.counts.get("responses", 0), "response")
    return f"{plural(sent, 'prospect')} contacted with these words, {answers}"


def _length(recording: Recording | None) -> str:
    if recording is None or recording.seconds is None:
        return ""
    return f"{recording.seconds:.0f} seconds"


def _words(touch: Touch, variant: Variant, sender: Sender) -> Words:
    several = any(t.number > 1 for t in variant.touches)
    name = touch.channel.capitalize() + (f" {touch.number}" if several else "")
    if touch.day is not None:
        name += f" (day {touch.day})"
    anchor = f"{touch.channel}-{touch.number}"
    found = heard(touch, variant.recording)
    none = Markup("")
    if touch.channel == "voicemail":
        measure = f"about {found.seconds.value:.0f} seconds to say · {found.words.value:.0f} words"
        return Words(name, anchor, "voicemail", "", none, marked_up(touch.text), measure)
    return Words(
        name,
        anchor,
        "email",
        _from(variant.author, sender),
        marked_up(touch.subject or ""),
        email_markup(touch),
        f"{found.words.value:.0f} words",
    )


def _from(author: str, sender: Sender) -> str:
    """The sender whose first name is the author's, else the team's only one, with the company."""
    named = [name for name in sender.names if name.split()[0].lower() == author.lower()]
    if not named and len(sender.names) == 1:
        named = list(sender.names)
    return ", ".join(part for part in (*named[:1], sender.company) if part)


def _metrics(variant: VariantResult, plan: Plan) -> list[tuple[str, str, str, str]]:
    """Each metric that was recorded: its name, fraction, rate and plausible range."""
    return [
        (
            name.replace("_", " ").capitalize(),
            wording.fraction(metric.count, metric.per),
            wording.percent(metric.rate),
            wording.span(metric.plausible),
        )
        for name, metric in variant.metrics.items()
        if metric.per and name in shown_metrics([variant], plan)
    ]


def _weeks(cohorts: Iterable[Cohort], report: Report) -> list[Week]:
    """The rows by calendar week, latest first; young weeks are shown and not judged."""
    by_week: dict[dt.date, list[Cohort]] = defaultdict(list)
    for cohort in cohorts:
        by_week[week_end(cohort.date)].append(cohort)
    window = report.plan.response_window
    return [
        Week(
            day(min(row.date for row in rows)),
            sum(row.sent for row in rows),
            wording.fraction(
                sum(row.get("responses") for row in rows), sum(row.reached for row in rows)
            ),
            sum(row.get("meetings") for row in rows),
            all((report.as_of - row.date).days >= window for row in rows),
        )
        for _, rows in sorted(by_week.items(), reverse=True)
    ]
