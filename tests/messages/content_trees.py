"""A small good team: one experiment with two variants, and what tests do to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from abtest.errors import Finding, Severity
from abtest.messages.reader import read
from abtest.model import Experiments

TODAY = dt.date(2026, 11, 20)

PLAN = "messages/plan.yml"
EXPERIMENT = "messages/gym-owners/experiment.md"
OFFER = "messages/gym-owners/offer.md"
QUESTION = "messages/gym-owners/question.md"
REVIEW = "messages/gym-owners/reviews/ana.md"

TREE: Mapping[str, str] = {
    PLAN: """\
target: 10%
counts: [trials]
dimensions: [studio_size]
sender:
  names: [Rui Sa]
  company: Fitboard
  phone: 555-0164
  website: fitboard.example
""",
    EXPERIMENT: """\
---
title: Do gym owners rather answer a question or an offer?
status: running
profile:
  industry: Fitness studios
  location: Ohio
  title: Owner
control: offer
---
January fills every studio. We ask in November.
""",
    OFFER: """\
---
title: Offer the checklist
author: rui
results:
  rui:
    - {date: 2026-10-05, sent: 30, bounced: 1, responses: 2}
---
## Voicemail
Hi {{first_name}}, Rui Sa at Fitboard, 555-0164. I have a January checklist for you.

## Email
Subject: January checklist

Hi {{first_name}},

Shall I send you the checklist?

Rui Sa, Fitboard, 555-0164
""",
    QUESTION: """\
---
title: Ask who plans January
author: rui
results:
  rui:
    - {date: 2026-10-05, sent: 30, bounced: 1, responses: 4, positive: 3, negative: 1, meetings: 2}
    - {date: 2026-10-12, sent: 20, responses: 1, trials: 1, studio_size: small}
  eva:
    - {date: 2026-10-06, sent: 25, responses: 3}
---
## Voicemail
Hi {{first_name}}, Rui Sa at Fitboard, 555-0164. Who at your studio plans January?

## Email
Subject: Who plans January?

Hi {{first_name}},

Studios that planned in November kept more members.

Who at your studio plans January?

Rui Sa, Fitboard, 555-0164

## Notes
Only the last question differs.
""",
}

REVIEW_TEXT = """\
---
of: question
by: ana
date: 2026-10-02
kind: read
scores: {fit: 4, ask: 5, pace: 3}
must_fix:
  - {text: Say which January., line: 12, state: open}
---
Short, and *easy* to answer.
"""


def write(folder: Path, tree: Mapping[str, str | bytes]) -> None:
    """Write the files of a tree below a folder."""
    for name, content in tree.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())


def read_tree(
    folder: Path, tree: Mapping[str, str | bytes]
) -> tuple[Experiments | None, tuple[Finding, ...]]:
    """What the reader makes of a tree; findings name files as the tree does."""
    write(folder, tree)
    experiments, findings = read(folder / "messages", today=TODAY)
    prefix = f"{folder.as_posix()}/"
    return experiments, tuple(
        Finding(**{**finding.to_dict(), "path": finding.path.removeprefix(prefix)})
        for finding in findings
    )


def with_edit(path: str, old: str, new: str) -> dict[str, str | bytes]:
    """The good tree with one change; `old` stands in the file exactly once."""
    tree: dict[str, str | bytes] = {**TREE, REVIEW: REVIEW_TEXT}
    before = tree[path]
    assert isinstance(before, str)
    assert before.count(old) == 1, (path, old)
    tree[path] = before.replace(old, new)
    return tree


def first_change(path: str, tree: Mapping[str, str | bytes]) -> int:
    """The number of the first line of a file that is not as in the good tree."""
    good = {**TREE, REVIEW: REVIEW_TEXT}[path].split("\n")
    changed = tree[path]
    assert isinstance(changed, str)
    lines = changed.split("\n")
    same = next((n for n, (a, b) in enumerate(zip(good, lines, strict=False)) if a != b), None)
    return (min(len(good), len(lines)) if same is None else same) + 1


def errors(findings: tuple[Finding, ...]) -> list[Finding]:
    """The findings that stop a build."""
    return [finding for finding in findings if finding.severity == Severity.ERROR]
