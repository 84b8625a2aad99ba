"""CB003: Voicemail and email tell one story.

## What it does

Compares the words that carry meaning in a voicemail and its email, but for who calls from where,
and remarks if they share fewer than one in ten. A voicemail that says its email's subject is left
alone.

## Why is this bad?

Who heard about ramp time and reads about pricing takes them for two strangers' messages.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.likeness import content_words, shared
from abtest.critique.views import MessageView, Problem, VariantView
from abtest.errors import Severity

CODE = "CB003"
SEVERITY = Severity.INFO
CHANNEL = "combo"
UNIT = "variant"
ENGLISH = True
EVIDENCE = ("worth-leaving-post", "gong-voicemail")
LIMITS = {"share": 0.1, "fewest": 8}
BAD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday, and most
need nine weeks to book a first meeting. You have an email from me. Again, 555-0142.

## Email
Subject: Pricing

Hi {{first_name}},

Licenses are cheaper by the dozen since April, and old contracts can be moved over without a fee.
Worth a look?
"""
GOOD = """
## Voicemail
Hi {{first_name}}, Sam from Brightline, 555-0142. Your new reps in Denver start Monday, and most
need nine weeks to book a first meeting. You have an email from me. Again, 555-0142.

## Email
Subject: Denver ramp

Hi {{first_name}},

Your new reps in Denver start Monday. Two teams near you got theirs to a first meeting in two weeks
and not in nine. Worth a look?
"""


def check(variant: VariantView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on parts that share hardly a word."""
    for voicemail, email in variant.pairs:
        who = content_words(" ".join(sorted(variant.own_names))) | _numbers(voicemail)
        said = voicemail.text.content - who
        written = (content_words(email.subject) | email.text.content) - who
        if min(len(said), len(written)) < limits["fewest"]:
            continue
        if shared(said, written) < limits["share"] and not _says_subject(voicemail, email):
            yield email.problem(
                "This email and its voicemail speak of different things.",
                "Let the voicemail open what the email proves: one problem, one result.",
            )


def _numbers(voicemail: MessageView) -> frozenset[str]:
    """The telephone numbers said, which are no subject that two messages share."""
    return frozenset(found[0].lower() for found in voicemail.text.phones)


def _says_subject(voicemail: MessageView, email: MessageView) -> bool:
    """Does the voicemail say at least half of the email's subject?"""
    subject = content_words(email.subject)
    return 2 * len(subject & voicemail.text.content) >= len(subject) > 0
