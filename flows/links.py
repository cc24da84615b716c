"""What follows "/start" in a link to the Telegram bot: a language, whose voice shall be heard with it, or both."""

from __future__ import annotations

import re
from typing import NamedTuple

from msgspec.structs import replace

from flows.regions import local
from flows.scene import Scene
from flows.session import Session
from flows.words import Words, language_of

_START = re.compile(r"\s*/start(?:@\w+)?\s+([A-Za-z0-9_-]{1,64})\s*", re.IGNORECASE)
_VOICE = re.compile(r"[a-z]{2,3}(_[A-Z]{2})?")


class Link(NamedTuple):
    """What a link asks for; "" where it says nothing about it."""

    locale: str
    voice: str


def link(words: Words, text: str) -> Link | None:
    """Of "/start es", "/start qu" or "/start es-qu"; None where nothing of the kind follows."""
    found = _START.fullmatch(text)
    if found is None:
        return None
    first, _, rest = found[1].partition("-")
    known = first in words.locales or first in words.regions
    locale, voice = (first, rest) if known else ("", found[1])
    heard = voice if _VOICE.fullmatch(voice) else ""
    return Link(locale, heard) if locale or heard else None


def followed(scene: Scene, session: Session, text: str) -> Session:
    """The session in the language and with the voice of the link; the same where the text is none."""
    asked = link(scene.words, text)
    if asked is None:
        return session
    if not asked.locale:
        return replace(session, voice=asked.voice)
    state = "welcome" if session.state == "language" else session.state
    same = asked.locale == language_of(session.locale)
    locale = session.locale if same else local(scene, asked.locale)
    return replace(session, locale=locale, voice=asked.voice, state=state)
