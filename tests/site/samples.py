"""Experiments made by hand for the site's tests: a winner, all below, an undecided one, and worse.

Every number is made up, and `sample=True` says so on the pages.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from types import MappingProxyType

from abtest.errors import Finding, Severity
from abtest.model import (
    Cohort,
    Decision,
    Experiment,
    Experiments,
    Observation,
    Profile,
    Recording,
    Review,
    Touch,
    Variant,
)
from abtest.plan import Plan, Sender

#: The day that counts as today in every sample.
AS_OF = dt.date(2026, 11, 22)

PLAN = Plan(
    sender=Sender(
        names=("Kim Ito", "Lee Park"),
        company="Brightline",
        phone="555-0142",
        website="brightline.example",
        address="1 Main St, Denver",
    )
)

PROFILE = Profile("Sells outbound B2B", "United States", "Director or VP of Sales")

REFERRAL_VOICEMAIL = """\
Hi {{first_name}}, this is Kim at Brightline.

I saw that {{company}} opened a Denver team this spring. New reps there usually wait
nine weeks for a first meeting; two teams near you got that down to four.

You may not own this, so I am sending one question by email. The subject is "Denver ramp".

Kim, 555-0142. That is 555-0142."""

REFERRAL_EMAIL = """\
Hi {{first_name}},

I just left you a voicemail about the new Denver team.

Arcadia's reps went from nine weeks to four before the first meeting. Who at
{{company}} looks after how new reps start?

Kim Ito
Brightline, 555-0142
brightline.example"""

PITCH_VOICEMAIL = """\
Hi {{first_name}}, this is Kim at Brightline.

I saw that {{company}} opened a Denver team this spring. New reps there usually wait
nine weeks for a first meeting; we can get that down to four.

Can I have fifteen minutes on Tuesday to show you how?

Kim, 555-0142. That is 555-0142."""

PITCH_EMAIL = """\
Hi {{first_name}},

I just left you a voicemail about the new Denver team.

Our onboarding gets reps from nine weeks to four before the first meeting. Do you
have fifteen minutes on Tuesday?

Kim Ito
Brightline, 555-0142
brightline.example"""


def voicemail(text: str, line: int = 12) -> Touch:
    """One voicemail."""
    return Touch("voicemail", 1, None, None, text, line, line - 1)


def email(subject: str, text: str, line: int = 24) -> Touch:
    """One email."""
    return Touch("email", 1, None, subject, text, line, line - 2, line - 1)


def cohorts(
    *rows: tuple[int, int, int, int], rep: str = "kim", week: int = 0
) -> tuple[Cohort, ...]:
    """One cohort a week from 28 September: sent, bounced, responses, meetings."""
    first = dt.date(2026, 9, 28) + dt.timedelta(weeks=week)
    return tuple(
        Cohort(
            rep,
            first + dt.timedelta(weeks=i),
            MappingProxyType(
                {
                    "sent": sent,
                    "bounced": bounced,
                    "responses": responses,
                    "meetings": meetings,
                    "second_meetings": meetings // 2,
                }
            ),
            line=20 + i,
        )
        for i, (sent, bounced, responses, meetings) in enumerate(rows)
    )


def variant(
    experiment: str,
    name: str,
    title: str,
    touches: tuple[Touch, ...],
    rows: tuple[Cohort, ...] = (),
) -> Variant:
    """A variant with its file's path."""
    return Variant(
        f"{experiment}/{name}", name, title, f"messages/{experiment}/{name}.md", touches, rows
    )


def experiment(
    name: str, title: str, status: str, variants: tuple[Variant, ...], **more: object
) -> Experiment:
    """A sample experiment whose control is its first variant."""
    fields: dict[str, object] = {"sample": True, "lever": "message", **more}
    return Experiment(
        id=name,
        title=title,
        status=status,
        profile=fields.pop("profile", PROFILE),
        control=variants[0].name,
        path=f"messages/{name}/experiment.md",
        variants={v.name: v for v in variants},
        **fields,
    )


def _reviews() -> tuple[Review, ...]:
    return (
        Review(
            "lee-2026-10-02.md",
            "referral-ask",
            "lee",
            dt.date(2026, 10, 2),
            "read",
            {"fit": 4, "reason": 4, "one_idea": 5, "ask": 4, "plain_words": 5, "pairing": 4},
            (
                Observation("Say the number again, slower.", 19, "fixed"),
                Observation("“Usually” needs a source they can check.", 15, "open"),
            ),
            body="I believed the *first* sentence. The Denver line does the work.",
            path="messages/voicemail-opener/reviews/lee-2026-10-02.md",
        ),
        Review(
            "sam-role-play.md",
            "referral-ask",
            "sam",
            dt.date(2026, 10, 9),
            "role-play",
            {"pace": 3, "energy": 4, "confidence": 2, "clarity": 4, "length": 5},
            (Observation("Stop after the ask. Do not fill the silence.", None, "open"),),
            scenario="A VP in a hurry, between two meetings",
            played_by="lee",
            takes=3,
            decision="use",
            body="Take three was the calm one.",
            path="messages/voicemail-opener/reviews/sam-role-play.md",
        ),
    )


