"""Teams of any size: two variants an experiment, eight rows of results each, no messages alike.

The messages are those that the tests of the critique are held to, with a sentence of its own in
each: nothing that was understood of one is true of the next.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]

_PHONE = "614-555-0190"
_CITIES = ("Akron", "Boise", "Dayton", "Eugene", "Fresno", "Laredo", "Mobile", "Ogden", "Tulsa")
#: Where the first line of prose begins.
_FIRST = re.compile(r"(?<=\n)(?!Subject:)(?=[A-Z][^\n]{60})")
_EXPERIMENT = """\
---
title: Does opener {number} draw more answers?
status: running
profile: {{industry: Outbound software, location: United States, title: VP of Sales}}
control: a
sample: true
---
We expect more answers when the first line names their new reps.
"""
_FRONT = """\
---
title: Opener {number}{name}
author: kim
results:
  kim:
{kim}
  lee:
{lee}
---
"""


def write_team(folder: Path, variants: int) -> list[Path]:
    """Write `messages` with that many variants, two an experiment; the variants' files."""
    written = []
    (folder / "messages").mkdir(parents=True)
    (folder / "messages" / "plan.yml").write_text(f"sender: {{phone: {_PHONE}}}\n")
    for number in range(variants // 2):
        place = folder / "messages" / f"opener-{number:06d}"
        place.mkdir(parents=True)
        (place / "experiment.md").write_text(_EXPERIMENT.format(number=number))
        for index, name in enumerate("ab"):
            path = place / f"{name}.md"
            path.write_text(_variant(2 * number + index, name), encoding="utf-8")
            written.append(path)
    return written


def _variant(number: int, name: str) -> str:
    kim, lee = (
        "\n".join(
            f"    - {{date: 2026-{9 + week // 4:02d}-{1 + 7 * (week % 4) + day:02d}, "
            f"sent: {30 + (number + week) % 17}, bounced: {number % 2}, "
            f"responses: {1 + (number * 7 + week) % 5}, positive: {number % 2 and week % 2}, "
            f"meetings: {number % 3 and day}}}"
            for week in range(4)
        )
        for day in (0, 1)
    )
    bodies = _bodies()
    own = f"Your {_CITIES[number % 9]} office listed {number + 2} roles this month. "
    front = _FRONT.format(number=number, name=name, kim=kim, lee=lee)
    return front + _FIRST.sub(own, bodies[number % len(bodies)], count=1)


@cache
def _bodies() -> list[str]:
    """What is said in each variant of the tests' corpus, by one sender."""
    texts = sorted((ROOT / "tests" / "critique" / "corpus").glob("*.txt"))
    whole = "\n".join(path.read_text(encoding="utf-8") for path in texts)
    whole = re.sub(r"(?:[0-9]{3}-)?555-[0-9]{4}", _PHONE, whole)
    return re.findall(r"^---\n(?:.+\n)*---\n(## (?:Voicemail|Email)\n[^=]*)", whole, re.MULTILINE)
