"""One edited file under `mkdocs serve`: ours beside plain MkDocs + Material, in one run.

    python benchmarks/bench_serve.py [--small] [--variants N]

CPU seconds from the edit to the finished site, the least of several edits, in a process that has
built the site before, as the preview does; only the ratio carries over to other machines.
"""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench_site import ours, plain
from measuring import options, table
from mkdocs.commands.build import build
from mkdocs.config import load_config

_EDITS = 3


def rebuild(folder: Path, edited: str) -> float:
    """Build, then edit one file again and again; the CPU seconds of the cheapest rebuild."""
    os.chdir(folder)
    os.environ.update(SOURCE_DATE_EPOCH="1795564800", NO_MKDOCS_2_WARNING="1")
    load_config("mkdocs.yml").plugins.on_startup(command="serve", dirty=False)
    _build()
    seconds = []
    for i in range(_EDITS):
        with Path(edited).open("a", encoding="utf-8") as file:
            file.write(f"\nEdit {i}.\n")
        seconds.append(_build())
    return min(seconds)


def _build() -> float:
    started = time.process_time()
    # The preview reads its settings anew each time, and keeps its plugins.
    build(load_config("mkdocs.yml", site_dir="preview"), serve_url="http://127.0.0.1:8000/")
    return time.process_time() - started


def main() -> None:
    """Measure, and print the table."""
    parser = options(__doc__)
    parser.add_argument("--variants", type=int, default=1000, metavar="N")
    chosen = parser.parse_args()
    edited = {"plain": "docs/page-3.md", "ours": "messages/opener-00003/plain.md"}
    with tempfile.TemporaryDirectory() as name:
        root, seconds = Path(name), dict[str, float]()
        _, sizes = ours(root / "ours", (20 if chosen.small else chosen.variants) // 2)
        plain(root / "plain", sizes)
        for site, file in edited.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                seconds[site] = pool.submit(rebuild, root / site, file).result()
    rows = [[site, f"{s:.2f}", f"{s / seconds['plain']:.2f}"] for site, s in seconds.items()]
    print(table((f"{len(sizes):,} pages after one edit", "CPU s", "× plain"), rows))


if __name__ == "__main__":
    main()
