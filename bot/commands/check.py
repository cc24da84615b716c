"""`batea check`: settings, content, contacts and Redis, before anything is started; a platform's release step."""

from __future__ import annotations

import asyncio
from contextlib import AsyncExitStack
from typing import Annotated

import typer

from bot.catalogs.costs import lines
from bot.catalogs.lint import check_content
from bot.commands.told import give_up
from bot.contacts import BadContacts, load_contacts
from bot.content import load_content
from bot.kept.connection import Away, connect
from bot.kept.crypto import BadKey, WrongKey, unlock
from bot.kept.embedded import NoServer, embedded, has_data
from bot.kept.folder import NoFolder, usable
from bot.kept.own_key import own_keys
from bot.remarks import remarks
from bot.settings import BadSettings, Settings


def check(
    *, content: Annotated[bool, typer.Option("--content", help="Only what is said, in every language.")] = False
) -> None:
    """Say all that is wrong before the start.

    Settings, content, translations, contacts, and whether the store is there and these keys open it. Ends with 1 where
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
        _note(remark)
    return _contacts(settings) + asyncio.run(_store(settings))


def _contacts(settings: Settings) -> list[str]:
    try:
        if settings.contacts:
            load_contacts(settings.contacts)
    except BadContacts as error:
        return error.mistakes
    return []


async def _store(settings: Settings) -> list[str]:
    try:
        await _unlocked(settings)
    except Away as error:
        return [f"REDIS_URL: {error}"]
    except (BadKey, WrongKey, NoServer, NoFolder) as error:
        return [str(error)]
    return []


async def _unlocked(settings: Settings) -> None:
    """One of our own is asked only where there is something in it: a check leaves nothing behind."""
    keys = tuple(key.get_secret_value() for key in settings.keys)
    async with AsyncExitStack() as stack:
        if settings.redis_url:
            url = settings.redis_url.get_secret_value()
        elif has_data(usable(settings.folder)):
            url = await stack.enter_async_context(embedded(settings.folder))
            keys = keys or own_keys(settings.folder)
        else:
            return
        database = connect(url)
        stack.push_async_callback(database.aclose)
        await unlock(database, keys)
        if policy := await database.evicts():
            _note(f"REDIS_URL: maxmemory-policy is {policy}, which throws away what is kept; set it to noeviction")


def _note(remark: str) -> None:
    typer.echo(f"Note: {remark}", err=True)