def winner(recording: Recording | None = None) -> Experiment:
    """A combo with a clear winner that meets 10 %."""
    name = "voicemail-opener"
    ask = variant(
        name,
        "referral-ask",
        "Ask who looks after it",
        (voicemail(REFERRAL_VOICEMAIL), email("Denver ramp", REFERRAL_EMAIL)),
        cohorts(
            (40, 1, 8, 2), (40, 0, 7, 2), (40, 2, 9, 3), (40, 0, 6, 1),
            (40, 1, 8, 2), (40, 1, 8, 3), (30, 0, 2, 0),
        )
        + cohorts((30, 0, 5, 1), (30, 1, 6, 2), (30, 0, 5, 1), (30, 0, 6, 2), rep="lee", week=2),
    )  # fmt: skip
    pitch = variant(
        name,
        "straight-pitch",
        "Pitch straight away",
        (voicemail(PITCH_VOICEMAIL), email("Fifteen minutes on Tuesday", PITCH_EMAIL)),
        cohorts(
            (40, 0, 3, 1), (40, 1, 4, 1), (40, 0, 2, 0), (40, 1, 3, 1),
            (40, 0, 3, 0), (40, 2, 2, 1), (30, 0, 1, 0),
        )
        + cohorts((30, 0, 2, 1), (30, 0, 3, 0), (30, 0, 1, 0), (30, 1, 2, 0), rep="lee", week=2),
    )  # fmt: skip
    ask = replace(
        ask,
        author="kim",
        recording=recording,
        notes="Works best on **Tuesday mornings**, says Lee.",
        reviews=_reviews(),
    )
    pitch = replace(pitch, author="kim")
    return experiment(
        name,
        "Does asking who looks after it beat pitching straight away?",
        "running",
        (pitch, ask),
        body="We pitch in the first sentence today. People who do not own the problem hang up.",
    )


def all_below() -> Experiment:
    """Two emails that both fall below 10 %, decided."""
    name = "short-email"
    short = variant(
        name,
        "fifty-words",
        "Fifty words",
        (email("Ramp time", "Hi {{first_name}},\n\nOne line about ramp time.\n\nKim"),),
        cohorts(*[(60, 1, 2, 0)] * 4, week=-3),
    )
    long = variant(
        name,
        "full-story",
        "The full story",
        (email("How Arcadia ramped", "Hi {{first_name}},\n\nTen lines about Arcadia.\n\nKim"),),
        cohorts(*[(60, 0, 1, 0)] * 4, week=-3),
    )
    return experiment(
        name,
        "Is a fifty-word email enough on its own?",
        "decided",
        (long, short),
        decision=Decision(
            dt.date(2026, 11, 18), "none", "Neither works without a call. Back to the combo."
        ),
        lever="channel",
    )


def undecided() -> Experiment:
    """Too early to say."""
    name = "subject-line"
    question = variant(
        name,
        "question",
        "Subject as a question",
        (email("Who owns ramp time?", "Hi {{first_name}},\n\nA question about ramp.\n\nKim"),),
        cohorts((25, 0, 4, 1), (25, 1, 2, 0), (25, 0, 3, 1), (25, 0, 1, 0), week=2),
    )
    statement = variant(
        name,
        "statement",
        "Subject as a statement",
        (email("Ramp time in Denver", "Hi {{first_name}},\n\nA word about ramp.\n\nKim"),),
        cohorts((25, 0, 2, 0), (25, 0, 3, 1), (25, 1, 2, 0), (25, 0, 2, 0), week=2),
    )
    return experiment(
        name,
        "Does a question in the subject line draw more answers?",
        "running",
        (statement, question),
    )


def collected(*chosen: Experiment) -> Experiments:
    """Experiments as the reader would give them."""
    return Experiments({e.id: e for e in chosen}, PLAN, "messages")


def three() -> Experiments:
    """The three samples."""
    return collected(winner(), all_below(), undecided())


FINDINGS = (
    Finding(
        "messages/voicemail-opener/referral-ask.md", 15, 1, "VM006", Severity.WARNING,
        "“usually” is a claim nobody can check", "Name the two teams, or leave the claim out.",
        "voicemail-opener", "voicemail-opener/referral-ask",
    ),
    Finding(
        "messages/voicemail-opener/referral-ask.md", 12, 0, "VM001", Severity.INFO,
        "About 27 seconds spoken; the house style is 15 to 30", "",
        "voicemail-opener", "voicemail-opener/referral-ask",
    ),
)  # fmt: skip
