"""The site beside plain MkDocs + Material: as many static pages of the same size, in one run.

    python benchmarks/bench_site.py [--small] [--variants N] [--no-growth]

1,000 variants, and the growth to 3,000 pages. CPU seconds of a whole `mkdocs build`, start-up
included; only ratios carry over to other machines.
"""

from __future__ import annotations

import random
import sys
import tempfile
from pathlib import Path

from measuring import Cost, cost, options, table

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
    """What `mkdocs build` takes."""
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    return cost(command, folder, SOURCE_DATE_EPOCH="1795564800", NO_MKDOCS_2_WARNING="1")


def ours(folder: Path, experiments: int) -> tuple[Cost, list[int]]:
    """Our site, and the sizes of its pages' own HTML."""
    folder.mkdir()
    write_content(folder / "messages", experiments)
    (folder / "site_src").mkdir()
    (folder / "mkdocs.yml").write_text((ROOT / "mkdocs.yml").read_text())
    took = build(folder)
    sizes = [
        len(path.read_text().partition('<article class="md-content__inner')[2])
        for path in (folder / "site").rglob("index.html")
    ]
    return took, sizes


def plain(folder: Path, sizes: list[int]) -> Cost:
    """Plain MkDocs + Material with the same theme settings, and its tabs among the pages."""
    folder.mkdir()
    write_static(folder / "docs", sizes[len(_TABS) :])
    settings = (ROOT / "mkdocs.yml").read_text().partition("plugins:")[0]
    settings = settings.replace("docs_dir: site_src", "docs_dir: docs")
    tabs = ", ".join(f"{name}.md" for name in _TABS)
    (folder / "mkdocs.yml").write_text(
        f"{settings}plugins: [search]\nnav: [{tabs}]\nnot_in_nav: page-*\n"
    )
    return build(folder)


def beside(root: Path, variants: int) -> list[list[str]]:
    """The lines of the table: ours, and as much of plain MkDocs + Material."""
    took, sizes = ours(root / "ours", variants // 2)
    other = plain(root / "plain", sizes)
    index = (root / "ours/site/search/search_index.json").stat().st_size
    return [
        _line("plain, same size", other, other, len(sizes), "–"),
        _line("abtest", took, other, len(sizes), f"{index / len(sizes) / 1000:.2f}"),
    ]


def _line(name: str, took: Cost, other: Cost, pages: int, index: str) -> list[str]:
    return [
        name,
        f"{pages:,}",
        f"{took.cpu:.2f}",
        f"{took.cpu / other.cpu:.2f}",
        f"{1000 * took.cpu / pages:.2f}",
        f"{took.megabytes:.0f}",
        index,
    ]


def growth(root: Path) -> list[list[str]]:
    """The lines of the table of sizes."""
    lines, first = [], 0.0
    for experiments in (42, 582):
        took, sizes = ours(root / f"{experiments}", experiments)
        each = 1000 * took.cpu / len(sizes)
        first = first or each
        lines.append([f"{len(sizes):,}", f"{each:.2f}", f"{each / first:.2f}"])
    return lines


def main() -> None:
    """Measure, and print the tables."""
    parser = options(__doc__)
    parser.add_argument("--variants", type=int, default=1000, metavar="N")
    parser.add_argument("--no-growth", action="store_true", help="no site of 3,000 pages")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        head = ("site", "pages", "CPU s", "× plain", "ms a page", "MB", "search index, KB a page")
        print(table(head, beside(Path(name), 20 if chosen.small else chosen.variants)))
        if not (chosen.small or chosen.no_growth):
            print()
            print(table(("pages", "ms each", "× the first"), growth(Path(name))))


if __name__ == "__main__":
    main()
