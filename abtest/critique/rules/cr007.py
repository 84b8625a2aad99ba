"""CR007: The plan names rules that exist.

## What it does

Flags a code under `critique` in plan.yml, in `disable` or `severity`, that is no rule's:
misspelled, or of something that no switch changes.

## Why is this bad?

Nothing happens, and the team believes that it did: the rule that was meant goes on as before.
"""

from collections.abc import Iterator, Mapping

from abtest.critique.switches import misnamed
from abtest.critique.views import Problem, TeamView
from abtest.errors import Severity

CODE = "CR007"
SEVERITY = Severity.WARNING
CHANNEL = "critique"
UNIT = "team"
ENGLISH = False
EVIDENCE: tuple[str, ...] = ()
LIMITS: Mapping[str, float] = {}
BAD = """
=== plan.yml
target: 10%
critique:
  disable: [VM114]
"""
GOOD = """
=== plan.yml
target: 10%
critique:
  disable: [VM014]
"""


def check(team: TeamView, _: Mapping[str, float]) -> Iterator[Problem]:
    """Flag each code that is no rule's."""
    for code, line in team.plan.critique.key_lines.items():
        if told := misnamed(code):
            yield Problem(*told, line)
