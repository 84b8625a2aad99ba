"""The README's pictures: there, light, of one size, and those that the script takes."""

from __future__ import annotations

import ast
import re
import struct
from pathlib import Path

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "docs" / "pictures"
SCRIPT = ast.parse((ROOT / "scripts" / "make_screenshots.py").read_text("utf-8"))

#: The script's own numbers, read without what it needs to run.
SETTINGS = {
    node.targets[0].id: ast.literal_eval(node.value)
    for node in SCRIPT.body
    if isinstance(node, ast.Assign)
    and isinstance(node.targets[0], ast.Name)
    and node.targets[0].id in ("WINDOW", "HEAVIEST", "SHOTS")
}


def test_the_readme_shows_what_the_script_takes() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    shown = re.findall(r"!\[([^\]]+)\]\(docs/pictures/(\w+)\.png\)", readme)
    assert [name for _, name in shown] == list(SETTINGS["SHOTS"])
    assert all(len(alternative) > 30 for alternative, _ in shown)
    assert {picture.stem for picture in PICTURES.iterdir()} == set(SETTINGS["SHOTS"])


def test_a_picture_is_light_and_of_one_size() -> None:
    for picture in PICTURES.iterdir():
        data = picture.read_bytes()
        assert len(data) <= SETTINGS["HEAVIEST"]
        assert data.startswith(b"\x89PNG\r\n\x1a\n")
        assert struct.unpack(">II", data[16:24]) == SETTINGS["WINDOW"]
