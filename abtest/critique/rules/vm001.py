"""VM001: A voicemail is short.

## What it does

Estimates how long the voicemail takes to say, at 150 words a minute with digits said in pairs, and
flags one that runs over half a minute. Under 15 seconds it only remarks on it: some trainers advise
exactly that.

## Why is this bad?

People decide within seconds whether to listen on, and many read the transcript instead. What has
not been said after half a minute will not be heard. The sources disagree on the best length, from
8 to 40 seconds: it makes a good first experiment.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.speech import estimated_seconds
from abtest.critique.views import MessageView, Problem
from abtest.errors import Severity

CODE = "VM001"
SEVERITY = Severity.WARNING
CHANNEL = "voicemail"
UNIT = "message"
ENGLISH = False
EVIDENCE = ("thirty-seconds", "hubspot-voicemail", "hunter", "leadware")
LIMITS = {"shortest": 15, "seconds": 30, "far_too_long": 45}
BAD = """
Hi {{first_name}}, this is Sam Ortiz with Brightline, 555-0142. We have been working with sales
teams for a little over twelve years now, and in that time we have seen more or less everything that
can go wrong when a company opens an office in a new city and has to fill it with people who have
never sold before. You opened one in Denver in May. I thought it might be worth your while to hear
what some of the others did, so I have put it all in an email for you; the subject is Denver ramp.
Please reply to it when you can. Again, this is Sam at 555-0142.
"""
GOOD = """
Hi {{first_name}}, this is Sam Ortiz with Brightline, 555-0142. You have three open seats in Denver.
We help new reps book a first meeting in week two. How is in your inbox; the subject is Denver ramp.
Please reply with a yes. Again, Sam, 555-0142.
"""


def check(message: MessageView, limits: Mapping[str, float]) -> Iterator[Problem]:
    """Flag a voicemail that takes too long, remark on a very short one."""
    seconds = estimated_seconds(message.text)
    words = message.text.words
    if seconds > limits["seconds"]:
        so = "far too long" if seconds > limits["far_too_long"] else "too long"
        cut = round(words - limits["seconds"] * words / seconds)
        yield message.problem(
            f"This takes about {seconds:.0f} seconds to say, {so} for a voicemail.",
            f"Cut about {cut} words to stay within {limits['seconds']:.0f} seconds.",
        )
    elif seconds < limits["shortest"]:
        yield message.problem(
            f"This takes only about {seconds:.0f} seconds to say.",
            "There is room for one sentence on why this prospect should care.",
            severity=Severity.INFO,
        )
