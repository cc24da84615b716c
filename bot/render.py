"""A turn's says -> what is sent on a channel. Words are chosen here, once, so that a retry sends the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from bot.channels.sms_pieces import pieces
from bot.channels.sms_text import fold, segments
from bot.messages import Body, Words
from bot.render_telegram import Drawn, Screen
from bot.texts import Texts
from bot.voices import Voices
from flows.model import Kind, Say
from flows.scene import Turn
from flows.session import Session

_MOST_PARTS = 4
SMS = ("sms", "try_sms")
SILENT = Voices()


def render_sms(texts: Texts, says: tuple[Say, ...], locale: str) -> list[str]:
    """The messages as they are sent by SMS: GSM-7 by language, joined where that saves a part."""
    sent: list[str] = []
    for say in says:
        text = fold(texts.say(say, locale), locale)
        joined = f"{sent[-1]}\n{text}" if sent else text
        if sent and segments(joined) < segments(sent[-1]) + segments(text) and segments(joined) <= _MOST_PARTS:
            sent[-1] = joined
        else:
            sent.append(text)
    return sent


def render(  # noqa: PLR0913, PLR0917 - what is said, to whom, and what is on their screen
    texts: Texts, turn: Turn, session: Session, kind: Kind | None, screen: Screen, voices: Voices = SILENT
) -> list[Body]:
    """Everything a turn sends on the session's channel, in order."""
    if session.channel in SMS:
        return [Words(text) for text in render_sms(texts, turn.says, session.locale)]
    return Drawn(texts, turn, session, kind, screen, voices).bodies()


def in_pieces(bodies: Iterable[Body]) -> Iterator[Body]:
    """The same texts, each of one part at most, for networks that do not join the parts of a long SMS."""
    for body in bodies:
        yield from map(Words, pieces(body.text)) if isinstance(body, Words) else (body,)
