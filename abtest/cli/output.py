"""What every command prints goes through here."""

from __future__ import annotations

import os

import click


def show(text: str, *, err: bool = False) -> None:
    """Print text that ends its own lines; colors only on a terminal, and never with NO_COLOR."""
    color = False if os.environ.get("NO_COLOR") else None
    click.echo(text, nl=False, err=err, color=color)
