"""Running what the documentation shows: its shell lines, its files, its Python."""

from __future__ import annotations

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "site_src" / "docs"
BIN = Path(sys.executable).parent

#: The day that counts as today in every sample, and the same as SOURCE_DATE_EPOCH has it.
TODAY = dt.date(2026, 11, 25)
DAY = "1795564800"

_BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_WRITE = re.compile(r"write this into\s+`([^`]+)`:\s*\Z", re.IGNORECASE)


def script(page: Path) -> str:
    """A page as one bash script: its shell blocks, files where it says to write one, its Python."""
    text = page.read_text("utf-8")
    lines = ["set -euo pipefail"]
    for block in _BLOCK.finditer(text):
        language, code = block.groups()
        if language == "sh":
            lines.append(code)
        elif language == "python":
            lines.append(f"python - << 'END_OF_SAMPLE'\n{code}END_OF_SAMPLE")
        elif language == "markdown":
            path = _WRITE.search(text, 0, block.start())
            assert path is not None, f"{page}: where does this go?\n{code}"
            lines.append(
                f"test -f {path[1]}\ncat > {path[1]} << 'END_OF_SAMPLE'\n{code}END_OF_SAMPLE"
            )
    return "\n".join(lines) + "\n"


def shown(page: Path) -> list[str]:
    """What a page shows as the output of a command, one text a block."""
    return [b[2] for b in _BLOCK.finditer(page.read_text("utf-8")) if b[1] == "text"]


def environment(home: Path, **more: str) -> dict[str, str]:
    """A person's machine: abtest on the path, git that knows who commits, a fixed day."""
    home.mkdir(exist_ok=True)
    (home / ".gitconfig").write_text(
        "[user]\n\tname = Kim Ito\n\temail = kim@brightline.example\n"
        "[init]\n\tdefaultBranch = main\n",
        "utf-8",
    )
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {
        **kept,
        "HOME": str(home),
        "PATH": f"{BIN}:{os.environ['PATH']}",
        "SOURCE_DATE_EPOCH": DAY,
        "PYTHONUTF8": "1",
        **more,
    }


def bash(text: str, cwd: Path, env: dict[str, str]) -> str:
    """Run a script as a person types it; what it prints, or a failed test that shows it."""
    done = subprocess.run(
        ["bash", "-c", text], cwd=cwd, env=env, capture_output=True, text=True, check=False,
        stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, f"{done.stdout}\n{done.stderr}"
    return done.stdout


def tree(root: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    paths = (path for path in root.rglob("*") if path.is_file())
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in paths}
