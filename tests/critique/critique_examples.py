"""Rules' examples as files: what a rule's page shows is what the tests read and check."""

from __future__ import annotations

import datetime as dt
import re
import wave
from pathlib import Path

TODAY = dt.date(2026, 11, 22)

EXPERIMENT = """\
---
title: Which opener?
status: running
profile: {industry: Outbound software, location: United States, title: VP of Sales}
---
We expect more answers when the first line names their new reps.
"""
VARIANT = """\
---
title: One
---
## Email
Subject: Denver ramp

Your new reps in Denver start Monday. Worth a look at a drill for them?
"""


def files_of(example: str, channel: str) -> dict[str, str]:
    """The files of an example: `=== path` starts each; without one it is a variant or a message."""
    parts = re.split(r"^=== (.+)\n", example.strip() + "\n", flags=re.MULTILINE)
    files = dict(zip(parts[1::2], parts[2::2], strict=True))
    if not files:
        files = {"a.md": _as_variant(example.strip(), channel)}
    files.setdefault("experiment.md", EXPERIMENT)
    if not any(name.endswith(".md") and "/" not in name for name in set(files) - {"experiment.md"}):
        files["a.md"] = VARIANT
    return files


def _as_variant(text: str, channel: str) -> str:
    if text.startswith("---"):
        return text
    if not text.startswith("## "):
        if channel == "email" and not text.startswith("Subject:"):
            text = f"Subject: Denver ramp\n\n{text}"
        text = f"## {channel.capitalize()}\n{text}"
    return f"---\ntitle: One\n---\n{text}\n"


def write(files: dict[str, str], root: Path) -> Path:
    """Write files into an experiment called `e`; `plan.yml` beside it, recordings as silence."""
    for name, content in files.items():
        path = root / "plan.yml" if name == "plan.yml" else root / "e" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".wav":
            _silence(path, int(content.split()[0]))
        else:
            path.write_text(content, encoding="utf-8")
    return root


def _silence(path: Path, seconds: int) -> None:
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(8000)
        file.writeframes(b"\x80" * 8000 * seconds)
