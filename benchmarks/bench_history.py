"""How much does reading the history cost beyond git itself?

    python benchmarks/bench_history.py [--small] [--versions N]

builds a repository of that many file versions (default 20,000; 400 variants, one recorded row a
commit, one merge in ten commits) and compares processor time, own and children's together: bare
git plumbing (`git log --raw`, one `git cat-file --batch`), our reading without a cache, with one
commit more than the cache knows, and with nothing changed. Only the ratios mean anything.
"""

from __future__ import annotations

import datetime as dt
import os
import resource
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

from measuring import options, table

from abtest.messages import history
from abtest.model import Experiments
from abtest.plan import Plan

VARIANTS_PER_EXPERIMENT, EXPERIMENTS = 4, 100
EXPERIMENT = """---
title: Does asking beat pitching?
status: running
profile: {industry: Logistics, location: Chicago, title: VP of Operations}
---
Why we ask.
"""
BODY = """## Voicemail
Hi {{first_name}}, this is Kim at Brightline. Two teams near you moved their night shift to one
dock plan and load a third faster. The page is in my email, "Denver ramp". Kim, 555-0142.

## Email
Subject: Denver ramp

Hi {{first_name}}, here is the one-page plan from my voicemail. Two teams near you moved their night
shift to it and load a third faster. Who on your team should see that page?

Kim Ito, Brightline, 555-0142, brightline.example

## Notes
Only the last question differs from the control.
"""


def variant_text(title: str, rows: list[str]) -> bytes:
    """A variant file with these rows, dealt to two reps."""
    groups = [("kim", rows[::2]), ("lee", rows[1::2])]
    lines = [f"  {rep}:\n" + "".join(of_rep) for rep, of_rep in groups if of_rep]
    return f"---\ntitle: {title}\nauthor: kim\nresults:\n{''.join(lines)}---\n{BODY}".encode()


def stream(versions: int) -> Iterator[bytes]:
    """The repository as `git fast-import` reads it."""
    yield from _commit(
        1,
        [],
        {f"messages/exp-{e:03}/experiment.md": EXPERIMENT.encode() for e in range(EXPERIMENTS)},
    )
    rows: dict[str, list[str]] = {}
    mark, main = 1, 1
    for number in range(versions):
        count = EXPERIMENTS * VARIANTS_PER_EXPERIMENT
        which = number % count
        path = f"messages/exp-{which // 4:03}/vm-{which % 4}.md"
        day = dt.date(2025, 1, 1) + dt.timedelta(days=number // count)
        of_path = rows.setdefault(path, [])
        of_path.append(
            f"    - {{date: {day}, sent: {30 + number % 17}, responses: {number % 5}}}\n"
        )
        side = number % 10 == 9
        mark += 1
        yield from _commit(mark, [main - 1 if side else main], {path: variant_text(path, of_path)})
        if side:
            mark += 1
            yield from _commit(mark, [main, mark - 1], {path: variant_text(path, of_path)})
        main = mark


def _commit(mark: int, parents: list[int], files: dict[str, bytes]) -> Iterator[bytes]:
    who = f"Kim Ito <kim@brightline.example> {1735700000 + mark * 60} +0000"
    yield f"commit refs/heads/main\nmark :{mark}\ncommitter {who}\ndata 6\nRecord\n".encode()
    for word, parent in zip(("from", "merge"), parents, strict=False):
        yield f"{word} :{parent}\n".encode()
    for path, content in files.items():
        yield b"M 100644 inline %s\ndata %d\n%s\n" % (path.encode(), len(content), content)


def build(folder: Path, versions: int) -> None:
    """Write the repository and check its files out."""
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    with subprocess.Popen(
        ["git", "-C", folder, "fast-import", "--quiet"], stdin=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        process.stdin.writelines(stream(versions))
    subprocess.run(["git", "-C", folder, "repack", "-adq"], check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)


def bare_plumbing(folder: Path) -> None:
    """Only git: the log of raw changes, and the content of every blob that it names."""
    log = subprocess.run(
        [
            "git",
            "-C",
            folder,
            "log",
            "--raw",
            "-z",
            "--no-abbrev",
            "--no-renames",
            "--",
            "messages",
        ],
        check=True,
        capture_output=True,
    ).stdout
    ids = {part.split(b" ")[3] for part in log.split(b"\0") if part.lstrip(b"\n").startswith(b":")}
    subprocess.run(
        ["git", "-C", folder, "cat-file", "--batch", "--buffer"],
        check=True,
        input=b"\n".join(ids) + b"\n",
        stdout=subprocess.DEVNULL,
    )


def cpu_seconds(work: Callable[[], object]) -> float:
    """Processor time of `work` in a process of its own, with its children's."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0, "the measured work failed"
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commit_one_more(folder: Path) -> None:
    """Record one more row."""
    path = folder / "messages" / "exp-000" / "vm-0.md"
    text = path.read_text(encoding="utf-8")
    row = "    - {date: 2026-01-01, sent: 30, responses: 1}\n"
    lee = text.find("  lee:\n")
    at = lee if lee > 0 else text.index("---\n## Voicemail")
    path.write_text(text[:at] + row + text[at:], encoding="utf-8")
    who = ("-c", "user.name=Kim", "-c", "user.email=kim@brightline.example")
    subprocess.run(["git", "-C", folder, *who, "commit", "-qam", "Record"], check=True)


def seconds_of_each_way(folder: Path, cache: Path, rounds: int) -> dict[str, float]:
    """The least processor time of each way; they take turns, so that others slow all alike."""
    content = Experiments({}, Plan(), str(folder / "messages"))
    first = subprocess.run(
        ["git", "-C", folder, "rev-parse", "HEAD"], check=True, capture_output=True, text=True
    ).stdout.strip()
    ways: dict[str, Callable[[], object]] = {
        "bare git: log --raw, cat-file --batch": lambda: bare_plumbing(folder),
        "all of it, without a cache": lambda: history.examine(content, cache=False),
        "all of it, filling the cache": lambda: history.examine(content),
        "one commit more than the cache knows": lambda: history.examine(content),
        "nothing changed": lambda: history.examine(content),
    }
    best = dict.fromkeys(ways, float("inf"))
    for _ in range(rounds):
        shutil.rmtree(cache, ignore_errors=True)
        for way, work in ways.items():
            if way.startswith("one commit more"):
                commit_one_more(folder)
            best[way] = min(best[way], cpu_seconds(work))
        subprocess.run(["git", "-C", folder, "reset", "-q", "--hard", first], check=True)
    return best


def main() -> None:
    """Build, measure, and print the table."""
    parser = options(__doc__)
    parser.add_argument("--versions", type=int, default=20_000, metavar="N")
    chosen = parser.parse_args()
    versions = 1_000 if chosen.small else chosen.versions
    with tempfile.TemporaryDirectory() as name:
        folder, cache = Path(name) / "team", Path(name) / "cache"
        build(folder, versions)
        os.environ["XDG_CACHE_HOME"] = str(cache)
        best = seconds_of_each_way(folder, cache, 1 if chosen.small else 4)
    bare = next(iter(best.values()))
    rows = [[way, f"{took:.2f}", f"{took / bare:.2f}"] for way, took in best.items()]
    print(table((f"history of {versions:,} versions", "CPU s", "× bare git"), rows))


if __name__ == "__main__":
    main()
