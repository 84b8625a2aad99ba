"""One edited file under `mkdocs serve`: ours beside plain MkDocs + Material, in one run.

    python benchmarks/bench_serve.py                  1,000 variants
    python benchmarks/bench_serve.py --variants 100
    python benchmarks/bench_serve.py --small          does it run? No figures

CPU seconds from the edit to the finished site, the least of several edits, in a process that has
built the site before, as the preview does; only the ratio carries over to other machines.
"""

from __future__ import annotations

import argparse
import os
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from bench_site import ours, plain
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
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--variants", type=int, default=1000)
    parser.add_argument("--small", action="store_const", const=20, dest="variants")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        cost, sizes = ours(root / "ours", chosen.variants // 2)
        plain(root / "plain", sizes)
        measured = {}
        for folder, edited in {
            "ours": "messages/opener-00003/plain.md",
            "plain": "docs/page-3.md",
        }.items():
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                measured[folder] = pool.submit(rebuild, root / folder, edited).result()
    print(f"{cost.pages} pages built again after one edit, CPU s:")
    print(", ".join(f"{name} {seconds:.2f}" for name, seconds in measured.items()))
    print(f"CPU ratio {measured['ours'] / measured['plain']:.2f}")


if __name__ == "__main__":
    main()
