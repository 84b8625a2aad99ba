"""Content that tries to run, to break the layout, or to be taken for something else.

It is valid content: the reader takes it, and the pages must show it as text.
"""

from __future__ import annotations

from pathlib import Path

#: Runs `hit()` in every way that unescaped text could; the browser tests watch for it.
MARKUP = "<script>hit()</script><img src=x onerror=hit()><svg onload=hit()>"
BREAKOUT = "'\"></title></textarea></style><script>hit()</script>"

_EXPERIMENT = f"""\
---
title: '{MARKUP.replace("'", "''")}'
status: running
profile:
  industry: '"><script>hit()</script>'
  location: 'مبيعات الشركات <b>bold</b>'
  title: '{BREAKOUT.replace("'", "''")}'
control: plain
lead_type: cold
lever: message
sample: true
---
{MARKUP}

[a link](javascript:hit()) and <a href="javascript:hit()">another</a>, *emphasis*.

<iframe src="javascript:hit()"></iframe><style>body {{ display: none }}</style>
"""

_VARIANT = f"""\
---
title: '{BREAKOUT.replace("'", "''")}'
author: '{MARKUP.replace("'", "''")}'
results:
  kim:
    - {{date: 2026-10-05, sent: 40, responses: 4, meetings: 1}}
  lee:
    - {{date: 2026-10-05, sent: 40, responses: 5, meetings: 2}}
---
## Voicemail
Hi {{{{first_name}}}}, {MARKUP}
{{{{ config }}}} {{% raw %}} {{# nothing #}} ${{7*7}}
Call 555-0142.

## Email
Subject: {BREAKOUT}

Hi {{{{first_name}}}},

{MARKUP}
# no heading
**no emphasis** [no link](https://example.com)
https://example.com/{"a-very-long-path" * 20}

Kim
Brightline

## Notes
{MARKUP} [x](javascript:hit())
"""

_LONG = """\
---
title: {title}
results:
  kim:
    - {{date: 2026-10-05, sent: 40, responses: 0}}
  lee:
    - {{date: 2026-10-05, sent: 40, responses: 0}}
---
## Email
Subject: Short

Hi {{{{first_name}}}},

A few words about nothing.

Kim
"""

_REVIEW = f"""\
---
of: plain
by: lee
date: 2026-10-06
kind: role-play
scores: {{fit: 4, pace: 2}}
must_fix:
  - {{text: '{MARKUP.replace("'", "''")}', state: open}}
scenario: '{BREAKOUT.replace("'", "''")}'
played_by: max
takes: 2
decision: use
---
{MARKUP}

```
{MARKUP}
```
"""


def write_hostile(messages: Path) -> None:
    """An experiment whose every text is an attack, and one with extreme titles."""
    folder = messages / "hostile"
    (folder / "reviews").mkdir(parents=True)
    (folder / "experiment.md").write_text(_EXPERIMENT, encoding="utf-8")
    (folder / "plain.md").write_text(_VARIANT, encoding="utf-8")
    (folder / "index.md").write_text(_VARIANT, encoding="utf-8")
    (folder / "reviews" / "lee.md").write_text(_REVIEW, encoding="utf-8")
    folder = messages / "long-titles"
    folder.mkdir()
    for name, title in {
        "one-word": "W" * 200,
        "many-words": "a long title of many words " * 7,
        "right-to-left": "اسأل من يهتم بالأمر قبل أن تعرض أي شيء",
    }.items():
        text = _LONG.format(title=title.strip())
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    experiment = _EXPERIMENT.replace("control: plain", "control: one-word")
    (folder / "experiment.md").write_text(
        experiment.replace(MARKUP.replace("'", "''"), "x" * 200), encoding="utf-8"
    )
