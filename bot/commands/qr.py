"""`batea qr`: QR codes and posters that say how Batea is reached."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Annotated

import typer

from bot.channels.telegram import TelegramChannel
from bot.commands.serve import read_settings
from bot.commands.told import WRONG_SETTINGS, give_up
from bot.content import Content, load_content
from bot.messages import SendError
from bot.report.paper import poster_pdf
from bot.report.poster import Reach, links, png, poster, svg
from bot.settings import RunSettings, Settings

_OUT = typer.Option("--out", help="The folder to write to.")
_LOCALE = typer.Option("--locale", help="One language, or one with its country such as es_PE; all unless given.")
_BOT = typer.Option("--bot", help="The Telegram bot's name; asked of Telegram unless given.")
_SMS = typer.Option("--sms", help="The number for SMS; TWILIO_FROM unless given.")
_VOICE = typer.Option("--voice", help="A folder of recordings, such as qu: the link makes the bot speak with it.")


def qr(
    out: Annotated[Path, _OUT] = Path(),
    locale: Annotated[str | None, _LOCALE] = None,
    bot: Annotated[str | None, _BOT] = None,
    sms: Annotated[str | None, _SMS] = None,
    voice: Annotated[str, _VOICE] = "",
) -> None:
    """Make QR codes and posters.

    For each language a poster (PDF, A4) and, as SVG and PNG, the codes of the link to the Telegram bot and of an SMS
    with the word to begin with. Reached by either, Batea speaks that language.
    """
    settings = read_settings(RunSettings)
    content = load_content(settings)
    reach = Reach(_name(settings, bot), sms or settings.twilio_from, _spoken(voice))
    if not (reach.bot or reach.number):
        fixes = ["set TELEGRAM_BOT_TOKEN or name the bot with --bot", "set TWILIO_FROM or give the number with --sms"]
        give_up("There is no way to Batea yet. Do one of these, or both:", fixes, WRONG_SETTINGS)
    if locale and locale not in content.texts.spoken:
        message = f"choose one of {', '.join(content.texts.spoken)}"
        raise typer.BadParameter(message, param_hint="--locale")
    out.mkdir(parents=True, exist_ok=True)
    for one in [locale] if locale else content.texts.locales:
        _write(out, content, one, reach, costs=settings.sms_cost)


def _write(out: Path, content: Content, locale: str, reach: Reach, *, costs: bool) -> None:
    made = poster(content.texts, content.words, locale, reach, costs=costs)
    _keep(out / f"poster-{locale}.pdf", poster_pdf(made))
    for name, link in links(reach, content.words, locale).items():
        _keep(out / f"{name}-{locale}.svg", svg(link).encode())
        _keep(out / f"{name}-{locale}.png", png(link))
        typer.echo(f"  {link}")


def _keep(file: Path, content: bytes) -> None:
    file.write_bytes(content)
    typer.echo(str(file))


def _spoken(voice: str) -> str:
    if voice and not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", voice):
        message = "name a folder of recordings by its language, such as qu or dyu"
        raise typer.BadParameter(message, param_hint="--voice")
    return voice


def _name(settings: Settings, given: str | None) -> str | None:
    if given is not None:
        if not re.fullmatch(r"@?[A-Za-z0-9_]{5,32}", given):
            message = "write it as Telegram does, like batea_bot"
            raise typer.BadParameter(message, param_hint="--bot")
        return given.removeprefix("@")
    token = settings.telegram_bot_token
    return asyncio.run(_asked(token.get_secret_value(), settings.telegram_api_url)) if token else None


async def _asked(token: str, api_url: str) -> str:
    channel = TelegramChannel(token, api_url)
    try:
        return await channel.username()
    except SendError as error:
        give_up("Telegram does not say the bot's name; give it with --bot:", [str(error)], 1)
    finally:
        await channel.close()
