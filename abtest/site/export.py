"""The pages as files, for any site generator: Markdown with a block of HTML for each section."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from abtest.errors import SurroundingsError
from abtest.site.page import Asset, Page

#: Which files of a folder are ours: one path a line.
MANIFEST = ".abtest-pages"

#: A heading at a section's top; those inside a block of HTML have another class.
_HEADING = re.compile(r'^<h2 class="ab-section" id="[^"]*"[^>]*>(.*?)</h2>$', re.MULTILINE)
_BLANK_LINES = re.compile(r"\n{2,}")


def page_markdown(page: Page) -> str:
    """A page as Markdown with front matter.

    An empty line would end a block of HTML in CommonMark, so it is written as a character
    reference: the reader sees the same, and no text of a message is ever taken for Markdown.
    """
    meta: dict[str, object] = {"title": page.title, "description": page.description}
    meta["hide"] = ["navigation", "toc"] if page.wide else ["navigation"]
    meta["search"] = {"exclude": True} if page.search is None else {"boost": page.search}
    # JSON is YAML, and quotes what a title may hold.
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in meta.items())
    first, *rest = _HEADING.split(page.html)
    parts = [_block(first)]
    for title, html in zip(rest[::2], rest[1::2], strict=True):
        parts += [f"## {title}", _block(html)]
    return f"---\n{front}---\n\n" + "\n\n".join(filter(None, parts)) + "\n"


def _block(html: str) -> str:
    return _BLANK_LINES.sub(lambda found: "&#10;" * len(found[0]), html.strip())


def write_pages(pages: Iterable[Page], assets: Iterable[Asset], folder: Path) -> list[str]:
    """Write every page and asset; files of an earlier run that are gone now are removed.

    Returns:
        The paths that were written, relative to the folder, in order.

    Raises:
        SurroundingsError: The disk refuses.
    """
    try:
        written = [_write_page(page, folder) for page in pages]
        written += [_write_asset(asset, folder) for asset in assets]
        _remove_stale(folder, written)
        (folder / MANIFEST).write_text("".join(f"{path}\n" for path in sorted(written)), "utf-8")
    except OSError as error:
        raise SurroundingsError(f"The pages cannot be written: {error}.") from error
    return written


def _write_page(page: Page, folder: Path) -> str:
    target = folder / page.path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(page_markdown(page), encoding="utf-8", newline="\n")
    return page.path


def _write_asset(asset: Asset, folder: Path) -> str:
    target = folder / asset.path
    target.parent.mkdir(parents=True, exist_ok=True)
    if asset.content is None:
        shutil.copyfile(asset.file, target)
    else:
        target.write_bytes(asset.content)
    return asset.path


def _remove_stale(folder: Path, written: Iterable[str]) -> None:
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return
    for path in set(manifest.read_text().splitlines()) - set(written):
        stale = folder / path
        # A manifest is a file like any other: nothing outside the folder is ever removed.
        if folder.resolve() in stale.resolve().parents:
            stale.unlink(missing_ok=True)
