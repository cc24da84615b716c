"""A poster for the wall of an office or a shop: how to reach Batea, with QR codes. Black and white."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import msgspec
import phonenumbers
import segno

from bot.texts import Texts
from flows.words import Words

_PIXELS = 12
"""Of each module of a QR code."""


class Way(msgspec.Struct, frozen=True):
    """One way to Batea: `do` with `word`, then `at` this `address`; or `scan` the code, an SVG."""

    name: str
    heading: str
    do: str
    word: str
    at: str
    address: str
    scan: str
    qr: str


class Poster(msgspec.Struct, frozen=True):
    """All that stands on it, in one language."""

    locale: str
    title: str
    what: str
    ways: tuple[Way, ...]
    cautions: tuple[str, ...]
    decide: str


@dataclass(frozen=True)
class Reach:
    """Where Batea is reached: the Telegram bot's name, the SMS number, and which recorded voice the bot speaks with."""

    bot: str | None = None
    number: str | None = None
    voice: str = ""

    def telegram(self, locale: str) -> str:
        """The link that opens the bot in this language (Telegram, "Deep linking")."""
        payload = f"{locale}-{self.voice}" if self.voice else locale
        return f"https://t.me/{self.bot}?start={payload}"

    def sms(self, word: str) -> str:
        """The link that opens an SMS with the word in it (RFC 5724)."""
        return f"sms:{self.number}?body={quote(word)}"


def opening_word(words: Words, locale: str) -> str:
    """The word whose language counts when it is the first that comes, as it is printed."""
    return words.of(locale, "words.opening")[0].upper()


def links(reach: Reach, words: Words, locale: str) -> dict[str, str]:
    """Link by name of the way: "sms", "telegram"; those there are."""
    sms = {"sms": reach.sms(opening_word(words, locale))} if reach.number else {}
    return sms | ({"telegram": reach.telegram(locale)} if reach.bot else {})


def poster(texts: Texts, words: Words, locale: str, reach: Reach, *, costs: bool) -> Poster:
    """The poster in the language of `locale`; `costs`: an SMS costs the person."""

    def say(key: str) -> str:
        return texts.get(locale, key)

    cost = (say("poster.cost"),) if costs and reach.number else ()
    return Poster(
        locale=locale,
        title=say("poster.title"),
        what=say("poster.what"),
        ways=tuple(_ways(texts, words, locale, reach)),
        cautions=(say("poster.free"), *cost, say("poster.private")),
        decide=say("poster.decide"),
    )


def _ways(texts: Texts, words: Words, locale: str, reach: Reach) -> Iterator[Way]:
    def say(key: str) -> str:
        return texts.get(locale, key)

    scan, codes = say("poster.scan"), {name: svg(link) for name, link in links(reach, words, locale).items()}
    if reach.number:
        word, number = opening_word(words, locale), printed(reach.number)
        yield Way("sms", say("poster.sms"), say("poster.send"), word, say("poster.to"), number, scan, codes["sms"])
    if reach.bot:
        name = f"@{reach.bot}"
        yield Way("telegram", say("poster.telegram"), say("poster.search"), name, "", "", scan, codes["telegram"])


def printed(number: str) -> str:
    """A number as it is read: "+57 300 1234567"; short codes as they are."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


def svg(link: str) -> str:
    """The QR code, with the quiet zone that readers need."""
    file = io.BytesIO()
    segno.make_qr(link, error="m").save(file, kind="svg", xmldecl=False)
    return file.getvalue().decode()


def png(link: str) -> bytes:
    """The same as a picture."""
    file = io.BytesIO()
    segno.make_qr(link, error="m").save(file, kind="png", scale=_PIXELS)
    return file.getvalue()
