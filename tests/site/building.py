"""What the tests of the site build from: the repository's own settings and content."""

import shutil
import socket
from pathlib import Path

ROOT = Path(__file__).parents[2]

#: The day that counts as today in every built site.
DAY = 1795564800


def settings(folder: Path, **more: str) -> Path:
    """The repository's own mkdocs.yml over the content in `folder`."""
    text = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    extra = "".join(f"{key}: {value}\n" for key, value in more.items())
    config = folder / "mkdocs.yml"
    config.write_text(text + extra, encoding="utf-8")
    shutil.copytree(ROOT / "site_src", folder / "site_src", dirs_exist_ok=True)
    return config


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])
