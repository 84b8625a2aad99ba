"""The repository: git there, willing, whole, and told who commits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from abtest.messages.history import private_lists
from abtest.messages.history.process import HistoryError, run
from abtest.workspace.checkup.diagnosis import Diagnosis, advice, ok, problem

_PRIVATE = ".abtest/call-sheets"


def examine(root: Path) -> Iterator[Diagnosis]:
    """What can be said of git and this repository; what hangs on git is left out without it."""
    try:
        version = run(root, "version").decode().strip().removeprefix("git version ")
        top = Path(run(root, "rev-parse", "--show-toplevel").decode().strip())
    except HistoryError as error:
        yield problem(*_told(error))
        return
    yield ok(f"git {version}, repository {top}")
    yield _history(root)
    yield _committer(root)
    yield _private(root)
    yield _lists(root)


def _told(error: HistoryError) -> tuple[str, str]:
    """What git says of why it will not, and the cure that the message ends with."""
    text = str(error).rstrip(".")
    if "not installed" in text:
        return text[0].upper() + text[1:], "Install it from git-scm.com; it keeps every version."
    said, _, cure = text.partition("; ")
    return said[0].upper() + said[1:], cure or "Ask whoever set up git on this machine."


def _history(root: Path) -> Diagnosis:
    if run(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        return problem(
            "The clone has only the newest commits, so lost counts cannot be seen",
            "git fetch --unshallow; in CI, fetch-depth: 0 (GitHub) or GIT_DEPTH: 0 (GitLab)",
        )
    if _asked(root, "rev-parse", "--verify", "--quiet", "HEAD") == "":
        return advice("Nothing is committed yet", "git add -A && git commit -m 'Start'")
    return ok("The whole history is here")


def _committer(root: Path) -> Diagnosis:
    missing = [key for key in ("user.name", "user.email") if not _asked(root, "config", key)]
    if missing:
        return advice(
            f"git does not know who you are ({' and '.join(missing)})",
            "git config --global user.name 'Kim Ito'; "
            "git config --global user.email kim@brightline.example",
        )
    return ok("git knows who you are")


def _private(root: Path) -> Diagnosis:
    """Does git leave the folder with prospects' data alone?"""
    if _asked(root, "ls-files", "--", ".abtest"):
        return problem(
            "Files of .abtest are in git, where prospects' data would go",
            "git rm -r --cached .abtest, and write /.abtest/ into .gitignore",
        )
    if not _asked(root, "check-ignore", "--", _PRIVATE):
        return advice(
            "git does not ignore .abtest, where call sheets with prospects' data go",
            "Write /.abtest/ into .gitignore.",
        )
    return ok("git ignores .abtest, where prospects' data stays")


def _lists(root: Path) -> Diagnosis:
    """Does git keep tables with people's addresses?"""
    found = private_lists(root)
    if not found:
        return ok("No table in git holds people's addresses")
    first, *more = found
    others = f", and {len(more)} more" if more else ""
    return problem(f"{first.path} is in git and holds personal data{others}", first.suggestion)


def _asked(root: Path, *question: str) -> str:
    """What git answers; empty where it has no answer."""
    try:
        return run(root, *question).decode(errors="replace").strip()
    except HistoryError:
        return ""
