"""PR004: A message speaks of its profile's world.

## What it does

Remarks on a variant that uses no word of the profile, no merge field for company, title, industry
or place, no name, day or number, and none of the words that people in that job or industry use. It
says nothing about jobs and industries that it does not know. The list `known_roles` holds the
words.

## Why is this bad?

A profile is a promise about who is asked. A message that does not use it could have gone to anyone.
"""

from collections.abc import Iterator, Mapping
from functools import lru_cache

from abtest.critique import wordlists
from abtest.critique.likeness import content_words
from abtest.critique.names import specifics
from abtest.critique.patterns import Pattern
from abtest.critique.views import Problem, VariantView
from abtest.critique.wordlists import Phrases
from abtest.critique.words import field_name
from abtest.errors import Severity

CODE = "PR004"
SEVERITY = Severity.INFO
CHANNEL = "profile"
UNIT = "variant"
ENGLISH = True
EVIDENCE = ("voicemail-post", "broockman")
LIMITS: Mapping[str, float] = {}
BAD = """
=== experiment.md
---
title: Which opener?
status: draft
profile: {industry: Software, location: Denver, title: VP of Sales}
---
=== a.md
---
title: Generic
---
## Email
Subject: A quick idea

Hi {{first_name}},

You could save a lot of time each week, and your whole company would feel it. Worth a look?
"""
GOOD = """
=== experiment.md
---
title: Which opener?
status: draft
profile: {industry: Software, location: Denver, title: VP of Sales}
---
=== a.md
---
title: The bench
---
## Email
Subject: A quick idea

Hi {{first_name}},

Your SDR bench could save a lot of time each week, and your forecast would feel it. Worth a look?
"""

_OF_PROFILE = Pattern(
    r"company|title|industry|city|state|location|department|region|competitor|product|trigger|pain",
)


def check(variant: VariantView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Remark on a variant that speaks of nothing in its profile."""
    experiment = variant.experiment
    if experiment is None:
        return
    profile = experiment.profile
    world = _vocabulary(f"{profile.title} {profile.industry}".lower())
    if world is None:
        return
    if any(map(specifics, variant.messages)):
        return
    said = "\n".join(m.whole for m in variant.messages)
    fields = (
        field_name(t.text) for m in variant.messages for t in m.text.tokens if t.kind == "field"
    )
    content = [m.text.content | content_words(m.subject) for m in variant.messages]
    if world.first(said) or any(words & variant.profile_content for words in content):
        return
    if any(map(_OF_PROFILE.search, fields)):
        return
    yield variant.messages[0].problem(
        f"Nothing here is about {profile.title}, {profile.industry}.",
        "Name a thing that this job deals with this month.",
    )


@lru_cache(maxsize=256)
def _vocabulary(profile: str) -> Phrases | None:
    """The words of the jobs and industries that a profile names; None if none is known."""
    known = wordlists.data("phrases/known_roles.yml")
    words = [w for role in known if Phrases([role]).first(profile) for w in known[role]]
    return Phrases(sorted(set(words))) if words else None
