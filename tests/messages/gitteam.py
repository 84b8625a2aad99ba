"""A team's repository, made with the real git."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from abtest.messages import history
from abtest.messages.reader import load

EXPERIMENT = """---
title: Does a question beat an offer?
status: running
profile: {industry: Logistics, location: Chicago, title: VP of Operations}
control: vm-a
---
Why we ask.
"""
WORDS = "Hi {{first_name}}, this is Kim at Brightline. Who runs the dock plan on your team?"
ROW = "{date: 2025-03-02, sent: 40, responses: 5}"


def variant(rows: dict[str, list[str]], words: str = WORDS, head: str = "") -> str:
    """A variant's file: rep → rows, each as it stands behind its dash."""
    groups = "".join(
        f"  {rep}:\n" + "".join(f"    - {row}\n" for row in of_rep) for rep, of_rep in rows.items()
    )
    results = f"results:\n{groups}" if rows else ""
    return f"---\ntitle: Ask\n{head}{results}---\n## Voicemail\n{words}\n"


class Team:
    """A repository with one experiment, `dock`, and ways to change it.

    Attributes:
        path: The work tree.
        messages: Its content folder.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.messages = path / "messages"
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")
        self.day = "2025-03-03"

    def git(self, *arguments: str, check: bool = True) -> str:
        """What git answers."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("GIT_")}
        done = subprocess.run(
            ["git", "-c", "core.fsync=none", "-c", "gc.auto=0", *arguments],
            cwd=self.path,
            capture_output=True,
            text=True,
            check=False,
            env=kept
            | {
                "GIT_CONFIG_GLOBAL": os.devnull,
                "GIT_CONFIG_SYSTEM": os.devnull,
                "GIT_AUTHOR_NAME": "Kim Ito",
                "GIT_AUTHOR_EMAIL": "kim@brightline.example",
                "GIT_COMMITTER_NAME": "Kim Ito",
                "GIT_COMMITTER_EMAIL": "kim@brightline.example",
                "GIT_AUTHOR_DATE": f"{getattr(self, 'day', '2025-03-03')}T09:00:00+0000",
                "GIT_COMMITTER_DATE": f"{getattr(self, 'day', '2025-03-03')}T09:00:00+0000",
            },
        )
        if check and done.returncode != 0:
            raise AssertionError(f"git {arguments}: {done.stdout}{done.stderr}")
        return done.stdout

    def write(self, name: str, text: str) -> Path:
        """Put a file into the content folder."""
        path = self.messages / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
        return path

    def commit(self, message: str = "Record", day: str | None = None) -> str:
        """Commit everything; the new commit's id."""
        self.day = day or self.day
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD").strip()

    def put(self, rows: dict[str, list[str]], message: str = "Record", **more: str) -> str:
        """Write `dock/vm-b.md` and commit."""
        self.write("dock/vm-b.md", variant(rows, **more))
        return self.commit(message)

    def start(self, rows: dict[str, list[str]] | None = None) -> None:
        """The first commit: an experiment with two variants."""
        self.write("dock/experiment.md", EXPERIMENT)
        self.write("dock/vm-a.md", variant({}, words=f"{WORDS} Or the plan?"))
        self.put(rows if rows is not None else {"kim": [ROW]}, "Start")

    def examine(self, **options: bool) -> history.History:
        """What history says of the files as they are."""
        return history.examine(load(self.messages), **({"cache": False} | options))

    def codes(self) -> list[str]:
        """The codes and severities of what history finds, briefly."""
        return [f"{f.code} {f.severity}" for f in self.examine().findings]

    def messages_found(self) -> str:
        """Everything that history finds, as one text."""
        return "\n".join(f"{f} {f.suggestion}" for f in self.examine().findings)
