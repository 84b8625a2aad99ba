"""`abtest build`: the site, built aside and put in place whole."""

from __future__ import annotations

import time

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show
from abtest.cli.progress import Progress


@click.command()
@click.option(
    "-f",
    "--config-file",
    default="mkdocs.yml",
    show_default=True,
    metavar="FILE",
    help="The site's settings.",
)
@click.option(
    "-d", "--site-dir", metavar="DIR", help="Where the site goes (default: as mkdocs.yml says)."
)
@click.option(
    "--offline",
    is_flag=True,
    help="Build a copy to open from a disk or to send as a folder: search works without a server.",
)
@common_options
def command(config_file: str, site_dir: str | None, offline: bool, settings: Settings) -> None:
    """Build the site: read, judge, write the pages, then swap the old site for the new one.

    If anything is wrong, every problem is printed and the old site stays as it was.

    \b
    abtest build
    abtest build --as-of 2026-11-22 --site-dir public
    abtest build --offline --site-dir to-send
    """
    from abtest.site.build import build_site

    started = time.monotonic()
    with Progress() as progress:
        place, pages = build_site(
            config_file,
            site_dir=site_dir,
            messages=settings.messages if "messages" in settings.given else None,
            as_of=settings.as_of if "as_of" in settings.given else None,
            for_disk=offline,
            tell=progress,
        )
    seconds = time.monotonic() - started
    show(f"Built {pages} pages in {seconds:.1f} s: open {place / 'index.html'}\n")
