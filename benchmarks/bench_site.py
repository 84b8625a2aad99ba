"""The site beside plain MkDocs + Material: as many static pages of the same size, in one run.

    python benchmarks/bench_site.py                  1,000 variants, and growth to 3,000 pages
    python benchmarks/bench_site.py --variants 100
    python benchmarks/bench_site.py --small          does it run? No figures

CPU seconds of a whole `mkdocs build`, start-up included; only ratios carry over to other machines.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]

#: As many tabs as our site has.
_TABS = ("index", "experiments", "critiques", "learned", "team", "method", "rules")

_EXPERIMENT = """\
---
title: Does opener {i} draw more answers than the one we use?
status: running
profile: {{industry: Sells outbound B2B, location: United States, title: VP of Sales}}
control: plain
lever: message
sample: true
---
We try opener {i} because the old one is about us.
"""

_VARIANT = """\
---
title: Opener {i}, {name}
author: kim
results:
  kim:
{rows}
---
## Voicemail
Hi {{{{first_name}}}}, this is Kim Ito at Brightline, 555-0142. Number {i} is about {name} things.
New reps in Denver wait nine weeks for a first meeting. Two teams near you got that down to four.
You have an email from me; the subject is Denver ramp {i}. Please reply to it. Kim, 555-0142.

## Email
Subject: Denver ramp {i}

Hi {{{{first_name}}}},

I just left you a voicemail about the new Denver team. Who looks after how new reps start?

Kim Ito
Brightline, 555-0142
brightline.example
1 Main St, Denver, CO 80202

## Notes
Sent on Tuesdays. Version {i}.
"""


@dataclass(frozen=True)
class Cost:
    """What a build took."""

    cpu: float
    megabytes: float
    pages: int


def write_content(folder: Path, experiments: int) -> None:
    """Two variants an experiment, eight rows each."""
    chance = random.Random(1)
    for i in range(experiments):
        place = folder / f"opener-{i:05d}"
        place.mkdir(parents=True)
        (place / "experiment.md").write_text(_EXPERIMENT.format(i=i))
        for name in ("plain", "other"):
            rows = "\n".join(
                f"    - {{date: 2026-{9 + week // 4:02d}-{1 + 7 * (week % 4):02d}, sent: 40, "
                f"responses: {chance.randint(1, 8)}, meetings: 1}}"
                for week in range(8)
            )
            (place / f"{name}.md").write_text(_VARIANT.format(i=i, name=name, rows=rows))


def write_static(folder: Path, sizes: list[int]) -> None:
    """As many pages of prose, each as long as one of ours is in HTML."""
    words = ("new", "reps", "in", "Denver", "wait", "nine", "weeks", "for", "a", "first", "meeting")
    chance = random.Random(1)
    folder.mkdir()
    for i, size in enumerate(sizes):
        paragraph = " ".join(chance.choice(words) for _ in range(80)) + "\n\n"
        text = f"# Page {i}\n\n" + paragraph * max(1, size // len(paragraph))
        (folder / f"page-{i}.md").write_text(text)
    for name in _TABS:
        (folder / f"{name}.md").write_text(f"# {name}\n")


def build(folder: Path) -> Cost:
    """Run `mkdocs build` and measure it."""
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795564800", "NO_MKDOCS_2_WARNING": "1"}
    with subprocess.Popen(
        [sys.executable, "-m", "mkdocs", "build", "--quiet"], cwd=folder, env=environment
    ) as run:
        _, status, usage = os.wait4(run.pid, 0)
        run.returncode = os.waitstatus_to_exitcode(status)
    if run.returncode:
        raise SystemExit(f"The build in {folder} failed.")
    pages = sum(1 for _ in (folder / "site").rglob("index.html"))
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, pages)


def ours(folder: Path, experiments: int) -> tuple[Cost, list[int]]:
    """Our site, and the sizes of its pages' own HTML."""
    folder.mkdir()
    write_content(folder / "messages", experiments)
    (folder / "site_src").mkdir()
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text())
    cost = build(folder)
    sizes = [
        len(path.read_text().partition('<article class="md-content__inner')[2])
        for path in (folder / "site").rglob("index.html")
    ]
    return cost, sizes


def plain(folder: Path, sizes: list[int]) -> Cost:
    """Plain MkDocs + Material with the same theme settings."""
    folder.mkdir()
    write_static(folder / "docs", sizes)
    settings = (ROOT / "mkdocs.yml").read_text().partition("plugins:")[0]
    settings = settings.replace("docs_dir: site_src", "docs_dir: docs")
    tabs = ", ".join(f"{name}.md" for name in _TABS)
    (folder / "mkdocs.yml").write_text(
        f"{settings}plugins: [search]\nnav: [{tabs}]\nnot_in_nav: page-*\n"
    )
    return build(folder)


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=1000)
    parser.add_argument("--no-growth", action="store_true")
    parser.add_argument("--small", action="store_true")
    chosen = parser.parse_args()
    if chosen.small:
        chosen.variants, chosen.no_growth = 20, True
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        cost, sizes = ours(root / "ours", chosen.variants // 2)
        beside = plain(root / "plain", sizes[len(_TABS) :])
        index = (root / "ours/site/search/search_index.json").stat().st_size
        print(f"{'':24}{'CPU s':>9}{'ms/page':>9}{'MB':>7}{'pages':>7}")
        for label, c in (("abtest", cost), ("plain, same size", beside)):
            print(
                f"{label:24}{c.cpu:9.2f}{1000 * c.cpu / c.pages:9.2f}{c.megabytes:7.0f}{c.pages:7}"
            )
        print(
            f"CPU ratio {cost.cpu / beside.cpu:.2f}, memory {cost.megabytes / beside.megabytes:.2f}"
        )
        print(
            f"search index {index / cost.pages / 1000:.2f} KB a page, {index / 1e6:.2f} MB in all"
        )
        if not chosen.no_growth:
            few, _ = ours(root / "few", 42)
            many, _ = ours(root / "many", 582)
            growth = (many.cpu / many.pages) / (few.cpu / few.pages)
            print(f"CPU a page at {many.pages} pages: {growth:.2f} × that at {few.pages}")


if __name__ == "__main__":
    main()
