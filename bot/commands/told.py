"""What a command can't do, in words: whatever is wrong with settings, contacts, content, keys or the store."""

from __future__ import annotations

from typing import TYPE_CHECKING, NoReturn, TypeVar

import typer

from bot.contacts import BadContacts
from bot.kept.connection import Away
from bot.kept.crypto import BadKey, WrongKey
from bot.kept.embedded import NoServer
from bot.kept.folder import NoFolder
from bot.settings import BadSettings
from flows.load import BadContent

if TYPE_CHECKING:
    from collections.abc import Callable

WRONG_SETTINGS = 2

T = TypeVar("T")


def told(heading: str, work: Callable[[], T]) -> T:
    """What the work returns; where it can't be done, the program ends: with 2, or with 1 where only Redis is away."""
    try:
        return work()
    except (BadSettings, BadContacts, BadContent, BadKey, WrongKey, NoServer, NoFolder) as error:
        give_up(heading, str(error).splitlines(), WRONG_SETTINGS)
    except Away as error:
        give_up(heading, [f"REDIS_URL: {error}"], 1)


def give_up(heading: str, problems: list[str], code: int) -> NoReturn:
    """Tell all problems on standard error and end."""
    typer.echo(heading, err=True)
    for problem in problems:
        typer.echo(f"  - {problem}", err=True)
    raise typer.Exit(code)
