"""`batea key`."""

from __future__ import annotations

import typer


def key() -> None:
    """Print a new key for BATEA_KEYS.

    Keep it safe: what is stored cannot be read without it.
    """
    from bot.kept.crypto import make_key  # noqa: PLC0415 - a command loads only what it needs

    typer.echo(make_key())
