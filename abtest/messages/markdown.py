"""Contributed Markdown: notes, bodies of experiments, reviews. What could act is taken out."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abtest.messages.sheet import Sheet


def check_markdown(text: str, first_line: int, sheet: Sheet) -> None:
    """Say it."""
