"""`batea check`: settings, content, contacts and Redis, before anything is started; a platform's release step."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from bot.catalogs.costs import lines
from bot.catalogs.lint import check_content
from bot.commands.serve import give_up
from bot.contacts import BadContacts, load_contacts
from bot.content import load_content
from bot.kept.connection import Away, connect
from bot.kept.crypto import BadKey, WrongKey, unlock
from bot.remarks import remarks
from bot.settings import BadSettings, Settings


def check(
    *, content: Annotated[bool, typer.Option("--content", help="Only what is said, in every language.")] = False
) -> None:
    """Say all that is wrong before the start.

    Settings, content, translations, contacts, and whether Redis is there and these keys open it. Ends with 1 where
    something is wrong; else it prints what the questions and three whole assessments cost in SMS parts.
    """
    problems = check_content()
    if not content:
        problems += _settings()
    if problems:
        give_up("Not well:", problems, 1)
    typer.echo("All is well. In SMS parts:\n")
    for line in lines(load_content(Settings.model_construct())):
        typer.echo(line)


def _settings() -> list[str]:
    try:
        settings = Settings()
    except BadSettings as error:
        return error.problems
    for remark in remarks(settings):
        typer.echo(f"Note: {remark}", err=True)
    return _contacts(settings) + asyncio.run(_store(settings))


def _contacts(settings: Settings) -> list[str]:
    try:
        if settings.contacts:
            load_contacts(settings.contacts)
    except BadContacts as error:
        return error.mistakes
    return []


async def _store(settings: Settings) -> list[str]:
    """Only a Redis elsewhere is asked: one of our own is started when it is needed."""
    if settings.redis_url is None:
        return []
    database = connect(settings.redis_url.get_secret_value())
    try:
        await unlock(database, [key.get_secret_value() for key in settings.keys])
    except Away as error:
        return [f"REDIS_URL: the server can't be reached ({error})"]
    except (BadKey, WrongKey) as error:
        return [str(error)]
    finally:
        await database.aclose()
    return []
