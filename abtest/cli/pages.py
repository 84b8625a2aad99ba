"""`abtest pages DIR`: the generated pages as files, for any site generator."""

from __future__ import annotations

from pathlib import Path

import click

from abtest.cli.options import Settings, common_options
from abtest.cli.output import show


@click.command()
@click.argument("directory", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@common_options
def command(directory: Path, settings: Settings) -> None:
    """Write the generated pages and what belongs to them into DIR, as Markdown with HTML in it.

    Files of an earlier run that are no longer made are removed; others are left alone.

    \b
    abtest pages docs
    """
    from abtest.site.export import write_pages
    from abtest.site.pages import assets, pages
    from abtest.site.source import read_content
    from abtest.site.surroundings import Surroundings, published_recordings

    content = read_content(settings.messages, settings.as_of)
    report = content.report
    around = Surroundings(recordings=published_recordings(report), versions=content.versions)
    written = write_pages(pages(report, around), assets(report, around), directory)
    show(
        f"Wrote {len(written)} files into {directory}.\n"
        "Have your generator load assets/abtest.css and assets/abtest.js on every page.\n"
    )
