"""Building the site aside and putting it in place whole, one builder at a time."""

from __future__ import annotations

import datetime as dt
import logging
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from mkdocs.commands import build as mkdocs_build
from mkdocs.config import load_config
from mkdocs.exceptions import Abort, ConfigurationError

from abtest.errors import AbtestError, SurroundingsError, UsageError
from abtest.site.exchange import put_in_place
from abtest.site.offline import switch_on
from abtest.site.plugin import AbtestPlugin

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

try:
    import fcntl
except ImportError:  # Windows has no such lock; two builders at once are not kept apart there
    fcntl = None  # type: ignore[assignment]  # a module, or None where the system has none

#: Beside the site, ignored by git: the lock, and sites that are being built.
WORKSHOP = ".abtest"


class BuildFailedError(AbtestError):
    """MkDocs refused; the last good site stays as it was."""


def build_site(
    config_file: str,
    *,
    site_dir: str | None = None,
    messages: str | None = None,
    as_of: dt.date | None = None,
    for_disk: bool = False,
    tell: Callable[[int, int], None] | None = None,
) -> tuple[Path, int]:
    """Build the site strictly, then put it in place.

    Args:
        config_file: The site's mkdocs.yml.
        site_dir: Where the site goes, if not where mkdocs.yml says.
        messages: The content folder, if not the one mkdocs.yml names.
        as_of: The day that counts as today, if not the one mkdocs.yml names.
        for_disk: Whether the site is opened from a disk, where search needs its index as a script.
        tell: Called with the pages written so far and all pages, after each page.

    Returns:
        The site's folder and how many pages it has.

    Raises:
        BuildFailedError: The content or the site cannot be built; the old site is untouched.
        UsageError: mkdocs.yml is missing or wrong, or does not use the plugin.
        SurroundingsError: Another builder is at work, or the disk refuses.
    """
    config = _config(config_file, site_dir)
    plugin = _override(config, messages, as_of)
    if for_disk:
        switch_on(config)
    if tell is not None:
        plugin.tell = tell
    place = Path(config.site_dir)
    try:
        with _alone(place.parent / WORKSHOP) as workshop:
            aside = Path(tempfile.mkdtemp(prefix="site-", dir=workshop))
            config.site_dir = str(aside)
            _build(config)
            aside.chmod(0o755)  # mkdtemp's folders are for their owner only
            pages = sum(1 for _ in aside.rglob("*.html"))
            put_in_place(aside, place)
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise SurroundingsError(f"The site cannot be written: {error}.") from error
    return place, pages


def _config(config_file: str, site_dir: str | None) -> MkDocsConfig:
    if not Path(config_file).is_file():
        raise UsageError(
            f"There is no {config_file} here. Go to the folder that 'abtest init' made, or name "
            "the file with --config-file."
        )
    try:
        return load_config(config_file=config_file, strict=True, site_dir=site_dir)
    except (Abort, ConfigurationError) as error:
        raise UsageError(f"{config_file} cannot be used: {error}") from error


def _override(config: MkDocsConfig, messages: str | None, as_of: dt.date | None) -> AbtestPlugin:
    """The plugin, once it knows that what the command line says counts before mkdocs.yml."""
    plugin = config.plugins.get("abtest")
    if not isinstance(plugin, AbtestPlugin):
        raise UsageError("mkdocs.yml does not use the plugin: write '- abtest' under 'plugins:'.")
    if messages is not None:
        # Relative to the current folder here, to mkdocs.yml there.
        plugin.config.messages = str(Path(messages).absolute())
    if as_of is not None:
        plugin.config.as_of = as_of
    return plugin


def _build(config: MkDocsConfig) -> None:
    with _warnings() as heard:
        config.plugins.on_startup(command="build", dirty=False)
        try:
            mkdocs_build.build(config)
        except Abort as error:
            raise BuildFailedError("\n".join(heard) or str(error)) from error
        finally:
            config.plugins.on_shutdown()


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What MkDocs warns of and complains about, to be told once and by us."""
    heard: list[str] = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            heard.append(record.getMessage())

    logger, listener = logging.getLogger("mkdocs"), Listener(logging.WARNING)
    before, logger.propagate = logger.propagate, False
    logger.addHandler(listener)
    try:
        yield heard
    finally:
        logger.removeHandler(listener)
        logger.propagate = before


@contextmanager
def _alone(workshop: Path) -> Iterator[Path]:
    """Hold the workshop's lock; what a killed builder left in it is swept out first."""
    workshop.mkdir(parents=True, exist_ok=True)
    with (workshop / "build.lock").open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise SurroundingsError("Another build is at work here; let it finish.") from error
        for left in workshop.glob("site-*"):
            shutil.rmtree(left, ignore_errors=True)
        try:
            yield workshop
        finally:
            for left in workshop.glob("site-*"):
                with suppress(OSError):
                    shutil.rmtree(left)
