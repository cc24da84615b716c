"""`batea contacts`: how the people at ARM are reached beside mail."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from bot.commands.inside import inside
from bot.commands.serve import read_settings
from bot.commands.told import give_up
from bot.settings import RunSettings

if TYPE_CHECKING:
    from bot.contacts import Contact
    from bot.house import House

app = typer.Typer(help="How the people at ARM are reached beside mail.", no_args_is_help=True)


@app.command()
def link(name: Annotated[str, typer.Argument(help="The contact's name, as in contacts.toml.")]) -> None:
    """Make a link that brings a contact's notices to Telegram.

    Whoever opens it gets them from then on. It works once, within a week. A chat that contacts.toml names for the
    contact counts more.
    """
    settings = read_settings(RunSettings)
    if settings.telegram_bot_token is None:
        give_up("No link:", ["TELEGRAM_BOT_TOKEN is not set: there is no bot to open"], 1)
    typer.echo(inside(lambda parts: _link(parts, name)))


@app.command()
def unlink(name: Annotated[str, typer.Argument(help="The contact's name, as in contacts.toml.")]) -> None:
    """Bring no more notices to the Telegram chat that was linked.

    A chat that contacts.toml names stays: take it out there.
    """
    typer.echo(inside(lambda parts: _unlink(parts, name)))


@app.command()
def secret() -> None:
    """Show what signs the webhooks, for whoever receives them.

    One secret a line, the newest first: BATEA_WEBHOOK_SECRET, else one made of each key of BATEA_KEYS.
    """
    typer.echo(inside(_secrets))


async def _link(parts: House, name: str) -> str:
    contact = _contact(parts, name)
    bot = await parts.bot_name()
    if bot is None:
        give_up("No link:", ["Telegram does not say the bot's name; check TELEGRAM_BOT_TOKEN, and try again"], 1)
    return f"https://t.me/{bot}?start={await parts.linked.invite(contact)}"


async def _unlink(parts: House, name: str) -> str:
    contact = _contact(parts, name)
    await parts.linked.unlink(contact)
    return f"No link brings notices of {contact.name} to Telegram any more."


def _contact(parts: House, name: str) -> Contact:
    found = parts.contacts.named(name)
    if found is None:
        known = [f"there are: {', '.join(one.name for one in parts.contacts.everybody)}"]
        give_up(f"No contact is called {name!r}:", known, 1)
    return found


async def _secrets(parts: House) -> str:
    from bot.bootstrap import webhook_keys  # noqa: PLC0415 - where settings are wrong nothing is loaded

    return "\n".join(webhook_keys(parts))
